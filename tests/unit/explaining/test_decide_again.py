"""Deciding once more with other points: by hand on small bases, and against the engine on all others."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.advice import Advisor, default_advisor
from advisor.errors import EngineError
from advisor.explaining.decide_again import Decided, Decider
from advisor.model.condition import Clause
from advisor.model.facts import Stratum
from advisor.model.rule import Action, BreakTie, Conclude, Recommend, Rule, RuleOut, Weigh
from advisor.model.rulebase import RuleBase
from advisor.model.trace import Trace
from tests.helpers.cases import all_cases
from tests.helpers.effort import long_after, share
from tests.helpers.rulebases import asking, derived, on, one, rule, rulebase, traced
from tests.helpers.strategies import PlainAnswers, answers_for, any_answers
from tests.properties.generated_files import Folders
from tests.properties.generated_rules import rule_bases
from tests.properties.views import is_conflict
from tests.unit.explaining.views import by_points

ASKED = asking(one("runway", "short", "long"))
ANSWERS = st.deferred(lambda: answers_for(default_advisor().questionnaire))
LAW = settings(max_examples=share(40), derandomize=True, suppress_health_check=list(HealthCheck))


def decided(left: str, right: str, *rules: Rule) -> Decided:
    """What is decided when left and right have these points, in a session in which nothing is known of points."""
    base = rulebase(ASKED, *rules)
    totals = {"left": Fraction(left), "right": Fraction(right), "middle": Fraction(0)}
    return Decider(base, traced(base, ASKED, {"runway": "short"})).decide(totals)


def reading(rule_id: str, option: str, priority: int, *clauses: Clause) -> Rule:
    return rule(rule_id, Recommend(option, priority, "clear"), all=clauses, stratum="decide")


def always(rule_id: str, action: BreakTie | RuleOut, stratum: Stratum = "weigh") -> Rule:
    return rule(rule_id, action, all=[on("runway", is_="short")], stratum=stratum)


@pytest.mark.parametrize(
    ("left", "right", "option", "confidence", "margin"),
    [
        ("4", "0", "left", "lean", "4"),
        ("0", "4", "right", "lean", "4"),
        ("5/2", "0", "left", "lean", "5/2"),  # more than 2, so no longer a tie
        ("2", "0", "left", "toss_up", "2"),
        ("16/3", "1/3", "left", "lean", "5"),
        ("17/3", "1/3", "left", "clear", "16/3"),  # more than 5
        ("-1/2", "1/2", "right", "toss_up", "1"),
    ],
)
def test_who_leads_and_by_how_much_is_exact(left: str, right: str, option: str, confidence: str, margin: str) -> None:
    found = decided(left, right, *by_points())
    assert (found.option, found.confidence, found.margin) == (option, confidence, Fraction(margin))


def test_a_tie_breaker_that_fired_decides_up_to_the_distance_that_is_close() -> None:
    rules = (*by_points(), always("T1", BreakTie(1, (("right",),))))
    assert decided("2", "0", *rules).option == "right"
    assert decided("201/100", "0", *rules).option == "left"


def test_an_option_that_was_ruled_out_does_not_compete() -> None:
    out = always("C1", RuleOut(("left",)), stratum="constrain")
    found = decided("9", "0", *by_points(), out)
    assert (found.option, found.order) == ("right", ("right",))


@pytest.mark.parametrize(
    ("clause", "left", "fires"),
    [
        (on("lead.margin", at_least=3), "3", True),
        (on("lead.margin", at_least=3), "5/2", False),
        (on("lead.margin", at_most=3), "3", True),
        (on("lead.margin", at_most=3), "7/2", False),
        (on("lead.margin", is_=3), "3", True),
        (on("lead.margin", is_=3), "7/2", False),
        (on("lead.margin", known=True), "7/2", True),
        (on("tally.left", at_least=-1), "-1/2", True),
        (on("tally.left", at_most=-1), "-1/2", False),
        (on("tally.left", one_of=[0, 4]), "4", True),
        (on("lead.second", is_="right"), "1/2", True),
    ],
)
def test_rules_that_read_points_meet_numbers_that_are_not_whole(clause: Clause, left: str, fires: bool) -> None:
    found = decided(left, "0", *by_points(), reading("D1", "middle", 1, clause))
    assert (found.option == "middle") is fires


def test_what_one_decide_rule_concludes_wakes_another() -> None:
    base = rulebase(
        ASKED,
        *by_points(),
        rule("D1", Conclude("near", True), all=[on("lead.margin", at_most=1)], stratum="decide"),
        reading("D2", "middle", 1, on("near", is_=True)),
        derived=[derived("near", stratum="decide")],
    )
    decider = Decider(base, traced(base, ASKED, {}))
    assert decider.decide(points_of(3, 2)).option == "middle"
    assert decider.decide(points_of(3, 1)).option == "left"


def test_rules_that_then_contradict_each_other_are_an_error() -> None:
    base = rulebase(
        ASKED,
        *by_points(),
        rule("D1", Conclude("near", True), all=[on("lead.margin", at_most=3)], stratum="decide"),
        rule("D2", Conclude("near", False), all=[on("lead.margin", at_least=2)], stratum="decide"),
        derived=[derived("near", stratum="decide")],
    )
    decider = Decider(base, traced(base, ASKED, {}))
    assert decider.decide(points_of(1, 0)).option == "left"
    with pytest.raises(EngineError, match="near"):
        decider.decide(points_of(5, 2))


def points_of(left: int, right: int) -> Mapping[str, Fraction]:
    return {"left": Fraction(left), "right": Fraction(right), "middle": Fraction(0)}


def test_decide_rules_that_no_points_can_wake_are_not_asked_again() -> None:
    base = rulebase(ASKED, *by_points(), reading("D1", "middle", 1, on("runway", is_="long")))
    assert [r.id for r in Decider(base, traced(base, ASKED, {"runway": "short"})).rules] == [
        "D-left", "D-middle", "D-right"
    ]  # fmt: skip


def reproduces(base: RuleBase, trace: Trace) -> bool:
    """Whether the points of a trace lead to its own choice, second, confidence, order and margin."""
    found = Decider(base, trace).decide({option: Fraction(total) for option, total in trace.totals.items()})
    contest = trace.contest
    return found == Decided(
        trace.recommended, trace.runner_up, trace.confidence, contest.order, Fraction(contest.margin)
    )


@pytest.mark.long
def test_unchanged_points_reproduce_every_case(shipped_advisor: Advisor) -> None:
    assert [
        c.name for c in all_cases() if not reproduces(shipped_advisor.rulebase, shipped_advisor.trace(c.answers))
    ] == []


@pytest.mark.long
@LAW
@given(ANSWERS)
def test_unchanged_points_reproduce_any_advice(answers: PlainAnswers) -> None:
    assert reproduces(default_advisor().rulebase, default_advisor().trace(answers))


@LAW
@given(rule_bases(), st.data())
def test_unchanged_points_reproduce_the_outcomes_of_made_up_rules(texts: Folders, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as root:
        advisor = Advisor.load(*texts.write(Path(root)))
    for _ in range(4):
        trace = traced_or_none(advisor, data.draw(any_answers(advisor.questionnaire)))
        assert trace is None or reproduces(advisor.rulebase, trace)


def weighted(base: RuleBase, weights: Mapping[str, int]) -> RuleBase:
    """The rule base with the points of some criteria multiplied in the rules themselves."""
    return replace(base, rules=tuple(replace(rule, actions=_multiplied(rule, weights)) for rule in base.rules))


def _multiplied(rule: Rule, weights: Mapping[str, int]) -> tuple[Action, ...]:
    return tuple(
        replace(a, points={o: p * weights.get(a.criterion, 1) for o, p in a.points.items()})
        if isinstance(a, Weigh)
        else a
        for a in rule.actions
    )


def traced_or_none(advisor: Advisor, answers: PlainAnswers) -> Trace | None:
    """The trace, or None when the rules contradict one another."""
    try:
        return advisor.trace(answers)
    except EngineError as bad:
        if not is_conflict(bad):
            raise
        return None


def moved(trace: Trace, weights: Mapping[str, int]) -> dict[str, Fraction]:
    """The totals of a trace with the points of some criteria multiplied."""
    totals = {option: Fraction(total) for option, total in trace.totals.items()}
    for line in trace.tallies:
        totals[line.option] += line.points * (weights.get(line.criterion, 1) - 1)
    return totals


def agree(plain: Advisor, heavy: Advisor, weights: Mapping[str, int], answer_sets: Sequence[PlainAnswers]) -> None:
    """Deciding again with weights gives what a rule base with those weights gives."""
    for answers in answer_sets:
        trace, then = traced_or_none(plain, answers), traced_or_none(heavy, answers)
        if trace is None:
            continue
        decider, totals = Decider(plain.rulebase, trace), moved(trace, weights)
        if then is None:
            with pytest.raises(EngineError):
                decider.decide(totals)
            continue
        found = decider.decide(totals)
        assert (found.option, found.second, found.confidence) == (then.recommended, then.runner_up, then.confidence)
        assert (found.order, found.margin) == (then.contest.order, Fraction(then.contest.margin))


WEIGHTS: Sequence[Mapping[str, int]] = [{"cash": 0}, {"setup": 4}, {"control": 9}, {"priority": 7, "growth": 0}]


@pytest.mark.parametrize("weights", long_after(1, WEIGHTS), ids=str)
def test_other_weights_give_what_the_engine_gives_for_rules_with_those_weights(weights: Mapping[str, int]) -> None:
    plain = default_advisor()
    heavy = Advisor(weighted(plain.rulebase, weights), plain.questionnaire)

    @settings(max_examples=share(25), derandomize=True, suppress_health_check=list(HealthCheck))
    @given(ANSWERS)
    def check(answers: PlainAnswers) -> None:
        agree(plain, heavy, weights, [answers])

    check()


@LAW
@given(rule_bases(), st.dictionaries(st.sampled_from(["c0", "c1"]), st.integers(0, 5), min_size=1), st.data())
def test_other_weights_give_what_the_engine_gives_for_made_up_rules(
    texts: Folders, weights: dict[str, int], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as root:
        plain = Advisor.load(*texts.write(Path(root)))
    heavy = Advisor(weighted(plain.rulebase, weights), plain.questionnaire)
    agree(plain, heavy, weights, data.draw(st.lists(any_answers(plain.questionnaire), min_size=3, max_size=3)))
