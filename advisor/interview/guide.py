"""Says what to ask next in an interview; the guide that needs no rules keeps to the order of the questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from advisor.model.answers import Answers
from advisor.model.questionnaire import Question


class HowSettled(Enum):
    """How much of the advice is proved to stay as it is."""

    NOT_YET = "open"
    """Nothing is proved."""
    MAIN = "main"
    """The main option stays, whatever is said to any question without an answer, or not sure or skipped so far."""
    ASKED = "asked"
    """No question left to ask can change the outcome; one that was answered "not sure", or is not asked, still can."""
    OUTCOME = "outcome"
    """The main option, the answer, the add-ons, the warnings, the plan's rows and which words to say stay, whatever
    is said to any of these questions."""

    @property
    def may_stop(self) -> bool:
        """Whether nothing left to ask can change the outcome."""
        return self in (HowSettled.ASKED, HowSettled.OUTCOME)


@dataclass(frozen=True, slots=True)
class WayAhead:
    """What lies ahead after some answers.

    `next` is the question to ask now; None when none that applies is worth asking. `deciding` are open questions that
    can still change the outcome, also those that were answered "not sure" or skipped and those that are not asked; None
    when that is not known. `idle` are open questions that are passed over, since it is proved that they can change no
    line of advice: no rule that can still go either way hangs on them, and no words do. A `provisional` course holds,
    but a moment later there may be a better one for the same answers.
    """

    next: str | None
    settled: HowSettled = HowSettled.NOT_YET
    deciding: frozenset[str] | None = None
    idle: frozenset[str] = frozenset()
    provisional: bool = False


class Guide(Protocol):
    """Leads through the questions. The same answers and the same last question always give the same course."""

    def course(self, answers: Answers, last: str | None, waiting: Sequence[Question]) -> WayAhead:
        """What to do after some answers that do not contradict each other, when `last` was the question asked last.

        `waiting` are the questions to be put that apply and have no answer, in their order; `next` is one of them.
        """


class FileOrder:
    """The guide that asks every question that is to be put and applies, in their order."""

    def course(self, answers: Answers, last: str | None, waiting: Sequence[Question]) -> WayAhead:
        """The first question that waits; nothing is proved."""
        return WayAhead(waiting[0].id if waiting else None)
