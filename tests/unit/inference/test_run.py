"""One run through the strata: answers, defaults, sums and choices, each expected value worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from advisor.errors import EngineError
from advisor.model.answers import Raw
from advisor.model.figures import Figure, FormulaTerm
from advisor.model.questionnaire import Questionnaire
from advisor.model.rule import (
    Add,
    AddOn,
    BreakTie,
    Conclude,
    Recommend,
    RedFlag,
    RuleOut,
    Weigh,
)
from advisor.model.rulebase import Contest, RuleBase
from advisor.model.template import Template
from tests.helpers.rulebases import (
    asking,
    decision,
    derived,
    finished,
    fired,
    number,
    on,
    one,
    rule,
    rulebase,
    several,
    traced,
    values,
    when,
)
from tests.unit.inference.engines import NOTE

ASKED = asking(one("x", "a", "b"), one("y", "a", "b"), one("z", "a", "b"))
ACT = Template.of("Do it.")
A = on("x", is_="a")


def figure(name: str, term: FormulaTerm, *clauses: str) -> Figure:
    """A figure that needs these facts to be true."""
    condition = when(all=[on(fact, is_=True) for fact in clauses])
    return Figure(name, "", name, "months", condition, {}, term, ACT, ACT, (), (), True, 1)


def test_answers_that_do_not_apply_are_set_aside_one_after_another() -> None:
    asked = asking(
        one("x", "a", "b"),
        one("y", "a", "b", when=when(all=[A])),
        one("z", "a", "b", when=when(all=[on("y", known=True)])),
        one("w", "a", "b", when=when(all=[on("y", is_="a")])),
    )
    base = rulebase(asked, rule("R", NOTE, any=[on("y", known=True), on("z", known=True)], stratum="plan"))

    kept = traced(base, asked, {"x": "a", "y": "a", "z": "b", "w": "b"})
    dropped = traced(base, asked, {"x": "b", "y": "a", "z": "b", "w": "b"})

    assert (kept.set_aside, fired(kept)) == ((), ["R"])
    assert (dropped.set_aside, fired(dropped)) == (("y", "z"), [])
    assert dropped.answers == {"x": "b", "w": "b"}, "whether y is a is now unknown, and unknown is not false"
    assert (values(dropped)["y"], values(dropped)["z"]) == (None, None)


def test_an_answer_is_kept_while_it_is_not_known_whether_its_question_applies() -> None:
    asked = asking(one("x", "a", "b"), one("y", "a", "b", when=when(all=[A])))
    base = rulebase(asked)

    for unknown in ({}, {"x": "not_sure"}, {"x": "skip"}):
        trace = traced(base, asked, {**unknown, "y": "b"})

        assert trace.set_aside == ()
        assert values(trace)["y"] == "b"


def test_what_was_said_instead_of_an_answer_is_recorded() -> None:
    trace = traced(rulebase(ASKED), ASKED, {"x": "not_sure", "y": "skip", "z": "a"})

    records = {record.fact: record for record in trace.facts}
    assert [(records[f].value, records[f].said) for f in "xyz"] == [(None, "not_sure"), (None, "skip"), ("a", None)]
    assert (records["x"].origin, records["x"].by, records["x"].stratum) == ("answer", ("x",), "answers")


def test_a_fact_that_nothing_concludes_takes_its_default_or_stays_unknown() -> None:
    facts = [derived("d", otherwise=False), derived("u"), derived("k", otherwise=False)]
    rules = [rule("K", Conclude("k", True), all=[A]), rule("D", NOTE, all=[on("d", is_=False)], stratum="plan")]
    rules.append(rule("U", NOTE, all=[on("u", known=False)], none=[on("d", is_=True)], stratum="plan"))
    trace = traced(rulebase(ASKED, *rules, derived=facts), ASKED, {"x": "a"})

    records = {record.fact: record for record in trace.facts}
    assert (records["d"].value, records["d"].origin, records["d"].by) == (False, "default", ())
    assert (records["u"].value, records["u"].origin) == (None, "rule")
    assert (records["k"].value, records["k"].origin, records["k"].by) == (True, "rule", ("K",))
    assert sorted(fired(trace)) == ["D", "K", "U"]


def test_rules_of_one_stratum_chain_whatever_their_ids() -> None:
    rules = [
        rule("R9", Conclude("d1", True), all=[A]),
        rule("R5", Conclude("d2", True), all=[on("d1", is_=True)]),
        rule("R1", Conclude("d3", True), all=[on("d2", is_=True), on("d1", known=True)]),
    ]
    base = rulebase(ASKED, *rules, derived=[derived("d1"), derived("d2"), derived("d3")])

    assert fired(traced(base, ASKED, {"x": "a"})) == ["R9", "R5", "R1"]
    assert fired(traced(base, ASKED, {"x": "b"})) == []


def test_two_rules_may_conclude_the_same_value() -> None:
    rules = [rule("R2", Conclude("d", True), all=[A]), rule("R1", Conclude("d", True), all=[on("y", is_="a")])]
    state = finished(rulebase(ASKED, *rules, derived=[derived("d")]), ASKED, {"x": "a", "y": "a"})

    assert (state.facts["d"].value, state.facts["d"].by) == (True, ("R1", "R2"))


@pytest.mark.parametrize("first", ["R1", "R2"])
def test_conflicting_conclusions_are_an_error_that_names_both_rules(first: str) -> None:
    rules = [
        rule(first, Conclude("d", "p"), all=[A], line=4),
        rule("R9", Conclude("d", "q"), any=[on("y", is_="a"), on("z", is_="a")], line=8),
    ]
    base = rulebase(ASKED, *rules, derived=[derived("d", "p", "q")])

    assert finished(base, ASKED, {"x": "a", "y": "b"}).values["d"] == "p"
    with pytest.raises(EngineError) as caught:
        finished(base, ASKED, {"x": "a", "y": "a"})
    assert first in str(caught.value)
    assert "R9" in str(caught.value)
    assert "made/" in str(caught.value)


def _with_decisive(*questions: str, otherwise: str | None = None) -> tuple[Questionnaire, RuleBase]:
    asked = asking(*ASKED.questions, number("n", 0, 9, none="not_given"), several("s", "a", "b"))
    contests = decision(Contest("main", ("left", "right"), questions))
    branch = derived("branch", "main", otherwise=otherwise)
    start = rule("B", Conclude("branch", "main"), any=[on("x", known=True), on("x", known=False)])
    return asked, rulebase(asked, *([] if otherwise else [start]), derived=[branch], decision=contests)


@pytest.mark.parametrize(
    ("answers", "percent", "missing"),
    [
        ({}, 100, ("x", "n", "s")),
        ({"x": "a"}, 66, ("n", "s")),
        ({"x": "a", "n": 3}, 33, ("s",)),
        ({"x": "a", "n": "not_given", "s": ["a"]}, 0, ()),
        ({"x": "not_sure", "n": "skip", "s": "not_sure", "y": "a"}, 100, ("x", "n", "s")),
    ],
)
def test_the_unknown_share_is_the_percent_of_decisive_questions_without_an_answer(
    answers: dict[str, Raw], percent: int, missing: tuple[str, ...]
) -> None:
    asked, base = _with_decisive("x", "n", "s")

    state = finished(base, asked, answers)

    assert (state.facts["unknown_share"].value, state.facts["unknown_share"].by) == (percent, missing)


def test_the_unknown_share_is_zero_without_a_branch_or_decisive_questions() -> None:
    asked, base = _with_decisive()
    nowhere = rulebase(asked, derived=[derived("branch", "main")], decision=base.decision)

    assert finished(base, asked, {}).values["unknown_share"] == 0
    assert finished(nowhere, asked, {}).values["unknown_share"] == 0


def test_the_sums_at_the_end_of_derive_see_the_facts_that_took_their_default_there() -> None:
    asked, base = _with_decisive("x", "y", otherwise="main")
    facts = [derived("d", otherwise=True)]
    guarded = rulebase(ASKED, derived=facts, figures=[figure("f", FormulaTerm("value"), "d")])

    assert finished(base, asked, {"x": "a"}).values["unknown_share"] == 50
    assert finished(guarded, ASKED, {}).figures == {"f": (0, 0)}


def test_scores_add_up_and_are_zero_when_nothing_was_added() -> None:
    rules = [
        rule("R1", Add("lock", 3), Add("other", -2), all=[A]),
        rule("R2", Add("lock", 4), all=[on("y", is_="a")]),
        rule("C", NOTE, all=[on("score.lock", at_least=7)], stratum="constrain"),
    ]
    base = rulebase(ASKED, *rules)

    both, neither = traced(base, ASKED, {"x": "a", "y": "a"}), traced(base, ASKED, {})

    assert (values(both)["score.lock"], values(both)["score.other"]) == (7, -2)
    assert (values(neither)["score.lock"], values(neither)["score.other"]) == (0, 0)
    assert "C" in fired(both)
    assert fired(neither) == []


def test_figures_become_facts_that_later_rules_read() -> None:
    numbers = asking(number("n", 0, 99))
    half = FormulaTerm(
        "divide", (FormulaTerm("fact", name="n"), FormulaTerm("value", low=Fraction(2), high=Fraction(2)))
    )
    rules = [rule("R", NOTE, all=[on("f.low", at_least=3)], none=[on("f.high", at_least=5)], stratum="constrain")]
    base = rulebase(numbers, *rules, figures=[figure("f", half)])

    seven = traced(base, numbers, {"n": 7})

    assert (values(seven)["f.low"], values(seven)["f.high"], fired(seven)) == (3, 4, ["R"])
    assert fired(traced(base, numbers, {"n": 9})) == [], "4 to 5"
    assert fired(traced(base, numbers, {})) == []


def test_a_flag_has_its_highest_severity_and_is_zero_when_it_was_not_raised() -> None:
    rules = [
        rule("R3", RedFlag("RF1", 1, ACT), all=[A], stratum="constrain"),
        rule("R2", RedFlag("RF1", 3, ACT), all=[on("y", is_="a")], stratum="constrain"),
        rule("R1", RedFlag("RF1", 2, ACT), all=[A], stratum="constrain"),
        rule("W", Weigh("cash", {"left": 1}), all=[on("flag.RF1", at_least=3)], stratum="weigh"),
    ]
    base = rulebase(ASKED, *rules)

    grave, mild = traced(base, ASKED, {"x": "a", "y": "a"}), traced(base, ASKED, {"x": "a", "y": "b"})

    assert [(flag.id, flag.severity, flag.rules) for flag in grave.red_flags] == [("RF1", 3, ("R1", "R2", "R3"))]
    assert [(flag.id, flag.severity, flag.rules) for flag in mild.red_flags] == [("RF1", 2, ("R1", "R3"))]
    assert ("W" in fired(grave), "W" in fired(mild)) == (True, False)
    assert traced(base, ASKED, {}).red_flags == ()
    assert values(traced(base, ASKED, {}))["flag.RF1"] == 0


def _weighing() -> RuleBase:
    return rulebase(
        ASKED,
        rule("W1", Weigh("cash", {"left": 3, "middle": 9}), all=[A], stratum="weigh"),
        rule("W2", Weigh("cash", {"left": -1, "right": 1}), all=[on("y", is_="a")], stratum="weigh"),
        rule("T1", BreakTie(1, (("right",), ("left",))), all=[on("y", is_="a")], stratum="weigh"),
        rule("O1", RuleOut(("left",)), all=[on("z", is_="a")], stratum="constrain"),
        rule("D1", Recommend("left", 10, "by_margin"), all=[on("lead.option", is_="left")], stratum="decide"),
        rule("D2", Recommend("right", 20, "by_margin"), all=[on("lead.option", is_="right")], stratum="decide"),
        rule("P1", NOTE, all=[on("advice.option", is_="right"), on("tally.left", at_most=2)], stratum="plan"),
    )


def test_points_add_up_and_the_contest_takes_the_options_of_the_branch() -> None:
    state = finished(_weighing(), ASKED, {"x": "a"})

    assert state.totals == {"left": 3, "right": 0, "middle": 9}
    assert (state.standing.order, state.standing.margin) == (("left", "right"), 3), "middle does not compete"
    assert state.values["lead.option"] == "left"
    assert state.choice is not None
    assert (state.choice.winner, state.choice.second, state.choice.confidence) == ("left", "right", "lean")


def test_a_near_tie_is_broken_and_the_plan_reads_the_outcome() -> None:
    trace = traced(_weighing(), ASKED, {"x": "a", "y": "a"})

    assert trace.totals == {"left": 2, "right": 1, "middle": 9}
    assert trace.contest.order == ("right", "left")
    assert trace.contest.tie_breaks[0].rule == "T1"
    assert (trace.recommended, trace.confidence, trace.runner_up) == ("right", "toss_up", "left")
    assert values(trace)["lead.margin"] == 1
    assert fired(trace)[-1] == "P1"


def test_an_option_that_is_ruled_out_does_not_compete() -> None:
    trace = traced(_weighing(), ASKED, {"x": "a", "z": "a"})

    assert trace.totals["left"] == 3, "its points are still counted, and shown"
    assert trace.contest.order == ("right",)
    assert values(trace)["out.left"] is True
    assert values(trace)["lead.second"] is None
    assert values(trace)["lead.margin"] is None
    assert trace.recommended == "right"


def test_without_a_proposal_the_fallback_is_provisional_and_says_where_it_leans() -> None:
    trace = traced(rulebase(ASKED), ASKED, {})

    assert (trace.recommended, trace.confidence, trace.proposals) == ("middle", "provisional", ())
    assert values(trace)["advice.lean"] == "left"
    assert values(traced(_weighing(), ASKED, {"x": "a"}))["advice.lean"] is None


def test_an_add_on_is_a_fact_true_or_false() -> None:
    add = rule("A", AddOn("extra"), all=[A], stratum="plan")
    base = rulebase(ASKED, add, rule("B", NOTE, all=[on("add_on.extra", is_=True)], stratum="plan"))

    added = traced(base, ASKED, {"x": "a"})
    assert (added.add_ons, values(added)["add_on.extra"], fired(added)) == (("extra",), True, ["A", "B"])
    assert values(traced(base, ASKED, {}))["add_on.extra"] is False
