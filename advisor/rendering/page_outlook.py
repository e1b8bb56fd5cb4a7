"""The sections about what is open: what is not known, what would change the advice, what to ask, and whom to call."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.model.advice import Advice, AskLine, UnknownLine
from advisor.model.proofs import Standing
from advisor.model.words import Words, joined
from advisor.rendering.basis import mark
from advisor.rendering.blocks import Block, Entry, Heading, Paragraph
from advisor.rendering.page_changes import changes_blocks

ASKED = ("platform", "firm", "payer", "employer", "state", "lawyer")
"""The order in which those who are asked come; any others follow."""

FIRST = 5
"""How many open questions are named as those to answer first."""


def unknowns(advice: Advice, words: Words) -> Iterator[Block]:
    """The questions without an answer, those that matter first, and the answers that were set aside."""
    yield Heading(2, words("sections.unknowns"))
    yield Paragraph(words("unknown_intro" if advice.unknowns else "nothing_unknown"))
    if advice.proofs is not None:
        yield from _standing(advice.proofs.standing, advice, words)
    else:
        yield from _by_points(advice, words)
    yield from (Paragraph(text) for text in advice.set_aside)


def _by_points(advice: Advice, words: Words) -> Iterator[Block]:
    """Without proofs: those that can move the points of the first two options, and the others."""
    for group, matters in (("matters", True), ("other", False)):
        lines = [line for line in advice.unknowns if line.matters is matters]
        if lines:
            yield Paragraph("", words(f"render.unknown.{group}"))
        for line in lines:
            yield _unknown(words, line)


def _standing(standing: Standing, advice: Advice, words: Words) -> Iterator[Block]:
    """What is settled whatever the missing answers are, what is not, and the questions to answer, the best first."""
    yield Paragraph(standing.text, strong=True)
    yield from (Entry(part.text) for part in standing.parts)
    lines = {line.question: _open(words, line.text, f"why_unknown.{line.why_unknown}") for line in advice.unknowns}
    lines |= {one.question: _open(words, one.text, "unknown.hangs") for one in standing.hanging}
    deciding = [lines.pop(question) for question in standing.deciding if question in lines]
    idle = [lines.pop(question) for question in standing.idle if question in lines]
    groups = (("first", deciding[:FIRST]), ("too", deciding[FIRST:]), ("detail", list(lines.values())), ("idle", idle))
    for group, found in groups:
        if found:
            yield Paragraph("", words(f"render.unknown.{group}"))
        yield from found


def _open(words: Words, text: str, why: str) -> Entry:
    return Entry(joined(text, words(f"render.{why}")))


def _unknown(words: Words, line: UnknownLine) -> Entry:
    why = words(f"render.why_unknown.{line.why_unknown}")
    moves = words.counted("render.unknown.moves", line.could_move) if line.could_move else ""
    return Entry(joined(line.text, why, moves))


def would_change(advice: Advice, words: Words) -> Iterator[Block]:
    """The smallest changes of answers that lead to another choice, by who can bring them about; nothing unproved."""
    if advice.proofs is None:
        return
    changes = advice.proofs.changes
    yield Heading(2, words("sections.would_change"))
    yield from changes_blocks(changes, words)


def questions(advice: Advice, words: Words) -> Iterator[Block]:
    """The questions to put to others, grouped by whom."""
    yield Heading(2, words("sections.questions"))
    if not advice.questions_to_ask:
        yield Paragraph(words("render.none.questions"))
    for to, lines in by_asked(advice):
        yield Heading(3, words(f"render.ask.{to}"))
        for line in lines:
            why = words("render.ask_why", why=line.why) if line.why else ""
            yield Entry(line.text, asides=(joined(why, mark(words, line.rule, line.claims)),))


def by_asked(advice: Advice) -> Iterator[tuple[str, tuple[AskLine, ...]]]:
    """The questions to put to others, by whom they are put to."""
    groups = dict.fromkeys(line.to for line in advice.questions_to_ask)
    for to in sorted(groups, key=lambda to: ASKED.index(to) if to in ASKED else len(ASKED)):
        yield to, tuple(line for line in advice.questions_to_ask if line.to == to)


def calls(advice: Advice, words: Words) -> Iterator[Block]:
    """Whom to call, and what about."""
    yield Heading(2, words("sections.calls"))
    if not advice.calls:
        yield Paragraph(words("render.none.calls"))
    for call in advice.calls:
        yield Entry(joined(call.about, mark(words, call.rule)), None, words("render.call", who=call.who))
