"""Clauses as positive tests of one fact, made apart from the engine's own compiler so that the two can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from advisor.model.condition import Clause, Value

_HOLDS = {"is": "in", "one_of": "in", "at_least": "ge", "at_most": "le", "said": "said"}
_FAILS = {"is": "not_in", "one_of": "not_in", "at_least": "lt", "at_most": "gt", "said": "not_said"}


@dataclass(frozen=True, slots=True, order=True)
class Literal:
    """A test that a fact passes or not: `in`, `not_in`, `ge`, `le`, `gt`, `lt`, `known`, `unknown`, `said`, `not_said`.

    All but `unknown` and `not_said` (and `said`) need a known value. `text` is its name in the program.
    """

    fact: str
    op: str
    values: tuple[Value, ...] = ()

    @property
    def text(self) -> str:
        """The literal as an atom of the program."""
        words = " ".join(str(v).lower() if isinstance(v, bool) else str(v) for v in self.values)
        return f't("{self.fact}","{self.op}","{words}")'

    def passes(self, value: Value | None, said: str | None = None) -> bool:
        """Whether a fact with this value (None: unknown, and then what the user said instead) passes."""
        if self.op in ("said", "not_said"):
            return (said == self.values[0]) is (self.op == "said")
        if self.op in ("known", "unknown"):
            return (value is not None) is (self.op == "known")
        if value is None:
            return False
        if self.op in ("in", "not_in"):
            return (value in self.values) is (self.op == "in")
        number, bound = int(value), int(self.values[0])
        return {"ge": number >= bound, "le": number <= bound, "gt": number > bound, "lt": number < bound}[self.op]

    def over(self, low: int, high: int) -> bool | None:
        """Whether it passes for all whole numbers from low to high (True), for none (False), or neither is sure."""
        if self.op in ("known", "unknown"):
            return self.op == "known"
        first = self.passes(low)
        if self.op in ("in", "not_in") and low != high:
            return None if any(low <= int(value) <= high for value in self.values) else first
        return first if self.passes(high) is first else None


def holding(clause: Clause) -> Literal:
    """The literal that passes exactly when the clause is true."""
    if clause.test == "known":
        return Literal(clause.fact, "known" if clause.values[0] else "unknown")
    return Literal(clause.fact, _HOLDS[clause.test], clause.values)


def failing(clause: Clause) -> Literal:
    """The literal that passes exactly when the clause is false."""
    if clause.test == "known":
        return Literal(clause.fact, "unknown" if clause.values[0] else "known")
    return Literal(clause.fact, _FAILS[clause.test], clause.values)


def cuts(literals: Iterable[Literal]) -> set[int]:
    """The numbers at which a cell has to begin, so that no literal tells two numbers of a cell apart."""
    found: set[int] = set()
    for literal in literals:
        for value in literal.values if literal.op not in ("said", "not_said") else ():
            if literal.op in ("ge", "lt"):
                found.add(int(value))
            elif literal.op in ("le", "gt"):
                found.add(int(value) + 1)
            else:
                found |= {int(value), int(value) + 1}
    return found


def thresholds(literal: Literal, at_least: str) -> Iterator[str]:
    """The ways a number passes a test, in terms of `at_least`, an atom in which `{}` stands for a whole number."""

    def reaches(number: int) -> str:
        return at_least.format(number)

    bound = int(literal.values[0])
    if literal.op in ("ge", "gt"):
        yield reaches(bound + (literal.op == "gt"))
    elif literal.op in ("le", "lt"):
        yield f"not {reaches(bound + (literal.op == 'le'))}"
    elif literal.op == "in":
        yield from (f"{reaches(int(v))}, not {reaches(int(v) + 1)}" for v in literal.values)
    else:
        wanted = sorted({int(v) for v in literal.values})
        outside = [f"not {reaches(wanted[0])}"]
        outside += [f"{reaches(a + 1)}, not {reaches(b)}" for a, b in pairwise(wanted) if b > a + 1]
        yield from (*outside, reaches(wanted[-1] + 1))
