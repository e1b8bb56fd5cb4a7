"""Works out figures: interval arithmetic on exact fractions, rounded outward to whole numbers at the end."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TypeAlias

from advisor.model.condition import Knowledge
from advisor.model.figures import Figure, Term

Interval: TypeAlias = tuple[Fraction, Fraction]


class _NotKnown(Exception):
    """An input has no value, or a divisor may be zero: the figure stays unknown."""


def work_out(figures: tuple[Figure, ...], known: Knowledge) -> Iterator[tuple[Figure, Mapping[str, int]]]:
    """Each figure whose `when` is true and whose inputs are known, with its facts: low rounded down, high rounded up,
    and the likely value (the middle where none is stated) rounded to the nearest whole number.

    A later figure may use the exact, unrounded value of an earlier one.
    """
    exact: dict[str, Interval] = {}
    likely: dict[str, Interval] = {}
    for figure in figures:
        if figure.when.truth(known) is not True:
            continue
        try:
            low, high = exact[figure.id] = _value(figure.formula, figure, known, exact)
        except _NotKnown:
            continue
        middle = likely[figure.id] = _value(figure.formula, figure, known, likely, likely=True)
        yield (
            figure,
            {
                f"{figure.id}.low": math.floor(low),
                f"{figure.id}.likely": math.floor(sum(middle) / 2 + Fraction(1, 2)),
                f"{figure.id}.high": math.ceil(high),
            },
        )


def _value(
    term: Term, figure: Figure, known: Knowledge, exact: Mapping[str, Interval], *, likely: bool = False
) -> Interval:
    """The interval of a formula, or with `likely` the one that its values take where they say what is likely."""
    if term.op == "input" and type(given := known.values.get(term.name)) is int:
        return Fraction(given), Fraction(given)
    if term.op in ("value", "input"):
        return (term.likely, term.likely) if likely and term.likely is not None else (term.low, term.high)
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
        probable = figure.likely_rows.get(term.name, {}).get(row) if likely else None
        return _there(figure.tables[term.name].get(row)) if probable is None else (probable, probable)
    parts = [_value(part, figure, known, exact, likely=likely) for part in term.parts]
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
