"""Steps, questions to ask, calls, notes, red flags and gates, in their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from advisor.explaining import plan
from advisor.model.answers import Raw
from advisor.model.rule import Action, Ask, Call, Conclude, NextStep, Note, RedFlag, Rule
from advisor.model.template import Template
from tests.helpers.rulebases import CONTEST, asking, decision, derived, on, one, rule, rulebase
from tests.unit.explaining.views import WORDING, by_points, points, view_of

ASKED = asking(one("a", "yes", "no"))
YES: Mapping[str, Raw] = {"a": "yes"}


def planned(rule_id: str, *actions: Action, why: str = "Why.") -> Rule:
    return rule(rule_id, *actions, all=[on("a", is_="yes")], stratum="plan", why=why)


def step(rule_id: str, order: int, text: str) -> Rule:
    return planned(rule_id, NextStep(order, "Now", Template.of(text)))


def test_the_first_five_steps_come_by_order_and_the_others_later() -> None:
    rules = [step(f"S{n}", 70 - n, f"Step {n}.") for n in range(1, 8)]
    first, later = plan.steps(view_of(rulebase(ASKED, *rules), ASKED, YES))
    assert [line.rule for line in first] == ["S7", "S6", "S5", "S4", "S3"]
    assert [line.rule for line in later] == ["S2", "S1"]


def test_a_step_said_by_two_rules_is_kept_once_where_it_comes_first() -> None:
    rules = [step("S1", 5, "Call."), step("S2", 3, "Call."), step("S3", 4, "Write.")]
    first, later = plan.steps(view_of(rulebase(ASKED, *rules), ASKED, YES))
    assert [(line.rule, line.text) for line in first] == [("S2", "Call."), ("S3", "Write.")]
    assert later == ()


def test_a_step_has_the_answer_in_it_and_says_why() -> None:
    (line,), _ = plan.steps(
        view_of(rulebase(ASKED, planned("S1", NextStep(1, "Now", Template.of("Say {a}.")), why="For {a}.")), ASKED, YES)
    )
    assert (line.text, line.why, line.timing) == ("Say yes.", "For yes.", "Now")


def test_questions_come_by_whom_they_are_for_and_then_by_order() -> None:
    rules = [
        planned("A1", Ask("state", 1, Template.of("One?"))),
        planned("A2", Ask("payer", 2, Template.of("Two?")), Ask("payer", 1, Template.of("Three?"))),
    ]
    lines = plan.asks(view_of(rulebase(ASKED, *rules), ASKED, YES))
    assert [(line.to, line.text) for line in lines] == [("payer", "Three?"), ("payer", "Two?"), ("state", "One?")]


def test_calls_come_by_rule_and_notes_by_topic() -> None:
    rules = [
        planned("P2", Call("Bob", Template.of("This."))),
        planned("P1", Call("Ann", Template.of("That.")), Note("time", Template.of("A note."))),
        planned("P3", Note("sources", Template.of("Another."))),
    ]
    view = view_of(rulebase(ASKED, *rules), ASKED, YES)
    assert [(line.who, line.about) for line in plan.calls(view)] == [("Ann", "That."), ("Bob", "This.")]
    assert [line.topic for line in plan.notes(view)] == ["sources", "time"]


def flag(rule_id: str, flag_id: str, severity: int) -> Rule:
    return rule(
        rule_id, RedFlag(flag_id, severity, Template.of(f"Do {rule_id}.")), all=[on("a", is_="yes")],
        stratum="constrain", why=f"Text of {rule_id}.",
    )  # fmt: skip


def test_each_red_flag_is_shown_once_in_the_words_of_its_gravest_rule_the_gravest_first() -> None:
    rules = [flag("R1", "RF10", 2), flag("R2", "RF10", 3), flag("R3", "RF9", 3), flag("R4", "RF2", 1)]
    lines = plan.red_flags(view_of(rulebase(ASKED, *rules, wording=WORDING), ASKED, YES))
    assert [(line.id, line.severity, line.severity_name, line.rule) for line in lines] == [
        ("RF9", 3, "Stop", "R3"), ("RF10", 3, "Stop", "R2"), ("RF2", 1, "Watch", "R4"),
    ]  # fmt: skip
    assert (lines[1].text, lines[1].action) == ("Text of R2.", "Do R2.")


def gated(shown_for: tuple[str, ...], branches: tuple[str, ...]) -> list[tuple[str, str, str]]:
    base = rulebase(
        ASKED,
        *by_points(),
        points("W1", "a", "yes", left=3),
        rule("G1", Conclude("gate.one", "passed"), all=[on("a", is_="yes")], why="It is done."),
        derived=[
            derived("gate.one", "passed", "failed"),
            derived("gate.two", "passed", "failed"),
            derived("gate.three", "passed", "failed", otherwise="failed"),
        ],
        decision=replace(decision(CONTEST), gates_shown_for=shown_for, gates_in=branches),
    )
    return [(line.id, line.state, line.text) for line in plan.gates(view_of(base, ASKED, YES))]


def test_gates_say_whether_they_are_passed_failed_or_unknown_where_they_are_asked_for() -> None:
    assert gated(("left",), ("main",)) == [
        ("gate.one", "passed", "It is done."), ("gate.two", "unknown", ""), ("gate.three", "failed", ""),
    ]  # fmt: skip
    assert gated(("right",), ("main",)) == []
    assert gated(("left",), ("side",)) == []
