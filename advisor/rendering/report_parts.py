"""The parts of the report that people keep, free of any format: sections of text that name their sources by number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from advisor.model.handouts import Chart, Letter

ListMark: TypeAlias = Literal["dot", "number", "box", "warning"]
"""How the entries of a list are marked: by a dot, by their number, by a box to tick, or as a warning."""


@dataclass(frozen=True, slots=True)
class Text:
    """Running text after an optional label; `cites` are the numbers of its sources, `strong` the sentence to read, and
    `quoted` words to send or say. A label without a text is the title of the list below it.
    """

    text: str
    label: str = ""
    cites: tuple[int, ...] = ()
    strong: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Bullet:
    """One entry of a list; `notes` stand under it."""

    text: str
    label: str = ""
    cites: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list."""

    entries: tuple[Bullet, ...]
    mark: ListMark = "dot"


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
    """A chart, drawn, with its numbers as a table beside it. The text before it says what it shows."""

    chart: Chart
    table: Grid


@dataclass(frozen=True, slots=True)
class DraftWords:
    """Words to send, say or take along; `label` says that they are a draft, of what and to whom, and `note` how much is
    left to fill in.
    """

    letter: Letter
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """An entry of the list of sources, by the number that cites it; `links` are web addresses or other places."""

    number: int
    text: str
    links: tuple[str, ...] = ()


ReportPart: TypeAlias = Text | BulletList | Subheading | Grid | Drawn | DraftWords | SourceEntry


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the report; `id` names it within the file, and a `first` one is part of the first sheet of paper."""

    id: str
    heading: str
    parts: tuple[ReportPart, ...]
    first: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """The report: its title, the day of the advice in words ("" when that is not known), and its sections in order.

    `words` are those that a format needs of its own, such as what leads from a source back to the text, by short names.
    """

    title: str
    told_on: str
    sections: tuple[Section, ...] = field(default_factory=tuple)
    words: Mapping[str, str] = field(default_factory=dict)
