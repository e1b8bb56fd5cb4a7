"""Conditions over facts, true, false or unknown, as the rules and the questionnaire write them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Value: TypeAlias = bool | int | str
"""What a fact can be: yes or no, a whole number, or a choice id."""

Truth: TypeAlias = bool | None
"""True, false, or None for unknown (Kleene's strong three-valued logic)."""

Test: TypeAlias = Literal["is", "one_of", "at_least", "at_most", "known", "said"]
TESTS: tuple[Test, ...] = ("is", "one_of", "at_least", "at_most", "known", "said")

NOT_SURE = "not_sure"
SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of the facts: `values` of the known ones, and what the user `said` instead of a value.

    A fact in neither was not asked. `said` holds `not_sure` or `skip`.
    """

    values: Mapping[str, Value]
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Clause:
    """One test of one fact; `values` holds what it is tested against."""

    fact: str
    test: Test
    values: tuple[Value, ...]
    line: int = 0

    def truth(self, known: Knowledge) -> Truth:
        """Whether the clause holds; unknown for a comparison with a fact that has no value."""
        if self.test == "known":
            return (self.fact in known.values) is self.values[0]
        if self.test == "said":
            return known.said.get(self.fact) == self.values[0]
        value = known.values.get(self.fact)
        if value is None:
            return None
        if self.test == "at_least":
            return int(value) >= int(self.values[0])
        if self.test == "at_most":
            return int(value) <= int(self.values[0])
        return value in self.values

    def __str__(self) -> str:
        shown = ", ".join(str(v).lower() if isinstance(v, bool) else str(v) for v in self.values)
        words = {"is": "is", "one_of": "is one of", "at_least": "is at least", "at_most": "is at most"}
        if self.test == "known":
            return f"{self.fact} is {'known' if self.values[0] else 'not known'}"
        if self.test == "said":
            return f"{self.fact} was answered {shown}"
        return f"{self.fact} {words[self.test]} {shown}"


@dataclass(frozen=True, slots=True)
class Condition:
    """All of `all`, at least one of `any` (if there are any), and each of `none` known to be false."""

    all: tuple[Clause, ...] = ()
    any: tuple[Clause, ...] = ()
    none: tuple[Clause, ...] = ()

    def clauses(self) -> Iterator[Clause]:
        """Every clause, in the order written."""
        yield from self.all
        yield from self.any
        yield from self.none

    def facts(self) -> tuple[str, ...]:
        """The facts it reads, each once, in the order written."""
        return tuple(dict.fromkeys(clause.fact for clause in self.clauses()))

    def holds(self, known: Knowledge) -> bool:
        """Whether it is known to be true; looks no further than the first clause that stands in the way."""
        if not all(clause.truth(known) is True for clause in self.all):
            return False
        if not all(clause.truth(known) is False for clause in self.none):
            return False
        return not self.any or any(clause.truth(known) is True for clause in self.any)

    def truth(self, known: Knowledge) -> Truth:
        """Kleene conjunction of the three lists."""
        return self.truth_by(lambda clause: clause.truth(known))

    def truth_by(self, truth_of: Callable[[Clause], Truth]) -> Truth:
        """The same for clauses whose truth is told by `truth_of`."""
        parts: list[Truth] = [truth_of(clause) for clause in self.all]
        parts += [None if (t := truth_of(clause)) is None else not t for clause in self.none]
        if self.any:
            options = [truth_of(clause) for clause in self.any]
            parts.append(True if True in options else None if None in options else False)
        return False if False in parts else None if None in parts else True


ALWAYS = Condition()
"""The condition without clauses: always true."""
