from __future__ import annotations

from typing import Any

from advisor.advice import Advisor
from advisor.handouts.charts import charts
from advisor.handouts.numbers_taken import Moved, NumbersTaken
from advisor.model.handouts import Chart

ONE_PLAN: dict[str, Any] = {
    "brings": "one_plan", "license": "counselor", "setup": ["platform"], "plan_trouble": "rate_cut", "rate_new": 100,
    "rate_old": 120, "rate_direct": 110, "clients_on_plan": 12, "direct_word": "open", "contract_whose": "theirs",
}  # fmt: skip


def drawn(advisor: Advisor, **more: Any) -> Chart:
    """The chart of someone whose plan cuts the pay."""
    (chart,) = charts(advisor.advise({**ONE_PLAN, **more}), advisor.rulebase)
    return chart


def test_a_chart_tells_the_numbers_it_counts_with_their_range_and_how_good_they_are(shipped_advisor: Advisor) -> None:
    chart = drawn(shipped_advisor)

    billing, missed = chart.taken
    assert "6 percent, from 0 to 10 (our judgment)" in billing.text
    assert "biller_share" in billing.text
    assert [note.id for note in billing.sources] == ["f54"]
    assert "15 percent, from 5 to 25 (our judgment)" in missed.text
    assert chart.taken_intro


def test_a_number_of_the_persons_own_takes_the_place_of_ours_and_says_so(shipped_advisor: Advisor) -> None:
    chart = drawn(shipped_advisor, missed_share=25)

    assert "25 percent, your own number" in chart.taken[1].text
    assert (chart.spans[0].low, chart.spans[0].high) == (780, 780), "12 x 52 / 12 = 52 visits x 0.75 = 39 x 20"


def test_what_matters_most_is_worked_out_with_all_else_at_its_likely_value(shipped_advisor: Advisor) -> None:
    known = {"rate_direct": 110, "rate_new": 100, "clients_on_plan": 12}
    taken = NumbersTaken(shipped_advisor.rulebase, known)

    # 52 visits x 0.85 = 44.2; 110 less 0 or 10 percent, less 100: 10 or -1
    assert taken.moves_most("one_gain") == Moved("biller", -44, 442)
    assert NumbersTaken(shipped_advisor.rulebase, {**known, "biller_share": 0}).moves_most("one_gain") == Moved(
        "missed", 390, 494
    ), "10 x 52 x 0.75 or 0.95"


def test_nothing_matters_most_where_the_person_gave_every_number(shipped_advisor: Advisor) -> None:
    known = {"rate_direct": 110, "rate_new": 100, "clients_on_plan": 12, "biller_share": 5, "missed_share": 10}

    assert NumbersTaken(shipped_advisor.rulebase, known).moves_most("one_gain") is None
    assert "matters most" not in drawn(shipped_advisor, biller_share=5, missed_share=10).says


def test_a_prescriber_sees_the_months_without_pay_by_route(shipped_advisor: Advisor) -> None:
    answers: dict[str, Any] = {
        "brings": "prescriber", "license": "nurse_practitioner", "states": ["oh"], "gate_weeks": 6, "months_saved": 2,
    }  # fmt: skip
    (chart,) = charts(shipped_advisor.advise(answers), shipped_advisor.rulebase)

    # 1 + 0.5, 2 + 0.5, 5 + 0.5 months; 6 weeks are 1.4 months, + 3.5, 5.5, 7.5
    assert [(s.low, s.likely, s.high) for s in chart.spans] == [(1, 3, 6), (4, 7, 9)]
    assert [mark.at for mark in chart.marks] == [2]
