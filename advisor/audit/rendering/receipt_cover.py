"""The cover of the page about a receipt, two sheets of paper: what was asked and answered, the points, the plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from advisor.audit.rendering.receipt_view import ReceiptView
from advisor.model.advice import Advice, OptionCase
from advisor.model.words import Words
from advisor.rendering.blocks import signed
from advisor.rendering.html_tree import Html, el, together
from advisor.rendering.page_options import MAIN, by_criterion, standing
from advisor.rendering.plan_parts import PlanItem, plan_parts
from advisor.rendering.plan_text import on_page

WORKED_OUT = "followed"
"""The origin of answers that nobody gave: the cover leaves them to the appendix."""

LEFT_TO_THE_APPENDIX = ("say", "rests_on")
"""Parts of the plan page."""


def asked(view: ReceiptView) -> Html:
    """Each question that was answered, in the words of both."""
    pairs = (
        (view.questions[given.question].wording.text, view.answer(given), not given.counted)
        for given in view.content.answers
        if given.origin != WORKED_OUT
    )
    rows = (
        el("div", el("dt", question), el("dd", answer, f" {view.say('set_aside')}" if aside else None))
        for question, answer, aside in pairs
    )
    return el("dl", rows, class_="asked")


def points(view: ReceiptView, advice: Advice, words: Words) -> Html:
    """Each main option that got points: where it stands, and its points by criterion, which add up to its total."""
    mains = [case for case in advice.options if case.kind == MAIN]
    counted = [case for case in mains if case.arithmetic]
    if not counted:
        stands = (el("li", f"{case.title}: {standing(words, case)}") for case in mains)
        return together(el("p", view.say("cover.no_points")), el("ul", stands))
    return el("ul", (_adds_up(view, words, case) for case in counted))


def plan(advice: Advice, words: Words) -> Iterator[Html]:
    """What was advised and why, as on the page that the person got, without its scripts and its list of sources."""
    for part in plan_parts(advice, on_page(advice), words):
        if part.name not in LEFT_TO_THE_APPENDIX:
            yield el("h3", part.heading)
            yield from _items(part.items)


def _adds_up(view: ReceiptView, words: Words, case: OptionCase) -> Html:
    addends = "; ".join(
        f"{lines[0].criterion_name} {signed(sum(line.points for line in lines))}" for lines in by_criterion(case)
    )
    total = view.say("cover.total", points=signed(case.points))
    return el("li", el("strong", case.title), f" ({standing(words, case)}): {addends}. {total}")


def _items(items: Sequence[PlanItem]) -> Iterator[Html]:
    for mark, found in groupby(items, lambda item: item.mark):
        if mark in ("stop", "row", "point"):
            yield el("ul", (el("li", el("strong", f"{i.when}: ") if i.when else None, i.text) for i in found))
        elif mark == "plain":
            yield from (el("p", item.text) for item in found)
