"""A chart in characters for a terminal of any width, as sentences, and as the rows of a table."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.model.handouts import Chart, Curve, Span
from advisor.model.words import clean
from advisor.rendering.chart_scale import Scale, close_scale, round_scale, spread
from advisor.rendering.wrap import NARROWEST, columns, wrapped

_ROWS = 13
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BANDS = ":.'`"
_PARTS = 4
_INDENT = "  "


def chart_text(chart: Chart, width: int, *, plain: bool = False) -> str:
    """The chart in lines of at most `width` columns: drawn with characters, or with `plain` as sentences alone."""
    width = max(width, NARROWEST)
    lines = [*_said(chart.title, width), *_said(chart.says, width)]
    if plain:
        for sentence in chart.sentences:
            lines += _said(sentence, width)
    else:
        lines += ["", *(_curves(chart, width) if chart.curves else _spans(chart, width))]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def chart_table(chart: Chart) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The titles of the columns and the rows: one for each bar, or one for a few points along the lines."""
    if not chart.curves:
        rows = tuple((span.name, *(chart.told(n) for n in (span.low, span.likely, span.high)))
                     for span in chart.spans)  # fmt: skip
        return chart.columns, rows
    return chart.columns, tuple(
        (f"{chart.points[n]:,}", *(_cell(chart, curve, n) for curve in chart.curves)) for n in _chosen(chart)
    )


def _chosen(chart: Chart) -> tuple[int, ...]:
    """The places among the points that a table tells of, the first and the last among them."""
    last = len(chart.points) - 1
    return tuple(sorted({last * part // _PARTS for part in range(_PARTS + 1)}))


def _cell(chart: Chart, curve: Curve, n: int) -> str:
    likely, low, high = (chart.told(numbers[n]) for numbers in (curve.likely, curve.low, curve.high))
    if low == high:
        return likely
    return chart.banded.replace("{likely}", likely).replace("{low}", low).replace("{high}", high)


def _said(text: str, width: int) -> Iterator[str]:
    if clean(text):
        yield from wrapped(clean(text), width)


def _spans(chart: Chart, width: int) -> Iterator[str]:
    numbers = [n for span in chart.spans for n in (span.low, span.high)] + [mark.at for mark in chart.marks]
    across = width - len(_INDENT) - 1
    axis = round_scale(numbers, 0, across, 5)
    for span in chart.spans:
        yield from _said(span.name, width)
        yield _INDENT + _bar(chart, span, axis)
        yield _INDENT + _under(chart, sorted({span.low, span.likely, span.high}), axis)
    yield _INDENT + "".join("+" if n in {axis.at(t) for t in axis.ticks} else "-" for n in range(across + 1))
    yield _INDENT + _under(chart, axis.ticks, axis)
    for mark in chart.marks:
        yield from _said(f"| {mark.name}: {chart.told(mark.at)}", width)


def _bar(chart: Chart, span: Span, axis: Scale) -> str:
    cells = [" "] * (axis.end + 1)
    for n in range(axis.at(span.low), axis.at(span.high) + 1):
        cells[n] = "="
    for mark in chart.marks:
        cells[axis.at(mark.at)] = "|"
    cells[axis.at(span.likely)] = "#"
    return "".join(cells)


def _under(chart: Chart, numbers: tuple[int, ...] | list[int], axis: Scale) -> str:
    """Numbers under their places, moved apart; only the first and the last where all do not fit."""
    said = [chart.told(n) for n in numbers]
    if sum(columns(words) + 1 for words in said) > axis.end + 2:
        numbers, said = [numbers[0], numbers[-1]], [said[0], said[-1]]
    begins = spread([axis.at(n) for n in numbers], [columns(words) for words in said], 0, axis.end + 1, 1)
    line = ""
    for begin, words in zip(begins, said, strict=True):
        line += " " * (max(begin, 0) - columns(line)) + words
    return line


def _curves(chart: Chart, width: int) -> Iterator[str]:
    values = [n for curve in chart.curves for n in (*curve.low, *curve.high)] + [mark.at for mark in chart.marks]
    upright = close_scale(values, _ROWS - 1, 0, 4)
    ticks = {upright.at(tick): chart.told(tick) for tick in upright.ticks}
    margin = max(columns(words) for words in ticks.values()) + 1
    along = close_scale(chart.points, 0, max(width - margin - 2, 8), 4)
    yield from _said(chart.unit, width)
    for row, cells in enumerate(_grid(chart, upright, along)):
        yield f"{ticks.get(row, ''):>{margin - 1}} {'+' if row in ticks else '|'}{''.join(cells)}"
    places = {along.at(tick) for tick in along.ticks}
    yield " " * margin + "+" + "".join("+" if n in places else "-" for n in range(along.end + 1))
    yield " " * (margin + 1) + _under(chart.model_copy(update={"shown": "{n}"}), along.ticks, along)
    yield from _said(chart.step, width)
    for letter, band, curve in zip(_LETTERS, _BANDS * len(_LETTERS), chart.curves, strict=False):
        yield from _said(f"{letter} {band} {curve.name}", width)
    for mark in chart.marks:
        yield from _said(f"- {mark.name}: {chart.told(mark.at)}", width)
    for moment in chart.moments:
        yield from _said(f"| {moment.name}", width)


def _grid(chart: Chart, upright: Scale, along: Scale) -> list[list[str]]:
    """The plot, from its top row down: bands first, then marks and moments, then each curve's letter."""
    grid = [[" "] * (along.end + 1) for _ in range(_ROWS)]
    nearest = [min(range(len(chart.points)), key=lambda n: abs(along.at(chart.points[n]) - x))
               for x in range(along.end + 1)]  # fmt: skip
    for band, curve in zip(_BANDS * len(_LETTERS), chart.curves, strict=False):
        for x, n in enumerate(nearest):
            for y in range(upright.at(curve.high[n]), upright.at(curve.low[n]) + 1):
                grid[y][x] = band
    for mark in chart.marks:
        grid[upright.at(mark.at)] = ["-"] * (along.end + 1)
    for moment in chart.moments:
        for row in grid:
            row[along.at(moment.likely)] = "|"
    for letter, curve in zip(_LETTERS, chart.curves, strict=False):
        for x, n in enumerate(nearest):
            grid[upright.at(curve.likely[n])][x] = letter
    return grid
