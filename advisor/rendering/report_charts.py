"""The charts of the report with their numbers as a table, and the figures that they are drawn from."""

from __future__ import annotations

from advisor.model.advice import Advice
from advisor.model.handouts import Chart
from advisor.model.words import Words
from advisor.rendering.chart_text import chart_table
from advisor.rendering.page_advice import figure_label
from advisor.rendering.report_parts import Bullet, BulletList, Drawn, Grid, ReportPart, Section, Subheading, Text
from advisor.rendering.report_sources import Citations


def charts(advice: Advice, drawn: tuple[Chart, ...], words: Words, cited: Citations) -> Section | None:
    """Each chart under its title, then the figures from the person's own numbers."""
    parts: list[ReportPart] = []
    for chart in drawn:
        says = Text(chart.says, "", cited.of(chart.sources))
        parts += [Subheading(chart.title), says, Drawn(chart, Grid(chart.title, *chart_table(chart)))]
        if chart.taken:
            taken = (Bullet(one.text, "", cited.of(note.id for note in one.sources)) for one in chart.taken)
            parts += [Text(chart.taken_intro), BulletList(tuple(taken))]
    if advice.figures:
        parts.append(Subheading(words("sections.figures")))
        figures = (Bullet(f.text, figure_label(words, f), cited.of(f.sources)) for f in advice.figures)
        parts.append(BulletList(tuple(figures)))
    return Section("charts", words("report.headings.charts"), tuple(parts)) if parts else None
