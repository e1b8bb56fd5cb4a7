"""Figures: formulas over intervals, worked out on exact fractions, and numbers taken until the person gives others."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TypeAlias

from advisor.model.condition import Condition, Knowledge, Value
from advisor.model.template import Template


@dataclass(frozen=True, slots=True)
class Input:
    """A number that is taken until the person gives another: the figure that it is, the question whose answer takes its
    place, and how good the number taken is, by the grades of sources.
    """

    id: str
    question: str
    grade: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class FormulaTerm:
    """A node of a figure's formula: an operator over parts, or a leaf. An `input` is the fact `name` where that has a
    value, and until then a value as it stands."""

    op: str
    parts: tuple[FormulaTerm, ...] = ()
    name: str = ""
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(0)
    likely: Fraction | None = None

    def leaves(self) -> Iterator[FormulaTerm]:
        """The parts that hold no other parts."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()

    def divisors(self) -> Iterator[FormulaTerm]:
        """What it divides by, anywhere in it."""
        if self.op == "divide":
            yield from self.parts[1:]
        for part in self.parts:
            yield from part.divisors()

    def given(self, known: Mapping[str, Value | Fraction]) -> FormulaTerm:
        """The same with the numbers that are known in the place of inputs."""
        if self.parts:
            return replace(self, parts=tuple(part.given(known) for part in self.parts))
        value = known.get(self.name) if self.op == "input" else None
        exact = type(value) is int or isinstance(value, Fraction)
        return FormulaTerm("value", low=Fraction(value), high=Fraction(value)) if value is not None and exact else self


ENDS = (".low", ".likely", ".high")
"""What the facts that a figure gives end with."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Months, dollars or percent worked out from the user's own answers by a formula over intervals.

    `tables` hold the low and high end of each row, `likely_rows` the likely number of the rows that have one.
    """

    id: str
    ref: str
    title: str
    unit: str
    when: Condition
    tables: Mapping[str, Mapping[str, tuple[Fraction, Fraction]]]
    formula: FormulaTerm
    text: Template
    text_same: Template
    claims: tuple[str, ...]
    sources: tuple[str, ...]
    show: bool
    line: int
    file: str = "figures.yaml"
    likely_rows: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict)

    @property
    def ends(self) -> tuple[str, ...]:
        """The facts it gives: its low end, its likely value and its high end."""
        return tuple(self.id + end for end in ENDS)

    def sure_after(self, earlier: Collection[str]) -> bool:
        """Whether it is made whatever is known, where the figures `earlier` are."""
        if any(True for _ in self.when.clauses()):
            return False
        by = (leaf.name if leaf.op == "figure" else leaf.name.rpartition(".")[0] for leaf in self.formula.leaves()
              if leaf.op not in ("value", "input"))  # fmt: skip
        return all(name in earlier for name in by) and all(part.op == "value" for part in self.formula.divisors())

    @property
    def inputs(self) -> tuple[str, ...]:
        """The facts that are surely known when it is made: those its formula counts with."""
        leaves = tuple(self.formula.leaves())
        return tuple(
            leaf.name if leaf.op == "fact" else f"{leaf.name}.low" for leaf in leaves if leaf.op in ("fact", "figure")
        )

    def facts(self) -> tuple[str, ...]:
        """The facts it reads, in its condition and in its formula, each once."""
        leaves = tuple(self.formula.leaves())
        inputs = [leaf.name for leaf in leaves if leaf.op in ("fact", "input", "table")]
        inputs += [f"{leaf.name}.{end}" for leaf in leaves if leaf.op == "figure" for end in ("low", "high")]
        return tuple(dict.fromkeys((*self.when.facts(), *inputs)))


def sure_figures(figures: Iterable[Figure]) -> frozenset[str]:
    """Those of some figures, in the order worked out, that are made whatever is known."""
    found: set[str] = set()
    for figure in figures:
        if figure.sure_after(found):
            found.add(figure.id)
    return frozenset(found)


class SureFacts:
    """What is surely known where some figures, in the order worked out, are made or may be."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        made = sure_figures(figures)
        self._told = tuple((frozenset(figure.ends), (*figure.ends, *figure.inputs)) for figure in reversed(figures))
        self._always = self._behind({end for figure in figures if figure.id in made for end in figure.ends})

    def beside(self, tested: Collection[str]) -> frozenset[str]:
        """What is known when some facts are, these among them: a figure that is made tells that what it counts with was
        known."""
        behind = self._behind(tested) if any(fact.endswith(ENDS) for fact in tested) else tested
        return self._always.union(behind)

    def _behind(self, tested: Collection[str]) -> frozenset[str]:
        found = set(tested)
        for ends, told in self._told:  # a figure counts with earlier ones only
            if not ends.isdisjoint(found):
                found.update(told)
        return frozenset(found)


def figures_behind(facts: Collection[str], figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Those of some figures, in the order worked out, on which one of the facts hangs."""
    wanted, found = set(facts), []
    for figure in reversed(figures):  # a figure counts with earlier ones only
        if not wanted.isdisjoint(figure.ends):
            found.append(figure)
            wanted.update(figure.facts())
    return tuple(reversed(found))


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
    term: FormulaTerm, figure: Figure, known: Knowledge, exact: Mapping[str, Interval], *, likely: bool = False
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
