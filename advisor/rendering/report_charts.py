"""The charts of the report with their numbers as a table, and the figures that they are drawn from."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.model.advice import Advice
from advisor.model.handouts import Chart
from advisor.rendering.page_advice import figure_label
from advisor.rendering.report_parts import Drawn, Grid, Point, Points, ReportPart, Section, Subheading, Text
from advisor.rendering.report_sources import Citations
from advisor.rendering.words import Words

_ENDS = ("low", "likely", "high")


def charts(advice: Advice, drawn: tuple[Chart, ...], words: Words, cited: Citations) -> Section | None:
    """Each chart under its title, then the figures from the person's own numbers."""
    parts: list[ReportPart] = []
    for chart in drawn:
        says = Text(chart.says, "", cited.of(chart.sources))
        parts += [Subheading(chart.title), says, Drawn(chart, table(chart, words))]
    if advice.figures:
        parts.append(Subheading(words("sections.figures")))
        figures = (Point(f.text, figure_label(words, f), cited.of(f.sources)) for f in advice.figures)
        parts.append(Points(tuple(figures)))
    return Section("charts", words("report.headings.charts"), tuple(parts)) if parts else None


def table(chart: Chart, words: Words) -> Grid:
    """The numbers of a chart: a row for each span, or for each point in time."""
    ends = [words(f"report.chart.{end}") for end in _ENDS]
    if chart.spans:
        columns: tuple[str, ...] = (words("report.chart.what"), *ends)
        rows = [
            (span.name, *(_value(words, chart.unit, value) for value in (span.low, span.likely, span.high)))
            for span in chart.spans
        ]
    else:
        names = ((curve.name, end) for curve in chart.curves for end in ends)
        columns = (chart.step, *(words("report.chart.of_curve", name=name, end=end) for name, end in names))
        rows = [(str(point), *_at(chart, place, words)) for place, point in enumerate(chart.points)]
    marks = [
        (words("report.chart.mark", name=mark.name), *([_value(words, chart.unit, mark.at)] * (len(columns) - 1)))
        for mark in chart.marks
    ]
    return Grid(chart.title, columns, (*rows, *marks))


def _at(chart: Chart, place: int, words: Words) -> Iterator[str]:
    for curve in chart.curves:
        yield from (_value(words, chart.unit, values[place]) for values in (curve.low, curve.likely, curve.high))


def _value(words: Words, unit: str, value: int) -> str:
    """A number in its unit; alone where the wording does not know the unit."""
    try:
        return words.counted(f"render.unit.{unit}", value)
    except KeyError:
        return f"{value:,}"
