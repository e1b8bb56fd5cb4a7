"""A receipt as one page that needs no network and no script: a cover, then advice, derivation, rules and sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from advisor.audit.model.judgment import BesideLine
from advisor.audit.model.receipt import Receipt
from advisor.audit.rendering import receipt_cover as cover
from advisor.audit.rendering import receipt_sections as sections
from advisor.audit.rendering.html_blocks import blocks_html
from advisor.audit.rendering.receipt_graph import Graph
from advisor.audit.rendering.receipt_svg import nested, picture
from advisor.audit.rendering.receipt_view import ReceiptView
from advisor.model.advice import Advice
from advisor.model.words import Words, cleaned
from advisor.rendering.blocks import Block, Heading
from advisor.rendering.html_tree import Html, document, el, together
from advisor.rendering.page import SECTIONS
from advisor.rendering.page_advice import gates, reasons, recommendation, red_flags, steps
from advisor.rendering.trace_tree import TraceNode, TraceTree

STYLE = Path(__file__).with_name("receipt.css")
_FIRST = (recommendation, reasons, red_flags, gates, steps)


def render_receipt_html(
    receipt: Receipt, wording: Mapping[str, str], problem: str | None, beside: Sequence[BesideLine]
) -> str:
    """The page. `problem` is the first thing that does not hold of the receipt, or None; `beside` is what stands there.

    `wording` is that of the program's own rules: a forged receipt must not word what is said about it. Raises
    LookupError for a receipt that speaks of what is not in it, as one that does not hold may.
    """
    view = ReceiptView(receipt, Words(wording))
    advice = cleaned(view.advice.model_copy(update={"headings": {**wording, **view.advice.headings}}))
    front = tuple(_cover(view, advice, Words({**view.advice.headings, **wording}), problem, beside))
    behind = tuple(_appendix(view, advice))
    return whole_page(view.say, receipt.id, view.say("title"), tuple(view.versions()), behind, front)


def whole_page(
    say: Callable[[str], str],
    name: str,
    title: str,
    facts: Iterable[tuple[str, str]],
    parts: Sequence[tuple[str, str, Html]],
    front: Sequence[tuple[str, str, Html]] = (),
) -> str:
    """A page of sections (id, title, inside) about the receipt with this name, below facts about it; those in `front`
    are its cover.
    """
    covering = el("div", (_section(*part) for part in front), class_="cover") if front else None
    body = el(
        "body",
        el("a", say("skip"), href="#main", class_="skip"),
        el("header", el("h1", title), sections.facts(facts)),
        el("nav", _contents((*front, *parts)), aria_label=say("contents")),
        el("main", covering, (_section(*part) for part in parts), id="main", tabindex=-1),
        el("footer", el("p", say("footer"))),
    )
    return document(f"{title} {name}", STYLE.read_text("utf-8"), body)


def _cover(
    view: ReceiptView, advice: Advice, words: Words, problem: str | None, beside: Sequence[BesideLine]
) -> Iterator[tuple[str, str, Html]]:
    """Each section of the cover: its id, its title, and what is in it. The words are the program's own, before those
    of the receipt, which may be forged.
    """
    overridden = any(line.against for line in beside)
    yield "verified", view.say("section.verified"), _verified(view, problem, overridden)
    yield "beside", view.say("section.beside"), sections.beside(view.say, beside)
    yield "asked", view.say("section.asked"), cover.asked(view)
    yield "points", view.say("section.points"), cover.points(view, advice, words)
    yield "plan", view.say("section.plan"), together(cover.plan(advice, words))


def _appendix(view: ReceiptView, advice: Advice) -> Iterator[tuple[str, str, Html]]:
    """Each section behind the cover."""
    yield "advice", view.say("section.advice"), together(_advice(view, advice))
    yield "derivation", view.say("section.derivation"), together(_derivation(view, advice))
    yield "answers", view.say("section.answers"), together(sections.answers(view))
    yield "fired", view.say("section.fired"), together(sections.fired(view))
    yield "near", view.say("section.near"), together(sections.near_misses(view))
    yield "sources", view.say("section.sources"), sections.sources(view)


def _section(name: str, title: str, inside: Html) -> Html:
    return el("section", el("h2", title, id=f"{name}-title"), inside, id=name, aria_labelledby=f"{name}-title")


def _contents(parts: Sequence[tuple[str, str, Html]]) -> Html:
    return el("ul", (el("li", el("a", title, href=f"#{name}")) for name, title, _ in parts))


def _verified(view: ReceiptView, problem: str | None, overridden: bool) -> Html:
    against = el("p", el("strong", view.say("beside.overridden"))) if overridden else None
    if problem is None:
        said = el("p", el("strong", view.say("verified.holds")))
        return el("div", said, against, el("p", view.say("verified.means")),
                  class_="partly" if overridden else "holds")  # fmt: skip
    said = el("p", el("strong", view.say("verified.fails")))
    return el("div", said, against, el("p", problem), el("p", view.say("verified.beware")), class_="fails")


def _advice(view: ReceiptView, advice: Advice) -> Iterator[Html]:
    """All that was advised: what to do and why in full view, each other section opened on request."""
    words = Words(advice.headings)
    first = [block for section in _FIRST for block in section(advice, words)]
    yield blocks_html(first, view.say("caption.options"))
    for section in SECTIONS:
        if section not in _FIRST:
            yield from _opened(tuple(section(advice, words)), view)


def _opened(blocks: tuple[Block, ...], view: ReceiptView) -> Iterator[Html]:
    """Each part that opens with a heading of level 2, under that heading."""
    starts = [place for place, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 2]
    for start, end in pairwise([*starts, len(blocks)]):
        title = blocks[start]
        if isinstance(title, Heading):
            yield sections.more(title.text, blocks_html(blocks[start + 1 : end], view.say("caption.options")))


def _derivation(view: ReceiptView, advice: Advice) -> Iterator[Html]:
    """The picture, the same as a list, and the whole derivation as it is told in the terminal."""
    graph, say = Graph(view), view.say
    yield el("p", say("graph.intro"))
    drawn = picture(graph, view)
    yield el("div", drawn, class_="wide graph", tabindex=0, role="group", aria_label=say("graph.title"))
    yield sections.more(say("graph.as_list"), nested(graph, view))
    tree = TraceTree(advice, Words(advice.headings))
    yield sections.more(say("graph.whole"), el("ul", (_node(node) for node in tree.whole())))


def _node(node: TraceNode) -> Html:
    return el("li", node.label, el("ul", (_node(child) for child in node.children)) if node.children else None)
