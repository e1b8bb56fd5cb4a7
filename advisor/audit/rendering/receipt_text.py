"""A receipt for the terminal: what it is, whether it holds, the answers, the rules that fired, and the decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from advisor.audit.model.judgment import BesideLine
from advisor.audit.model.receipt import Receipt
from advisor.audit.rendering.receipt_view import ReceiptView
from advisor.model.facts import STRATA
from advisor.model.words import Words, clean
from advisor.rendering.blocks import Block, Entry, Heading, Paragraph
from advisor.rendering.text import laid_out


def render_receipt_text(
    receipt: Receipt, wording: Mapping[str, str], problem: str | None, width: int, beside: Sequence[BesideLine]
) -> str:
    """The receipt as lines of at most `width` columns (20 at the least), with what stands `beside` it.

    `wording` is that of the program's own rules; `problem` is the first thing that does not hold, or None. Raises
    LookupError for a receipt that speaks of what is not in it.
    """
    view = ReceiptView(receipt, Words(wording))
    return laid_out((_cleaned(block) for block in _blocks(view, problem, beside)), width)


def _blocks(view: ReceiptView, problem: str | None, beside: Sequence[BesideLine]) -> Iterator[Block]:
    say, words, trace = view.say, view.words, view.trace
    yield Heading(1, say("title"))
    yield from (Entry(f"{name}: {value}") for name, value in view.versions())
    yield Heading(2, say("section.verified"))
    yield Paragraph(say("verified.holds") if problem is None else say("verified.fails"))
    if problem is not None:
        yield Paragraph(problem)
    if any(line.against for line in beside):
        yield Paragraph(say("beside.overridden"), strong=True)
    yield Heading(2, say("section.beside"))
    yield from (Entry(say("beside.line", name=line.name, text=line.text)) for line in beside)
    yield Heading(2, say("section.answers"))
    for given in view.content.answers:
        aside = "" if given.counted else " " + say("set_aside")
        yield Entry(f"{given.question}: {view.answer(given)}{aside}")
    if view.content.skipped:
        yield Entry(words.counted("render.receipt.skipped", len(view.content.skipped)))
    for reason in dict.fromkeys(one.reason for one in view.content.skipped):
        named = ", ".join(one.question for one in view.content.skipped if one.reason == reason)
        yield Entry(f"{say(f'reason.{reason}')}: {named}")
    yield Heading(2, say("section.fired"))
    for stratum in STRATA:
        for firing in trace.firings:
            if firing.stratum == stratum:
                yield Entry(f"{firing.rule} ({stratum}): {'; '.join(firing.did)}")
    yield Heading(2, say("section.decision"))
    yield from _decision(view)


def _decision(view: ReceiptView) -> Iterator[Block]:
    say, trace = view.say, view.trace
    named = {option: f"{title} [{option}]" for option, title in view.options.items()}
    yield Entry(say("decision.recommended", option=named[trace.recommended], confidence=trace.confidence))
    yield Entry(say("decision.second", option=named[trace.runner_up]))
    points = ", ".join(f"{option} {trace.contest.points[option]}" for option in trace.contest.order)
    if points:
        yield Entry(say("decision.points", points=points))
    for add_on in trace.add_ons:
        yield Entry(say("decision.add_on", option=named[add_on]))
    flags = ", ".join(flag.id for flag in trace.red_flags)
    yield Entry(say("decision.flags", flags=flags or say("none")))


def _cleaned(block: Block) -> Block:
    if isinstance(block, Heading):
        return Heading(block.level, clean(block.text))
    if isinstance(block, Paragraph):
        return Paragraph(clean(block.text))
    return Entry(clean(block.text)) if isinstance(block, Entry) else block
