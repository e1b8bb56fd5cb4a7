"""Finds the ways to change number questions that figures tie together, told apart as far as rules tell them apart.

What a figure makes of one number hangs on the others, so a way is known by more than the state it leads to: by the
states that each part of it would lead to as well. Without these one could not tell whether a part is enough.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from advisor.model.answers import Answer
from advisor.proving.changes import Change
from advisor.proving.prover import Prover
from advisor.proving.states import Part, Variable


@dataclass(frozen=True, slots=True)
class Way:
    """Changes of some of the tied questions, and the state of the variable `after` those of each part of them.

    Parts are named by their questions; `state` is that after all changes.
    """

    variable: str
    changes: tuple[Change, ...]
    state: int
    after: Mapping[frozenset[str], int]

    @property
    def questions(self) -> frozenset[str]:
        """The questions that get another answer."""
        return frozenset(change.question for change in self.changes)

    def has_in_it(self, other: Way) -> bool:
        """Whether a part of this way, or all of it, comes to the same as another way."""
        return self.variable == other.variable and self.after.get(other.questions) == other.state


def ways(
    prover: Prover, variable: Variable, given: Mapping[str, Answer], may_change: Collection[str], most: int
) -> tuple[Way, ...]:
    """Every way of at most so many changes, one for each way in which its parts can come out.

    Left out are ways of which a part comes to the same, since that part would do.
    """
    names = [question.id for question in variable.questions if question.id in may_change]
    found: dict[tuple[frozenset[str], tuple[int, ...]], Way] = {}
    for size in range(1, min(most, len(names)) + 1):
        for some in combinations(names, size):
            for changes in _changes(prover, variable, given, some):
                way = _way(prover, variable, given, changes)
                if all(state != way.state for names, state in way.after.items() if names != way.questions):
                    found.setdefault((way.questions, tuple(way.after.values())), way)
    return tuple(found.values())


def _way(prover: Prover, variable: Variable, given: Mapping[str, Answer], changes: Sequence[Change]) -> Way:
    after: dict[frozenset[str], int] = {}
    for some in _parts(changes):
        answers = dict(given) | {change.question: Answer(change.question, change.members[0]) for change in some}
        (state,) = prover.allowed(variable, answers, still_open=False)
        after[frozenset(change.question for change in some)] = state
    return Way(variable.name, tuple(changes), after[frozenset(c.question for c in changes)], after)


def _parts(changes: Sequence[Change]) -> Iterator[tuple[Change, ...]]:
    """Every selection of some changes, from none to all."""
    for size in range(len(changes) + 1):
        yield from combinations(changes, size)


def _changes(
    prover: Prover, variable: Variable, given: Mapping[str, Answer], names: Sequence[str]
) -> Iterator[tuple[Change, ...]]:
    """New answers to just these questions, enough of them to show all that can come out."""
    cells = {name: _cells(variable, name) for name in names}
    for parts in product(*cells.values()):
        numbers = [part.question for part in parts if part.whole_span]
        views = list(_views(variable, given, names, numbers))
        if not views:  # no figure has a value, so the numbers of a span are not told apart
            yield tuple(Change(part.question, "set", part.members, part.whole_span) for part in parts)
            continue
        box = {part.question: (int(part.members[0]), int(part.members[-1])) for part in parts if part.whole_span}
        for point in prover.encoding.groups[variable.name].numbers.in_views(box, views):
            yield tuple(
                Change(part.question, "set", (point[part.question],) if part.whole_span else part.members)
                for part in parts
            )


def _cells(variable: Variable, name: str) -> tuple[Part, ...]:
    """The states with an answer that one of the questions has by itself."""
    place = [question.id for question in variable.questions].index(name)
    mixed = (state for state in variable.states if not all(part.whole_span for part in state))
    return tuple(dict.fromkeys(state[place] for state in mixed if state[place].valued))


def _views(
    variable: Variable, given: Mapping[str, Answer], names: Sequence[str], numbers: Sequence[str]
) -> Iterator[dict[str, int]]:
    """The numbers that stay as they are, for each part of the change after which all questions have numbers."""
    now = {q.id: value for q in variable.questions if q.id in given and isinstance(value := given[q.id].value, int)}
    for size in range(1, len(names) + 1):
        for some in combinations(names, size):
            rest = [question.id for question in variable.questions if question.id not in some]
            if all(name in numbers for name in some) and all(name in now for name in rest):
                yield {name: now[name] for name in rest}
