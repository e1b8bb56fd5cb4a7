"""How much advice hangs on judgments: by hand on small bases, and against new rule bases on others."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.advice import Advisor, default_advisor
from advisor.errors import EngineError
from advisor.explaining.decide_again import Decider
from advisor.explaining.sensitivity import sensitivity
from advisor.explaining.sensitivity_weights import weight_ranges
from advisor.model.answers import Raw
from advisor.model.questionnaire import Questionnaire
from advisor.model.rule import AddOn, BreakTie, Conclude, Note, Recommend, RedFlag, Rule, Weigh
from advisor.model.rulebase import RuleBase, Source
from advisor.model.sensitivity import Ablation, Grades, Sensitivity, WeightRange, WeightSpan
from advisor.model.template import Template
from advisor.model.trace import Trace
from tests.helpers.cases import all_cases
from tests.helpers.effort import share
from tests.helpers.rulebases import asking, derived, on, one, rule, rulebase
from tests.helpers.strategies import PlainAnswers, answers_for, any_answers
from tests.properties.generated_files import Folders
from tests.properties.generated_rules import rule_bases
from tests.unit.explaining.test_decide_again import traced_or_none
from tests.unit.explaining.views import by_points

ASKED = asking(one("runway", "short", "long"))
SHORT = on("runway", is_="short")
ANSWERS = st.deferred(lambda: answers_for(default_advisor().questionnaire))
LAW = settings(max_examples=share(25), derandomize=True, suppress_health_check=list(HealthCheck))


def base_of(*rules: Rule, ablations: tuple[Ablation, ...] = ()) -> RuleBase:
    wording = {"grades.judgment": "an opinion"}
    base = rulebase(ASKED, *by_points(), *rules, derived=[derived("tight", otherwise=False)], wording=wording)
    source = Source("book", "", "", (), "judgment", "", "", "")
    return replace(base, criteria={"cash": "Cash", "growth": "Growth"}, sources={"book": source}, ablations=ablations)


def weigh(rule_id: str, criterion: str, **points: int) -> Rule:
    return rule(rule_id, Weigh(criterion, points), all=[SHORT], stratum="weigh")


def found(*rules: Rule, ablations: tuple[Ablation, ...] = ()) -> Sensitivity:
    return in_base(base_of(*rules, ablations=ablations), ASKED, {"runway": "short"})


def in_base(base: RuleBase, asked: Questionnaire, answers: PlainAnswers) -> Sensitivity:
    advisor = Advisor(base, asked)
    return sensitivity(base, advisor.trace(answers), lambda struck: advisor.trace(answers, struck))


def ranges(*rules: Rule) -> Mapping[str, WeightRange]:
    return {line.criterion: line for line in found(*rules).weights}


def plainly(line: WeightRange) -> list[tuple[str, str | None]]:
    """The spans as a mathematician writes them, with the option of each."""
    return [(_interval(span), span.option) for span in line.spans]


def _interval(span: WeightSpan) -> str:
    ends = "[" if span.low_included else "(", "]" if span.high_included else ")"
    return f"{ends[0]}{span.low}, {span.high or 'oo'}{ends[1]}"


def test_the_choice_turns_where_the_totals_cross() -> None:
    # left 6, right 2w. Equal at 3, where left is listed first; right leads from beyond 3 on.
    line = ranges(weigh("W1", "cash", left=6), weigh("W2", "growth", right=2))["growth"]
    assert plainly(line) == [("[0, 3]", "left"), ("(3, oo)", "right")]
    assert (line.bearing, line.points, line.name) == ("changes", {"right": 2}, "Growth")
    assert line.holds == line.spans[0]
    assert line.below is None
    assert line.above == line.spans[1]


def test_a_lower_end_is_found_too() -> None:
    # left 6w, right 2: equal at 1/3, where left is listed first.
    line = ranges(weigh("W1", "cash", left=6), weigh("W2", "growth", right=2))["cash"]
    assert plainly(line) == [("[0, 1/3)", "right"), ("[1/3, oo)", "left")]
    assert line.below == line.spans[0]
    assert line.above is None


def test_a_tie_breaker_holds_the_choice_while_it_is_close() -> None:
    # left 6, right 2w, close within 2: the tie-breaker takes right from 2 on and keeps it.
    tie = rule("T1", BreakTie(1, (("right",),)), all=[SHORT], stratum="weigh")
    line = ranges(weigh("W1", "cash", left=6), weigh("W2", "growth", right=2), tie)["growth"]
    assert plainly(line) == [("[0, 2)", "left"), ("[2, oo)", "right")]
    # The words on the way: 6 - 0 is a clear lead, 6 - 2w is a lean from 1/2 on, and a tie once right is in reach.
    assert line.spans[0].confidences == ("clear", "lean")
    assert line.spans[1].confidences == ("toss_up", "lean", "clear")


def test_close_is_as_close_as_the_rule_base_says() -> None:
    # left 6, right 2w, close within 3 (a distance that no band has): the tie-breaker takes right from 3/2 on.
    tie = rule("T1", BreakTie(1, (("right",),)), all=[SHORT], stratum="weigh")
    base = base_of(weigh("W1", "cash", left=6), weigh("W2", "growth", right=2), tie)
    wider = replace(base, decision=replace(base.decision, close_within=3))
    line = in_base(wider, ASKED, {"runway": "short"}).weights[1]
    assert plainly(line) == [("[0, 3/2)", "left"), ("[3/2, oo)", "right")]


def test_a_choice_can_come_back() -> None:
    # left 3 + w, right 2w. A margin of exactly 1 proposes middle: at w = 2 and at w = 4.
    odd = rule("D1", Recommend("middle", 1, "lean"), all=[on("lead.margin", is_=1)], stratum="decide")
    line = ranges(weigh("W1", "cash", left=3), weigh("W2", "growth", left=1, right=2), odd)["growth"]
    assert plainly(line) == [
        ("[0, 2)", "left"), ("[2, 2]", "middle"), ("(2, 3]", "left"), ("(3, 4)", "right"), ("[4, 4]", "middle"),
        ("(4, oo)", "right"),
    ]  # fmt: skip
    assert line.above == line.spans[1]


def test_the_range_may_be_todays_weight_alone() -> None:
    # left 3, right 2w: the margin is 1 at w = 1 and at w = 2 only.
    odd = rule("D1", Recommend("middle", 1, "lean"), all=[on("lead.margin", is_=1)], stratum="decide")
    line = ranges(weigh("W1", "cash", left=3), weigh("W2", "growth", right=2), odd)["growth"]
    assert _interval(line.holds) == "[1, 1]"
    assert (line.below and line.below.option, line.above and line.above.option) == ("left", "left")


def test_a_rule_that_tests_a_total_turns_the_choice_where_the_total_gets_there() -> None:
    # left 5, right 2w: the rule wants 4 or more, so from 2 on, where the totals are 1 apart.
    rich = rule("D1", Recommend("middle", 1, "lean"), all=[on("tally.right", at_least=4)], stratum="decide")
    line = ranges(weigh("W1", "cash", left=5), weigh("W2", "growth", right=2), rich)["growth"]
    assert plainly(line) == [("[0, 2)", "left"), ("[2, oo)", "middle")]


def test_weights_at_which_rules_contradict_each_other_are_told_as_no_choice() -> None:
    # left 4, right w: at w = 2 or less the margin is 2 or more and `near` is both.
    base = rulebase(
        ASKED, *by_points(), weigh("W1", "cash", left=4), weigh("W2", "growth", right=3),
        rule("D1", Conclude("near", True), all=[on("lead.margin", at_most=3)], stratum="decide"),
        rule("D2", Conclude("near", False), all=[on("lead.margin", at_least=2)], stratum="decide"),
        derived=[derived("near", stratum="decide")],
    )  # fmt: skip
    base = replace(base, criteria={"growth": "Growth"})
    (line,) = in_base(base, ASKED, {"runway": "short"}).weights
    # |4 - 3w| is in [2, 3] for w in [1/3, 2/3] and [2, 7/3].
    assert plainly(line) == [
        ("[0, 1/3)", "left"), ("[1/3, 2/3]", None), ("(2/3, 4/3]", "left"), ("(4/3, 2)", "right"), ("[2, 7/3]", None),
        ("(7/3, oo)", "right"),
    ]  # fmt: skip


def test_a_criterion_without_points_and_one_that_changes_nothing_are_told_apart() -> None:
    lines = ranges(weigh("W1", "cash", left=6))
    assert (lines["growth"].bearing, lines["growth"].points) == ("no_points", {})
    # left 6w, right 0: at 0 both have nothing and left is listed first.
    assert (lines["cash"].bearing, plainly(lines["cash"])) == ("never_changes", [("[0, oo)", "left")])


def test_striking_tells_the_rules_on_which_the_choice_hangs_first() -> None:
    lines = found(
        rule("A1", Conclude("tight", True), all=[SHORT]),
        rule("C1", RedFlag("RF1", 2, Template.of("Act.")), all=[SHORT], stratum="constrain"),
        rule("C2", RedFlag("RF1", 2, Template.of("Act.")), all=[SHORT], stratum="constrain"),
        rule("C3", RedFlag("RF2", 1, Template.of("Act.")), all=[SHORT], stratum="constrain"),
        weigh("W1", "cash", left=6), weigh("W2", "cash", right=4), weigh("W3", "cash", left=1),
        rule("P1", AddOn("extra"), all=[on("tight", is_=True)], stratum="plan"),
        rule("P2", Note("t", Template.of("Know.")), all=[SHORT], stratum="plan"),
    )  # fmt: skip
    # 7 to 4 is a lean. Without W1 it is 1 to 4; without W2 7 to 0; without W3 6 to 4. RF1 is raised twice.
    assert [(s.rule, s.part, s.changes, s.after and s.after.option) for s in lines.strikes] == [
        ("W1", "judges", ("option",), "right"),
        ("D-left", "defines", ("option", "confidence"), "middle"),
        ("A1", "defines", ("add_ons",), "left"),
        ("C3", "judges", ("red_flags",), "left"),
        ("W2", "judges", ("confidence",), "left"),
        ("W3", "judges", ("confidence",), "left"),
        ("P1", "judges", ("add_ons",), "left"),
    ]
    assert (lines.fired, lines.tried) == (10, 9)  # the note alone cannot matter
    assert lines.now.red_flags == {"RF1": 2, "RF2": 1}


def test_striking_may_leave_rules_that_contradict_each_other() -> None:
    # Without A1 `tight` is false, and then D1 and D2 conclude different values.
    base = rulebase(
        ASKED, *by_points(),
        rule("A1", Conclude("tight", True), all=[SHORT]),
        rule("D1", Conclude("near", True), all=[on("tight", is_=False)], stratum="decide"),
        rule("D2", Conclude("near", False), all=[SHORT], stratum="decide"),
        derived=[derived("tight", otherwise=False), derived("near", stratum="decide")],
    )  # fmt: skip
    strikes = {line.rule: line for line in in_base(base, ASKED, {"runway": "short"}).strikes}
    assert (strikes["A1"].after, strikes["A1"].changes) == (None, ())


def test_it_says_whether_points_have_a_part_in_the_choice() -> None:
    first, points = Recommend("right", 1, "clear"), weigh("W1", "cash", left=6)
    assert found(points).by_points
    assert not found(points, rule("D1", first, all=[SHORT], stratum="decide")).by_points
    # A rule that looks at points could overrule it from a margin of 9 on, at 3/2 times the weight.
    overruling = rule("D2", Recommend("left", 0, "clear"), all=[on("lead.margin", at_least=9)], stratum="decide")
    assert found(points, rule("D1", first, all=[SHORT], stratum="decide"), overruling).by_points


def test_a_test_of_the_evidence_tells_what_would_be_advised_and_how_many_rules_went() -> None:
    opinion = replace(weigh("W1", "cash", left=6), sources=("book",))
    law = weigh("W2", "cash", right=4)
    asleep = replace(
        weigh("W3", "cash", left=1), when=rule("x", all=[on("runway", is_="long")]).when, sources=("book",)
    )
    strike = Ablation("a", "Without opinion?", ("weigh",), False, Grades(("judgment",)))
    keep = Ablation("b", "With opinion?", ("weigh",), True, Grades(("judgment",)))
    without, with_it = found(opinion, law, asleep, ablations=(strike, keep)).evidence
    assert (without.id, without.title, without.struck, without.holds) == ("a", "Without opinion?", ("W1",), False)
    assert without.after is not None
    assert (without.after.option, without.after.confidence) == ("right", "lean")
    assert (with_it.struck, with_it.holds) == (("W2",), True)


def test_json_gives_the_same_back(shipped_advisor: Advisor) -> None:
    answers = all_cases()[0].answers
    made = sensitivity(
        shipped_advisor.rulebase, shipped_advisor.trace(answers), lambda struck: shipped_advisor.trace(answers, struck)
    )
    assert Sensitivity.model_validate_json(made.model_dump_json()) == made


NO_PAGE: dict[str, Raw] = {
    "license": "counselor", "independent": "yes", "states": ["me"], "runway": "three_to_four",
    "pay_needed": "two_to_three_months", "budget": "zero", "office_hours": "two_to_four",
    "client_source": "need_referrals", "sessions_wanted": 15, "payers": ["commercial"], "hiring": "none",
    "control": "nice", "horizon": "one_to_two_years", "platform": "other", "claims_tin": "theirs",
    "payer_word": "mixed", "referrals": "slowing", "top_priority": "freedom",
}  # fmt: skip
"""Somebody who did not say what brings them: no page answers them, so the points decide."""

RELEASE: dict[str, Raw] = {
    "license": "psychologist", "independent": "yes", "states": ["ct"], "runway": "five_plus", "pay_needed": "no_rush",
    "budget": "about_1000", "office_hours": "five_plus", "client_source": "own", "sessions_wanted": 20,
    "payers": ["commercial"], "hiring": "none", "control": "must", "horizon": "three_plus_years",
    "payer_word": "needs_release", "release_letter": "not_sure", "top_priority": "freedom",
}  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "criterion", "expected"),
    [
        # staged 9, delegated 5 with 1 from setup: delegated is ahead by w - 5 at weight w, and the tie-breaker for
        # staged holds up to 2: beyond 7 it is delegated.
        (NO_PAGE, "setup", [("[0, 7]", "staged"), ("(7, oo)", "delegated")]),
        # direct 15 with 1 from the priority, staged 7 with 2: direct is ahead by 9 - w, and a tie-breaker for staged
        # decides from 2 on: at 7.
        (RELEASE, "priority", [("[0, 7)", "direct"), ("[7, oo)", "staged")]),
    ],
)
def test_a_close_case_worked_out_by_hand(
    shipped_advisor: Advisor, answers: dict[str, Raw], criterion: str, expected: list[tuple[str, str]]
) -> None:
    lines = {line.criterion: line for line in weight_ranges(shipped_advisor.rulebase, shipped_advisor.trace(answers))}
    assert plainly(lines[criterion]) == expected


def spans_hold(base: RuleBase, trace: Trace, extra: Fraction) -> None:
    """The spans cover every weight once, differ from their neighbors, and say what is decided at each end and beside
    it."""
    decider, near = Decider(base, trace), Fraction(1, 10**6)
    for line in weight_ranges(base, trace):
        assert line.spans[0].low == "0"
        assert line.spans[0].low_included
        assert line.spans[-1].high is None
        for one_span, next_span in pairwise(line.spans):
            assert one_span.high == next_span.low
            assert one_span.high_included is not next_span.low_included
            assert one_span.option != next_span.option
        ends = [Fraction(span.low) for span in line.spans]
        for weight in {extra, *ends, *(end + near for end in ends), *(end - near for end in ends if end)}:
            (span,) = [span for span in line.spans if within(span, weight)]
            assert span.option == option_at(decider, trace, line.criterion, weight)


def within(span: WeightSpan, weight: Fraction) -> bool:
    low, high = Fraction(span.low), None if span.high is None else Fraction(span.high)
    above = weight > low or (weight == low and span.low_included)
    return above and (high is None or weight < high or (weight == high and span.high_included))


def option_at(decider: Decider, trace: Trace, criterion: str, weight: Fraction) -> str | None:
    totals = {option: Fraction(total) for option, total in trace.totals.items()}
    for tally in trace.tallies:
        if tally.criterion == criterion:
            totals[tally.option] += tally.points * (weight - 1)
    try:
        return decider.decide(totals).option
    except EngineError:
        return None


WEIGHTS = st.fractions(0, 12, max_denominator=60)


@LAW
@given(ANSWERS, WEIGHTS)
def test_the_ranges_hold_for_any_answers(answers: PlainAnswers, weight: Fraction) -> None:
    spans_hold(default_advisor().rulebase, default_advisor().trace(answers), weight)


@settings(LAW, max_examples=share(80))
@given(rule_bases(), WEIGHTS, st.data())
def test_the_ranges_hold_for_made_up_rules(texts: Folders, weight: Fraction, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as root:
        advisor = Advisor.load(*texts.write(Path(root)))
    for _ in range(3):
        trace = traced_or_none(advisor, data.draw(any_answers(advisor.questionnaire)))
        if trace is not None:
            spans_hold(advisor.rulebase, trace, weight)
