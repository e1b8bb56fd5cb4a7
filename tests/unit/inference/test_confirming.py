"""What the engine fired is laid beside the rules as they are written, and refused where the two differ."""

from __future__ import annotations

import pytest

from advisor.advice import Advisor
from advisor.errors import EngineError
from advisor.inference.confirming import Confirmer
from advisor.inference.striking import StrikingEngine
from advisor.model.condition import Knowledge
from advisor.model.rule import Conclude
from tests.helpers.rulebases import asking, derived, fired, on, one, rule, rulebase, traced

ASKED = asking(one("runway", "short", "long"), one("budget", "zero", "some"))
SHORT, LONG = on("runway", is_="short"), on("runway", is_="long")
BASE = rulebase(
    ASKED,
    rule("R1", Conclude("tight", True), all=[SHORT]),
    rule("R2", Conclude("urgent", True), all=[on("tight", is_=True)], none=[on("budget", is_="some")]),
    rule("R3", Conclude("calm", True), any=[LONG, on("budget", is_="some")]),
    derived=[derived("tight", otherwise=False), derived("urgent", otherwise=False), derived("calm", otherwise=False)],
)


def test_an_engine_that_loses_a_rule_gives_no_advice() -> None:
    advisor = Advisor(BASE, ASKED)
    assert fired(advisor.trace({"runway": "short", "budget": "zero"})) == ["R1", "R2"]

    advisor._engine = StrikingEngine(advisor._engine, frozenset({"R2"}))
    with pytest.raises(EngineError, match=r"lost R2\. So there is no advice"):
        advisor.trace({"runway": "short", "budget": "zero"})
    assert fired(advisor.trace({"runway": "long"})) == ["R3"]


def test_a_trace_names_what_confirmed_it_and_a_run_that_nothing_confirmed_names_nothing() -> None:
    assert Advisor(BASE, ASKED).trace({"runway": "short"}).versions.confirmed_by == "rules_as_written"
    assert traced(BASE, ASKED, {"runway": "short"}).versions.confirmed_by is None


@pytest.mark.parametrize(
    ("values", "due"),
    [
        ({}, []),
        ({"runway": "short", "tight": True}, ["R1"]),
        ({"runway": "short", "tight": True, "budget": "some"}, ["R1", "R3"]),
        ({"runway": "short", "tight": True, "budget": "zero"}, ["R1", "R2"]),
        ({"runway": "long", "tight": False}, ["R3"]),
    ],
)
def test_rules_fire_when_they_are_known_to_hold_and_at_no_other_time(
    values: dict[str, str | bool], due: list[str]
) -> None:
    confirmer, known = Confirmer(BASE), Knowledge(values)
    confirmer.refuse_others(due, known)
    for rule_id in ("R1", "R2", "R3"):
        others = sorted({*due} ^ {rule_id})
        with pytest.raises(EngineError, match=f"{'lost' if rule_id in due else 'fired'} {rule_id}"):
            confirmer.refuse_others(others, known)


def test_a_rule_that_was_struck_is_not_missed() -> None:
    Confirmer(BASE).refuse_others(["R1"], Knowledge({"runway": "short", "tight": True, "budget": "zero"}), {"R2"})
    with pytest.raises(EngineError, match="fired R2"):
        Confirmer(BASE).refuse_others(["R2"], Knowledge({}), {"R2"})
