"""The compiled rules, neutral of any engine: per rule, variants of positive tests on settled or growing facts.

Negation is gone here. A clause under `none` must be *false*, so it becomes its opposite test on a known value, and
`known: false` becomes a test on the mark that every settled fact without a value carries. So an engine only ever
matches facts that are there, and rules can only enable one another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import ge, gt, le, lt
from typing import Any, Literal, TypeAlias

from advisor.model.action_line import line_of
from advisor.model.condition import Clause, Knowledge, Value
from advisor.model.facts import STRATA, FactSpec, Stratum
from advisor.model.rule import Rule
from advisor.model.rulebase import RuleBase

Op: TypeAlias = Literal["in", "not_in", "ge", "le", "gt", "lt", "known", "unknown", "said", "not_said"]

_OF_THE_UNKNOWN = ("known", "said")
"""Tests of which it matters that a fact has no value; no other passes without one."""

_COMPARED: Mapping[str, Callable[[Any, Any], bool]] = {"ge": ge, "le": le, "gt": gt, "lt": lt}


@dataclass(frozen=True, slots=True)
class FactTest:
    """A test that one fact, as asserted (with a value, or marked as unknown), passes or not."""

    fact: str
    op: Op
    values: tuple[Value, ...] = ()

    def passes(self, value: Value | None, said: str | None) -> bool:
        """Whether the fact passes with this value; with None, when it has none and this was said instead."""
        if self.op in ("known", "unknown"):
            return (value is None) is (self.op == "unknown")
        if self.op in ("said", "not_said"):
            return (value is None and said == self.values[0]) is (self.op == "said")
        if value is None:
            return False
        if self.op in ("in", "not_in"):
            return (value in self.values) is (self.op == "in")
        return _COMPARED[self.op](value, self.values[0])


@dataclass(frozen=True)
class Compiled:
    """One rule: it fires when every test of any of its variants passes."""

    rule: Rule

    @cached_property
    def variants(self) -> tuple[tuple[FactTest, ...], ...]:
        """The tests, once for each clause of `any`; made when first needed, for few pages speak to a person."""
        when = self.rule.when
        common = tuple(dict.fromkeys([_holds(c) for c in when.all] + [_fails(c) for c in when.none]))
        if not when.any:
            return (common,)
        return tuple(dict.fromkeys((*common, _holds(c)) for c in when.any))

    @cached_property
    def _always_matched(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(c.fact for c in (*self.rule.when.all, *self.rule.when.none)))

    def matched(self, known: Knowledge) -> tuple[str, ...]:
        """The facts that the fired rule matched: all of `all` and `none`, and those clauses of `any` that are true."""
        if not self.rule.when.any:
            return self._always_matched
        true = [c.fact for c in self.rule.when.any if c.truth(known) is True]
        return tuple(dict.fromkeys((*self._always_matched, *true)))

    @cached_property
    def concluded(self) -> tuple[tuple[str, Value], ...]:
        """The facts it gives at once, with their values."""
        return self.rule.concluded()

    @cached_property
    def did(self) -> tuple[str, ...]:
        """Its actions in one line each."""
        return tuple(line_of(action) for action in self.rule.actions)


@dataclass(frozen=True)
class Program:
    """Rules compiled, and the vocabulary they are written in."""

    rules: tuple[Compiled, ...]
    facts: Mapping[str, FactSpec]

    @cached_property
    def by_id(self) -> Mapping[str, Compiled]:
        """The compiled rules by their id."""
        return {compiled.rule.id: compiled for compiled in self.rules}

    @cached_property
    def tested(self) -> frozenset[str]:
        """The facts that some rule tests."""
        whens = (compiled.rule.when for compiled in self.rules)
        return frozenset(clause.fact for when in whens for clause in (*when.all, *when.any, *when.none))

    @cached_property
    def tested_unknown(self) -> frozenset[str]:
        """The facts of which some test passes when nothing is known of them and nothing was said."""
        whens = [compiled.rule.when for compiled in self.rules]
        tests = [_holds(c) for when in whens for c in (*when.all, *when.any) if c.test in _OF_THE_UNKNOWN]
        tests += [_fails(c) for when in whens for c in when.none if c.test in _OF_THE_UNKNOWN]
        return frozenset(test.fact for test in tests if test.passes(None, None))

    @cached_property
    def answer_facts(self) -> tuple[str, ...]:
        """The facts that answers settle, in order of name: the order in which they are put in."""
        return tuple(sorted(spec.id for spec in self.facts.values() if spec.origin == "answer"))

    @cached_property
    def scores(self) -> tuple[str, ...]:
        """The facts that are sums of what rules add, in order of name."""
        return tuple(sorted(fact for fact in self.facts if fact.startswith("score.")))

    @cached_property
    def flags(self) -> tuple[str, ...]:
        """The facts that say how grave each red flag is."""
        return tuple(fact for fact in self.facts if fact.startswith("flag."))

    @cached_property
    def finished_in(self) -> Mapping[Stratum, tuple[FactSpec, ...]]:
        """The facts settled at the end of each stratum."""
        return {s: tuple(spec for spec in self.facts.values() if spec.finished == s) for s in STRATA}

    @cached_property
    def left_by_rules(self) -> Mapping[Stratum, tuple[FactSpec, ...]]:
        """Of these, those settled once the rules of the stratum are through: the others are worked out."""
        of_rules = {spec.id for spec in self.facts.values() if spec.origin == "rule" or spec.otherwise is not None}
        return {s: tuple(spec for spec in specs if spec.id in of_rules) for s, specs in self.finished_in.items()}


def compile_rules(base: RuleBase) -> Program:
    """Compile the stable rules of a checked rule base."""
    return Program(tuple(compile_rule(rule) for rule in base.active), base.facts)


def compile_rule(rule: Rule) -> Compiled:
    """One rule compiled."""
    return Compiled(rule)


def _holds(clause: Clause) -> FactTest:
    if clause.test == "known":
        return FactTest(clause.fact, "known" if clause.values[0] else "unknown")
    ops: dict[str, Op] = {"is": "in", "one_of": "in", "at_least": "ge", "at_most": "le", "said": "said"}
    return FactTest(clause.fact, ops[clause.test], clause.values)


def _fails(clause: Clause) -> FactTest:
    if clause.test == "known":
        return FactTest(clause.fact, "unknown" if clause.values[0] else "known")
    ops: dict[str, Op] = {"is": "not_in", "one_of": "not_in", "at_least": "lt", "at_most": "gt", "said": "not_said"}
    return FactTest(clause.fact, ops[clause.test], clause.values)
