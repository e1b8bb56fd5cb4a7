"""Finds minimal sets of changed answers by trying every one on the engine: slow, simple, apart from the solver.

A change is a triple: the question, how (`set`, `add`, `remove` or `only`) and the new choice or number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, product
from typing import TypeAlias

from advisor.errors import ContradictionError, EngineError
from advisor.loading.answers import refuse_contradictions
from advisor.model.answers import Answer, Answers, applies, applying
from advisor.model.questionnaire import Question, Questionnaire
from advisor.model.trace import Trace
from advisor.proving.changes import Change, Found

One: TypeAlias = tuple[str, str, str | int]
Many: TypeAlias = frozenset[One]
Value: TypeAlias = str | int | tuple[str, ...] | None
Engine: TypeAlias = Callable[[Answers], Trace]
Holds: TypeAlias = Callable[[Trace], bool]


def minimal_sets(
    questionnaire: Questionnaire, answers: Answers, engine: Engine, holds: Holds, up_to: int, only: tuple[str, ...]
) -> dict[Many, str]:
    """Each minimal set of at most `up_to` changes after which `holds`, with the option that is then recommended.

    Nothing when it holds already. No answers but those to the questions of `only` change.
    """
    reached = dict(_reached(questionnaire, answers, engine, holds, up_to, only))
    if frozenset() in reached:
        return {}
    return {found: option for found, option in reached.items() if not any(part in reached for part in _parts(found))}


def size_of_the_task(questionnaire: Questionnaire, only: tuple[str, ...]) -> int:
    """How many ways there are to answer the questions of `only`."""
    total = 1
    for name in only:
        total *= 1 + len(values_of(questionnaire.question(name)))
    return total


def values_of(question: Question) -> list[Value]:
    """Every value that an answer can have; one text and one date stand for all."""
    found: list[Value]
    if question.kind == "one":
        found = [choice.id for choice in question.choices]
    elif question.kind == "several":
        ids = [choice.id for choice in question.choices]
        alone = {choice.id for choice in question.choices if choice.exclusive}
        sets = [tuple(some) for n in range(1, len(ids) + 1) for some in combinations(ids, n)]
        found = [some for some in sets if len(some) == 1 or not alone & {*some}]
    elif question.kind == "number":
        found = list(range(question.minimum, question.maximum + 1))
    else:
        found = [question.kind]
    return [*found, question.none_choice.id] if question.none_choice is not None else found


def answer_of(question: Question, value: Value) -> Answer:
    """A value of `values_of` as an answer that fits; the one text or date is any that does."""
    typed = question.kind in ("text", "date") and value == question.kind
    return Answer(question.id, question.stand_in if typed else value)


def difference(question: Question, before: Value, after: Value) -> Many:
    """The changes that lead from one value of a question to another."""
    if before == after or (question.kind in ("text", "date") and _typed(question, before) and _typed(question, after)):
        return frozenset()
    if not isinstance(after, tuple):
        assert after is not None
        return frozenset({(question.id, "set", after)})
    old, new = set(before) if isinstance(before, tuple) else set(), set(after)
    alone = {choice.id for choice in question.choices if choice.exclusive}
    if new & alone:
        return frozenset((question.id, "only", choice) for choice in new)
    added = {(question.id, "add", choice) for choice in new - old}
    return frozenset(added | {(question.id, "remove", choice) for choice in old - new - alone})


def members(found: Found) -> Iterator[Many]:
    """Each set of changes that a set found by the solver stands for, one member chosen for each change."""
    spans = [[(c.question, c.how, member) for member in members_of(c)] for c in found.changes]
    yield from {one for some in product(*spans) if len(one := frozenset(some)) == len(some)}


def members_of(change: Change) -> list[str | int]:
    """All that a change may change to, numbers of a span one by one."""
    if change.span:
        return list(range(int(change.members[0]), int(change.members[-1]) + 1))
    return list(change.members)


def _reached(
    questionnaire: Questionnaire, answers: Answers, engine: Engine, holds: Holds, up_to: int, only: tuple[str, ...]
) -> Iterator[tuple[Many, str]]:
    given = {answer.question: answer for answer in answers}
    ways = [_ways(questionnaire.question(name), given.get(name), up_to) for name in only]
    for some in product(*ways):
        changes: Many = frozenset().union(*(way[0] for way in some))
        if len(changes) > up_to:
            continue
        entries = dict(given) | {name: way[1] for name, way in zip(only, some, strict=True) if way[1] is not None}
        after = Answers.of(entries, questionnaire)
        new = [name for name in entries if name not in given]
        trace = run_if_valid(questionnaire, after, new, engine)
        if trace is not None and holds(trace):
            yield changes, trace.recommended


def run_if_valid(questionnaire: Questionnaire, after: Answers, new: list[str], engine: Engine) -> Trace | None:
    """The trace of some answers; None when they cannot all be true, or an answer to another question is set aside."""
    kept, _ = applying(after, questionnaire)
    if any(applies(questionnaire.question(name), kept, questionnaire) is False for name in new):
        return None
    try:
        refuse_contradictions(after, questionnaire)
        return engine(after)
    except (ContradictionError, EngineError):
        return None


def _ways(question: Question, now: Answer | None, up_to: int) -> list[tuple[Many, Answer | None]]:
    """What can become of one question: as it is, or another value, with the changes that this takes."""
    before = now.value if now is not None else None
    found: list[tuple[Many, Answer | None]] = [(frozenset(), now)]
    for value in values_of(question):
        changes = difference(question, before, value)
        if 0 < len(changes) <= up_to:
            found.append((changes, answer_of(question, value)))
    return found


def _parts(found: Many) -> Iterator[Many]:
    for size in range(len(found)):
        yield from map(frozenset, combinations(sorted(found, key=str), size))


def _typed(question: Question, value: Value) -> bool:
    return value is not None and (question.none_choice is None or value != question.none_choice.id)
