"""The parts of a page, free of any format: headings, paragraphs, list entries, sums and tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Heading:
    """A title; level 1 opens the page, 2 a section, 3 a part of a section."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, after an optional label; a strong one is the sentence to read if only one is read."""

    text: str
    label: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list: its number (None: a bullet), an optional label, its text, and what stands under it.

    `notes` are for every reader, `basis` says what the entry rests on. `asides` and `links` (web addresses) are shown
    by formats with room for them.
    """

    text: str
    number: int | None = None
    label: str = ""
    notes: tuple[str, ...] = ()
    basis: str = ""
    asides: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Addend:
    """Points counted under one name, and the rules that gave them."""

    points: int
    name: str
    rules: str


@dataclass(frozen=True, slots=True)
class Sum:
    """Points that add up to `total`, under a title, with the column titles for points, name and rules."""

    title: str
    columns: tuple[str, str, str]
    addends: tuple[Addend, ...]
    total: int

    def equation(self) -> str:
        """The sum as it is worked out, such as `+3 -1 +2 = 4`."""
        return " ".join([*(signed(addend.points) for addend in self.addends), "=", str(self.total)])


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells that also read well one after another."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block: TypeAlias = Heading | Paragraph | Entry | Sum | Table


def signed(points: int) -> str:
    """Points with their sign; zero has none."""
    return f"{points:+d}" if points else "0"
