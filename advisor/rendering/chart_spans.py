"""Draws the bars of a chart: from low to high with the likely value marked, each under its name, over one axis."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from advisor.model.handouts import Chart, Span
from advisor.rendering.chart_drawing import LINE, SIDE, WIDTH, Pen, length, lines_of, place, texts
from advisor.rendering.chart_scale import Scale, round_scale, spread
from advisor.rendering.html_tree import Html, together

_BAR, _INSET, _BETWEEN = 18, 26, 14
_NARROWEST = 4


def spans_drawn(chart: Chart, pen: Pen) -> tuple[Html, int]:
    """The bars with the axis below them, and the height they take."""
    numbers = [n for span in chart.spans for n in (span.low, span.high)] + [mark.at for mark in chart.marks]
    widest = max(length(chart.told(n)) for n in (*numbers, 0))
    most = max(2, (WIDTH - 2 * _INSET) // (widest + 24))
    axis = round_scale(numbers, _INSET, WIDTH - _INSET, min(most, 6))
    drawn: list[Html] = []
    y = LINE
    for mark in chart.marks:
        for line in lines_of(f"{mark.name}: {chart.told(mark.at)}", WIDTH - 2 * SIDE):
            drawn.append(pen.text(line, place(line, axis.at(mark.at)), y, kind="strong"))
            y += LINE
        x = axis.at(mark.at)
        drawn.append(pen.stroke(f"M{x - 5} {y - 12}L{x + 5} {y - 12}L{x} {y - 5}Z", "mark", width=2))
        y += 10
    for number, span in enumerate(chart.spans):
        names = lines_of(span.name, WIDTH - 2 * SIDE)
        drawn += texts(pen, names, SIDE, y)
        y += len(names) * LINE - 8
        drawn += _row(chart, pen, axis, span, number, y)
        y += _BAR + 2 * LINE + _BETWEEN - 4
    drawn += _axis(chart, pen, axis, y - 8)
    return together(drawn), y + 2 * LINE


def _row(chart: Chart, pen: Pen, axis: Scale, span: Span, number: int, y: int) -> Iterator[Html]:
    left, right = axis.at(span.low), axis.at(span.high)
    if right - left < _NARROWEST:
        left, right = left - _NARROWEST // 2, left + _NARROWEST // 2
    for tick in axis.ticks:
        yield pen.stroke(f"M{axis.at(tick)} {y - 3}V{y + _BAR + 3}", "grid")
    yield pen.stroke(f"M{axis.at(0)} {y - 3}V{y + _BAR + 3}", "axis")
    box = f"M{left} {y}H{right}V{y + _BAR}H{left}Z"
    yield pen.band(box, number)
    yield pen.outline(box, number)
    for mark in chart.marks:
        yield pen.stroke(f"M{axis.at(mark.at)} {y - 5}V{y + _BAR + 5}", "mark", width=3)
    yield pen.dot(axis.at(span.likely), y + _BAR // 2, number)
    numbers = sorted({span.low, span.likely, span.high})
    said = [chart.told(n) for n in numbers]
    begins = spread([axis.at(n) for n in numbers], [length(one) for one in said], SIDE, WIDTH - SIDE, 8)
    for n, words, x in zip(numbers, said, begins, strict=True):
        yield pen.text(words, x, y + _BAR + LINE, kind="strong" if n == span.likely else "text")


def _axis(chart: Chart, pen: Pen, axis: Scale, y: int) -> Iterator[Html]:
    yield pen.stroke(f"M{axis.start} {y}H{axis.end}", "axis")
    said = [chart.told(tick) for tick in axis.ticks]
    begins = [place(words, axis.at(tick)) for words, tick in zip(said, axis.ticks, strict=True)]
    ends = [x + length(words) for x, words in zip(begins, said, strict=True)]
    apart = all(end + 4 <= begin for end, begin in zip(ends, begins[1:], strict=False))
    kept = range(len(said)) if apart else (0, len(said) - 1)
    for n in kept:
        yield pen.stroke(f"M{axis.at(axis.ticks[n])} {y}v4", "axis")
        yield pen.text(said[n], begins[n], y + LINE, kind="soft")
    for one, other in pairwise(axis.ticks):
        if one < 0 < other:
            yield pen.stroke(f"M{axis.at(0)} {y}v4", "axis")
    unit = lines_of(chart.unit, WIDTH - 2 * SIDE)[:1]
    for line in unit:
        yield pen.text(line, place(line, WIDTH // 2), y + 2 * LINE, kind="soft")
