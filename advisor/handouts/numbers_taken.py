"""The numbers that were taken until a person gives others: what a chart counts with, and which of them matters most."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from advisor.model.condition import Value
from advisor.model.figures import Figure, Input, Term
from advisor.model.rulebase import RuleBase


@dataclass(frozen=True, slots=True)
class Moved:
    """An input that moves a figure, and the lowest and the highest value of that which it alone can bring about."""

    id: str
    low: int
    high: int


class NumbersTaken:
    """The inputs of one rule base, for one person's answers."""

    def __init__(self, base: RuleBase, known: Mapping[str, Value]) -> None:
        self._base, self._known = base, known
        self._by_id = {figure.id: figure for figure in base.figures}

    def behind(self, figures: Iterable[str]) -> tuple[Input, ...]:
        """The inputs that some figures count with, in the order of the rule base; one for each question."""
        reached = {name for figure in figures for name in self._reached(figure)}
        found = [one for one in self._base.inputs if one.id in reached]
        return tuple({one.question: one for one in reversed(found)}.values())[::-1]

    def own(self, one: Input) -> bool:
        """Whether the person gave a number in the place of this one."""
        return one.question in self._known

    def moves_most(self, figure: str) -> Moved | None:
        """The input that alone, from end to end with all else at its likely value, moves a figure the most."""
        found: list[tuple[Fraction, Moved]] = []
        for one in self.behind((figure,)):
            term = self._by_id[one.id].formula
            ends = [self._at(figure, {one.question: end}) for end in (term.low, term.high)]
            if not self.own(one) and None not in ends:
                low, high = sorted(end for end in ends if end is not None)
                found.append((high - low, Moved(one.id, _whole(low), _whole(high))))
        width, most = max(found, key=lambda pair: pair[0], default=(Fraction(0), None))
        return most if width else None

    def _reached(self, figure: str) -> Iterator[str]:
        if figure in self._by_id:
            yield figure
            for leaf in self._by_id[figure].formula.leaves():
                if leaf.op in ("figure", "fact"):
                    yield from self._reached(leaf.name if leaf.op == "figure" else leaf.name.rpartition(".")[0])

    def _at(self, figure: str, moved: Mapping[str, Fraction]) -> Fraction | None:
        """What a figure comes to with some inputs moved and all else likely; None where a part of it is not known."""
        try:
            return self._value(self._by_id[figure].formula, self._by_id[figure], moved)
        except (KeyError, ZeroDivisionError):
            return None

    def _value(self, term: Term, figure: Figure, moved: Mapping[str, Fraction]) -> Fraction:
        if term.op == "input" and term.name in self._known:
            return Fraction(int(self._known[term.name]))
        if term.op == "input" and term.name in moved:
            return moved[term.name]
        if term.op in ("value", "input"):
            return (term.low + term.high) / 2 if term.likely is None else term.likely
        if term.op == "figure":
            return self._value(self._by_id[term.name].formula, self._by_id[term.name], moved)
        if term.op == "fact":
            name = term.name.rpartition(".")[0]
            if name in self._by_id:
                return self._value(self._by_id[name].formula, self._by_id[name], moved)
            return Fraction(int(self._known[term.name]))
        if term.op == "table":
            row = _row(self._known.get(term.name))
            low, high = figure.tables[term.name][row]
            return figure.likely_rows.get(term.name, {}).get(row, (low + high) / 2)
        result, *others = (self._value(part, figure, moved) for part in term.parts)
        for other in others:
            result = _combined(term.op, result, other)
        return result


def _row(value: Value | None) -> str:
    return "unknown" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _combined(op: str, a: Fraction, b: Fraction) -> Fraction:
    if op == "add":
        return a + b
    if op == "subtract":
        return a - b
    if op == "multiply":
        return a * b
    if op == "divide":
        return a / b
    return max(a, b) if op == "longest" else min(a, b)


def _whole(number: Fraction) -> int:
    return math.floor(number + Fraction(1, 2))
