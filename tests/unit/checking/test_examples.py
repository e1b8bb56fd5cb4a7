"""Examples that do not come out as written are found, in the real engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from advisor.checking.examples import failing_examples
from advisor.model.condition import Value
from advisor.model.rule import Add, Example, Rule, Weigh
from tests.helpers.rulebases import asking, derived, number, on, one, rule, rulebase
from tests.unit.checking.desks import findings

ASKED = asking(one("a", "yes", "no"), number("n", 0, 9))
RULE = rule("R1", Weigh("cash", {"left": 1}), all=[on("a", is_="yes")], none=[on("tight", is_=True)], stratum="weigh")


def found(made: Rule, fires: bool, given: Mapping[str, Value], said: Mapping[str, str] | None = None) -> list[str]:
    one_example = replace(made, examples=(Example("an example", given, said or {}, fires, 4),))
    adds = rule("R0", Add("risk", 1), all=[on("a", is_="no")])
    base = rulebase(ASKED, one_example, adds, derived=[derived("tight"), derived("late", otherwise=False)])
    told = findings(failing_examples, base, ASKED)
    assert all((file, line) == ("made/R1.yaml", 4) for file, line, _ in told)
    return [message for _, _, message in told]


def test_examples_that_come_out_are_not_found() -> None:
    assert found(RULE, True, {"a": "yes", "tight": False}) == []
    assert found(RULE, False, {"a": "no", "tight": False}) == []


def test_an_example_that_comes_out_otherwise_is_found_with_its_name() -> None:
    assert found(RULE, True, {"a": "no", "tight": False}) == [
        "R1 should fire but stays silent in the example `an example`"
    ]
    assert found(RULE, False, {"a": "yes", "tight": False}) == [
        "R1 should stay silent but fires in the example `an example`"
    ]


def test_facts_that_are_not_given_are_unknown_and_unknown_is_not_false() -> None:
    assert found(RULE, False, {"a": "yes"}) == []


def test_drafts_are_tried_too() -> None:
    assert found(replace(RULE, status="draft"), True, {"a": "no", "tight": False}) != []


def test_a_fact_that_is_not_given_takes_its_value_of_otherwise() -> None:
    late = replace(RULE, when=rule("x", all=[on("late", is_=False)]).when)
    assert found(late, True, {}) == []
    assert found(late, False, {"late": True}) == []


def test_a_sum_that_is_not_given_is_zero() -> None:
    summed = replace(RULE, when=rule("x", all=[on("score.risk", at_most=0)]).when)
    assert found(summed, True, {}) == []
    assert found(summed, False, {"score.risk": 1}) == []


def test_not_sure_is_said_and_not_known() -> None:
    unsure = replace(RULE, when=rule("x", all=[on("a", said="not_sure")]).when)
    assert found(unsure, True, {}, {"a": "not_sure"}) == []
    assert found(unsure, False, {}, {"a": "skip"}) == []
    assert found(unsure, False, {"a": "yes"}) == []
