"""The charts as the rule base plans them: which figures they draw, when they are shown and what they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from advisor.model.condition import Condition
from advisor.model.template import Template

Names: TypeAlias = tuple[str, ...]
"""Figures, or facts that are numbers; the first that is known counts."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence that holds where its condition does."""

    when: Condition
    text: Template


@dataclass(frozen=True, slots=True)
class PlannedSpan:
    """A bar or a range of points: its name, and where its low end, likely value and high end come from."""

    name: Template
    of: Names
    when: Condition


@dataclass(frozen=True, slots=True)
class PlannedCurve:
    """A line over time: from the point `begins` on, each step adds the product of `adds` less `less`; `once` is taken
    away at the start. A figure in percent counts as hundredths.
    """

    name: Template
    begins: Names
    adds: tuple[Names, ...]
    less: Names
    once: Names

    @property
    def inputs(self) -> tuple[Names, ...]:
        """All that the line is drawn from."""
        return tuple(names for names in (self.begins, *self.adds, self.less, self.once) if names)


@dataclass(frozen=True, slots=True)
class PlannedMark:
    """A value to compare with: its name, where it comes from, and which end of that counts."""

    name: Template
    of: Names
    end: str


@dataclass(frozen=True, slots=True)
class PlannedChart:
    """One entry of `charts.yaml`. `pages` are the pages whose answer it goes with. Of `says`, the first saying of each
    group that holds is said. `until` is the last point of its lines, one `step` apart, and their values are rounded to
    multiples of `nearest`. `moved` says which of `inputs` (with their names) moves the most: the distance between the
    last line and the first, or the first figure of `moves` that is known. With `gates`, the gates that the advice lists
    are told beside it.
    """

    id: str
    title: Template
    unit: str
    shown: str
    pages: tuple[str, ...]
    when: Condition
    says: tuple[tuple[Saying, ...], ...]
    claims: tuple[str, ...]
    sources: tuple[str, ...]
    spans: tuple[PlannedSpan, ...] = ()
    nearest: int = 1
    until: int = 0
    step: str = ""
    curves: tuple[PlannedCurve, ...] = ()
    marks: tuple[PlannedMark, ...] = ()
    moments: tuple[PlannedSpan, ...] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)
    moved: Template | None = None
    gates: bool = False
    moves: Names = ()
    line: int = 0

    def drawn(self) -> Iterator[Names]:
        """Everything that its bars, lines and marks come from."""
        for span in (*self.spans, *self.moments):
            yield span.of
        for curve in self.curves:
            yield from curve.inputs
        for mark in self.marks:
            yield mark.of
        if self.moves:
            yield self.moves

    def conditions(self) -> Iterator[Condition]:
        """Every condition in it."""
        yield self.when
        yield from (span.when for span in (*self.spans, *self.moments))
        yield from (saying.when for group in self.says for saying in group)

    def templates(self) -> Iterator[Template]:
        """Every text in it that is filled in from the session."""
        yield self.title
        yield from (span.name for span in (*self.spans, *self.moments))
        yield from (curve.name for curve in self.curves)
        yield from (mark.name for mark in self.marks)
        yield from (saying.text for group in self.says for saying in group)

    def facts(self) -> Iterator[str]:
        """Every fact that it reads; those of a figure by its ends."""
        for name in (name for names in self.drawn() for name in names):
            yield from (name, *(name + end for end in (".low", ".likely", ".high")))
        yield from (fact for condition in self.conditions() for fact in condition.facts())
        for template in self.templates():
            yield from (*template.slots, *template.open_slots)
