"""What a new version of the rules changes: which rules, in which cases the advice differs, and what was proved."""

from __future__ import annotations

from typing import Literal, TypeAlias

from advisor.model.trace import Frozen

Aspect: TypeAlias = Literal["option", "confidence", "add_ons", "red_flags", "ranking"]
ASPECTS: tuple[Aspect, ...] = ("option", "confidence", "add_ons", "red_flags", "ranking")
"""The parts of advice that are compared: ids only, no words."""


class RuleChange(Frozen):
    """One rule that was added, retired or changed; `keys` are those that differ (none for the first two).

    `wording_only` says that neither when it fires nor what it then does has changed, but for sentences.
    """

    rule: str
    how: Literal["added", "retired", "changed"]
    keys: tuple[str, ...] = ()
    wording_only: bool = False


class Outcome(Frozen):
    """What one rule base says in one case, under each aspect, as ids."""

    option: tuple[str, ...]
    confidence: tuple[str, ...]
    add_ons: tuple[str, ...]
    red_flags: tuple[str, ...]
    ranking: tuple[str, ...]


class Case(Frozen):
    """Answers, as in an answer file, with what the old and the new rules say; both were run to confirm it."""

    answers: dict[str, str | int | tuple[str, ...]]
    old: Outcome
    new: Outcome


class Compared(Frozen):
    """One aspect over every way to answer: a case with the fewest answers where it differs, or None: proved alike.

    `decided` is False when the solver could find neither a case nor a proof in reasonable time.
    """

    aspect: Aspect
    case: Case | None
    decided: bool = True


class Flip(Frozen):
    """Advice in the log that the new rules would not give: the aspects that differ.

    `refused` says why, when the new questionnaire does not take the answers.
    """

    receipt: str
    time: str
    aspects: tuple[Aspect, ...]
    option: str
    new_option: str
    refused: str = ""


class Impact(Frozen):
    """A semantic comparison of two rule bases.

    `other_files` are files beside the rules that differ; `left_out` questions that only one of the two asks, or asks
    in another kind, and `choices_left_out` choices (`question.choice`) that only one has: the proof does not cover
    them. `logged` is how much logged advice was run again (None: no log was given).
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

    @property
    def equivalent(self) -> bool:
        """Whether it is proved that the two never differ over the questions and choices they share."""
        return all(one.decided and one.case is None for one in self.compared)
