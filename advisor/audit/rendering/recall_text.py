"""A recall as text for the terminal: each piece of advice, the lines that rest on it, and what to tell the person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from advisor.audit.model.recall import Recall, Recalled
from advisor.model.safe_text import printable
from advisor.model.words import Words
from advisor.rendering.blocks import Block, Entry, Heading, Paragraph
from advisor.rendering.text import laid_out


def render_recall(found: Recall, wording: Mapping[str, str], width: int) -> str:
    """The recall as lines of at most `width` columns (20 at the least). Raises KeyError for missing wording."""
    return printable(laid_out(_blocks(found, Words(wording)), width))


def _blocks(found: Recall, words: Words) -> Iterator[Block]:
    yield Heading(1, words("render.recall.title", count=len(found.found), looked_at=found.looked_at))
    if not found.found:
        yield Paragraph(words("render.recall.none_found" if found.not_searched else "render.recall.none"))
    for one in found.found:
        yield from _recalled(one, words)
    if found.not_searched:
        yield Heading(2, words("render.recall.unread", count=len(found.not_searched)))
        yield Paragraph(words("render.recall.unread_about"))
    for place in found.not_searched:
        yield Entry(place.reason, label=place.place)


def _recalled(one: Recalled, words: Words) -> Iterator[Block]:
    yield Heading(2, words("render.recall.heading", receipt=one.receipt, date=one.time[:10]))
    if one.title:
        yield Paragraph(words("render.recall.about", place=one.place, expires=one.expires or "?", title=one.title))
    else:
        yield Paragraph(words("render.recall.about_erased", place=one.place))
    yield Paragraph(one.tell, words("render.recall.tell_label"), strong=True)
    yield Paragraph(words("render.recall.rules", rules=", ".join(one.rules)))
    for direct, key in ((True, "said"), (False, "through")):
        lines = [line for line in one.lines if line.direct is direct]
        if lines:
            yield Paragraph("", words(f"render.recall.{key}"))
        for line in lines:
            yield Entry(line.text, basis=words("render.basis.rule", rule=", ".join(line.rules)))
    if one.erased:
        yield Paragraph(words("render.recall.erased", paths=", ".join(one.erased)))
    elif not one.lines:
        yield Paragraph(words("render.recall.no_lines"))
