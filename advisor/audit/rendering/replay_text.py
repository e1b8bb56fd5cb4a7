"""A replay as text for the terminal: whether recorded advice comes out the same, and what changes it today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from advisor.audit.model.replay import Replay, Today
from advisor.model.safe_text import printable
from advisor.model.words import Words
from advisor.rendering.blocks import Block, Entry, Heading, Paragraph
from advisor.rendering.text import laid_out


def render_replay(found: Replay, wording: Mapping[str, str], width: int) -> str:
    """What came of a replay, as lines of at most `width` columns (20 at the least); so does `render_today`.

    Raises KeyError for missing wording.
    """
    return printable(laid_out(_replay(found, Words(wording)), width))


def render_today(found: Today, wording: Mapping[str, str], width: int) -> str:
    """The lines of advice that change on the rules at hand, section by section, with the causes of each."""
    return printable(laid_out(_today(found, Words(wording)), width))


def _replay(found: Replay, words: Words) -> Iterator[Block]:
    yield Heading(1, words("render.replay.title", receipt=found.receipt))
    if found.identical:
        yield Paragraph(words("render.replay.same"), strong=True)
    else:
        yield Paragraph(words("render.replay.differs", parts=", ".join(found.differing)), strong=True)
    digests = {"recorded": found.recorded_digest, "replayed": found.replayed_digest}
    yield Paragraph(words("render.replay.digests", **digests))


def _today(found: Today, words: Words) -> Iterator[Block]:
    yield Heading(1, words("render.replay.today", receipt=found.receipt))
    which = "option_same" if found.option_before == found.option_after else "option_other"
    yield Paragraph(words(f"render.replay.{which}", before=found.title_before, after=found.title_after), strong=True)
    if found.changes:
        yield Paragraph(words("render.replay.changes", changes=", ".join(found.changes)))
    else:
        yield Paragraph(words("render.replay.no_changes"))
    if not found.tried:
        yield Paragraph(words("render.replay.untried"))
    if not found.lines:
        yield Paragraph(words("render.replay.no_lines"))
    section = ""
    for one in found.lines:
        if one.line.section != section:
            section = one.line.section
            yield Heading(2, words(section))
        cause = words(f"render.replay.{one.how}", causes=", ".join(one.causes)) if found.tried else ""
        line = one.line
        changed = line.sign == "changed"
        text = words.changed(line.text, line.field, line.before, line.after) if changed else line.text
        yield Entry(text, label=words(f"render.changes.{line.sign}"), basis=cause)
