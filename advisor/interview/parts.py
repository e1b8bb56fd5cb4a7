"""What an interview begins with, and what it hands out beside questions: answers that clash, and lines to review."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from advisor.errors import CallError
from advisor.interview.guide import Guide
from advisor.model.answers import Answer
from advisor.model.calls import must_be
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
class AnsweredLine:
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


def begun_with(
    questionnaire: Questionnaire,
    answers: Iterable[Answer],
    guide: Guide | None,
    as_of: datetime.date | None,
    at: str | None,
) -> dict[str, Answer]:
    """The answers given before, by question. Raises CallError for what no interview can begin with."""
    must_be(Questionnaire, questionnaire=questionnaire)
    must_be(Iterable, answers=answers)
    before = tuple(answers)
    for answer in before:
        must_be(Answer, answer=answer)
    if guide is not None and not callable(getattr(guide, "course", None)):
        raise CallError(f"`guide` is of type {type(guide).__name__}. Give one with a `course`")
    must_be((datetime.date, type(None)), as_of=as_of)
    must_be((str, type(None)), at=at)
    return {answer.question: answer for answer in before}
