"""The lines of a chart over time: what each can come to at least and at most, and which input moves them most."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import TypeAlias

Band: TypeAlias = tuple[Fraction, Fraction, Fraction]
"""The low end, the likely value and the high end of an input."""
LOW, LIKELY, HIGH = range(3)


@dataclass(frozen=True, slots=True)
class Course:
    """The course of a line by the names of its inputs: from `begins` on, each step adds the product of `adds` less
    `less`; `once` is taken away at the start. `less` and `once` may be ""."""

    begins: str
    adds: tuple[str, ...]
    less: str
    once: str

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of all its inputs, each once."""
        names = (self.begins, *self.adds, self.less, self.once)
        return tuple(dict.fromkeys(name for name in names if name))

    def at(self, point: int, given: Mapping[str, Fraction]) -> Fraction:
        """What the line comes to at a point, with each input at a value."""
        step = math.prod((given[name] for name in self.adds), start=Fraction(1)) - given.get(self.less, Fraction(0))
        return step * max(Fraction(0), point - given[self.begins]) - given.get(self.once, Fraction(0))


def ends(
    line: Course, points: Sequence[int], bands: Mapping[str, Band], nearest: int = 1
) -> tuple[tuple[int, int, int], ...]:
    """At each point the lowest value there can be, the likely one and the highest, as multiples of `nearest`; low is
    rounded down, high up.

    A line is straight in each of its inputs but `begins`, in which it only rises or only falls; so its lowest and
    highest values lie where every input is at an end.
    """
    names = line.inputs
    corners = [
        dict(zip(names, values, strict=True)) for values in product(*((bands[n][LOW], bands[n][HIGH]) for n in names))
    ]
    middle = {name: bands[name][LIKELY] for name in names}
    found = []
    for point in points:
        values = [line.at(point, corner) for corner in corners]
        low, high = math.floor(min(values) / nearest), math.ceil(max(values) / nearest)
        found.append((low * nearest, rounded(line.at(point, middle), nearest), high * nearest))
    return tuple(found)


def moves_most(
    first: Course, last: Course, point: int, bands: Mapping[str, Band], nearest: int = 1
) -> tuple[str, int, int] | None:
    """The input which alone, moved from end to end with the others at their likely values, changes the distance from
    the first line to the last at a point the most; with the lowest and the highest distance. None: nothing moves it."""
    middle = {name: bands[name][LIKELY] for name in dict.fromkeys((*first.inputs, *last.inputs))}
    found: list[tuple[Fraction, str, Fraction, Fraction]] = []
    for name in middle:
        there = [last.at(point, at) - first.at(point, at)
                 for at in ({**middle, name: bands[name][LOW]}, {**middle, name: bands[name][HIGH]})]  # fmt: skip
        found.append((max(there) - min(there), name, min(there), max(there)))
    most = max(found, key=lambda one: one[0], default=None)
    if most is None or most[0] == 0:
        return None
    return most[1], rounded(most[2], nearest), rounded(most[3], nearest)


def rounded(number: Fraction, nearest: int) -> int:
    """The multiple of `nearest` that is closest to a number."""
    return math.floor(number / nearest + Fraction(1, 2)) * nearest
