"""The sections about what is open: what is not known, what would change the advice, what to ask, and whom to call."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.model.advice import Advice, UnknownLine
from advisor.rendering.basis import mark
from advisor.rendering.blocks import Block, Entry, Heading, Paragraph
from advisor.rendering.words import Words, joined

ASKED = ("platform", "firm", "payer", "employer", "state", "lawyer")
"""The order in which those who are asked come; any others follow."""


def unknowns(advice: Advice, words: Words) -> Iterator[Block]:
    """The questions without an answer, those that matter first, and the answers that were set aside."""
    yield Heading(2, words("sections.unknowns"))
    yield Paragraph(words("unknown_intro" if advice.unknowns else "nothing_unknown"))
    for group, matters in (("matters", True), ("other", False)):
        lines = [line for line in advice.unknowns if line.matters is matters]
        if lines:
            yield Paragraph("", words(f"render.unknown.{group}"))
        for line in lines:
            yield _unknown(words, line)
    for text in advice.set_aside:
        yield Paragraph(text)


def _unknown(words: Words, line: UnknownLine) -> Entry:
    why = words(f"render.why_unknown.{line.why_unknown}")
    moves = words.counted("render.unknown.moves", line.could_move) if line.could_move else ""
    return Entry(joined(line.text, why, moves))


def would_change(advice: Advice, words: Words) -> Iterator[Block]:
    """The single answers that would turn the points another way."""
    yield Heading(2, words("sections.would_change"))
    if not advice.would_change:
        yield Paragraph(words(f"render.none.would_change.{_settled_by(advice)}"))
    for flip in advice.would_change:
        yield Entry(flip.text)


def _settled_by(advice: Advice) -> str:
    """What settled the advice: the checks before leaving, another rule, or the points."""
    if advice.recommendation.margin is not None or advice.recommendation.lean is not None:
        return "points"
    return "gates" if advice.gates else "rule"


def questions(advice: Advice, words: Words) -> Iterator[Block]:
    """The questions to put to others, grouped by whom."""
    yield Heading(2, words("sections.questions"))
    if not advice.questions_to_ask:
        yield Paragraph(words("render.none.questions"))
    groups = dict.fromkeys(line.to for line in advice.questions_to_ask)
    for to in sorted(groups, key=lambda to: ASKED.index(to) if to in ASKED else len(ASKED)):
        yield Heading(3, words(f"render.ask.{to}"))
        for line in (q for q in advice.questions_to_ask if q.to == to):
            why = words("render.ask_why", why=line.why) if line.why else ""
            yield Entry(line.text, asides=(joined(why, mark(words, line.rule, line.claims)),))


def calls(advice: Advice, words: Words) -> Iterator[Block]:
    """Whom to call, and what about."""
    yield Heading(2, words("sections.calls"))
    if not advice.calls:
        yield Paragraph(words("render.none.calls"))
    for call in advice.calls:
        yield Entry(joined(call.about, mark(words, call.rule)), None, words("render.call", who=call.who))
