"""The same compiled rules in CLIPS, behind the engine protocol: what durable-rules is measured against."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import clips

from advisor.inference.program import FactTest, Program
from advisor.model.condition import Value
from advisor.model.facts import STRATA, Stratum

_TEMPLATE = "(deftemplate f (slot q (type SYMBOL)) (slot k (type SYMBOL)) (slot v) (slot u (type SYMBOL)))"


class ClipsEngine:
    """A program translated rule by rule; one environment, reset for each session."""

    name = "clipspy"

    def __init__(self, program: Program) -> None:
        self.version = "1"
        self._env: Any = clips.Environment()
        self._fired: list[str] = []
        tests = [test for compiled in program.rules for variant in compiled.variants for test in variant]
        self._tested = frozenset(test.fact for test in tests)
        self._tested_unknown = frozenset(test.fact for test in tests if test.passes(None, None))
        self._env.define_function(self._fired.append, name="fired")
        self._env.build(_TEMPLATE)
        self._env.build("(deftemplate gate (slot n (type INTEGER)))")
        for number, compiled in enumerate(program.rules):
            stratum = STRATA.index(compiled.rule.stratum)
            for part, variant in enumerate(compiled.variants):
                patterns = " ".join(_pattern(test, i) for i, test in enumerate(variant))
                self._env.build(
                    f'(defrule r{number}-{part} (gate (n {stratum})) {patterns} => (fired "{compiled.rule.id}"))'
                )

    @contextmanager
    def session(self) -> Iterator[_ClipsSession]:
        """A fresh session."""
        self._env.reset()
        self._fired.clear()
        yield _ClipsSession(self._env, self._fired, self._tested, self._tested_unknown)


class _ClipsSession:
    def __init__(self, env: Any, fired: list[str], tested: frozenset[str], tested_unknown: frozenset[str]) -> None:
        self._env, self._fired, self._tested, self.tested_unknown = env, fired, tested, tested_unknown
        self._template = env.find_template("f")
        self._gate = env.find_template("gate")

    def put(self, fact: str, value: Value) -> None:
        """Assert a value, if some rule tests it."""
        if fact not in self._tested:
            return
        shown: Any = clips.Symbol(_symbol(value)) if isinstance(value, str | bool) else value
        self._template.assert_fact(q=clips.Symbol(fact), k=clips.Symbol("yes"), v=shown, u=clips.Symbol("nothing"))

    def put_unknown(self, fact: str, said: str | None) -> None:
        """Assert that there is no value, if some rule tests the fact."""
        if fact not in self._tested:
            return
        self._template.assert_fact(
            q=clips.Symbol(fact), k=clips.Symbol("no"), v=clips.Symbol("none"), u=clips.Symbol(said or "nothing")
        )

    def fire(self, stratum: Stratum) -> Iterator[str]:
        """Yield each rule that fires, once."""
        self._gate.assert_fact(n=STRATA.index(stratum))
        seen: set[str] = set()
        while self._env.run(1):
            rule = self._fired[-1]
            if rule not in seen:
                seen.add(rule)
                yield rule


def _symbol(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _pattern(test: FactTest, i: int) -> str:
    first = _symbol(test.values[0]) if test.values else ""
    slot = {
        "known": "(k yes)",
        "unknown": "(k no)",
        "said": f"(u {first})",
        "not_said": f"(u ~{first})",
        "in": "(k yes) (v " + "|".join(_symbol(v) for v in test.values) + ")",
        "not_in": "(k yes) (v ~" + "&~".join(_symbol(v) for v in test.values) + ")",
    }.get(test.op)
    if slot is None:
        sign = {"ge": ">=", "le": "<=", "gt": ">", "lt": "<"}[test.op]
        slot = f"(k yes) (v ?v{i}&:({sign} ?v{i} {first}))"
    return f"(f (q {test.fact}) {slot})"
