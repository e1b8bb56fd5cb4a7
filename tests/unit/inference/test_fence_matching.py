"""The fence against wrong answers in what matches: a test or more for each hazard W1 to W6 of durable-rules."""
# ruff: noqa: N802 - a test is named after its hazard

from __future__ import annotations

import itertools
import random

import pytest

from advisor.advice import Advisor
from advisor.errors import EngineError
from advisor.inference.durable_engine import DurableEngine
from advisor.inference.program import compile_rules
from advisor.loading.clause_checks import clause_problems
from advisor.model.condition import Clause, Knowledge, Value
from tests.helpers.rulebases import asking, number, on, one, rule, rulebase, several, when
from tests.unit.inference.engines import NOTE, bare, definitions, engine_for, firing, reading
from tests.unit.inference.plain_truth import expected, random_case, seen

X, Y = {"q": "x", "id": "x"}, {"q": "y", "id": "y"}


def x_is(*parts: object) -> dict[str, object]:
    """A pattern of the bare engine on the fact x."""
    return {"$and": [{"q": "x"}, *parts]}


def test_W1_the_bare_engine_takes_a_negated_fact_for_absent_when_it_comes_late() -> None:
    """Hazard: `$not` depends on the order of arrival, also within a batch. This is why we never use it."""
    definition = {"r": {"all": [{"p": {"q": "x"}}, {"n$not": {"q": "y"}}]}}

    assert bare(definition, Y, X) == ([0, 0], [])
    assert bare(definition, X, Y) == ([0, 0], ["r"])


@pytest.mark.parametrize("values", list(itertools.product(["a", "b", None], repeat=3)))
def test_W1_a_negated_fact_is_right_in_any_order_of_arrival(values: tuple[str | None, ...]) -> None:
    """Hazard: as above. Safe: `none` is compiled to the opposite test of a fact that is there."""
    asked = [one(name, "a", "b") for name in "xyz"]
    condition = when(all=[on("x", is_="a")], none=[on("y", is_="b"), on("z", one_of=["b"])])
    engine = engine_for(rule("R", NOTE, all=condition.all, none=condition.none), asked=asked)
    facts = dict(zip("xyz", values, strict=True))
    known = Knowledge({fact: value for fact, value in facts.items() if value is not None})
    truth = ["R"] if condition.truth(known) is True else []

    for order in itertools.permutations("xyz"):
        assert firing(engine, {fact: facts[fact] for fact in order}) == truth


@pytest.mark.parametrize("seed", range(150))
def test_W1_random_rules_with_negation_and_chaining_fire_as_plain_logic_says(seed: int) -> None:
    """Hazard: any of W1 to W6 in a mixture nobody thought of. Safe: the engine agrees with the conditions read plainly,
    whatever order the facts come in, and no rule fires twice."""
    dice = random.Random(seed)
    case = random_case(dice)
    engine = DurableEngine(compile_rules(case.base))

    for _ in range(3):
        found = seen(case, engine, dice)

        assert [sorted(fired) for fired in found] == [sorted(fired) for fired in expected(case)]


def test_W1_our_definition_holds_no_negated_pattern(shipped_advisor: Advisor) -> None:
    """Hazard: as above. Safe: no alias of the shipped rules ends in `$not`; no pattern tests for an absent property."""
    definition = "".join(definitions(shipped_advisor.rulebase))

    assert "$not" not in definition
    assert "$nex" not in definition


def test_W2_a_rule_of_nothing_but_negated_clauses_fires() -> None:
    """Hazard: a rule whose first or only pattern is `$not` never fires. Safe: the gate comes first, and is positive."""
    engine = engine_for(
        rule("R", NOTE, none=[on("x", is_="a"), on("y", is_="a")]), asked=[one("x", "a", "b"), one("y", "a", "b")]
    )

    assert bare({"r": {"all": [{"n$not": {"q": "y"}}]}}, X) == ([1], [])
    assert firing(engine, {"x": "b", "y": "b"}) == ["R"]
    assert firing(engine, {"x": "b", "y": "a"}) == []


def test_W3_a_fact_cannot_be_affirmed_and_denied_by_one_rule() -> None:
    """Hazard: `$not` ignores facts that the rule has matched already, so "a and not a" fires. Safe: no `$not`."""
    wrong = {"r": {"all": [{"p": x_is({"v": 1})}, {"n$not": x_is({"v": 1})}]}}
    engine = engine_for(rule("R", NOTE, all=[on("x", is_="a")], none=[on("x", is_="a")]), asked=[one("x", "a", "b")])

    assert bare(wrong, {**X, "v": 1}) == ([0], ["r"])
    assert firing(engine, {"x": "a"}) == []
    assert firing(engine, {"x": "b"}) == []


def test_W3_several_clauses_on_one_fact_are_all_tested_on_it() -> None:
    """Hazard: the patterns of a rule bind different facts, so two of them on one fact never match together.
    Safe: all tests of a fact stand in one pattern."""
    wrong = {"r": {"all": [{"a": x_is({"$gte": {"v": 3}})}, {"b": x_is({"$lte": {"v": 6}})}]}}
    between = rule("R", NOTE, all=[on("x", at_least=3), on("x", at_most=6)], none=[on("x", is_=4)])
    engine = engine_for(between, asked=[number("x", 0, 9)])

    assert bare(wrong, {**X, "v": 5}) == ([0], [])
    assert [value for value in range(10) if firing(engine, {"x": value})] == [3, 5, 6]


def test_W4_a_rule_fires_once_however_many_alternatives_hold() -> None:
    """Hazard: `$or` in the first pattern fires once per true alternative. Safe: the gate is first, `any` is split into
    engine rules, and each of our rules is handed out once."""
    wrong = {"r": {"all": [{"a": {"$or": [{"q": "x"}, {"v": 1}]}}]}}
    some = rule("R", NOTE, any=[on("x", one_of=["a", "b"]), on("x", known=True), on("y", is_="a"), on("y", known=True)])
    engine = engine_for(
        some, rule("S", NOTE, none=[on("x", said="skip")]), asked=[one("x", "a", "b"), one("y", "a", "b")]
    )

    assert bare(wrong, {**X, "v": 1}) == ([0], ["r", "r"])
    assert sorted(firing(engine, {"x": "a", "y": "a"})) == ["R", "S"]
    assert firing(engine, {"x": None, "y": None}, {"x": "not_sure"}) == ["S"]


@pytest.mark.parametrize("values", list(itertools.product(["a", "b", None], repeat=4)))
def test_W5_all_and_any_of_one_rule_are_both_required(values: tuple[str | None, ...]) -> None:
    """Hazard: a nested `all` beside a nested `any` is taken as one more alternative. Safe: no nesting; each clause of
    `any` makes an engine rule of its own with all of `all` in it."""
    condition = when(all=[on("x", is_="a"), on("y", is_="a")], any=[on("z", is_="a"), on("w", is_="a")])
    engine = engine_for(
        rule("R", NOTE, all=condition.all, any=condition.any), asked=[one(name, "a", "b") for name in "xyzw"]
    )
    facts = dict(zip("xyzw", values, strict=True))
    known = Knowledge({fact: value for fact, value in facts.items() if value is not None})

    assert firing(engine, facts) == (["R"] if condition.truth(known) is True else [])


@pytest.mark.parametrize(("constant", "value"), [(True, 1), (True, "true"), (1, "1")])
def test_W6_the_bare_engine_mixes_up_types(constant: Value, value: Value) -> None:
    """Hazard: values of different types are taken as equal. This is why each fact has one type."""
    assert bare({"r": {"all": [{"a": x_is({"v": constant})}]}}, {**X, "v": value}) == ([0], ["r"])


def test_W6_a_value_of_another_type_is_refused() -> None:
    """Hazard: as above, and a number tested on a text reads memory that was never written. Safe: a fact has a declared
    type and no value of another one gets in, nor one that was not declared."""
    asked = [one("word", "1", "true"), number("count", 0, 9), several("some", "a", "b")]
    engine = engine_for(reading(on("word", is_="1"), on("count", is_=1), on("some.a", is_=True)), asked=asked)
    wrong: list[tuple[str, object]] = [
        ("word", 1), ("word", True), ("word", "2"), ("count", "1"), ("count", True), ("count", 1.0),
        ("some.a", 1), ("some.a", 0), ("some.a", "true"), ("some.a", 1.0),
    ]  # fmt: skip

    for fact, value in wrong:
        with pytest.raises(EngineError), engine.session() as session:
            session.put(fact, value)  # type: ignore[arg-type]
    assert firing(engine, {"word": "1", "count": 1, "some.a": True}) == ["R"]


def test_W6_choices_that_look_like_other_types_are_told_apart() -> None:
    """Hazard: as above. Safe: the value of a choice is always a string, and strings are compared exactly."""
    choices = ("1", "true", "yes", "null", "1.0", "1.5", "01", "True", "unknown")
    rules = [reading(on("x", is_=choice), name=choice) for choice in choices]
    engine = engine_for(*rules, asked=[one("x", *choices)])

    for choice in choices:
        assert firing(engine, {"x": choice}) == [choice]


def test_W6_a_fact_without_a_value_is_neither_equal_nor_different() -> None:
    """Hazard: null differs from nothing. Safe: null is never asserted (it is an error); an unknown fact has no value to
    test."""
    clauses = {"is": on("x", is_="a"), "one of": on("x", one_of=["a", "b"])}
    rules = [rule(name, NOTE, all=[clause]) for name, clause in clauses.items()]
    rules += [rule(f"not {name}", NOTE, none=[clause]) for name, clause in clauses.items()]
    engine = engine_for(*rules, rule("U", NOTE, all=[on("x", known=False)]), asked=[one("x", "a", "b", "c")])

    assert bare({"r": {"all": [{"a": x_is({"$neq": {"v": "a"}})}]}}, {**X, "v": None}) == ([1], [])
    assert firing(engine, {"x": None}) == ["U"]
    with pytest.raises((EngineError, TypeError)), engine.session() as session:
        session.put("x", None)  # type: ignore[arg-type]
    assert sorted(firing(engine, {"x": "c"})) == ["not is", "not one of"]


@pytest.mark.parametrize(
    ("clause", "kind"),
    [
        (on("word", is_=1), "number for choice"),
        (on("word", is_=True), "truth for choice"),
        (on("count", is_="1"), "text for number"),
        (on("count", one_of=[1, True]), "truth for number"),
        (on("some.a", is_="true"), "text for truth"),
        (on("some.a", is_=1), "number for truth"),
        (on("word", is_="other"), "choice that is not there"),
    ],
)
def test_W6_the_loader_refuses_a_clause_of_another_type(clause: Clause, kind: str) -> None:
    """Hazard: as above, from the rule's side. Safe: the loader holds each clause against the fact's declaration."""
    base = rulebase(asking(one("word", "1", "true"), number("count", 0, 9), several("some", "a", "b")))

    assert list(clause_problems(when(all=[clause]), base.facts, "made.yaml", "R")), kind
