"""Advice to text: one module per output format, each imported only when it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from advisor.model.advice import Advice
    from advisor.model.handouts import Chart

Charts: TypeAlias = "tuple[Chart, ...]"


def _text(advice: Advice, width: int, full: bool = False, charts: Charts = (), plain: bool = False) -> str:
    from advisor.rendering.chart_text import chart_text
    from advisor.rendering.plan_text import render_plan
    from advisor.rendering.text import render_text

    page = render_plan(advice, width, full=full)
    drawn = [chart_text(chart, width, plain=plain) for chart in charts]
    return "\n\n".join([page, *drawn, render_text(advice, width)]) if full else page


def _markdown(advice: Advice, width: int, full: bool = False, charts: Charts = (), plain: bool = False) -> str:
    from advisor.rendering.markdown import render_charts_markdown, render_markdown
    from advisor.rendering.plan_markdown import render_plan_markdown

    page = render_plan_markdown(advice, full=full)
    drawn = [render_charts_markdown(charts)] if charts else []
    return "\n".join([page, *drawn, render_markdown(advice)]) if full else page


def _json(advice: Advice, width: int, full: bool = False, charts: Charts = (), plain: bool = False) -> str:
    from advisor.rendering.json_format import render_json

    return render_json(advice)


class Renderer(Protocol):
    """Makes a piece of advice into text."""

    def __call__(self, advice: Advice, width: int, full: bool = False, charts: Charts = (), plain: bool = False) -> str:
        """The plan page at most `width` columns wide, or with `full` all of the advice, the charts that go with it
        behind the plan: drawn, or with `plain` in sentences.
        """


RENDERER_BY_NAME: dict[str, Renderer] = {"text": _text, "markdown": _markdown, "json": _json}
"""A renderer by the name of its format. The number is the width in columns, which only `text` heeds; the flag says
whether all of the advice is wanted or the plan page alone (`json` has both in any case).
"""

__all__ = ["RENDERER_BY_NAME"]
