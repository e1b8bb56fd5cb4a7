"""The blocks of a page as HTML: headings a few levels down, lists, sums and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from advisor.rendering.blocks import Block, Entry, Heading, Paragraph, Sum, Table, signed
from advisor.rendering.html_tree import Html, el, link, table, together


def blocks_html(blocks: Iterable[Block], caption: str) -> Html:
    """Blocks one after another; headings of level 1 and 2 become `h3`, those below `h4`. Tables have the caption."""
    return together(_parts(blocks, caption))


def _parts(blocks: Iterable[Block], caption: str) -> Iterator[Html]:
    for kind, found in groupby(blocks, _kind):
        if kind:
            entries = [block for block in found if isinstance(block, Entry)]
            yield el("ol" if kind == "ol" else "ul", (_entry(entry) for entry in entries))
        else:
            yield from (_block(block, caption) for block in found)


def _kind(block: Block) -> str:
    if not isinstance(block, Entry):
        return ""
    return "ul" if block.number is None else "ol"


def _block(block: Block, caption: str) -> Html:
    if isinstance(block, Heading):
        return el("h4" if block.level > 2 else "h3", block.text)
    if isinstance(block, Sum):
        rows = [(signed(one.points), one.name, one.rules) for one in block.addends]
        equation = el("p", el("strong", block.title + ":"), " ", block.equation())
        return together(equation, table(block.title, block.columns, rows))
    if isinstance(block, Table):
        return table(caption, block.columns, block.rows)
    return _paragraph(block) if isinstance(block, Paragraph) else together()


def _paragraph(block: Paragraph) -> Html:
    label = el("strong", block.label) if block.label else None
    text = el("strong", block.text) if block.strong else block.text
    return el("p", label, " " if label and block.text else None, text)


def _entry(entry: Entry) -> Html:
    return el(
        "li",
        el("strong", entry.label) if entry.label else None,
        " " if entry.label else None,
        entry.text,
        (el("p", note, class_="note") for note in (*entry.notes, *entry.asides) if note),
        el("p", entry.basis, class_="basis") if entry.basis else None,
        (el("p", link(address), class_="basis") for address in entry.links),
    )
