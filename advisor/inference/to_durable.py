"""Writes a compiled program as a durable-rules definition that stays inside the fence (see durable_engine).

A fact that many rules test in many ways is asserted under several names (`x`, `x#1`, ...), each with a share of the
tests: one assertion may not pass more than 64 tests in the engine, nor one pattern serve more than 255 rules.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TypeAlias

from advisor.errors import Place, Problem, RuleBaseError
from advisor.inference.program import Compiled, FactTest, Program
from advisor.model.condition import Value
from advisor.model.facts import STRATA, Stratum

SID = "s"
MAX_PATTERNS = 16  # of one engine rule, the gate included; a 17th is error 304 at match time
MAX_TESTS = 60  # tests that one assertion may have to pass; the engine's stack holds 64
MAX_SHARED = 250  # engine rules that share one pattern; at 256 a list is overrun
MAX_RULES = 4000  # engine rules in one ruleset; at 4097 it refuses
MAX_NAMES = 400  # distinct names tested; at 512 every assert fails, at 513 creating the ruleset hangs
MAX_VALUES = 400  # values in one clause, or alternatives of one assertion; they share a table of 512
MAX_TEXT = 200  # characters of an id; the engine cuts lengths to 16 bits
MAX_INT = 2**53  # whole numbers beyond lose digits somewhere
SENTINEL = "sentinel."
PROPERTIES = ("q", "k", "v", "u", "gate", "id", "sid", "$s")

_Test: TypeAlias = dict[str, object]


def fnv32(name: str) -> int:
    """The 32-bit FNV-1a hash by which the engine identifies names and ids (its rete.c, with signed bytes)."""
    value = 0x811C9DC5
    for byte in name.encode():
        value = ((value ^ (byte - 256 if byte > 127 else byte)) * 16777619) & 0xFFFFFFFF
    return value


def literal(value: Value) -> str | None:
    """A value as JSON that the engine parses right, or None for text or numbers outside the fence."""
    fits = 0 < len(value) <= MAX_TEXT if isinstance(value, str) else abs(value) < MAX_INT
    return json.dumps(value, ensure_ascii=False) if fits else None


@dataclass(slots=True)
class _Copy:
    """One name under which a fact is asserted, the tests it must pass, and how many rules use each pattern.

    `values` are those its lists of alternatives hold: the engine keeps them in one table. `patterns` are all that rules
    ask of it.
    """

    name: str
    cost: int = 0
    uses: dict[str, int] = field(default_factory=dict)
    values: set[str] = field(default_factory=set)
    patterns: set[tuple[FactTest, ...]] = field(default_factory=set)

    def matters(self, value: Value | None, said: str | None) -> bool:
        """Whether some pattern matches the fact with this value, or without one when this was said of it."""
        return any(all(test.passes(value, said) for test in pattern) for pattern in self.patterns)


@dataclass
class Definition:
    """The definition as JSON; `owner` maps engine rules to rule ids, `gates` strata to gate numbers, `copies` facts
    to the names they are asserted under."""

    text: str = ""
    owner: dict[str, str] = field(default_factory=dict)
    gates: dict[Stratum, tuple[int, ...]] = field(default_factory=dict)
    copies: dict[str, list[_Copy]] = field(default_factory=dict)

    _made: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def assertions(self, fact: str, scalars: str, value: Value | None, said: str | None) -> tuple[str, ...]:
        """The assertions of a fact with its scalars, one per name under which some pattern matches it.

        A fact that no pattern matches with this value enables nothing, so it need not travel. What is made is kept, but
        for numbers: there are only so many choices, marks and things to say, but any number.
        """
        made = self._made.get((fact, scalars))
        if made is None:
            copies = [copy for copy in self.copies.get(fact, ()) if copy.matters(value, said)]
            names = [json.dumps(copy.name, ensure_ascii=False) for copy in copies]
            made = tuple(f'{{"q":{name},{scalars},"id":{name},"sid":"{SID}"}}' for name in names)
            if type(value) is not int:
                self._made[fact, scalars] = made
        return made

    @cached_property
    def tested_unknown(self) -> frozenset[str]:
        """The facts of which some rule asks that nothing is known, or what was not said."""
        return frozenset(f for f, copies in self.copies.items() if any(copy.matters(None, None) for copy in copies))


def define(program: Program) -> Definition:
    """The definition of a program. Raises RuleBaseError, with file and line, for what cannot be run safely."""
    made = Definition()
    rules: dict[str, object] = {}
    standing = dict.fromkeys(STRATA, 0)
    for number, compiled in enumerate(program.rules):
        stratum = compiled.rule.stratum
        for variant_number, variant in enumerate(compiled.variants):
            by_fact: dict[str, list[FactTest]] = {}
            for test in variant:
                by_fact.setdefault(test.fact, []).append(test)
            _refuse(len(by_fact) >= MAX_PATTERNS, compiled, f"it reads more than {MAX_PATTERNS - 1} facts", "Split it")
            gate = _gate(stratum, standing[stratum] // MAX_SHARED)
            standing[stratum] += 1
            key = f"r{number}.{variant_number}"
            made.owner[key] = compiled.rule.id
            patterns = [
                {f"w{i}": _pattern(made, compiled, fact, tuple(by_fact[fact]))} for i, fact in enumerate(by_fact)
            ]
            rules[key] = {"all": [{"g": {"gate": gate}}, *patterns], "pri": STRATA.index(stratum)}
        _refuse(len(rules) > MAX_RULES, compiled, f"this is more than the {MAX_RULES}th rule", "Split the rule base")
    for stratum in STRATA:
        made.gates[stratum] = tuple(_gate(stratum, shard) for shard in range(standing[stratum] // MAX_SHARED + 1))
        for gate in made.gates[stratum]:
            rules[f"{SENTINEL}{gate}"] = {"all": [{"g": {"gate": gate}}], "pri": STRATA.index(stratum)}
    _check_names(made)
    made.text = json.dumps(rules, ensure_ascii=False)
    return made


def _gate(stratum: Stratum, shard: int) -> int:
    return STRATA.index(stratum) * 100 + shard


def _refuse(bad: bool, compiled: Compiled, message: str, fix: str) -> None:
    if bad:
        place = Place(compiled.rule.file, compiled.rule.line, compiled.rule.id)
        raise RuleBaseError(Problem(place, message, "what the engine can run safely", fix))


def _pattern(made: Definition, compiled: Compiled, fact: str, tests: tuple[FactTest, ...]) -> _Test:
    """One engine pattern: the fact's name first, then constant tests of its scalars. All tests of one fact stand in
    one pattern, since the engine binds the patterns of a rule to different facts."""
    shape = _shape(tests, tuple(type(value) for test in tests for value in test.values))
    message = f"`{fact}` is compared with {shape.longest} values at once"
    _refuse(shape.longest > MAX_VALUES, compiled, message, "Derive a fact")
    message = f"a value of `{fact}` is too long or too large"
    _refuse(not shape.fits, compiled, message, "Use a shorter id, a smaller number")
    copy = _copy_for(made, fact, shape)
    copy.patterns.add(tests)
    return {"$and": [{"q": copy.name}, *shape.parts]}


@dataclass(frozen=True, slots=True)
class _Shape:
    """Tests of one fact as the engine has them: their `parts`, these as `text`, what they `cost`, and the `values` of
    their alternatives; `plain` says that it is a single test without alternatives, `longest` how many values one has,
    and `fits` whether the engine reads each of them right.
    """

    parts: tuple[_Test, ...]
    text: str
    cost: int
    values: frozenset[str]
    plain: bool
    longest: int
    fits: bool


@lru_cache(maxsize=10_000)
def _shape(tests: tuple[FactTest, ...], types: tuple[type, ...]) -> _Shape:
    """Made once, for many rules ask the same of a fact; the `types` of values tell True from 1, its equal."""
    parts = tuple(part for test in tests for part in _tests(test))
    alternatives = [value for part in parts for value in part.get("$or", ())]  # type: ignore[attr-defined]
    return _Shape(
        parts=parts,
        text=json.dumps(parts),
        cost=sum(3 if "$or" in part else 1 for part in parts),
        values=frozenset(map(json.dumps, alternatives)),
        plain=len(parts) == 1 and "$or" not in parts[0],
        longest=max((len(test.values) for test in tests), default=0),
        fits=all(literal(value) is not None for test in tests for value in test.values),
    )


def _tests(test: FactTest) -> list[_Test]:
    first = test.values[0] if test.values else None
    if test.op in ("known", "unknown"):
        return [{"k": test.op == "known"}]
    if test.op == "said":
        return [{"u": first}]
    if test.op == "not_said":
        return [{"$or": [{"k": True}, {"$neq": {"u": first}}]}]
    if test.op == "in":
        return [{"v": first}] if len(test.values) == 1 else [{"$or": [{"v": value} for value in test.values]}]
    if test.op == "not_in":
        differs: list[_Test] = [{"$neq": {"v": value}} for value in test.values]
        return [{"k": True}, *differs]
    return [{{"ge": "$gte", "le": "$lte", "gt": "$gt", "lt": "$lt"}[test.op]: {"v": first}}]


def _copy_for(made: Definition, fact: str, shape: _Shape) -> _Copy:
    """The copy of the fact that carries these tests, found or made.

    A single plain test is one node in the engine, shared by all patterns that have it. An `$or` is never shared: each
    use passes the alternative that holds and a node behind it. Several tests in a row are counted at each use too.
    """
    copies = made.copies.setdefault(fact, [])
    shared = (c for c in copies if 0 < c.uses.get(shape.text, 0) < MAX_SHARED)
    home = next(shared, None) if shape.plain else None
    if home is None:
        home = next((c for c in copies if _has_room(c, shape)), None)
        if home is None:
            home = _Copy(f"{fact}#{len(copies)}" if copies else fact)
            copies.append(home)
        home.cost += shape.cost
        home.values |= shape.values
    home.uses[shape.text] = home.uses.get(shape.text, 0) + 1
    return home


def _has_room(copy: _Copy, shape: _Shape) -> bool:
    fits = copy.cost + shape.cost <= MAX_TESTS and copy.uses.get(shape.text, 0) < MAX_SHARED
    return fits and len(copy.values | shape.values) <= MAX_VALUES


def _check_names(made: Definition) -> None:
    names = sorted(copy.name for copies in made.copies.values() for copy in copies)
    gates = [f"$g{gate}" for gates in made.gates.values() for gate in gates]
    for group in ([*gates, f"sid-{SID}", *names], list(PROPERTIES)):
        seen: dict[int, str] = {}
        for name in group:
            other = seen.get(fnv32(name))
            seen[fnv32(name)] = name
            if other is not None:
                message = f"`{name}` and `{other}` look the same to the engine (a 32-bit collision)"
                raise RuleBaseError(Problem(Place("facts.yaml", 0, name), message, "", "Rename one of them"))
    if len(names) > MAX_NAMES:
        message = f"the rules test {len(names)} facts (a fact tested in many ways counts more than once)"
        raise RuleBaseError(Problem(Place("facts.yaml"), message, f"at most {MAX_NAMES}"))
    long = next((name for name in names if len(name) > MAX_TEXT), None)
    if long is not None:
        raise RuleBaseError(
            Problem(Place("facts.yaml", 0, long[:40]), "the name is too long", f"{MAX_TEXT} characters")
        )
