"""A chart as a picture in SVG that says in words what it shows, for a screen of any width or for paper."""

from __future__ import annotations

from pathlib import Path

from advisor.model.handouts import Chart
from advisor.rendering.chart_curves import curves_drawn
from advisor.rendering.chart_drawing import WIDTH, Pen
from advisor.rendering.chart_spans import spans_drawn
from advisor.rendering.html_tree import anchor, el

CHART_STYLE = Path(__file__).with_name("chart.css")
"""The colors of charts on a screen, light and dark, for a page that holds them."""


def chart_svg(chart: Chart, *, paper: bool = False) -> str:
    """The chart as one `svg` element: with classes for `CHART_STYLE`, or for `paper` in black and white without any."""
    pen = Pen(chart, paper)
    drawn, height = curves_drawn(chart, pen) if chart.curves else spans_drawn(chart, pen)
    title, desc = anchor("chart", f"{chart.id}-title"), anchor("chart", f"{chart.id}-desc")
    return el(
        "svg",
        el("title", chart.title, id=title),
        el("desc", " ".join((chart.says, *chart.sentences)), id=desc),
        pen.patterns(len(chart.curves or chart.spans)),
        drawn,
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        aria_labelledby=f"{title} {desc}",
        viewBox=f"0 0 {WIDTH} {height}",
        width=WIDTH,
        height=height,
        font_family=None if paper else "sans-serif",
        class_=None if paper else "chart",
    )
