"""Which questions can be answered after some answers, and which of them an interview puts, now or later.

An answer counts unless the condition of its question is known to be false: then it is set aside, and the advice says
so. An interview puts fewer questions: those that concern the person, and whose condition is known to be true.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from advisor.model.answers import Answers, applying, knowledge_of
from advisor.model.condition import Clause, Condition, Knowledge, Truth
from advisor.model.entries import not_told
from advisor.model.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class Path:
    """The questions put to someone, in the order asked.

    While it is not `whole`, an answer to come can still add questions.
    """

    questions: tuple[str, ...]
    whole: bool = True


PathOf: TypeAlias = Callable[[Answers], Path]
"""The path of a person who gave some answers."""


class Turn(Enum):
    """Whether an interview puts a question that can be answered and has no answer."""

    NOW = "now"
    """Its condition is true."""
    LATER = "later"
    """Its condition hangs on a question that is still to be put."""
    NEVER = "never"
    """It is not put to anyone or not to this person, its condition hangs on what the user did not tell or on questions
    that are not put, or it would have followed from entries of which one was not told. An answer to it counts."""


def turns(questionnaire: Questionnaire, answers: Answers, put: Collection[str] | None = None) -> dict[str, Turn]:
    """The questions without an answer that can be answered, now or once an open question is, in their order.

    `put` are the questions that concern the person; None: all of them do.
    """
    known = knowledge_of(applying(answers, questionnaire)[0], questionnaire)
    given, coming = {answer.question for answer in answers}, to_come(questionnaire, answers, put)
    found: dict[str, Turn] = {}
    for question in questionnaire.questions:
        if question.id in coming:
            found[question.id] = coming[question.id]
        elif question.id not in given and _counts(questionnaire, question.when, known, found):
            found[question.id] = Turn.NEVER
    return found


def to_come(questionnaire: Questionnaire, answers: Answers, put: Collection[str] | None = None) -> dict[str, Turn]:
    """Those of `turns` that are put, now or later."""
    known = knowledge_of(applying(answers, questionnaire)[0], questionnaire)
    given = {answer.question: answer for answer in answers}
    found: dict[str, Turn] = {}
    for question in questionnaire.questions:
        if question.id in given or not question.asked or (put is not None and question.id not in put):
            continue
        if not_told(question, given):  # who listed plans and does not know one number is not asked for their sum
            continue
        asked = _truths(questionnaire, question.when, known, found)
        truth = question.when.truth_by(asked.__getitem__)
        if truth is True:
            found[question.id] = Turn.NOW
        elif truth is None and any(one is None and _owner(questionnaire, c) in found for c, one in asked.items()):
            found[question.id] = Turn.LATER
    return found


def _counts(questionnaire: Questionnaire, when: Condition, known: Knowledge, found: Collection[str]) -> bool:
    """Whether a condition may still come out other than false, when any open question may get an answer."""
    return when.truth_by(_truths(questionnaire, when, known, found).__getitem__) is not False


def _truths(
    questionnaire: Questionnaire, when: Condition, known: Knowledge, still_open: Collection[str]
) -> dict[Clause, Truth]:
    """The clauses of a condition with their truth; a clause about a question that is open is not known yet."""
    return {
        clause: None if _owner(questionnaire, clause) in still_open else clause.truth(known)
        for clause in when.clauses()
    }


def _owner(questionnaire: Questionnaire, clause: Clause) -> str:
    return questionnaire.question_of_fact[clause.fact].id
