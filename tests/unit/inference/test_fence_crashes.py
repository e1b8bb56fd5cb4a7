"""The fence against crashes and hangs: a test or more for each hazard C1 to C12 (C13: see test_threads)."""
# ruff: noqa: N802 - a test is named after its hazard

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from advisor.advice import Advisor
from advisor.errors import EngineError, RuleBaseError
from advisor.inference.durable_engine import DurableEngine
from advisor.inference.program import compile_rules
from advisor.inference.to_durable import MAX_NAMES, SID
from advisor.model.facts import STRATA
from tests.helpers.rulebases import asking, number, on, one, rulebase, text
from tests.unit.inference.engines import Spy, definitions, engine_for, firing, patterns, plain_tests, reading, run_apart

ENGINE = """
from tests.helpers.rulebases import number, on, one
from tests.unit.inference.engines import Spy, engine_for, firing, reading
engine = engine_for(reading(on("x", is_="a")), asked=[one("x", "a", "b"), number("n", 0, 10**6)])
"""


def test_C1_a_session_in_which_nothing_fired_can_be_deleted_in_a_cold_process() -> None:
    """Hazard: deleting a state in which nothing ever fired frees a wild pointer: 20 of 20 cold processes crash. Safe: a
    new engine fires a sentinel of every stratum before anybody uses it."""
    script = ENGINE + (
        "for fact in ({'x': 'a'}, {'x': 'b'}, {}):\n"
        "    with engine.session() as session:\n"
        "        for name, value in fact.items(): session.put(name, value)\n"
        "print(firing(engine, {'x': 'a'}))"
    )

    for _ in range(3):
        assert run_apart(script).strip() == "['R']"


def test_C1_a_new_engine_fires_before_it_is_used() -> None:
    """Hazard: as above. Safe: the state slot has fired every stratum's sentinels and was deleted once."""
    engine = engine_for(reading(on("x", is_="a")), asked=[one("x", "a", "b")])
    spy = Spy(engine)

    engine._warm()
    assert [fact["gate"] for fact in spy.asserted] == [
        gate for gates in engine._definition.gates.values() for gate in gates
    ]
    assert spy.calls[-1] == ("delete_state", SID)


@pytest.mark.long
def test_C2_C3_and_d_advice_starts_no_thread() -> None:
    """Hazard: the Host's daemon threads walk freed states (a crash in the timers) and steal sessions, so that calls
    return before their rules have fired. Safe: no Host, no Ruleset, no thread."""
    script = (
        "import sys, threading; from advisor.advice import advise; advise({'situation': 'planning'}); "
        "print(threading.active_count(), 'durable.engine' in sys.modules, 'durable' in sys.modules)"
    )

    assert run_apart(script).split() == ["1", "False", "False"]


def test_C4_no_facts_no_answers_and_no_rules_are_fine() -> None:
    """Hazard: an empty batch, or an empty fact, crashes or loops forever. Safe: there are no batches, and the least
    that is ever asserted is a gate."""
    engine = engine_for(reading(on("x", is_="a")), asked=[one("x", "a", "b")])
    without_rules = DurableEngine(compile_rules(rulebase(asking(one("x", "a", "b")))))

    with engine.session():
        pass
    assert firing(engine, {}) == []
    assert firing(without_rules, {"x": "a"}) == []


def test_C5_no_pattern_refers_to_another_one(shipped_advisor: Advisor) -> None:
    """Hazard: a failing join as the last test of a pattern reads past an array and crashes in seconds. Safe: a test has
    a constant, where a reference would be a mapping."""
    found = [constant for p in patterns(shipped_advisor.rulebase) for _, _, constant in plain_tests(p)]

    assert found
    assert not any(isinstance(constant, Mapping) for constant in found)


def test_C6_ids_are_explicit_and_never_tested(shipped_advisor: Advisor) -> None:
    """Hazard: a rule that tests `id` or `sid` while ids are automatic follows a wild pointer. Safe: no rule tests them,
    and every assertion carries both."""
    used = {name for p in patterns(shipped_advisor.rulebase) for _, name, _ in plain_tests(p)}
    engine = engine_for(reading(on("x", is_="a"), on("n", at_least=3)), asked=[one("x", "a", "b"), number("n", 0, 9)])
    spy = Spy(engine)
    firing(engine, {"x": "a", "n": 5})

    assert not used & {"id", "sid", "$s"}
    assert all({"id", "sid"} <= set(fact) for fact in spy.asserted)


def test_C7_and_c_any_number_of_sessions_live_in_one_place_one_after_another() -> None:
    """Hazard: the 1,025th live session is a MemoryError and then a crash; two sessions whose names share a hash share
    their facts. Safe: one fixed name, at most one live at a time, and each is deleted, also after an error."""
    engine = engine_for(reading(on("x", is_="a")), asked=[one("x", "a", "b")])
    spy = Spy(engine)

    for number_of_session in range(1100):
        if number_of_session % 3:
            assert firing(engine, {"x": "a"}) == ["R"]
        else:
            with engine.session() as session:
                session.put("x", "a")
                with pytest.raises(EngineError, match="put twice"):
                    session.put("x", "a")
    assert {fact["sid"] for fact in spy.asserted} == {SID}
    assert sum(name == "delete_state" for name, _ in spy.calls) >= 1100


def test_C8_actions_are_started_where_the_last_fact_went() -> None:
    """Hazard: starting at a deleted or made-up place crashes. Safe: the place is the one that the gate's own assertion
    has just given."""
    engine = engine_for(reading(on("x", is_="a")), asked=[one("x", "a", "b")])
    spy = Spy(engine)
    with engine.session() as session:
        session.put("x", "a")
        for stratum in STRATA:
            list(session.fire(stratum))

    starts = [n for n, (name, _) in enumerate(spy.calls) if name == "start_action_for_state"]
    assert len(starts) == 5
    for start in starts:
        assert spy.calls[start - 1] == ("assert_fact", spy.calls[start][1])


def test_C9_a_session_left_with_actions_pending_harms_nobody() -> None:
    """Hazard: deleting a state with actions pending uses freed memory when the run goes on. Safe: it is deleted once
    the session has been left, and nothing goes on."""
    asked = [one(name, "a", "b") for name in "xyz"]
    engine = engine_for(*(reading(on(name, is_="a"), name=name) for name in "xyz"), asked=asked)
    facts = dict.fromkeys("xyz", "a")

    for _ in range(200):
        with engine.session() as session:
            for fact, value in facts.items():
                session.put(fact, value)
            next(session.fire("derive"))
        assert sorted(firing(engine, facts)) == ["x", "y", "z"]


def test_C9_nothing_can_be_done_with_a_session_that_is_over() -> None:
    """Hazard: as above. Safe: going on with a session that has been left is an error, before the engine is asked."""
    asked = [one(name, "a", "b") for name in "xyz"]
    engine = engine_for(*(reading(on(name, is_="a"), name=name) for name in "xyz"), asked=asked)
    spy = Spy(engine)
    with engine.session() as session:
        session.put("x", "a")
        session.put("y", "a")
        going = session.fire("derive")
        next(going)
    calls = len(spy.calls)

    with pytest.raises(EngineError, match="over"):
        next(going)
    with pytest.raises(EngineError, match="over"):
        session.put("z", "a")
    with pytest.raises(EngineError, match="over"):
        next(session.fire("constrain"))
    assert len(spy.calls) == calls


def test_C10_no_arithmetic_reaches_the_engine(shipped_advisor: Advisor) -> None:
    """Hazard: `$div` by a property that is zero kills the process. Safe: sums and figures are worked out in Python (see
    test_figures for a divisor of zero); the definition has no operator of arithmetic."""
    definition = "".join(definitions(shipped_advisor.rulebase))

    assert not [word for word in ("$add", "$sub", "$mul", "$div") if word in definition]


def test_C11_names_and_values_of_any_length_are_refused_or_never_sent() -> None:
    """Hazard: ids, names and values of megabytes overflow the stack; deep nesting does too. Safe: names of more than
    200 characters are refused, texts are never sent, and what is sent is one flat mapping of a few scalars."""
    long = "x" * 201
    engine = engine_for(
        reading(on("words", known=True), on("n", at_least=1)), asked=[text("words", 10**7), number("n", 0, 9)]
    )
    spy = Spy(engine)

    with pytest.raises(RuleBaseError, match="too long"):
        engine_for(reading(on(long, known=True)), asked=[text(long)])
    assert firing(engine, {"words": "w" * 9_000_000, "n": 5}) == ["R"]
    assert all(len(json.dumps(fact)) < 200 for fact in spy.asserted)
    assert all(isinstance(value, bool | int | str) for fact in spy.asserted for value in fact.values())
    assert all(len(fact) <= 5 for fact in spy.asserted)


@pytest.mark.parametrize("count", [MAX_NAMES, MAX_NAMES + 1])
def test_C12_as_many_facts_as_are_allowed_are_right_and_one_more_is_refused(count: int) -> None:
    """Hazard: with 512 first tests every assertion fails, with 513 making the ruleset hangs. Safe: 400 names."""
    asked = [one(f"x{n}", "a", "b") for n in range(count)]
    rules = [reading(on(f"x{n}", is_="a"), name=f"R{n}") for n in range(count)]

    if count > MAX_NAMES:
        with pytest.raises(RuleBaseError, match="401 facts"):
            engine_for(*rules, asked=asked)
        return
    engine = engine_for(*rules, asked=asked)
    fired = firing(engine, {f"x{n}": "a" if n % 3 else "b" for n in range(count)})
    assert set(fired) == {f"R{n}" for n in range(count) if n % 3}


@pytest.mark.parametrize("lengths", [[400], [401], [513], [700], [300, 300], [200] * 5, [400, 400, 10]])
def test_C12_lists_of_very_many_values_are_right_or_refused_but_never_hang(lengths: list[int]) -> None:
    """Hazard: as above, one level down: a 513th alternative among the tests of one fact hangs, in one list or in
    several. Safe: a list of more than 400 values is refused, and lists too long together are kept apart."""
    script = (
        "from itertools import accumulate, pairwise\n"
        "from advisor.errors import RuleBaseError\n"
        "from tests.helpers.rulebases import number, on\n"
        "from tests.unit.inference.engines import engine_for, firing, reading\n"
        f"ends = [*accumulate({lengths}, initial=0)]\n"
        "rules = [reading(on('n', one_of=range(*span)), name=str(span[0])) for span in pairwise(ends)]\n"
        "try:\n"
        "    engine = engine_for(*rules, asked=[number('n', 0, 9999)])\n"
        "    tried = [(span, n) for span in pairwise(ends) for n in range(*span, 99)]\n"
        "    right = [firing(engine, {'n': n}) == [str(span[0])] for span, n in tried]\n"
        "    print(all(right), firing(engine, {'n': ends[-1]}))\n"
        "except RuleBaseError as bad:\n"
        "    print('refused', bad)"
    )

    found = run_apart(script, seconds=20).strip()

    assert found.startswith("refused made/0.yaml:1") if max(lengths) > 400 else found == "True []"
