"""Changed answers as data: what a change is, what is to be brought about by changes, and what a search found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from advisor.model.answers import Answer, Answers
from advisor.model.questionnaire import Question, Questionnaire

MOST_CHANGES = 3  # the largest sets that are looked for


@dataclass(frozen=True, slots=True)
class Change:
    """One question's answer, changed: to any of `members` (a span of numbers when `span`), which no rule tells apart.

    For a question with several choices, `members` are the choices of which one is added (`how` is `add`), taken away
    (`remove`) or picked alone (`only`); else `how` is `set`.
    """

    question: str
    how: str
    members: tuple[str | int, ...]
    span: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One minimal set of changes, and the main option that is recommended after it."""

    changes: tuple[Change, ...]
    option: str


@dataclass(frozen=True, slots=True)
class Search:
    """All minimal sets up to a size. `proved_to` is the size up to which the search went to its end."""

    found: tuple[Found, ...]
    proved_to: int

    @property
    def smallest(self) -> int | None:
        """The size of the smallest set, or None when there is none up to `proved_to`."""
        return min((len(one.changes) for one in self.found), default=None)


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be brought about: atoms to be true and atoms to be false."""

    true: tuple[str, ...] = ()
    false: tuple[str, ...] = ()


def another_option(now: str) -> Goal:
    """Another main option than the one recommended now."""
    return Goal(false=(f'recommended("{now}")',))


def option(name: str) -> Goal:
    """This main option."""
    return Goal(true=(f'recommended("{name}")',))


def flag(name: str, *, raised: bool) -> Goal:
    """This red flag raised, or not raised."""
    atom = f'raised("{name}")'
    return Goal(true=(atom,)) if raised else Goal(false=(atom,))


def add_on(name: str, *, added: bool) -> Goal:
    """This add-on added, or not added."""
    atom = f'added("{name}")'
    return Goal(true=(atom,)) if added else Goal(false=(atom,))


def firing(rule: str, *, fires: bool) -> Goal:
    """This rule firing, or staying silent."""
    atom = f'fires("{rule}")'
    return Goal(true=(atom,)) if fires else Goal(false=(atom,))


def after(answers: Answers, changes: Iterable[Change], questionnaire: Questionnaire) -> Answers:
    """The answers after some changes, each to the first of the answers that no rule tells apart."""
    given = {answer.question: answer for answer in answers}
    for change in changes:
        given[change.question] = changed(change, given.get(change.question), questionnaire.by_id)
    return Answers.of(given, questionnaire, answers.as_of)


def changed(change: Change, answer: Answer | None, questions: Mapping[str, Question]) -> Answer:
    """The answer after a change, to the first of its members."""
    question, member = questions[change.question], change.members[0]
    if change.how == "set":
        typed = question.kind in ("text", "date") and member == question.kind
        return Answer(question.id, question.stand_in if typed else member)
    value = answer.value if answer is not None and isinstance(answer.value, tuple) else ()
    alone = {choice.id for choice in question.choices if choice.exclusive}
    if change.how == "only":
        picked = {str(member)}
    elif change.how == "add":
        picked = ({*value} - alone) | {str(member)}
    else:
        picked = {*value} - {str(member)}
    return Answer(question.id, tuple(choice.id for choice in question.choices if choice.id in picked))
