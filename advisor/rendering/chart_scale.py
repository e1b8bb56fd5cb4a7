"""Round numbers for the axis of a chart, and how its values read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from `low` to `high` with ticks at round numbers, laid over a length from `start` to `end`."""

    low: int
    high: int
    ticks: tuple[int, ...]
    start: int
    end: int

    def at(self, value: int) -> int:
        """The place of a value, held to the axis."""
        held, across = min(max(value, self.low), self.high) - self.low, self.high - self.low
        return self.start + (held * (self.end - self.start) + across // 2) // across

    def finer(self) -> Scale:
        """The same axis over a length told in tenths."""
        return replace(self, start=self.start * 10, end=self.end * 10)


def round_scale(values: Iterable[int], start: int, end: int, most: int = 5) -> Scale:
    """An axis that holds zero and all values, and begins and ends at a tick; at most `most` steps between ticks."""
    there = ticks((0, *values), most)
    return Scale(there[0], there[-1], there, start, end)


def close_scale(values: Iterable[int], start: int, end: int, most: int = 5) -> Scale:
    """An axis that holds zero and all values, and ends where they end."""
    all_values = (0, *values)
    low, high = min(all_values), max(all_values)
    high = high if high > low else low + 1
    return Scale(low, high, tuple(n for n in ticks((low, high), most) if low <= n <= high), start, end)


def ticks(values: Sequence[int], most: int) -> tuple[int, ...]:
    """Round numbers one step apart around all values, at most `most` steps; two at least."""
    low, high = min(values), max(values)
    for step in _steps():
        first, last = low // step, -(-high // step)
        if last - first <= max(most, 2):
            return tuple(step * n for n in range(first, max(last, first + 1) + 1))
    raise AssertionError


def spread(places: Sequence[int], sizes: Sequence[int], start: int, end: int, gap: int) -> tuple[int, ...]:
    """The beginnings of labels of some sizes, in rising order of the middles where they would stand: moved apart so
    that none lies on another, and held between start and end as far as they fit."""
    begun: list[int] = []
    for place, size in zip(places, sizes, strict=True):
        least = begun[-1] + sizes[len(begun) - 1] + gap if begun else start
        begun.append(max(place - size // 2, least))
    limit = end
    for n in reversed(range(len(begun))):
        begun[n] = min(begun[n], limit - sizes[n])
        limit = begun[n] - gap
    return tuple(begun)


def _steps() -> Iterable[int]:
    for power in count():
        for lead in (1, 2, 5):
            yield lead * 10**power
