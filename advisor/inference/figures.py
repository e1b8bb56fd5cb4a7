"""Works out figures: interval arithmetic on exact fractions, rounded outward to whole numbers at the end."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TypeAlias

from advisor.model.condition import Knowledge
from advisor.model.rulebase import Figure, Term

Interval: TypeAlias = tuple[Fraction, Fraction]


class _NotKnown(Exception):
    """An input has no value, or a divisor may be zero: the figure stays unknown."""


def work_out(figures: tuple[Figure, ...], known: Knowledge) -> Iterator[tuple[Figure, int, int]]:
    """Each figure whose `when` is true and whose inputs are known, with low rounded down and high rounded up.

    A later figure may use the exact, unrounded value of an earlier one.
    """
    exact: dict[str, Interval] = {}
    for figure in figures:
        if figure.when.truth(known) is not True:
            continue
        try:
            low, high = exact[figure.id] = _value(figure.formula, figure, known, exact)
        except _NotKnown:
            continue
        yield figure, math.floor(low), math.ceil(high)


def _value(term: Term, figure: Figure, known: Knowledge, exact: Mapping[str, Interval]) -> Interval:
    if term.op == "value":
        return term.low, term.high
    if term.op == "figure":
        return _there(exact.get(term.name))
    if term.op == "fact":
        value = known.values.get(term.name)
        if type(value) is not int:
            raise _NotKnown
        return Fraction(value), Fraction(value)
    if term.op == "table":
        choice = known.values.get(term.name)
        row = "unknown" if choice is None else str(choice).lower() if isinstance(choice, bool) else str(choice)
        return _there(figure.tables[term.name].get(row))
    parts = [_value(part, figure, known, exact) for part in term.parts]
    result = parts[0]
    for part in parts[1:]:
        result = _combine(term.op, result, part)
    return result


def _there(found: Interval | None) -> Interval:
    if found is None:
        raise _NotKnown
    return found


def _combine(op: str, a: Interval, b: Interval) -> Interval:
    if op == "add":
        return a[0] + b[0], a[1] + b[1]
    if op == "subtract":
        return a[0] - b[1], a[1] - b[0]
    if op == "longest":
        return max(a[0], b[0]), max(a[1], b[1])
    if op == "shortest":
        return min(a[0], b[0]), min(a[1], b[1])
    if op == "divide":
        if b[0] <= 0 <= b[1]:
            raise _NotKnown
        b = (1 / b[1], 1 / b[0])
    corners = [x * y for x in a for y in b]
    return min(corners), max(corners)
