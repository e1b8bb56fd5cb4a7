"""The first part of advice for the terminal: what to do, how sure it is, why, the warnings, and what is open."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.model.advice import Advice
from advisor.rendering.blocks import Block, Entry, Heading, Paragraph
from advisor.rendering.page_advice import reasons, recommendation, red_flags, steps
from advisor.rendering.page_outlook import FIRST, unknowns
from advisor.rendering.text import laid_out
from advisor.rendering.words import Words, cleaned


def render_short(advice: Advice, width: int) -> str:
    """As lines of at most `width` columns (20 at the least). Raises KeyError for a heading that is missing."""
    clean = cleaned(advice)
    words = Words(clean.headings)
    sections = (recommendation, reasons, red_flags, steps, _open)
    return laid_out((block for section in sections for block in section(clean, words)), width)


def _open(advice: Advice, words: Words) -> Iterator[Block]:
    """What is settled, and the first of the open questions that can still change the outcome."""
    if advice.proofs is None:
        yield from unknowns(advice, words)
        return
    standing = advice.proofs.standing
    texts = {line.question: line.text for line in advice.unknowns}
    texts |= {one.question: one.text for one in standing.hanging}
    first = [texts[question] for question in standing.deciding if question in texts][:FIRST]
    yield Heading(2, words("sections.unknowns"))
    yield Paragraph(standing.text)
    if first:
        yield Paragraph("", words("render.unknown.first"))
    yield from (Entry(text) for text in first)
