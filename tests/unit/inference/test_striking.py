"""Doing without some rules: the same as if they had never been written, without compiling anything anew."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.advice import Advisor
from advisor.errors import EngineError
from advisor.inference.striking import StrikingEngine
from advisor.model.rule import Conclude, Recommend, Weigh
from advisor.model.trace import Trace
from tests.helpers.effort import share
from tests.helpers.rulebases import asking, derived, fired, on, one, rule, rulebase, values
from tests.helpers.strategies import PlainAnswers, any_answers
from tests.properties.generated_files import Folders
from tests.properties.generated_rules import rule_bases
from tests.properties.views import is_conflict
from tests.unit.inference.engines import engine_for

ASKED = asking(one("runway", "short", "long"))
SHORT = on("runway", is_="short")
SMALL = rulebase(
    ASKED,
    rule("R1", Conclude("tight", True), all=[SHORT]),
    rule("R2", Conclude("tight", True), all=[SHORT]),
    rule("R3", Conclude("urgent", True), all=[on("tight", is_=True)]),
    rule("W1", Weigh("cash", {"left": 3}), all=[on("urgent", is_=True)], stratum="weigh"),
    rule("W2", Weigh("cash", {"right": 1}), all=[on("urgent", is_=False)], stratum="weigh"),
    rule("D1", Recommend("left", 1, "clear"), all=[on("lead.option", is_="left")], stratum="decide"),
    derived=[derived("tight", otherwise=False), derived("urgent", otherwise=False)],
)
ADVISOR = Advisor(SMALL, ASKED)


def without(*struck: str) -> Trace:
    return ADVISOR.trace({"runway": "short"}, frozenset(struck))


def test_a_struck_rule_does_not_fire_and_nothing_follows_from_it() -> None:
    trace = without("R3")
    # urgent then takes its `otherwise`, which wakes W2 and leaves W1 asleep.
    assert fired(trace) == ["R1", "R2", "W2"]
    assert values(trace)["urgent"] is False
    assert trace.totals == {"left": 0, "right": 1, "middle": 0}


def test_what_another_rule_concludes_too_stays() -> None:
    trace = without("R1")
    assert values(trace)["tight"] is True
    assert fired(trace) == ["R2", "R3", "W1", "D1"]
    assert fired(without("R1", "R2")) == ["W2"]


def test_a_rule_that_would_not_fire_or_is_not_there_makes_no_difference() -> None:
    assert without("W2", "NO-SUCH-RULE") == ADVISOR.trace({"runway": "short"})


def test_striking_leaves_no_mark_on_the_engine() -> None:
    before = ADVISOR.trace({"runway": "short"})
    without("R1", "R2", "W1")
    assert ADVISOR.trace({"runway": "short"}) == before


def test_the_engine_inside_is_named() -> None:
    engine = engine_for(*SMALL.rules[:1], asked=ASKED.questions)
    striking = StrikingEngine(engine, frozenset())
    assert (striking.name, striking.version) == (engine.name, engine.version)


def outcome(advisor: Advisor, answers: PlainAnswers, struck: frozenset[str] = frozenset()) -> Trace | None:
    """The trace, or None when the rules contradict one another."""
    try:
        return advisor.trace(answers, struck)
    except EngineError as bad:
        if not is_conflict(bad):
            raise
        return None


@settings(max_examples=share(25), derandomize=True, suppress_health_check=list(HealthCheck))
@given(rule_bases(), st.data())
def test_a_struck_rule_acts_as_if_it_had_never_been_written(texts: Folders, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as root:
        advisor = Advisor.load(*texts.write(Path(root)))
    base = advisor.rulebase
    answers = data.draw(any_answers(advisor.questionnaire))
    struck = frozenset(data.draw(st.lists(st.sampled_from([r.id for r in base.active]), max_size=3)))
    left = Advisor(replace(base, rules=tuple(r for r in base.rules if r.id not in struck)), advisor.questionnaire)
    assert outcome(advisor, answers, struck) == outcome(left, answers)
