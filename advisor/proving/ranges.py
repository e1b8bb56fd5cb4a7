"""Evaluates a figure's formula over whole boxes of numbers at once: what its ends can be, bounded on both sides.

A figure is an interval [low, high]. Over a box of inputs each of its two ends moves within a span, so a value here is
two spans. Every operation is the usual one of interval arithmetic (Moore, Interval Analysis, 1966, chapter 2), done on
spans; for a box of one point both spans are points and the result is the figure's exact value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TypeAlias

from advisor.model.condition import Value
from advisor.model.figures import Figure, FormulaTerm

Span: TypeAlias = tuple[Fraction, Fraction]
Box: TypeAlias = Mapping[str, tuple[int, int]]
"""Number facts with the whole numbers from, to (both included) that they range over."""


@dataclass(frozen=True, slots=True)
class Ends:
    """The spans of the low and the high end."""

    low: Span
    high: Span


class NoValue(Exception):
    """No point of the box gives the formula a value."""


class Unbounded(Exception):
    """Some points of the box may have no value; it has to be cut smaller. Never raised for a box of one point."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What formulas read: the number answers as a box, the other facts as known (None: unknown), earlier figures."""

    figures: Mapping[str, Figure]
    box: Box
    known: Mapping[str, Value | None]


def evaluate(figure: Figure, inputs: Inputs, *, likely: bool = False) -> Ends:
    """The spans of a figure's ends over a box, taking the figures it reads as made; with `likely`, of the ends that it
    has when each of its values that says so is the likely one.

    Raises NoValue when an input is unknown or a divisor is always 0, and Unbounded when it is 0 at some points perhaps.
    """
    return _value(figure.formula, figure, inputs, likely)


def middle(ends: Ends) -> tuple[int, int]:
    """The span of the middle between the ends, rounded to the nearest whole number."""
    return tuple(floor((ends.low[i] + ends.high[i]) / 2 + Fraction(1, 2)) for i in (0, 1))  # type: ignore[return-value]


def rounded(ends: Ends) -> tuple[tuple[int, int], tuple[int, int]]:
    """The spans of the low end rounded down and of the high end rounded up."""
    return (floor(ends.low[0]), floor(ends.low[1])), (ceil(ends.high[0]), ceil(ends.high[1]))


def _value(term: FormulaTerm, figure: Figure, inputs: Inputs, likely: bool) -> Ends:
    if term.op in ("value", "input"):  # what the person put in place of an input stands there as a value
        if likely and term.likely is not None:
            return _point(term.likely, term.likely)
        return _point(term.low, term.high)
    if term.op == "figure":
        return evaluate(inputs.figures[term.name], inputs, likely=likely)
    if term.op == "fact":
        low, high = _number(term.name, inputs)
        span = (Fraction(low), Fraction(high))
        return Ends(span, span)
    if term.op == "table":
        row = _row(term.name, inputs)
        probable = figure.likely_rows.get(term.name, {}).get(row) if likely else None
        found = figure.tables[term.name].get(row) if probable is None else (probable, probable)
        if found is None:
            raise NoValue
        return _point(*found)
    parts = [_value(part, figure, inputs, likely) for part in term.parts]
    result = parts[0]
    for part in parts[1:]:
        result = _combine(term.op, result, part)
    return result


def _number(fact: str, inputs: Inputs) -> tuple[int, int]:
    """The whole numbers between which a fact lies over the box."""
    if fact in inputs.box:
        return inputs.box[fact]
    name, _, end = fact.rpartition(".")
    if name in inputs.figures and end == "likely":
        return middle(evaluate(inputs.figures[name], inputs, likely=True))
    if name in inputs.figures and end in ("low", "high"):
        return rounded(evaluate(inputs.figures[name], inputs))[end == "high"]
    value = inputs.known.get(fact)
    if type(value) is not int:
        raise NoValue
    return value, value


def _row(fact: str, inputs: Inputs) -> str:
    name, _, end = fact.rpartition(".")
    if fact in inputs.box or (name in inputs.figures and end in ("low", "high", "likely")):
        low, high = _number(fact, inputs)
        if low != high:
            raise Unbounded
        return str(low)
    return row_of(inputs.known.get(fact))


def row_of(value: Value | None) -> str:
    """The row of a table for a fact's value; `unknown` when it has none."""
    return "unknown" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _point(low: Fraction, high: Fraction) -> Ends:
    return Ends((low, low), (high, high))


def _combine(op: str, a: Ends, b: Ends) -> Ends:
    if op == "add":
        return Ends(_each(a.low, b.low, _plus), _each(a.high, b.high, _plus))
    if op == "subtract":
        return Ends(_minus(a.low, b.high), _minus(a.high, b.low))
    if op == "longest":
        return Ends(_each(a.low, b.low, max), _each(a.high, b.high, max))
    if op == "shortest":
        return Ends(_each(a.low, b.low, min), _each(a.high, b.high, min))
    if op == "divide":
        b = _inverse(b)
    corners = [_times(x, y) for x in (a.low, a.high) for y in (b.low, b.high)]
    low = (min(c[0] for c in corners), min(c[1] for c in corners))
    high = (max(c[0] for c in corners), max(c[1] for c in corners))
    return Ends(low, high)


def _inverse(b: Ends) -> Ends:
    """1/b, which has no value at points where the interval from low to high holds 0."""
    if b.low[1] <= 0 <= b.high[0]:
        raise NoValue
    if b.low[0] > 0 or b.high[1] < 0:
        return Ends((1 / b.high[1], 1 / b.high[0]), (1 / b.low[1], 1 / b.low[0]))
    raise Unbounded


def _plus(x: Fraction, y: Fraction) -> Fraction:
    return x + y


def _each(a: Span, b: Span, how: Callable[[Fraction, Fraction], Fraction]) -> Span:
    return how(a[0], b[0]), how(a[1], b[1])


def _minus(a: Span, b: Span) -> Span:
    return a[0] - b[1], a[1] - b[0]


def _times(a: Span, b: Span) -> Span:
    products = [x * y for x in a for y in b]
    return min(products), max(products)
