"""Draws the lines of a chart over time: a band from low to high, the likely line in it, and its name at its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advisor.model.handouts import Chart, Span
from advisor.rendering.chart_drawing import LINE, SIDE, WIDTH, Pen, joined_points, length, lines_of, place, texts
from advisor.rendering.chart_scale import Scale, close_scale, spread
from advisor.rendering.html_tree import Html, together

_PLOT, _NAMES, _LEADER, _STRIP = 240, 112, 12, 16


def curves_drawn(chart: Chart, pen: Pen) -> tuple[Html, int]:
    """The lines with their axes, and the height they take."""
    values = [n for curve in chart.curves for n in (*curve.low, *curve.high)] + [mark.at for mark in chart.marks]
    left = SIDE + max(length(chart.told(tick)) for tick in close_scale(values, 0, 1).ticks) + 6
    right = WIDTH - SIDE - _NAMES
    named = [(curve.name, curve.likely[-1]) for curve in chart.curves]
    named += [(f"{mark.name}: {chart.told(mark.at)}", mark.at) for mark in chart.marks]
    wrapped = [lines_of(name, _NAMES - _LEADER) for name, _ in named]
    tall = max(_PLOT, sum(len(lines) * LINE + 6 for lines in wrapped) + LINE)
    along = _along(chart, left, right)
    drawn: list[Html] = []
    y = LINE
    for line in lines_of(chart.unit, WIDTH - 2 * SIDE)[:1]:
        drawn.append(pen.text(line, SIDE, y, kind="soft"))
        y += LINE
    for moment in chart.moments:
        for line in lines_of(moment.name, WIDTH - 2 * SIDE):
            drawn.append(pen.text(line, place(line, along.at(moment.likely)), y, kind="strong"))
            y += LINE
        drawn += _strip(pen, along, moment, y - 8)
        y += _STRIP
    upright = close_scale(values, y + tall, y)
    drawn += _frame(chart, pen, upright, along)
    drawn += _lines(chart, pen, upright, along)
    drawn += _names(pen, wrapped, [upright.at(at) for _, at in named], right, y, y + tall)
    drawn += _under(chart, pen, along, y + tall)
    return together(drawn), y + tall + 2 * LINE + 10


def _along(chart: Chart, left: int, right: int) -> Scale:
    return close_scale(chart.points, left, right, 6)


def _strip(pen: Pen, along: Scale, moment: Span, y: int) -> Iterator[Html]:
    """A bracket over the plot from the earliest to the latest point, open at an end that lies beyond the plot, with the
    likely point marked."""
    low, likely, high = (along.at(point) for point in (moment.low, moment.likely, moment.high))
    first = f"M{low} {y - 5}v10" if moment.low >= along.low else ""
    last = f"M{high} {y - 5}v10" if moment.high <= along.high else f"M{high - 5} {y - 5}l5 5l-5 5"
    yield pen.stroke(f"{first}M{low} {y}H{high}{last}", "moment", width=2)
    yield pen.stroke(f"M{likely - 5} {y}h10L{likely} {y + 8}Z", "moment", width=2)


def _frame(chart: Chart, pen: Pen, upright: Scale, along: Scale) -> Iterator[Html]:
    for tick in upright.ticks:
        y = upright.at(tick)
        yield pen.stroke(
            f"M{along.start} {y}H{along.end}", "axis" if tick == 0 else "grid", width=2 if tick == 0 else 1
        )
        words = chart.told(tick)
        yield pen.text(words, along.start - 6, y + 5, "end", "soft")
    for moment in chart.moments:
        yield pen.stroke(f"M{along.at(moment.likely)} {upright.end}V{upright.start}", "moment", dash="3 4")


def _lines(chart: Chart, pen: Pen, upright: Scale, along: Scale) -> Iterator[Html]:
    across = [along.finer().at(point) for point in chart.points]
    fine = upright.finer()
    for number, curve in enumerate(chart.curves):
        over = [(x, fine.at(n)) for x, n in zip(across, curve.high, strict=True)]
        under = [(x, fine.at(n)) for x, n in zip(across, curve.low, strict=True)]
        yield pen.band(joined_points([*over, *reversed(under)]) + "Z", number)
        yield pen.outline(joined_points(over), number)
        yield pen.outline(joined_points(under), number)
    for number, curve in enumerate(chart.curves):
        path = joined_points((x, fine.at(n)) for x, n in zip(across, curve.likely, strict=True))
        yield pen.stroke(path, "line", number, width=3)
    for mark in chart.marks:
        yield pen.stroke(f"M{along.start} {upright.at(mark.at)}H{along.end}", "mark", width=2, dash="1 3")


def _names(
    pen: Pen, wrapped: Sequence[Sequence[str]], ends: Sequence[int], x: int, top: int, bottom: int
) -> Iterator[Html]:
    """The names beside the ends of their lines, moved apart where they would meet."""
    order = sorted(range(len(ends)), key=lambda n: ends[n])
    sizes = [len(wrapped[n]) * LINE for n in order]
    begins = spread([ends[n] for n in order], sizes, top - LINE // 2, bottom + LINE // 2, 6)
    for n, begin, size in zip(order, begins, sizes, strict=True):
        yield pen.stroke(f"M{x} {ends[n]}L{x + 8} {begin + size // 2}", "axis")
        yield from texts(pen, wrapped[n], x + _LEADER, begin + LINE - 4, "strong")


def _under(chart: Chart, pen: Pen, along: Scale, y: int) -> Iterator[Html]:
    for tick in along.ticks:
        yield pen.stroke(f"M{along.at(tick)} {y}v5", "axis")
        yield pen.text(f"{tick:,}", along.at(tick), y + LINE + 4, "middle", "soft")
    for line in lines_of(chart.step, along.end - along.start)[:1]:
        yield pen.text(line, place(line, (along.start + along.end) // 2, along.start), y + 2 * LINE + 4, kind="soft")
