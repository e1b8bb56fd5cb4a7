"""Answers that follow from entries, such as the lowest fee among the plans that a person named with their fees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TypeAlias

from advisor.errors import AnswerProblem
from advisor.model.answer_check import parse_answer
from advisor.model.answers import Answer, Answers, applying, knowledge_of
from advisor.model.questionnaire import Filled, Question, Questionnaire, asked_of

Value: TypeAlias = str | int | tuple[str, ...]


def filled_in(
    questionnaire: Questionnaire, given: Mapping[str, Answer], before: Mapping[str, Answer] | None = None
) -> dict[str, Answer]:
    """The answers given, with those that follow from entries and were not given otherwise.

    `before` are the answers as they were: what followed from those entries follows from the new ones now, or is gone.
    An answer that somebody gave stays. Only questions that apply are filled.
    """
    found = own(questionnaire, given, before or {})
    while True:
        more = {
            answer.question: answer for answer, _ in _following(questionnaire, found) if answer.question not in found
        }
        if not more:
            return found
        found.update(more)


def own(
    questionnaire: Questionnaire, given: Mapping[str, Answer], before: Mapping[str, Answer] | None = None
) -> dict[str, Answer]:
    """The answers without those that follow from entries: those given, or the ones given `before`."""
    followed = {answer.question: answer for answer, _ in _following(questionnaire, given if before is None else before)}
    return {name: answer for name, answer in given.items() if followed.get(name) != answer}


def followed_from(questionnaire: Questionnaire, given: Mapping[str, Answer]) -> dict[str, tuple[str, ...]]:
    """The questions that have the answer which follows from entries, each with those it follows from."""
    return {
        answer.question: tuple(name for name in behind if name in given)
        for answer, behind in _following(questionnaire, given)
        if given.get(answer.question) == answer
    }


def not_told(question: Question, given: Mapping[str, Answer]) -> bool:
    """Whether a question would have followed from entries that were named, had the person told something of each that
    they did not know."""
    how = question.filled
    if how is None or how.which == "of" or _value(given, how.book) is None:
        return False
    return any(name in given and _value(given, name) is None for name in _behind(how, given))


def _following(questionnaire: Questionnaire, given: Mapping[str, Answer]) -> Iterator[tuple[Answer, tuple[str, ...]]]:
    """What follows from entries for each question that is filled from them and applies, and what it follows from."""
    targets = [q for q in questionnaire.filled if q.filled and _value(given, q.filled.book) is not None]
    if not targets:
        return
    known = knowledge_of(applying(Answers.of(given, questionnaire), questionnaire)[0], questionnaire)
    for question in targets:
        if question.when.truth(known) is True and question.filled is not None:
            value = _taken(question.filled, given)
            with suppress(AnswerProblem):  # what the question does not take is not filled in
                yield parse_answer(question, value), _behind(question.filled, given)


def _behind(how: Filled, given: Mapping[str, Answer]) -> tuple[str, ...]:
    """The questions that tell what a question is filled with: the entries, and what counts of each."""
    named = _value(given, how.book)
    names = dict.fromkeys((*(how.where[:1] if how.where else ()), *([how.by] if how.by else []), *how.take))
    about = (asked_of(how.book, entry, name) for entry in (named if isinstance(named, tuple) else ()) for name in names)
    return (how.book, *([how.by] if how.which == "of" else []), *about)


def _taken(how: Filled, given: Mapping[str, Answer]) -> Value | None:
    """What a question is filled with; None where something that it hangs on is not given."""
    named = _value(given, how.book)
    everyone = named if isinstance(named, tuple) else ()

    def told(entry: str, name: str) -> Value | None:
        return _value(given, asked_of(how.book, entry, name))

    entries = everyone
    if how.where is not None:
        name, values = how.where
        if any(told(entry, name) is None for entry in everyone):
            return None
        entries = tuple(entry for entry in everyone if told(entry, name) in values)
    if how.which == "count":
        return len(entries)
    if how.which == "share":
        return how.shares[0 if not entries else 2 if len(entries) == len(everyone) else 1]
    if how.which == "those":
        return entries or None
    if how.which == "total":
        return _total([[told(entry, name) for name in how.take] for entry in entries])
    if how.which == "percent":
        parts = [told(entry, how.by) for entry in entries]
        total = _total([[part] for part in parts])
        return round(100 * max(part for part in parts if isinstance(part, int)) / total) if total else None
    if how.which == "of":
        meant = _value(given, how.by)
        return told(meant, how.take[0]) if isinstance(meant, str) and meant in entries else None
    ranks = [(told(entry, how.by), entry) for entry in entries]
    if len(ranks) < how.place or any(not isinstance(rank, int | str) for rank, _ in ranks):
        return None
    ordered = sorted(ranks, key=lambda found: _comparable(found[0]), reverse=how.which == "most")  # stable both ways
    chosen = ordered[how.place - 1][1]
    return told(chosen, how.take[0]) if how.take else chosen


def _total(factors: Iterable[Sequence[Value | None]]) -> int | None:
    """The sum of the products of some numbers; None when one of them is not known."""
    total = 0
    for numbers in factors:
        product = 1
        for number in numbers:
            if not isinstance(number, int):
                return None
            product *= number
        total += product
    return total


def _comparable(value: Value | None) -> tuple[int, str]:
    """Numbers in their order, and dates, as they are written, in theirs."""
    return (value, "") if isinstance(value, int) else (0, str(value))


def _value(given: Mapping[str, Answer], question: str) -> Value | None:
    answer = given.get(question)
    return None if answer is None else answer.value
