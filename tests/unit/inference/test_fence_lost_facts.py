"""The fence against lost facts and lost firings: a test or more for each hazard L1 to L8 of durable-rules."""
# ruff: noqa: N802 - a test is named after its hazard

from __future__ import annotations

import re
import threading

import pytest

from advisor.errors import EngineError, RuleBaseError
from advisor.inference.durable_engine import _import_engine
from advisor.inference.to_durable import MAX_TESTS, SID, fnv32
from advisor.model.condition import Value
from advisor.model.rule import Conclude
from tests.helpers.rulebases import asking, derived, finished, number, on, one, rule, rulebase
from tests.unit.inference.engines import NOTE, Spy, bare, engine_for, firing, reading, run_apart

COLLIDING = [("costarring", "liquid"), ("declinate", "macallums"), ("altarage", "zinke")]
"""Pairs of words known to share a 32-bit FNV-1a hash."""


@pytest.mark.parametrize(("text", "value"), [("", 0x811C9DC5), ("a", 0xE40C292C), ("foobar", 0xBF9CF968)])
def test_L1_our_hash_is_the_published_one(text: str, value: int) -> None:
    """Hazard: ids are compared by hash only. Safe: we compute the same hash and compare beforehand."""
    assert fnv32(text) == value


@pytest.mark.parametrize(("first", "second"), COLLIDING)
def test_L1_the_bare_engine_loses_a_fact_whose_id_collides(first: str, second: str) -> None:
    """Hazard: the second fact is taken for the first, "already observed" (code 2), and lost."""
    assert bare({"r": {"all": [{"p": {"k": 1}}]}}, {"k": 1, "id": first}, {"k": 1, "id": second}) == ([0, 2], ["r"])


@pytest.mark.parametrize(("first", "second"), COLLIDING)
def test_L1_facts_whose_names_collide_are_refused(first: str, second: str) -> None:
    """Hazard: as above. Safe: an id is a fact's name, all names are known when the engine is made, and a collision is
    an error that names both."""
    asked = [one(first, "a", "b"), one(second, "a", "b")]

    with pytest.raises(RuleBaseError, match=f"`{second}` and `{first}` look the same"):
        engine_for(reading(on(first, is_="a")), reading(on(second, is_="a"), name="S"), asked=asked)


@pytest.mark.parametrize("name", [f"sid-{SID}", "$g0", "$g100", "$g400", "x#1"])
def test_L1_a_fact_named_like_an_id_of_the_machine_is_refused(name: str) -> None:
    """Hazard: as above, with the ids that we or the engine make: the gates', the session's, a fact's second name.
    Safe: refused when the engine is made."""
    asked = [one(name, "a", "b"), number("x", 0, 999)]
    many = [reading(on("x", at_least=limit), name=f"X{limit}") for limit in range(MAX_TESTS + 1)]

    with pytest.raises(RuleBaseError, match="`" + re.escape(name) + "`"):
        engine_for(reading(on(name, is_="a")), *many, asked=asked)


@pytest.mark.parametrize("name", ["café", "größe", "日本", "🙂", 'a"b', "a\\b", "x y", "s", "id", "sid", "q", "gate"])
def test_L1_facts_of_any_other_name_are_found(name: str) -> None:
    """Hazard: a name that is written one way in a rule and another in a fact is lost. Safe: written alike in both."""
    engine = engine_for(reading(on(name, is_="a")), asked=[one(name, "a", "b")])

    assert firing(engine, {name: "a"}) == ["R"]
    assert firing(engine, {name: "b"}) == []


@pytest.mark.parametrize("said", [None, "not_sure", "skip"])
def test_L1_a_choice_that_looks_like_a_mark_for_no_answer_is_told_from_it(said: str | None) -> None:
    """Hazard: of our own making, not the engine's: prepared assertions are kept and used again. Safe: told apart."""
    choice = f"?{said}"
    engine = engine_for(
        reading(on("x", is_=choice), name="C"), reading(on("x", known=False), name="U"), asked=[one("x", choice, "b")]
    )

    assert firing(engine, {"x": choice}) == ["C"]
    assert firing(engine, {"x": None}, {"x": said} if said else {}) == ["U"]
    assert firing(engine, {"x": choice}) == ["C"]


def test_L2_facts_are_asserted_one_by_one_and_none_follows_a_bad_one_silently() -> None:
    """Hazard: a batch drops everything from the first bad fact on and says that all went well. Safe: single assertions,
    each code checked, so a fact that was not taken is an error at once."""
    asked = [one(name, "a", "b") for name in "xyz"]
    engine = engine_for(reading(on("x", is_="a"), on("y", is_="a"), on("z", is_="a")), asked=asked)
    answers: dict[str, Value | None] = {"x": "a", "y": "a", "z": "a"}

    for code in (2, 3, 7):
        spy = Spy(engine)
        spy.codes[1] = code
        with pytest.raises(EngineError, match=f"`y`.* with code {code}"):
            firing(engine, answers)
        assert [fact["q"] for fact in spy.asserted] == ["x", "y"]
    spy = Spy(engine)
    spy.errors.add(2)
    with pytest.raises(EngineError, match=r"`z`.*303"):
        firing(engine, answers)
    spy.errors.clear()
    assert firing(engine, answers) == ["R"]


def test_L2_a_gate_that_is_not_taken_is_an_error() -> None:
    """Hazard: as above, for the fact that opens a stratum. Safe: its code is checked, and its sentinel must fire."""
    engine = engine_for(reading(on("x", is_="a")), asked=[one("x", "a", "b")])
    spy = Spy(engine)

    spy.codes[1] = 1
    with pytest.raises(EngineError, match="gate of derive"):
        firing(engine, {"x": "a"})


def test_L2_a_stratum_fired_twice_or_cut_short_is_an_error() -> None:
    """Hazard: firings that are lost without a word. Safe: a gate can be opened once, and its sentinel must be seen."""
    engine = engine_for(reading(on("x", is_="a")), asked=[one("x", "a", "b")])

    with engine.session() as session:
        session.put("x", "a")
        assert list(session.fire("derive")) == ["R"]
        with pytest.raises(EngineError):
            list(session.fire("derive"))
    with engine.session() as session:
        session.put("x", "a")
        assert next(session.fire("derive")) == "R"
        with pytest.raises(EngineError, match="lost a gate"):
            list(session.fire("constrain"))


def test_L3_facts_that_no_rule_matches_do_not_hold_up_the_others() -> None:
    """Hazard: one unmatched fact in a batch raises, and nothing fires in that call. Safe: with the C module, code 1
    means that no rule looks at this value, and the rest fire in the same call."""
    asked = [one("x", "a", "b"), one("unread", "a", "b"), number("n", 0, 9)]
    engine = engine_for(reading(on("x", is_="a")), reading(on("n", at_least=5), name="N"), asked=asked)

    assert firing(engine, {"unread": "a", "n": 0, "x": "a"}) == ["R"]
    assert firing(engine, {"x": "a", "n": 0, "unread": None}) == ["R"]
    assert firing(engine, {"x": "b", "n": 0, "unread": "b"}) == []


def test_L4_an_error_while_a_rule_fires_reaches_the_caller() -> None:
    """Hazard: an exception in an action is put aside, and the call returns as if all were well. Safe: our code runs
    between firings, in the caller's own stack."""
    engine = engine_for(reading(on("x", is_="a")), asked=[one("x", "a", "b")])

    def act() -> None:
        with engine.session() as session:
            session.put("x", "a")
            for rule_id in session.fire("derive"):
                raise LookupError(rule_id)

    with pytest.raises(LookupError, match="R"):
        act()
    assert firing(engine, {"x": "a"}) == ["R"]


def test_L4_two_rules_that_conclude_different_values_are_an_error_that_names_both() -> None:
    """Hazard: as above, for the error that a rule base can cause. Safe: EngineError with file, line and both rules."""
    questionnaire = asking(one("x", "a", "b"), one("y", "a", "b"))
    base = rulebase(
        questionnaire,
        rule("YES", Conclude("d", True), all=[on("x", is_="a")], line=3),
        rule("NO", Conclude("d", False), all=[on("y", is_="a")], line=5),
        derived=[derived("d")],
    )

    with pytest.raises(EngineError) as caught:
        finished(base, questionnaire, {"x": "a", "y": "a"})

    assert "YES" in str(caught.value)
    assert "NO" in str(caught.value)
    assert "made/" in str(caught.value)


def test_L5_no_code_of_ours_is_handed_to_the_engine() -> None:
    """Hazard: an action with two arguments is taken for an asynchronous one and never ends. Safe: a definition is text;
    it names no action (and the Python layer that runs actions is never loaded, see C3)."""
    engine = engine_for(reading(on("x", is_="a")), asked=[one("x", "a", "b")])

    assert isinstance(engine._definition.text, str)
    assert '"run"' not in engine._definition.text


def test_L6_and_h_a_caller_may_take_any_time_between_firings() -> None:
    """Hazard: an action of more than 10 seconds ends the run without a word, by the Host's clock. Safe: there is no
    Host, and the C module is only told of each firing that it is done; were a stratum cut short, its sentinel would be
    missed."""
    asked = [one(name, "a", "b") for name in "xyz"]
    engine = engine_for(*(reading(on(name, is_="a"), name=name) for name in "xyz"), asked=asked)
    spy = Spy(engine)

    assert sorted(firing(engine, dict.fromkeys("xyz", "a"))) == ["x", "y", "z"]
    names = [name for name, _ in spy.calls]
    assert names.count("start_action_for_state") == 1
    assert names.count("complete_and_start_action") == 4, "three rules and the sentinel, each completed by us"


def test_L7_a_fact_without_the_property_tested_does_not_disturb_the_other_tests() -> None:
    """Hazard: a join on a missing property ends the evaluation of that fact. Safe: no joins; a fact without a value has
    no `v`, one with a value no `u`, and every other test of the fact is still made."""
    tests = {
        "is": on("x", is_=3), "least": on("x", at_least=1), "most": on("x", at_most=5), "known": on("x", known=True),
        "unknown": on("x", known=False), "unsure": on("x", said="not_sure"), "skipped": on("x", said="skip"),
    }  # fmt: skip
    rules = [rule(name, NOTE, all=[clause]) for name, clause in tests.items()]
    rules += [rule(f"not {name}", NOTE, none=[clause]) for name, clause in tests.items()]
    engine = engine_for(*rules, asked=[number("x", 0, 9)])

    assert set(firing(engine, {"x": 3})) == {
        "is", "least", "most", "known", "not unknown", "not unsure", "not skipped",
    }  # fmt: skip
    assert set(firing(engine, {"x": None}, {"x": "skip"})) == {"unknown", "skipped", "not known", "not unsure"}
    assert set(firing(engine, {"x": None})) == {"unknown", "not known", "not unsure", "not skipped"}


def test_L8_a_fact_that_passes_hundreds_of_tests_is_right() -> None:
    """Hazard: more than 64 tests passed by one assertion fail it halfway. Safe: a fact with many tests is asserted
    under several names, each with at most 60 of the tests."""
    too_many = {f"r{n}": {"all": [{"a": {"$and": [{"q": "x"}, {"$gte": {"v": n}}]}}]} for n in range(70)}
    rules = [reading(on("x", at_least=limit), name=f"least {limit}") for limit in range(300)]
    rules += [reading(on("x", at_most=limit), name=f"most {limit}") for limit in range(300)]
    engine = engine_for(*rules, asked=[number("x", 0, 999)])

    with pytest.raises(_import_engine().error, match="303"):
        bare(too_many, {"q": "x", "v": 100, "id": "x"})
    for value in (0, 150, 299, 999):
        fired = firing(engine, {"x": value})
        assert len(fired) == len(set(fired))
        assert set(fired) == {f"least {n}" for n in range(300) if value >= n} | {
            f"most {n}" for n in range(300) if value <= n
        }


@pytest.mark.parametrize("width", [2, 3, 20, 50])
def test_L8_hundreds_of_lists_of_choices_on_one_fact_are_right(width: int) -> None:
    """Hazard: as above; each list that holds the value costs two tests and a node. Safe: counted at every use."""
    choices = [f"c{n}" for n in range(60)]
    lists = {f"R{n}": [choices[(n + k) % 60] for k in range(width)] for n in range(150)}
    rules = [rule(name, NOTE, all=[on("x", one_of=of)]) for name, of in lists.items()]
    rules += [rule(f"not {name}", NOTE, none=[on("x", one_of=of)]) for name, of in lists.items()]
    engine = engine_for(*rules, asked=[one("x", *choices)])

    for value in ("c0", "c31", "c59"):
        fired = firing(engine, {"x": value})
        assert len(fired) == len(set(fired))
        assert set(fired) == {name if value in of else f"not {name}" for name, of in lists.items()}


def test_b_no_thread_fires_rules_behind_the_callers_back() -> None:
    """Hazard (b): what an interrupted call left undone is done by a daemon thread up to 0.2 seconds later. Safe: no
    such thread; only `fire` fires (for the process as a whole see C3)."""
    before = threading.active_count()
    engine = engine_for(reading(on("x", is_="a")), asked=[one("x", "a", "b")])
    with engine.session() as session:
        session.put("x", "a")

        assert threading.active_count() == before
        assert list(session.fire("derive")) == ["R"]


@pytest.mark.long
def test_a_the_python_layer_that_swallows_errors_is_never_loaded() -> None:
    """Hazard (a): its Host keeps exceptions to itself. Safe: advice is given without it in the process."""
    script = (
        "import sys; from advisor.advice import advise; advise({}); "
        "print(sorted(name for name in sys.modules if name.split('.')[0] == 'durable'))"
    )

    assert run_apart(script).strip() == "[]"
