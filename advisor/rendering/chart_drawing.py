"""The pieces that both kinds of chart are drawn from: text in lines, strokes, and bands with a pattern in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advisor.model.handouts import Chart
from advisor.rendering.html_tree import Html, anchor, el
from advisor.rendering.wrap import columns, wrapped

WIDTH, SIDE = 400, 8
"""Units of the drawing across, and those left empty on either side."""
SIZE, LINE = 14, 18
_LETTER_TENTHS = 79  # the widest that a letter of this size is on average, in tenths of a unit
_KINDS = 4
_COLORS = ("#0b5fa5", "#a34700", "#0a6b3d", "#7a3b8f")
_DASHES = (None, "7 4", "2 3", "9 3 2 3")
_HATCHES = ("M0 8L8 0M-2 2L2 -2M6 10L10 6", "M2 2h2v2h-2zM6 6h2v2h-2z", "M0 0L8 8M-2 6L2 10M6 -2L10 2", "M0 4h8")


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws on one chart: for a screen with classes beside its colors, for paper in black and white without."""

    chart: Chart
    paper: bool

    def text(self, words: str, x: int, y: int, anchored: str = "start", kind: str = "text") -> Html:
        """One line of text with its baseline at y; `kind` is text, strong or soft."""
        return el(
            "text", words, x=x, y=y, text_anchor=None if anchored == "start" else anchored,
            font_size=SIZE, font_weight="bold" if kind == "strong" else None,
            fill="#000000" if self.paper or kind != "soft" else "#444d56", class_=self._class(f"chart-{kind}"),
        )  # fmt: skip

    def stroke(self, path: str, kind: str, number: int = 0, width: int = 1, dash: str | None = None) -> Html:
        """A line along a path; `kind` is axis, grid, mark, moment or line (the `number`-th curve)."""
        color = "#000000" if self.paper else _COLORS[number % _KINDS] if kind == "line" else "#444d56"
        if kind == "grid":
            color = "#bbbbbb" if self.paper else "#c9d0d6"
        named = f"chart-{kind}" + (f" chart-line-{number % _KINDS + 1}" if kind == "line" else "")
        dash = _DASHES[number % _KINDS] if kind == "line" else dash
        return el(
            "path", d=path, fill="none", stroke=color, stroke_width=width, stroke_dasharray=dash,
            class_=self._class(named),
        )  # fmt: skip

    def band(self, path: str, number: int) -> Html:
        """An area with the pattern of the `number`-th span or curve."""
        return el("path", d=path, fill=f"url(#{self._pattern(number)})", stroke="none")

    def outline(self, path: str, number: int) -> Html:
        """The edge of an area."""
        color = "#000000" if self.paper else _COLORS[number % _KINDS]
        return el(
            "path", d=path, fill="none", stroke=color, stroke_width=1,
            class_=self._class(f"chart-line chart-line-{number % _KINDS + 1}"),
        )  # fmt: skip

    def dot(self, x: int, y: int, number: int) -> Html:
        """A diamond at the likely value, with an edge of the paper's color around it."""
        path = f"M{x} {y - 8}L{x + 7} {y}L{x} {y + 8}L{x - 7} {y}Z"
        return el(
            "path", d=path, fill="#000000" if self.paper else _COLORS[number % _KINDS],
            stroke="#ffffff", stroke_width=2, class_=self._class(f"chart-dot chart-fill-{number % _KINDS + 1}"),
        )  # fmt: skip

    def patterns(self, count: int) -> Html:
        """The patterns of the first `count` spans or curves."""
        return el("defs", (self._hatch(number) for number in range(min(count, _KINDS))))

    def _hatch(self, number: int) -> Html:
        color = "#000000" if self.paper else _COLORS[number]
        return el(
            "pattern",
            el("path", d=_HATCHES[number], fill="none", stroke=color, stroke_width=1,
               class_=self._class(f"chart-line chart-line-{number + 1}")),
            id=self._pattern(number), patternUnits="userSpaceOnUse", width=8, height=8,
        )  # fmt: skip

    def _pattern(self, number: int) -> str:
        return anchor("chart", f"{self.chart.id}-{number % _KINDS + 1}")

    def _class(self, name: str) -> str | None:
        return None if self.paper else name


def length(words: str) -> int:
    """Units that a text is held to take across."""
    return -(-columns(words) * _LETTER_TENTHS // 10)


def lines_of(words: str, across: int) -> tuple[str, ...]:
    """A text in lines that are held to fit across so many units."""
    return tuple(line for line in wrapped(words, max(across * 10 // _LETTER_TENTHS, 6)) if line)


def place(words: str, middle: int, start: int = SIDE, end: int = WIDTH - SIDE) -> int:
    """Where a text begins that should stand around a middle, within start and end."""
    return max(min(middle - length(words) // 2, end - length(words)), start)


def joined_points(points: Iterable[tuple[int, int]]) -> str:
    """A path through points that are told in tenths of a unit."""
    return "M" + "L".join(f"{x // 10}.{x % 10} {y // 10}.{y % 10}" for x, y in points)


def texts(pen: Pen, lines: Iterable[str], x: int, y: int, kind: str = "text") -> Iterator[Html]:
    """Lines of text one under the other, the first with its baseline at y."""
    for n, line in enumerate(lines):
        yield pen.text(line, x, y + n * LINE, kind=kind)
