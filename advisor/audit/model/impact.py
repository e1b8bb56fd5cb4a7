"""What a new version of the rules changes: which rules, in which cases the advice differs, and what was proved."""

from __future__ import annotations

from typing import Literal, TypeAlias

from advisor.audit.model.recall import NotSearched
from advisor.model.trace import Frozen

Aspect: TypeAlias = Literal["option", "confidence", "add_ons", "red_flags", "ranking", "lines"]
ASPECTS: tuple[Aspect, ...] = ("option", "confidence", "add_ons", "red_flags", "ranking", "lines")
"""The parts of advice that are compared: ids only, and of next steps, questions to ask, calls and notes the words."""


class FieldChange(Frozen):
    """What a field said before and says now, such as `RF10 severity`, `2` and `3`; empty where there was nothing."""

    field: str
    before: str
    after: str


class RuleChange(Frozen):
    """One rule that was added, retired or changed; `keys` are those that differ (none for the first two), and `changes`
    what they said and say.

    `wording_only` says that neither when it fires nor what it then does has changed, but for sentences.
    """

    rule: str
    how: Literal["added", "retired", "changed"]
    keys: tuple[str, ...] = ()
    changes: tuple[FieldChange, ...] = ()
    wording_only: bool = False


class CaseOutcome(Frozen):
    """What one rule base says in one case, under each aspect, as ids; `lines` are kinds and sentences.

    In `lines` figures, and numbers, texts and dates that the user types, stand as placeholders.
    """

    option: tuple[str, ...]
    confidence: tuple[str, ...]
    add_ons: tuple[str, ...]
    red_flags: tuple[str, ...]
    ranking: tuple[str, ...]
    lines: tuple[str, ...] = ()


class Case(Frozen):
    """Answers, as in an answer file, with what the old and the new rules say; both were run to confirm it."""

    answers: dict[str, str | int | tuple[str, ...]]
    old: CaseOutcome
    new: CaseOutcome


class Compared(Frozen):
    """One aspect over every way to answer: a case where it differs, or None: proved alike.

    `fewest` is False when it could not be proved that no fewer answers than those of the case would do. `decided` is
    False when there is neither a case nor a proof; `reason` says why, or is empty when the solver gave up its search.
    """

    aspect: Aspect
    case: Case | None
    decided: bool = True
    fewest: bool = True
    reason: str = ""


class Flip(Frozen):
    """Kept advice that the new rules would not give: where it stands, the aspects that differ, and how.

    `of_old` is False when it was given under other rules than the old ones compared here, so that the change may have
    come about earlier. `refused` says why, when the new questionnaire does not take the answers.
    """

    place: str
    receipt: str
    time: str
    of_old: bool
    aspects: tuple[Aspect, ...]
    option: str
    new_option: str
    refused: str = ""
    changes: tuple[FieldChange, ...] = ()


class Impact(Frozen):
    """A semantic comparison of two rule bases.

    `other_files` are files beside the rules that differ; `left_out` questions that only one of the two asks, or asks
    in another kind, and `choices_left_out` choices (`question.choice`) that only one has: the proof does not cover
    them. `logged` is how much kept advice was run again (None: no log was given), and `not_run` what could not be.
    """

    old_digest: str
    new_digest: str
    rules: tuple[RuleChange, ...]
    other_files: tuple[str, ...]
    left_out: tuple[str, ...]
    choices_left_out: tuple[str, ...]
    compared: tuple[Compared, ...]
    logged: int | None = None
    flips: tuple[Flip, ...] = ()
    not_run: tuple[NotSearched, ...] = ()

    @property
    def equivalent(self) -> bool:
        """Whether it is proved that the two never differ over the questions and choices they share."""
        return all(one.decided and one.case is None for one in self.compared)
