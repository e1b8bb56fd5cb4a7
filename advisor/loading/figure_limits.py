"""Holds figures to a size that can be worked out at once, by counting their parts and the digits that may come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from advisor.errors import Place, Problem
from advisor.model.figures import Figure, FormulaTerm

MOST_FIGURES = 1_000
MOST_PARTS = 200  # of one formula
MOST_BITS = 1024  # of the numerator or the denominator of a result
_FACT_BITS = 64

Size: TypeAlias = tuple[int, int]
"""The most bits that a numerator and a denominator can have."""


def figure_problems(figures: Iterable[Figure]) -> Iterator[Problem]:
    """What is too large among figures, in the order worked out."""
    sizes: dict[str, Size] = {}
    for count, figure in enumerate(figures, 1):
        place = Place(figure.file, figure.line, f"{figure.id}.formula")
        if count > MOST_FIGURES:
            yield Problem(place, f"there are more than {MOST_FIGURES:,} figures", "fewer figures")
            return
        if parts_of(figure.formula) > MOST_PARTS:
            yield Problem(place, f"the formula has more than {MOST_PARTS} parts", "a shorter formula")
            return
        sizes[figure.id] = size = _size(figure.formula, figure, sizes)
        if max(size) > MOST_BITS:
            message = f"the result could have more than {MOST_BITS} binary digits"
            yield Problem(place, message, "fewer multiplications, one upon the other")
            return


def parts_of(term: FormulaTerm) -> int:
    """How many operators and leaves a formula has."""
    return 1 + sum(parts_of(part) for part in term.parts)


def _size(term: FormulaTerm, figure: Figure, sizes: Mapping[str, Size]) -> Size:
    if term.op in ("value", "input"):
        own = _of(term.low.as_integer_ratio(), term.high.as_integer_ratio())
        return own if term.op == "value" else (max(own[0], _FACT_BITS), own[1])
    if term.op == "table":
        ends = [end.as_integer_ratio() for row in figure.tables[term.name].values() for end in row]
        return _of(*ends)
    if term.op == "figure":
        return sizes.get(term.name, (0, 1))
    if term.op == "fact":
        return _FACT_BITS, 1
    up, down = 0, 1
    for n, part in enumerate(term.parts):
        own = _size(part, figure, sizes)
        if n == 0 or term.op in ("longest", "shortest"):
            up, down = max(up, own[0]), max(down, own[1])
        elif term.op == "multiply":
            up, down = up + own[0], down + own[1]
        elif term.op == "divide":
            up, down = up + own[1], down + own[0]
        else:
            up, down = max(up + own[1], own[0] + down) + 1, down + own[1]
    return up, down


def _of(*ratios: tuple[int, int]) -> Size:
    return max((a.bit_length() for a, _ in ratios), default=0), max((b.bit_length() for _, b in ratios), default=1)
