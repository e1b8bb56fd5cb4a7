"""The numbers that were taken until a person gives others: what a chart counts with, and which of them matters most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from advisor.model.condition import ALWAYS, Knowledge, Value
from advisor.model.figures import Input, work_out
from advisor.model.rulebase import RuleBase


@dataclass(frozen=True, slots=True)
class Moved:
    """An input that moves a figure, and the lowest and the highest value of that which it alone can bring about."""

    id: str
    low: int
    high: int


class NumbersTaken:
    """The inputs of one rule base, for one person's answers."""

    def __init__(self, base: RuleBase, known: Mapping[str, Value]) -> None:
        self._base, self._known = base, known
        self._by_id = {figure.id: figure for figure in base.figures}

    def behind(self, figures: Iterable[str]) -> tuple[Input, ...]:
        """The inputs that some figures count with, in the order of the rule base; one for each question."""
        reached = {name for figure in figures for name in self._reached(figure)}
        found = [one for one in self._base.inputs if one.id in reached]
        return tuple({one.question: one for one in reversed(found)}.values())[::-1]

    def own(self, one: Input) -> bool:
        """Whether the person gave a number in the place of this one."""
        return one.question in self._known

    def moves_most(self, figure: str) -> Moved | None:
        """The input that alone, from end to end with all else at its likely value, moves a figure the most."""
        found: list[tuple[int, Moved]] = []
        for one in self.behind((figure,)):
            if self.own(one):
                continue
            term = self._by_id[one.id].formula
            ends = [self._likely(figure, {**self._known, one.question: end}) for end in (term.low, term.high)]
            known = [end for end in ends if end is not None]
            if len(known) == len(ends):
                found.append((max(known) - min(known), Moved(one.id, min(known), max(known))))
        width, most = max(found, key=lambda pair: pair[0], default=(0, None))
        return most if width else None

    def _reached(self, figure: str) -> Iterator[str]:
        if figure in self._by_id:
            yield figure
            for leaf in self._by_id[figure].formula.leaves():
                if leaf.op in ("figure", "fact"):
                    yield from self._reached(leaf.name if leaf.op == "figure" else leaf.name.rpartition(".")[0])

    def _likely(self, figure: str, given: Mapping[str, Value | Fraction]) -> int | None:
        """What a figure most likely comes to with some numbers given; None where a part of it is not known."""
        reached = set(self._reached(figure))
        counted = [
            replace(one, when=ALWAYS, formula=one.formula.given(given))
            for one in self._base.figures
            if one.id in reached
        ]
        values = dict(self._known)
        for _, ends in work_out(tuple(counted), Knowledge(values)):
            values.update(ends)  # later figures read them
        found = values.get(f"{figure}.likely")
        return found if type(found) is int else None
