"""Counts the questions that an interview can still ask."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping

from advisor.model.answer_check import parse_answer
from advisor.model.answers import Answer, Answers
from advisor.model.condition import NOT_SURE, SKIP
from advisor.model.path import PathOf, to_come
from advisor.model.questionnaire import Question, Questionnaire


def to_ask(questionnaire: Questionnaire, coming: Collection[str], idle: Collection[str]) -> int:
    """How many of the questions that are put, now or later, are not passed over; of those about entries that are still
    to be named, as many as there may be entries."""
    names = {name for name in coming if name not in idle}
    too_many = 0
    for name in names:
        book = questionnaire.question(name)
        too_many += max(0, sum(part in names for part in book.parts) - book.most * len(book.each))
    return len(names) - too_many


def most_to_ask(
    questionnaire: Questionnaire,
    path_of: PathOf,
    given: Mapping[str, Answer],
    current: Question,
    idle: Collection[str],
    as_of: datetime.date | None,
) -> int:
    """The most questions that can still be asked, whichever choice of the current one is picked, itself included."""
    raws = (*(choice.id for choice in current.choices), NOT_SURE, SKIP)
    answers = (Answers.of({**given, current.id: parse_answer(current, raw)}, questionnaire, as_of) for raw in raws)
    return 1 + max(to_ask(questionnaire, to_come(questionnaire, one, path_of(one).questions), idle) for one in answers)
