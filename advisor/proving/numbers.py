"""Finds every way in which tests on number questions can come out together, with numbers that show each.

Questions that figures tie together (a percentage of two pay amounts) cannot be told apart one at a time. The box of all
their whole numbers is cut in halves until every test comes out the same all over a piece; a piece whose undecided tests
can only come out in ways already seen is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cache
from itertools import product
from typing import TypeAlias

from advisor.proving.figures import Combination, FigurePlan, Figures
from advisor.proving.literals import Literal, cuts
from advisor.proving.ranges import Box

Signature: TypeAlias = tuple[bool, ...]
Point: TypeAlias = Mapping[str, int]
_Key: TypeAlias = tuple[tuple[str, int, int], ...]

_FEW = 8  # undecided tests whose combinations are worth counting
_NO_NUMBER = ("known", "unknown", "said", "not_said")
_KEPT = 500  # searches remembered


class NumberGroup:
    """Number questions that figures tie together, by id, with every test on them; `also` are those of a second base."""

    def __init__(
        self, names: tuple[str, ...], figures: Figures, own: Mapping[str, Sequence[Literal]], *also: Figures
    ) -> None:
        self.names, self._figures = names, figures
        compared = {name: [li for li in own.get(name, ()) if li.op not in _NO_NUMBER] for name in names}
        self._own = [Literal(name, "ge", (cut,)) for name in names for cut in sorted(cuts(compared[name]))]
        self._tests: list[tuple[Figures, FigurePlan, Combination]] = [
            (one, plan, known)
            for one in (figures, *also)
            for plan in one.plans.values()
            if plan.numbers and set(plan.numbers) <= set(names) and plan in one.hanging
            for known, _ in plan.combinations()
        ]
        self._seen: dict[Hashable, dict[Signature, Point]] = {}

    def signature(self, point: Point) -> Signature:
        """How every test comes out at one point."""
        return tuple(outcome is True for outcome in self._outcomes({n: (point[n], point[n]) for n in self.names}))

    def within(self, fixed: Point) -> Mapping[Signature, Point]:
        """Every way in which the tests can come out when some of the questions have these numbers, with a witness."""
        box = {**self._figures.box_of(self.names), **{name: (value, value) for name, value in fixed.items()}}
        return self._remembered(_key(box), box, self._outcomes)

    def in_views(self, box: Box, views: Sequence[Point]) -> tuple[Point, ...]:
        """Numbers of a box that show every way in which the tests can come out in several views together.

        A view holds the numbers of the questions that keep theirs; the others have those of the box.
        """
        compared = [literal for literal in self._own if literal.fact in box]
        outcomes = cache(self._outcomes_of)

        def in_all(piece: Box) -> tuple[bool | None, ...]:
            found = [literal.over(*piece[literal.fact]) for literal in compared]
            for view in views:
                found += outcomes(_key({**piece, **{name: (value, value) for name, value in view.items()}}))
            return tuple(found)

        return tuple(
            self._remembered((_key(box), *(tuple(sorted(view.items())) for view in views)), box, in_all).values()
        )

    def _remembered(
        self, key: Hashable, box: Box, outcomes: Callable[[Box], tuple[bool | None, ...]]
    ) -> dict[Signature, Point]:
        if key not in self._seen:
            if len(self._seen) > _KEPT:
                self._seen.clear()
            self._seen[key] = _search(box, outcomes)
        return self._seen[key]

    def _outcomes_of(self, key: _Key) -> tuple[bool | None, ...]:
        return self._outcomes({name: (low, high) for name, low, high in key})

    def _outcomes(self, box: Box) -> tuple[bool | None, ...]:
        outcomes: list[bool | None] = [literal.over(*box[literal.fact]) for literal in self._own]
        for figures, plan, known in self._tests:
            outcomes += figures.outcome(plan, known, box, plan.steps)
        return tuple(outcomes)


def _key(box: Box) -> _Key:
    return tuple((name, *ends) for name, ends in sorted(box.items()))


def _search(box: Box, outcomes_of: Callable[[Box], tuple[bool | None, ...]]) -> dict[Signature, Point]:
    found: dict[Signature, Point] = {}
    waiting = [dict(box)]
    while waiting:
        piece = waiting.pop()
        outcomes = outcomes_of(piece)
        undecided = outcomes.count(None)
        if undecided == 0:
            signature = tuple(outcome is True for outcome in outcomes)
            found.setdefault(signature, {name: low for name, (low, _) in piece.items()})
        elif undecided > _FEW or not all(way in found for way in _ways(outcomes)):
            waiting += _halves(piece)
    return found


def _ways(outcomes: Sequence[bool | None]) -> list[Signature]:
    return list(product(*((True, False) if outcome is None else (outcome,) for outcome in outcomes)))


def _halves(box: Box) -> list[dict[str, tuple[int, int]]]:
    """The box cut in two across its widest side (the first of equals)."""
    widest = max(box, key=lambda name: box[name][1] - box[name][0])
    low, high = box[widest]
    middle = (low + high) // 2
    return [{**box, widest: (middle + 1, high)}, {**box, widest: (low, middle)}]


def tied(figures: Figures) -> tuple[tuple[str, ...], ...]:
    """The number questions that have to be looked at together: those of a figure whose tests hang on their numbers."""
    loose = figures.loose
    return tuple(sorted({tuple(sorted(plan.numbers)) for plan in figures.hanging if plan not in loose}))
