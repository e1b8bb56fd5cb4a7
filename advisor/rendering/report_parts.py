"""The parts of the report that people keep, free of any format: sections of text that name their sources by number."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from advisor.model.handouts import Chart, Letter


@dataclass(frozen=True, slots=True)
class Text:
    """Running text after an optional label; `cites` are the numbers of its sources, `strong` the sentence to read."""

    text: str
    label: str = ""
    cites: tuple[int, ...] = ()
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """One entry of a list; `notes` stand under it."""

    text: str
    label: str = ""
    cites: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Points:
    """A list; `mark` is how its entries are marked: a dot, a number, a box to tick or a warning."""

    entries: tuple[Point, ...]
    mark: str = "dot"


@dataclass(frozen=True, slots=True)
class Subheading:
    """A title within a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its caption, its column titles and its rows; the first cell of a row names it."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart, drawn, with its numbers as a table beside it."""

    chart: Chart
    table: Grid


@dataclass(frozen=True, slots=True)
class Draft:
    """Words to send, say or take along."""

    letter: Letter


@dataclass(frozen=True, slots=True)
class Source:
    """An entry of the list of sources, by the number that cites it; `links` are web addresses."""

    number: int
    text: str
    links: tuple[str, ...] = ()


ReportPart: TypeAlias = Text | Points | Subheading | Grid | Drawn | Draft | Source


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the report; `id` names it within the file, and a `first` one is part of the first sheet of paper."""

    id: str
    heading: str
    parts: tuple[ReportPart, ...]
    first: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """The report: its title, the day of the advice in words ("" when that is not known), and its sections in order."""

    title: str
    told_on: str
    sections: tuple[Section, ...] = field(default_factory=tuple)
