"""Ways to drive an engine: ours, the bare one without the fence to show what the fence keeps out, and ours spied on."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from advisor.inference.durable_engine import DurableEngine, _import_engine
from advisor.inference.paged_engine import parts_of
from advisor.inference.program import compile_rules
from advisor.inference.to_durable import define
from advisor.model.condition import Clause, Value
from advisor.model.facts import Stratum
from advisor.model.questionnaire import Question
from advisor.model.rule import Note, Rule
from advisor.model.rulebase import RuleBase
from advisor.model.template import Template
from tests.helpers.rulebases import asking, rule, rulebase

NOTE = Note("t", Template.of("It is so."))


def engine_for(*rules: Rule, asked: Iterable[Question] = ()) -> DurableEngine:
    """Our engine for some rules over some questions."""
    return DurableEngine(compile_rules(rulebase(asking(*asked), *rules)))


def reading(*clauses: Clause, name: str = "R") -> Rule:
    """A rule of the first stratum that fires when all the clauses are true, and does nothing that others read."""
    return rule(name, NOTE, all=clauses)


def firing(
    engine: DurableEngine,
    facts: Mapping[str, Value | None],
    said: Mapping[str, str] | None = None,
    stratum: Stratum = "derive",
) -> list[str]:
    """The rules that fire when these facts are put in this order; None is a fact without a value."""
    with engine.session() as session:
        for fact, value in facts.items():
            if value is None:
                session.put_unknown(fact, (said or {}).get(fact))
            else:
                session.put(fact, value)
        return list(session.fire(stratum))


def definitions(base: RuleBase) -> list[str]:
    """Each definition that we hand to the engine for a rule base: that of the core, and one for each page apart."""
    return [define(part).text for part in parts_of(compile_rules(base), base.pages).values()]


def patterns(base: RuleBase) -> Iterator[dict[str, Any]]:
    """Every pattern of the definitions that we hand to the engine, the gate's too."""
    for definition in definitions(base):
        for body in json.loads(definition).values():
            for part in body["all"]:
                yield from part.values()


def plain_tests(pattern: Mapping[str, Any]) -> Iterator[tuple[str, str, object]]:
    """The plain tests of a pattern as (operator, property, constant), with every `$and` and `$or` opened up."""
    for key, inside in pattern.items():
        if key in ("$and", "$or"):
            for part in inside:
                yield from plain_tests(part)
        elif key.startswith("$"):
            for name, constant in inside.items():
                yield key, name, constant
        else:
            yield "$eq", key, inside


LAST = {"last": 1, "id": "last"}


def bare(definition: Mapping[str, object], *facts: Mapping[str, object]) -> tuple[list[int], list[str]]:
    """The result code of each assertion and the engine rules that fire, when the facts are asserted in this order.

    A rule on a fact of its own, asserted last, always fires, so that the state can be deleted.
    """
    c: Any = _import_engine()
    handle = c.create_ruleset("bare", json.dumps({**definition, "last": {"all": [{"m": {"last": 1}}]}}))
    codes: list[int] = []
    for fact in (*facts, LAST):
        code, offset = c.assert_fact(handle, json.dumps({**fact, "sid": "s"}))
        codes.append(code)
    fired: list[str] = []
    started = c.start_action_for_state(handle, offset)
    message = started[1] if started else None
    while message:
        fired += [name for name in json.loads(message) if name != "last"]
        message = c.complete_and_start_action(handle, offset)
    c.delete_state(handle, "s")
    c.delete_ruleset(handle)
    return codes[:-1], fired


class Spy:
    """Stands between an engine and the C module: passes calls on and remembers them.

    `codes` maps the number of an assertion, from 0, to the result code to report instead of the true one, and
    `errors` holds the numbers of those that fail.
    """

    def __init__(self, engine: DurableEngine) -> None:
        self.c: Any = engine._c
        self.error = self.c.error
        self.asserted: list[dict[str, Any]] = []
        self.calls: list[tuple[str, object]] = []
        self.codes: dict[int, int] = {}
        self.errors: set[int] = set()
        engine._c = self

    def assert_fact(self, handle: int, text: str) -> tuple[int, int]:
        """Assert, unless this assertion is to fail."""
        number = len(self.asserted)
        self.asserted.append(json.loads(text))
        if number in self.errors:
            raise self.error("error code: 303")
        code, offset = self.c.assert_fact(handle, text)
        self.calls.append(("assert_fact", offset))
        return self.codes.get(number, code), offset

    def start_action_for_state(self, handle: int, offset: int) -> object:
        """Start, and remember from where."""
        self.calls.append(("start_action_for_state", offset))
        return self.c.start_action_for_state(handle, offset)

    def complete_and_start_action(self, handle: int, offset: int) -> object:
        """Go on, and remember from where."""
        self.calls.append(("complete_and_start_action", offset))
        return self.c.complete_and_start_action(handle, offset)

    def delete_state(self, handle: int, sid: str) -> object:
        """Delete the session's state."""
        self.calls.append(("delete_state", sid))
        return self.c.delete_state(handle, sid)


def run_apart(script: str, seconds: float = 120) -> str:
    """What a script prints in a Python process of its own. Raises CalledProcessError when it crashes or fails, and
    TimeoutExpired when it hangs."""
    root = Path(__file__).parents[3]
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False, cwd=root)
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, "python", done.stdout, done.stderr)
    return done.stdout
