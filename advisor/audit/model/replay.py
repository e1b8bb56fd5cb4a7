"""A replay of recorded advice: on the recorded rules, compared byte by byte, and on today's, with what changed it."""

from __future__ import annotations

from typing import Literal

from advisor.model.trace import Frozen
from advisor.model.what_if import DiffLine


class Replay(Frozen):
    """A receipt made again on the rules and questions that it names.

    `differing` are the parts of its content (such as `facts` or `advice.reasons`) whose canonical bytes differ.
    """

    receipt: str
    rulebase: str
    questionnaire: str
    recorded_digest: str
    replayed_digest: str
    differing: tuple[str, ...]

    @property
    def identical(self) -> bool:
        """Whether the content came out the same, byte for byte."""
        return self.recorded_digest == self.replayed_digest


class CausedLine(Frozen):
    """A line of advice that changed, and the changes that cause it: rule ids, or parts beside the rules.

    `how` is `alone` when each of them by itself brings it about, `together` when they do only jointly, and `unknown`
    when the recorded rules are not at hand to try them on, or no cause was found among the changes.
    """

    line: DiffLine
    how: Literal["alone", "together", "unknown"]
    causes: tuple[str, ...]


class Today(Frozen):
    """Recorded answers run on the rules at hand. `changes` are what changed in the rules and could bear on these
    answers, and `tried` whether each was tried by itself on the recorded rules."""

    receipt: str
    recorded_rulebase: str
    rulebase: str
    option_before: str
    option_after: str
    title_before: str
    title_after: str
    changes: tuple[str, ...]
    tried: bool
    lines: tuple[CausedLine, ...]
