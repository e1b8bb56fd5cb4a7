"""Advice as a Markdown document; every text in it is escaped, so that none can be taken for markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from advisor.model.advice import Advice
from advisor.model.handouts import Chart
from advisor.model.words import clean, cleaned
from advisor.rendering.blocks import Block, Entry, Heading, Paragraph, Sum, Table, signed
from advisor.rendering.chart_text import chart_table
from advisor.rendering.page import page

_MARKUP = re.compile(r"[\\`*{}\[\]<>#|~&$]|(?<!\w)_|_(?!\w)")
_OPENING = re.compile(r"^([-+](?=[-+]*(?: |$))|=(?==*$))|^(\d{1,9})(?=[.)](?: |$))")
_LINKLIKE = re.compile(r"(?i)(://|www\.)")
_ADDRESS = re.compile(r"https?://[^\s<>\\]+")


def render_markdown(advice: Advice) -> str:
    """The advice as a document with headings, lists, tables and links; its lines are not wrapped."""
    return "\n".join(_layout(page(cleaned(advice)))) + "\n"


def render_charts_markdown(charts: Sequence[Chart]) -> str:
    """Charts as tables, each under its title with what it shows."""
    blocks: list[Block] = []
    for chart in charts:
        blocks += [Heading(2, clean(chart.title)), Paragraph(clean(chart.says)), Table(*chart_table(chart))]
    return "\n".join(_layout(tuple(blocks))) + "\n"


def escaped(text: str) -> str:
    """A text on one line that Markdown shows as it is, wherever it stands."""
    text = _MARKUP.sub(lambda found: "\\" + found[0], text)
    text = _LINKLIKE.sub(lambda found: found[0].replace(":", "\\:").replace(".", "\\."), text)
    return _OPENING.sub(_opened, text)


def link(address: str) -> str:
    """A web address as a link; anything else as plain text."""
    return f"<{address}>" if _ADDRESS.fullmatch(address) else escaped(address)


def _opened(found: re.Match[str]) -> str:
    return f"\\{found[1]}" if found[1] else f"{found[2]}\\"


def _layout(blocks: tuple[Block, ...]) -> Iterator[str]:
    before: Block | None = None
    for block in blocks:
        if before is not None and not (isinstance(before, Entry) and isinstance(block, Entry)):
            yield ""
        yield from _lines(block)
        before = block


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * block.level} {escaped(block.text)}"
    elif isinstance(block, Paragraph):
        text = escaped(block.text)
        yield " ".join(part for part in (_bold(block.label), _bold(block.text) if block.strong else text) if part)
    elif isinstance(block, Entry):
        yield from _entry(block)
    elif isinstance(block, Sum):
        yield from _sum(block)
    else:
        yield from _table(block.columns, block.rows)


def _entry(entry: Entry) -> Iterator[str]:
    first = f"{entry.number}. " if entry.number is not None else "- "
    indent = " " * len(first)
    yield first + " ".join(part for part in (_bold(entry.label), escaped(entry.text)) if part)
    for note in (*entry.notes, *entry.asides):
        yield f"{indent}- {escaped(note)}"
    if entry.basis:
        yield f"{indent}- *{escaped(entry.basis)}*"
    for address in entry.links:
        yield f"{indent}- {link(address)}"


def _sum(block: Sum) -> Iterator[str]:
    yield f"{_bold(block.title + ':')} {escaped(block.equation())}"
    yield ""
    yield from _table(block.columns, [(signed(a.points), a.name, a.rules) for a in block.addends])


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for cells in (columns, None, *rows):
        yield "| " + " | ".join("---" if cells is None else escaped(cell) for cell in cells or columns) + " |"


def _bold(text: str) -> str:
    return f"**{escaped(text)}**" if text else ""
