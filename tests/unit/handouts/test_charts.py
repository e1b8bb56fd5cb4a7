from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.advice import Advisor
from advisor.handouts.chart_lines import Band, Course, ends, moves_most
from advisor.handouts.charts import charts
from advisor.model.handouts import Chart

START: dict[str, Any] = {
    "brings": "start_own", "license": "psychologist", "independent": "yes", "states": ["il"], "runway": "three_to_four",
    "pay_needed": "four_to_six_months", "client_source": "some", "sessions_wanted": 20, "payers": ["commercial"],
    "control": "nice", "horizon": "three_plus_years", "caqh": "current", "panels_open": "open", "platform": "headway",
    "top_priority": "most_money", "pay_compare": "know_numbers", "pay_platform": 80, "pay_direct": 100,
}  # fmt: skip
LINE = Course("wait", ("sessions", "kept", "pay"), "fee", "cost")


def drawn(advisor: Advisor, **changed: Any) -> dict[str, Chart]:
    """The charts of someone who starts out, by their id."""
    answers = {name: value for name, value in {**START, **changed}.items() if value is not None}
    return {chart.id: chart for chart in charts(advisor.advise(answers), advisor.rulebase)}


@st.composite
def bands(draw: st.DrawFn) -> Band:
    low, likely, high = sorted(draw(st.lists(st.integers(0, 60), min_size=3, max_size=3)))
    return Fraction(low), Fraction(likely), Fraction(high)


@given(
    given_bands=st.fixed_dictionaries({name: bands() for name in LINE.inputs}),
    parts=st.fixed_dictionaries({name: st.fractions(0, 1, max_denominator=8) for name in LINE.inputs}),
    point=st.integers(0, 60),
    nearest=st.sampled_from([1, 10, 100]),
)
def test_a_line_lies_in_its_band_however_its_inputs_turn_out(
    given_bands: dict[str, Band], parts: dict[str, Fraction], point: int, nearest: int
) -> None:
    ((low, likely, high),) = ends(LINE, (point,), given_bands, nearest)
    turned_out = {name: b[0] + (b[2] - b[0]) * parts[name] for name, b in given_bands.items()}
    assert low <= likely <= high
    assert low <= LINE.at(point, turned_out) <= high


def test_what_moves_the_distance_most_is_found_among_the_inputs_of_both_lines() -> None:
    one = {name: (Fraction(n), Fraction(n), Fraction(n)) for name, n in {"wait": 2, "pay": 10}.items()}
    wide = {**one, "late": (Fraction(2), Fraction(4), Fraction(6))}
    first, last = Course("wait", ("pay",), "", ""), Course("late", ("pay",), "", "")
    assert moves_most(first, last, 10, wide) == ("late", -40, 0)
    assert moves_most(first, first, 10, one) is None


def test_the_weeks_to_first_pay_stand_against_the_savings(shipped_advisor: Advisor) -> None:
    chart = drawn(shipped_advisor)["first_pay"]
    assert [span.likely for span in chart.spans] == [11, 22]
    assert [mark.at for mark in chart.marks] == [15]
    assert len(chart.sentences) == 3


def test_money_by_week_says_when_own_contracts_catch_up(shipped_advisor: Advisor) -> None:
    chart = drawn(shipped_advisor, pay_direct=160)["money_by_week"]
    assert [curve.likely[0] for curve in chart.curves] == [0, -1000]
    assert len(chart.moments) == 1
    assert f"about week {chart.moments[0].likely}" in chart.says
    assert "What matters most is the wait for your own contracts." in chart.says


@pytest.mark.parametrize(
    ("direct", "words"), [(80, "never catch up"), (84, "may never catch up"), (100, "Within a year")]
)
def test_money_by_week_says_why_own_contracts_do_not_catch_up(
    direct: int, words: str, shipped_advisor: Advisor
) -> None:
    chart = drawn(shipped_advisor, pay_direct=direct)["money_by_week"]
    assert words in chart.says
    assert not chart.moments


def test_a_chart_whose_numbers_are_not_known_is_left_out(shipped_advisor: Advisor) -> None:
    assert list(drawn(shipped_advisor, pay_platform=None, pay_direct=None, pay_compare=None)) == ["first_pay"]
    assert charts(shipped_advisor.advise({}), shipped_advisor.rulebase) == ()
