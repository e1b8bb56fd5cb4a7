"""Draws the derivation as one picture in SVG, with a title and a description, and tells the same as a nested list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from advisor.audit.rendering.receipt_graph import Dot, Graph
from advisor.audit.rendering.receipt_layout import LINE, PADDING, WIDTH, Box, draw
from advisor.audit.rendering.receipt_view import ReceiptView
from advisor.rendering.html_tree import Html, el, together

_BEND = 22


def picture(graph: Graph, view: ReceiptView) -> Html:
    """The picture; its words are told again by `nested`, so it counts as one image to those who do not see it."""
    drawing = draw(graph.dots)
    advised = view.options.get(view.trace.recommended, view.trace.recommended)
    return el(
        "svg",
        el("title", view.say("graph.title"), id="graph-title"),
        el("desc", view.say("graph.desc", option=advised, count=len(graph.dots)), id="graph-desc"),
        (_line(line) for line in drawing.lines),
        (_box(box) for box in drawing.boxes),
        role="img",
        aria_labelledby="graph-title graph-desc",
        viewBox=f"0 0 {drawing.width} {drawing.height}",
        width=drawing.width,
        height=drawing.height,
    )


def nested(graph: Graph, view: ReceiptView) -> Html:
    """The same nodes as a list in lists, from the recommendation down; what was told once is not told again."""
    return el("ul", _item(graph.dots, graph.top, view, set()))


def _line(points: tuple[tuple[int, int], ...]) -> Html:
    (x, y), *others = points
    path = f"M{x} {y}"
    for place, (to_x, to_y) in enumerate(others):
        if place % 2 == 0:  # between two columns; the way across a column is straight
            path += f" C{x + _BEND} {y} {to_x - _BEND} {to_y} {to_x} {to_y}"
        else:
            path += f" L{to_x} {to_y}"
        x, y = to_x, to_y
    return el("path", d=path, class_="line")


def _box(box: Box) -> Html:
    return el("g", el("rect", x=box.x, y=box.y, width=WIDTH, height=box.height, rx=6), _texts(box), class_=box.dot.kind)


def _texts(box: Box) -> Iterator[Html]:
    y = box.y + PADDING + LINE - 4
    for place, line in enumerate((*box.title, *box.lines)):
        strong = "name" if place < len(box.title) else None
        yield el("text", line, x=box.x + PADDING, y=y + place * LINE, class_=strong)


def _item(dots: Mapping[str, Dot], name: str, view: ReceiptView, told: set[str]) -> Html:
    dot = dots[name]
    label = together(el("strong", dot.title), ": " if dot.lines else None, "; ".join(dot.lines))
    if name in told:
        return el("li", label, " " + view.say("graph.again") if dot.behind else None)
    told.add(name)
    below = el("ul", (_item(dots, one, view, told) for one in dot.behind)) if dot.behind else None
    return el("li", label, below)
