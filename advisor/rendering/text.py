"""Advice for the terminal: plain ASCII marks, wrapped to a width, no color."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from advisor.model.advice import Advice
from advisor.model.words import Words, cleaned
from advisor.rendering.blocks import Block, Entry, Heading, Paragraph, Sum, Table, signed
from advisor.rendering.page import page
from advisor.rendering.page_advice import headline
from advisor.rendering.wrap import NARROWEST, columns, wrapped

_UNDERLINE = {1: "=", 2: "=", 3: "-"}
_NOTE_INDENT = "  "


def render_text(advice: Advice, width: int) -> str:
    """The advice as lines of at most `width` columns (20 at the least). Web addresses are left to the other formats."""
    clean = cleaned(advice)
    return laid_out((*page(clean), *_recap(clean)), width)


def laid_out(blocks: Iterable[Block], width: int) -> str:
    """Blocks as lines of at most `width` columns (20 at the least)."""
    return "\n".join(_layout(blocks, max(width, NARROWEST))) + "\n"


def _recap(advice: Advice) -> Iterator[Block]:
    """The headline and the first step again: on a terminal the end of the page is what is left in sight."""
    words = Words(advice.headings)
    yield Heading(2, words("render.sections.recap"))
    yield Paragraph(headline(advice))
    for step in advice.next_steps[:1]:
        yield Paragraph(words("render.recap_step", timing=step.timing, text=step.text))
    yield Paragraph(words("render.recap_more"))


def _layout(blocks: Iterable[Block], width: int) -> Iterator[str]:
    before: Block | None = None
    for block in blocks:
        if before is not None:
            yield from _gap(before, block)
        yield from _lines(block, width)
        before = block


def _gap(before: Block, block: Block) -> Iterator[str]:
    """The empty lines between two blocks."""
    if isinstance(block, Heading):
        yield from [""] * (1 if block.level == 3 or isinstance(before, Heading) else 2)
    elif not isinstance(before, Heading) and not _bare(before):
        one_list = isinstance(before, Entry) and isinstance(block, Entry)
        if not one_list or _tall(before) or _tall(block):
            yield ""


def _bare(block: Block) -> bool:
    """Whether a block is only the label of the list below it."""
    return isinstance(block, Paragraph) and not block.text


def _tall(block: Block) -> bool:
    return isinstance(block, Entry) and bool(block.notes or block.basis or block.label)


def _lines(block: Block, width: int) -> Iterator[str]:
    if isinstance(block, Heading):
        title = list(wrapped(block.text, width))
        yield from title
        yield _UNDERLINE[block.level] * max(columns(line) for line in title)
    elif isinstance(block, Paragraph):
        yield from wrapped(f"{block.label} {block.text}", width)
    elif isinstance(block, Entry):
        yield from _entry(block, width)
    elif isinstance(block, Sum):
        yield from _sum(block, width)
    else:
        yield from _table(block, width)


def _entry(entry: Entry, width: int) -> Iterator[str]:
    first = f"{entry.number}. " if entry.number is not None else "- "
    indent = " " * len(first)
    yield from wrapped(f"{entry.label} {entry.text}", width, first, indent)
    below = indent + _NOTE_INDENT
    for note in (*entry.notes, entry.basis):
        if note:
            yield from wrapped(note, width, below, below)


def _sum(block: Sum, width: int) -> Iterator[str]:
    yield from wrapped(f"{block.title}: {block.equation()}", width)
    widest = max(len(signed(addend.points)) for addend in block.addends)
    for addend in block.addends:
        first = f"  {signed(addend.points):>{widest}}  "
        yield from wrapped(f"{addend.name} [{addend.rules}]", width, first, " " * len(first))


def _table(table: Table, width: int) -> Iterator[str]:
    for first, *others in table.rows:
        yield from wrapped(f"{first}: {', '.join(others)}", width, "- ", "  ")
