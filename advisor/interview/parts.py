"""What an interview hands out beside questions: answers that cannot all be true, and the lines of its review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from advisor.model.answers import Answer
from advisor.model.condition import Knowledge, Truth
from advisor.model.questionnaire import Contradiction, Question, Questionnaire

Pair: TypeAlias = tuple[Question, Answer]
"""A question with what was said to it."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Answers that cannot all be true, in the order of `contradiction.between`; one of them has to change."""

    contradiction: Contradiction
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One answered question; `applies` is True, or None when that hangs on something not known."""

    question: Question
    answer: Answer
    applies: Truth


def conflict_in(questionnaire: Questionnaire, given: Mapping[str, Answer], known: Knowledge) -> Conflict | None:
    """The first contradiction of a questionnaire among answers, by question, of which `known` is what they say."""
    for contradiction in questionnaire.contradictions:
        involved = [key for key in contradiction.between if key in given]
        if involved and contradiction.when.truth(known) is True:
            return Conflict(contradiction, tuple((questionnaire.question(key), given[key]) for key in involved))
    return None
