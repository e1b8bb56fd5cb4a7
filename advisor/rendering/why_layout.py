"""Lays out the lines of an explanation: titles, paragraphs, and lists that may stand inside each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advisor.model.words import Words, clean
from advisor.rendering.wrap import NARROWEST, columns, wrapped


@dataclass(frozen=True, slots=True)
class LaidLine:
    """One text: a title (`depth` -1), a paragraph (0) or an entry of a list (1 and more, each inside the one before).

    `key` names what it tells of; `again` means that this was told in full before.
    """

    text: str
    depth: int = 0
    key: str = ""
    again: bool = False


def lay_out(lines: Iterable[LaidLine], words: Words, width: int) -> str:
    """The lines, at most `width` columns wide (20 at the least); what is told again points back to the first time."""
    numbered = tuple(_numbered(tuple(lines), words))
    return "\n".join(_rows(numbered, max(width, NARROWEST))) + "\n"


def _numbered(lines: tuple[LaidLine, ...], words: Words) -> Iterator[LaidLine]:
    again = {line.key for line in lines if line.again}
    numbers: dict[str, int] = {}
    for line in lines:
        text = clean(line.text)
        if line.key in again and not line.again and line.key not in numbers:
            numbers[line.key] = len(numbers) + 1
            text = words("render.why.numbered", text=text, number=numbers[line.key])
        elif line.again and line.key in numbers:
            text = words("render.why.see", text=text, number=numbers[line.key])
        yield LaidLine(text, line.depth)


def _ends(before: LaidLine) -> bool:
    """Whether a list does not belong to the paragraph before it."""
    return before.depth == 0 and not before.text.endswith(":")


def _rows(lines: Iterable[LaidLine], width: int) -> Iterator[str]:
    before: LaidLine | None = None
    for line in lines:
        if before is not None and (line.depth < 1 or before.depth < 0 or _ends(before)):
            yield ""
        if line.depth > 0:
            step = 2 if width >= 60 else 1
            indent = " " * min((line.depth - 1) * step, width // 2)
            yield from wrapped(line.text, width, indent + "- ", indent + "  ")
        else:
            rows = list(wrapped(line.text, width))
            yield from rows
            if line.depth < 0:
                yield "=" * max(columns(row) for row in rows)
        before = line
