"""The ends of figures are bounds: wherever in its range each input turns out to be, the result lies between them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from advisor.advice import Advisor
from advisor.model.condition import ALWAYS, Knowledge
from advisor.model.figures import Figure, FormulaTerm, work_out

_COMBINED: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": lambda a, b: a / b,
    "longest": max,
    "shortest": min,
}


class One:
    """One way that everything may turn out: each range at one point, the same wherever a figure is read."""

    def __init__(self, figures: Mapping[str, Figure], values: Mapping[str, int | str], data: st.DataObject) -> None:
        self._figures, self._values, self._data = figures, values, data
        self._made: dict[str, Fraction] = {}

    def of(self, figure: Figure) -> Fraction:
        if figure.id not in self._made:
            self._made[figure.id] = self._at(figure.formula, figure)
        return self._made[figure.id]

    def _at(self, term: FormulaTerm, figure: Figure) -> Fraction:
        if term.op == "value" or (term.op == "input" and term.name not in self._values):
            return self._between(term.low, term.high)
        if term.op == "table":
            return self._between(*figure.tables[term.name][str(self._values[term.name])])
        if term.op == "figure":
            return self.of(self._figures[term.name])
        if term.op in ("fact", "input"):
            return Fraction(str(self._values[term.name]))
        result, *others = (self._at(part, figure) for part in term.parts)
        for other in others:
            result = _COMBINED[term.op](result, other)
        return result

    def _between(self, low: Fraction, high: Fraction) -> Fraction:
        return low + (high - low) * Fraction(self._data.draw(st.integers(0, 4)), 4)


def behind(figure: Figure, figures: Mapping[str, Figure]) -> list[Figure]:
    """A figure and all that it reads, each after those that it reads."""
    found: list[Figure] = []
    for leaf in figure.formula.leaves():
        name = leaf.name if leaf.op == "figure" else leaf.name.rpartition(".")[0]
        if name in figures and leaf.op in ("figure", "fact"):
            found += behind(figures[name], figures)
    return list({one.id: one for one in (*found, figure)}.values())


@given(data=st.data())
def test_a_figure_lies_between_its_ends_however_its_inputs_turn_out(
    data: st.DataObject, shipped_advisor: Advisor
) -> None:
    figures = {figure.id: figure for figure in shipped_advisor.rulebase.figures}
    figure = data.draw(st.sampled_from(list(figures.values())))
    chain = [replace(one, when=ALWAYS) for one in behind(figure, figures)]
    values: dict[str, object] = {}
    for one in chain:
        for leaf in one.formula.leaves():
            end = leaf.name.rpartition(".")[0] in figures
            if leaf.op == "input" and data.draw(st.booleans()):
                values.setdefault(leaf.name, data.draw(st.integers(0, 90)))
            if leaf.op == "fact" and leaf.name not in values and not end:
                values[leaf.name] = data.draw(st.integers(-9 if leaf.name.endswith(".days") else 0, 500))
        for name, rows in one.tables.items():
            values.setdefault(name, data.draw(st.sampled_from(list(rows))))
    known = {name: value for name, value in values.items() if isinstance(value, (int, str))}
    ends: dict[str, int] = {}
    for _, made in work_out(tuple(chain), Knowledge(known)):
        ends.update(made)
        known.update(made)  # later figures read them
    if f"{figure.id}.low" not in ends:
        return  # a divisor may be zero
    low, likely, high = (ends[f"{figure.id}.{end}"] for end in ("low", "likely", "high"))
    assert low <= likely <= high
    turned_out = One(figures, known, data).of(figure)
    assert low <= math.floor(turned_out)
    assert math.ceil(turned_out) <= high
