"""The smallest changes of answers as blocks of a page, by who can bring them about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from advisor.model.proofs import Changes, Who
from advisor.model.words import Words
from advisor.rendering.blocks import Block, Entry, Paragraph

WHO: tuple[Who, ...] = get_args(Who)


def changes_blocks(changes: Changes, words: Words) -> Iterator[Block]:
    """The blocks of the smallest changes, without a title."""
    yield Paragraph(changes.summary, strong=True)
    for who in WHO:
        sets = [one for one in changes.sets if one.who == who]
        if sets:
            yield Paragraph("", words(f"render.who.{who}"))
        yield from (Entry(one.text) for one in sets)
    if changes.proof:
        yield Paragraph(changes.proof)
