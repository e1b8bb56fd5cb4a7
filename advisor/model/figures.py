"""Figures: formulas over intervals, and the numbers that are taken until the person gives others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from advisor.model.condition import Condition, Value
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
class Term:
    """A node of a figure's formula: an operator over parts, or a leaf. An `input` is the fact `name` where that has a
    value, and until then a value as it stands."""

    op: str
    parts: tuple[Term, ...] = ()
    name: str = ""
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(0)
    likely: Fraction | None = None

    def leaves(self) -> Iterator[Term]:
        """The parts that hold no other parts."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()

    def divisors(self) -> Iterator[Term]:
        """What it divides by, anywhere in it."""
        if self.op == "divide":
            yield from self.parts[1:]
        for part in self.parts:
            yield from part.divisors()

    def given(self, known: Mapping[str, Value]) -> Term:
        """The same with what is known in the place of inputs."""
        if self.parts:
            return replace(self, parts=tuple(part.given(known) for part in self.parts))
        value = known.get(self.name) if self.op == "input" else None
        return Term("value", low=Fraction(value), high=Fraction(value)) if type(value) is int else self


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
    formula: Term
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
