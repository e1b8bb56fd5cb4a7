"""A recall as text for the terminal: each piece of advice, the lines that rest on it, and what to tell the person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from advisor.model.recall import Recall
from advisor.rendering.blocks import Block, Entry, Heading, Paragraph
from advisor.rendering.text import laid_out
from advisor.rendering.words import Words, printable


def render_recall(found: Recall, wording: Mapping[str, str], width: int) -> str:
    """The recall as lines of at most `width` columns (20 at the least). Raises KeyError for missing wording."""
    return printable(laid_out(_blocks(found, Words(wording)), width))


def _blocks(found: Recall, words: Words) -> Iterator[Block]:
    yield Heading(1, words("render.recall.title", count=len(found.found), looked_at=found.looked_at))
    if not found.found:
        yield Paragraph(words("render.recall.none"))
    for one in found.found:
        yield Heading(2, one.receipt)
        slots = {"receipt": one.receipt, "date": one.time[:10], "expires": one.expires, "title": one.title}
        yield Paragraph(words("render.recall.about", **slots))
        yield Paragraph(one.tell, strong=True)
        if one.lines:
            yield Paragraph("", words("render.recall.lines"))
        for line in one.lines:
            yield Entry(line.text, basis=words("render.basis.rule", rule=", ".join(line.rules)))
