"""The fence around forks, numbers and limits: a test or more for (e), (g) and (i) of durable-rules' hazards."""

from __future__ import annotations

import json
import math

import pytest

from advisor.advice import Advisor
from advisor.errors import AdvisorError, EngineError, RuleBaseError
from advisor.inference import to_durable
from advisor.inference.durable_engine import _import_engine
from advisor.inference.to_durable import MAX_PATTERNS
from tests.helpers.rulebases import number, on, one
from tests.unit.inference.engines import bare, definitions, engine_for, firing, reading, run_apart


def test_e_a_process_forked_after_the_engine_was_made_works_on_both_sides() -> None:
    """Hazard (e): state shared by a fork. Safe: measured right in children and parent, and nothing is left locked."""
    script = (
        "import os\n"
        "from tests.helpers.rulebases import on, one\n"
        "from tests.unit.inference.engines import engine_for, firing, reading\n"
        "engine = engine_for(reading(on('x', is_='a')), asked=[one('x', 'a', 'b')])\n"
        "children = []\n"
        "for n in range(4):\n"
        "    pid = os.fork()\n"
        "    if pid == 0:\n"
        "        right = all(firing(engine, {'x': v}) == w for v, w in [('a', ['R']), ('b', [])] * 200)\n"
        "        os._exit(0 if right else 1)\n"
        "    children.append(pid)\n"
        "own = [firing(engine, {'x': v}) for v in 'ab' * 200]\n"
        "print([os.waitpid(pid, 0)[1] for pid in children], own == [['R'], []] * 200)"
    )

    assert run_apart(script).strip() == "[0, 0, 0, 0] True"


def test_g_numbers_that_json_or_the_engine_cannot_hold_are_refused() -> None:
    """Hazard (g): NaN is read as null, 1e20 and infinity break the batch. Safe: only whole numbers below 2**53."""
    engine = engine_for(reading(on("n", at_least=1)), asked=[number("n", -(10**30), 10**30)])

    for bad in (math.nan, math.inf, -math.inf, 1e20, 1e-7, 1.5, -0.0):
        with pytest.raises((EngineError, ValueError)), engine.session() as session:
            session.put("n", bad)  # type: ignore[arg-type]
    assert firing(engine, {"n": 0}) == []
    assert firing(engine, {"n": -1}) == []
    assert firing(engine, {"n": 1}) == ["R"]


def test_g_negative_numbers_are_compared_rightly() -> None:
    """Hazard (g): how the engine reads numbers. Safe: signs and zero on both sides of every comparison agree."""
    limits = (-(10**9), -10, -1, 0, 1, 10, 10**9)
    rules = [reading(on("n", at_least=limit), name=f">={limit}") for limit in limits]
    rules += [reading(on("n", at_most=limit), name=f"<={limit}") for limit in limits]
    rules += [reading(on("n", is_=limit), name=f"={limit}") for limit in limits]
    engine = engine_for(*rules, asked=[number("n", -(10**9), 10**9)])

    for value in (*limits, -11, -9, 2, 999_999_999):
        right = {f">={n}" for n in limits if value >= n} | {f"<={n}" for n in limits if value <= n}
        assert set(firing(engine, {"n": value})) == right | {f"={n}" for n in limits if value == n}


def test_i_a_rule_may_read_fifteen_facts_and_a_sixteenth_is_refused() -> None:
    """Hazard (i): a 17th pattern of one rule is an error, and only when it matches. Safe: the gate and 15 facts at
    most, refused with the rule's file and line."""
    asked = [one(f"x{n}", "a", "b") for n in range(MAX_PATTERNS)]
    clauses = [on(f"x{n}", is_="a") for n in range(MAX_PATTERNS)]
    bare_rule = {"r": {"all": [{f"a{n}": {"q": f"n{n}"}} for n in range(17)]}}
    facts = {f"x{n}": "a" for n in range(15)}
    engine = engine_for(reading(*clauses[:15]), asked=asked)

    with pytest.raises(_import_engine().error, match="304"):
        bare(bare_rule, *({"q": f"n{n}", "id": f"n{n}"} for n in range(17)))
    assert firing(engine, dict(facts)) == ["R"]
    assert firing(engine, {**facts, "x7": "b"}) == []
    with pytest.raises(RuleBaseError, match=r"made/R\.yaml:1: `R`: it reads more than 15 facts"):
        engine_for(reading(*clauses), asked=asked)


@pytest.mark.long
def test_i_four_thousand_rules_are_right_and_one_more_is_refused() -> None:
    """Hazard (i): the 4,097th engine rule is refused by the engine. Safe: 4,000 and the sentinels, refused by us."""
    asked = [number(f"x{n}", 0, 99) for n in range(400)]
    rules = [reading(on(f"x{n % 400}", at_least=n // 400), name=f"R{n}") for n in range(4001)]
    engine = engine_for(*rules[:4000], asked=asked)

    fired = firing(engine, {f"x{n}": n % 12 for n in range(400)})

    assert set(fired) == {f"R{n}" for n in range(4000) if (n % 400) % 12 >= n // 400}
    with pytest.raises(RuleBaseError, match="more than the 4000th rule"):
        engine_for(*rules, asked=asked)


def test_i_our_limits_lie_inside_the_measured_ones() -> None:
    """Hazard (i): the engine's limits, as measured. Safe: ours are within them, sentinels and gates counted."""
    gates = 5 + to_durable.MAX_RULES // to_durable.MAX_SHARED

    assert to_durable.MAX_PATTERNS <= 16
    assert to_durable.MAX_TESTS < 64
    assert to_durable.MAX_SHARED + 1 <= 255
    assert to_durable.MAX_RULES + gates <= 4096
    assert to_durable.MAX_NAMES + gates < 511
    assert to_durable.MAX_TEXT <= 1000
    assert to_durable.MAX_INT <= 2**53


@pytest.mark.long
def test_i_the_shipped_definition_nests_nothing_but_one_list_of_alternatives(shipped_advisor: Advisor) -> None:
    """Hazard (i): limits on nesting, and W5's wrong answers from it. Safe: rules are flat lists of patterns, a pattern
    one `$and`, in it at most lists of plain alternatives."""
    for body in (body for text in definitions(shipped_advisor.rulebase) for body in json.loads(text).values()):
        assert set(body) == {"all", "pri"}
        (gate,) = body["all"][0].values()
        assert list(gate) == ["gate"]
        for part in body["all"][1:]:
            ((alias, pattern),) = part.items()
            assert "$" not in alias
            assert list(pattern) == ["$and"]
            assert list(pattern["$and"][0]) == ["q"]
            alternatives = [one_test["$or"] for one_test in pattern["$and"] if "$or" in one_test]
            assert not any("$or" in inside or "$and" in inside for listed in alternatives for inside in listed)


def test_every_refusal_is_one_of_our_own_errors() -> None:
    """What cannot be run safely is refused as a fault of the rule base, which a caller can catch with the others."""
    assert issubclass(RuleBaseError, AdvisorError)
    assert issubclass(EngineError, AdvisorError)
