"""What would change the advice, what is settled, and what if, as text for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from advisor.model.proofs import Changes, Standing
from advisor.model.safe_text import printable
from advisor.model.what_if import WhatIf
from advisor.model.words import Words
from advisor.rendering.blocks import Block, Entry, Heading, Paragraph
from advisor.rendering.page_changes import changes_blocks
from advisor.rendering.page_outlook import FIRST
from advisor.rendering.text import laid_out


def render_changes(changes: Changes, wording: Mapping[str, str], width: int) -> str:
    """The smallest changes, by who can bring them about, as lines of at most `width` columns (20 at the least).

    `wording` is that of the rule base. Raises KeyError when it lacks a joining word; so do the others here.
    """
    words = Words(wording)
    title = words("render.changes.title_goal", goal=changes.goal) if changes.goal else words("sections.would_change")
    return printable(laid_out((Heading(1, title), *changes_blocks(changes, words)), width))


def render_standing(standing: Standing, questions: Mapping[str, str], wording: Mapping[str, str], width: int) -> str:
    """What is settled and what is not, with the open questions by id and text, as lines of at most `width` columns."""
    return printable(laid_out(_standing(standing, questions, Words(wording)), width))


def _standing(standing: Standing, questions: Mapping[str, str], words: Words) -> Iterator[Block]:
    yield Heading(1, words("render.changes.standing"))
    yield Paragraph(standing.text, strong=True)
    yield from (Entry(part.text) for part in standing.parts)
    deciding = standing.deciding
    groups = (
        ("first", deciding[:FIRST]),
        ("too", deciding[FIRST:]),
        ("detail", standing.detail),
        ("idle", standing.idle),
    )
    for group, ids in groups:
        if ids:
            yield Paragraph("", words(f"render.unknown.{group}"))
        yield from (Entry(f"{questions[question]} ({question})") for question in ids)


def render_what_if(found: WhatIf, wording: Mapping[str, str], width: int) -> str:
    """The lines of advice that change, section by section: first those that go, then the new ones."""
    return printable(laid_out(_what_if(found, Words(wording)), width))


def _what_if(found: WhatIf, words: Words) -> Iterator[Block]:
    yield Heading(1, words("render.changes.what_if"))
    for change in found.changes:
        then = words("render.changes.then", question=change.text, now=change.now, then=change.then)
        yield Entry(then)
    yield Paragraph(found.summary, strong=True)
    section, sign = "", ""
    for line in (one for one in found.lines if not one.detail):
        if line.section != section:
            yield Heading(2, words(line.section))
        if (line.section, line.sign) != (section, sign):
            yield Paragraph("", words(f"render.changes.{line.sign}"))
        section, sign = line.section, line.sign
        changed = line.sign == "changed"
        yield Entry(words.changed(line.text, line.field, line.before, line.after) if changed else line.text)
    behind = sum(line.detail for line in found.lines)
    if behind:
        yield Paragraph("", words.counted("render.changes.behind", behind))
