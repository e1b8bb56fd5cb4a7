"""Places the nodes of a derivation in columns, from left to right; the same graph always gets the same places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from advisor.audit.rendering.receipt_graph import Dot
from advisor.rendering.wrap import wrapped

LINE, PADDING, GAP, BETWEEN, WIDTH = 15, 10, 14, 46, 168
"""Heights and widths in units of the drawing: a line, inside a box, between boxes, between columns, a box."""

LETTERS, SWEEPS, THREAD = 23, 4, 6


@dataclass(frozen=True, slots=True)
class Box:
    """A node in its place: the corner at the top left, its height, and its text, the first line the title."""

    dot: Dot
    x: int
    y: int
    height: int
    title: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes, lines between them as points from left to right, and the size of the whole."""

    boxes: tuple[Box, ...]
    lines: tuple[tuple[tuple[int, int], ...], ...]
    width: int
    height: int


@dataclass
class _Spot:
    """What takes a place in a column: a node, or one step of a line that passes by (no node)."""

    name: str
    column: int
    dot: Dot | None
    before: list[_Spot] = field(default_factory=list)
    after: list[_Spot] = field(default_factory=list)
    y: int = 0

    def height(self) -> int:
        if self.dot is None:
            return THREAD
        title, lines = _text(self.dot)
        return PADDING * 2 + LINE * (len(title) + len(lines))


def draw(dots: Mapping[str, Dot]) -> Drawing:
    """Place nodes, of which each stands after all that it follows from: a node is right of all of those."""
    spots, threads = _spots(dots)
    rows = [[s for s in spots if s.column == column] for column in range(1 + max(s.column for s in spots))]
    for sweep in range(SWEEPS):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            order = {spot.name: place for row_ in rows for place, spot in enumerate(row_)}
            row.sort(key=lambda spot: (_middle(spot, order, sweep % 2 == 0), spot.name))
    tall = [sum(spot.height() for spot in row) + GAP * (len(row) - 1) for row in rows]
    height = max(tall) + 2 * PADDING
    for row, own in zip(rows, tall, strict=True):
        y = (height - own) // 2
        for spot in row:
            spot.y, y = y, y + spot.height() + GAP
    boxes = tuple(_box(spot, spot.dot) for row in rows for spot in row if spot.dot is not None)
    lines = tuple(_line(thread) for thread in threads)
    return Drawing(boxes, lines, len(rows) * (WIDTH + BETWEEN) - BETWEEN + 2 * PADDING, height)


def _spots(dots: Mapping[str, Dot]) -> tuple[list[_Spot], list[list[_Spot]]]:
    """Every node and every step of a long line, in columns; and the lines as the spots they pass."""
    column: dict[str, int] = {}
    for name, dot in dots.items():
        column[name] = 1 + max((column[one] for one in dot.behind), default=-1)
    for name in reversed(list(dots)):  # what stands at the far left for no reason moves up to what needs it
        needed = [column[one] for one, dot in dots.items() if name in dot.behind]
        if needed and dots[name].kind != "answer":
            column[name] = min(needed) - 1
    made = {name: _Spot(name, column[name], dot) for name, dot in dots.items()}
    spots, threads = list(made.values()), []
    for name, dot in dots.items():
        for one in dot.behind:
            thread = [made[one]]
            for between in range(column[one] + 1, column[name]):
                thread.append(_Spot(f"{one} > {name} > {between}", between, None))
                spots.append(thread[-1])
            thread.append(made[name])
            for left, right in pairwise(thread):
                left.after.append(right)
                right.before.append(left)
            threads.append(thread)
    return spots, threads


def _middle(spot: _Spot, order: Mapping[str, int], forward: bool) -> float:
    near = spot.before if forward else spot.after
    return sum(order[one.name] for one in near) / len(near) if near else float(order[spot.name])


def _box(spot: _Spot, dot: Dot) -> Box:
    title, lines = _text(dot)
    return Box(dot, _left(spot), spot.y, spot.height(), title, lines)


def _line(thread: list[_Spot]) -> tuple[tuple[int, int], ...]:
    """The points of a line: out of a box on its right, through its steps, into the next on its left."""
    found: list[tuple[int, int]] = []
    for spot in thread:
        middle = spot.y + spot.height() // 2
        if spot is not thread[0]:
            found.append((_left(spot), middle))
        if spot is not thread[-1]:
            found.append((_left(spot) + WIDTH, middle))
    return tuple(found)


def _left(spot: _Spot) -> int:
    return PADDING + spot.column * (WIDTH + BETWEEN)


def _text(dot: Dot) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Title and lines of a node, cut to the width of its box."""
    title = tuple(wrapped(dot.title, LETTERS))
    return title, tuple(piece for line in dot.lines for piece in wrapped(line, LETTERS))
