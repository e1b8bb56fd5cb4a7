"""The points of the rules are those of the dossier's table of considerations (3.5), row by row, copied here by hand."""

from __future__ import annotations

import pytest

from advisor.advice import Advisor
from advisor.model.answers import Raw

Points = tuple[int, int, int]
Row = tuple[str, dict[str, Raw], Points]

# item, the answer, and its points for delegated, direct and staged
TABLE: tuple[Row, ...] = (
    ("C01", {"runway": "under_1"}, (3, -3, 3)),
    ("C01", {"runway": "one_to_two"}, (3, -3, 3)),
    ("C02", {"runway": "three_to_four"}, (1, 0, 2)),
    ("C03", {"runway": "five_plus"}, (0, 2, 0)),
    ("C04", {"pay_needed": "within_6_weeks"}, (2, -2, 2)),
    ("C05", {"pay_needed": "two_to_three_months"}, (1, 0, 1)),
    ("C06", {"pay_needed": "four_to_six_months"}, (0, 2, 0)),
    ("C06", {"pay_needed": "no_rush"}, (0, 2, 0)),
    ("C07", {"budget": "zero"}, (1, -1, 0)),
    ("C07", {"budget": "up_to_500"}, (0, 0, 0)),
    ("C07", {"budget": "about_1000"}, (0, 1, 0)),
    ("C07", {"budget": "over_2000"}, (0, 1, 0)),
    ("C08", {"office_hours": "zero_to_one"}, (2, -1, 0)),
    ("C08", {"office_hours": "two_to_four"}, (0, 0, 0)),
    ("C08", {"office_hours": "five_plus"}, (0, 2, 1)),
    ("C08", {"office_hours": "have_help"}, (0, 2, 1)),
    ("C09", {"client_source": "need_referrals"}, (2, -1, 2)),
    ("C09", {"client_source": "some"}, (0, 1, 1)),
    ("C09", {"client_source": "own"}, (0, 2, 0)),
    ("C10", {"government_timing": "within_6_months"}, (-2, 2, 2)),
    ("C10", {"government_timing": "within_year"}, (-1, 1, 2)),
    ("C10", {"government_timing": "some_day"}, (0, 0, 1)),
    ("C10", {"government_timing": "no"}, (0, 0, 0)),
    ("C11", {"hiring": "none"}, (0, 0, 0)),
    ("C11", {"hiring": "one_to_two"}, (-1, 2, 2)),
    ("C11", {"hiring": "three_to_nine"}, (-1, 2, 2)),
    ("C11", {"hiring": "ten_plus"}, (0, 0, 0)),  # the table speaks of 1 to 9
    ("C12", {"control": "must"}, (-2, 3, 2)),
    ("C12", {"control": "nice"}, (0, 1, 1)),
    ("C12", {"control": "do_not_care"}, (2, -1, -1)),
    ("C13", {"horizon": "under_1_year"}, (3, -2, -1)),
    ("C13", {"horizon": "one_to_two_years"}, (1, 0, 1)),
    ("C13", {"horizon": "three_plus_years"}, (0, 2, 2)),
    ("C14", {"pay_compare": "direct_more"}, (-1, 2, 1)),
    ("C14", {"pay_compare": "about_equal"}, (1, 0, 0)),
    ("C14", {"pay_compare": "platform_more"}, (2, -1, 0)),
    ("C14", {"pay_compare": "know_numbers", "pay_platform": 100, "pay_direct": 115}, (-1, 2, 1)),
    ("C14", {"pay_compare": "know_numbers", "pay_platform": 100, "pay_direct": 114}, (1, 0, 0)),
    ("C14", {"pay_compare": "know_numbers", "pay_platform": 100, "pay_direct": 100}, (1, 0, 0)),
    ("C14", {"pay_compare": "know_numbers", "pay_platform": 100, "pay_direct": 80}, (2, -1, 0)),
    ("C15", {"panels_open": "some_closed"}, (1, -3, 2)),
    ("C15", {"panels_open": "open"}, (0, 0, 0)),
    ("C15", {"panels_open": "not_checked"}, (0, 0, 0)),
    ("C16", {"answers_written": "all"}, (1, 0, 1)),
    ("C16", {"answers_written": "most"}, (0, 0, 0)),
    ("C16", {"answers_written": "few"}, (-3, 1, -2)),
    ("C16", {"answers_written": "refused"}, (-4, 2, -3)),
    ("C16", {"answers_written": "not_asked"}, (0, 0, 0)),
    ("C17", {"audit": "not_fixed"}, (-3, 1, -2)),
    ("C17", {"audit": "fixed"}, (0, 0, 0)),
    ("C17", {"audit": "no"}, (0, 0, 0)),
    ("C18", {"bridge_ok": "yes"}, (0, 1, 0)),
    ("C18", {"bridge_ok": "no"}, (1, -1, 0)),
    ("C19", {"own_panels": "some"}, (-1, 3, 1)),
    ("C19", {"situation": "own_contracts"}, (-1, 3, 1)),
    ("C19", {"situation": "own_contracts", "own_panels": "some"}, (-1, 3, 1)),  # counted once
    ("C19", {"own_panels": "only_through_others"}, (0, 0, 0)),
    ("C20", {"sessions_wanted": 9}, (2, -1, -1)),
    ("C20", {"sessions_wanted": 10}, (0, 0, 0)),
    ("C21", {"top_priority": "money_soon"}, (2, -1, 1)),
    ("C22", {"top_priority": "least_paperwork"}, (2, -2, -1)),
    ("C23", {"top_priority": "most_money"}, (0, 2, 1)),
    ("C24", {"top_priority": "government"}, (-1, 1, 1)),
    ("C24", {"top_priority": "growth"}, (-1, 1, 1)),
    ("C25", {"top_priority": "freedom"}, (-1, 1, 2)),
)
START = ("delegated", "direct", "staged")


@pytest.mark.parametrize(
    ("answers", "points"),
    [pytest.param(answers, points, id=f"{item} {answers}") for item, answers, points in TABLE],
)
def test_an_answer_gives_the_points_of_its_row(
    answers: dict[str, Raw], points: Points, shipped_advisor: Advisor
) -> None:
    totals = shipped_advisor.trace(answers).totals

    assert tuple(totals[option] for option in START) == points


def test_all_25_items_have_a_row() -> None:
    assert {item for item, _, _ in TABLE} == {f"C{n:02}" for n in range(1, 26)}


@pytest.mark.parametrize("skipped", ["not_sure", "skip"])
def test_an_unknown_answer_gives_no_points_to_any_option(skipped: str, shipped_advisor: Advisor) -> None:
    weighed = {question for _, answers, _ in TABLE for question in answers}
    totals = shipped_advisor.trace(dict.fromkeys(weighed, skipped)).totals

    assert set(totals.values()) == {0}


def test_each_item_is_named_by_the_rules_that_give_its_points(shipped_advisor: Advisor) -> None:
    base = shipped_advisor.rulebase
    for item, answers, points in TABLE:
        lines = [line for line in shipped_advisor.trace(answers).tallies if line.option in START]
        naming = {line.rule for line in lines if item in base.by_id[line.rule].claims}
        assert naming == {line.rule for line in lines}, (item, answers)
        assert bool(naming) is any(points)


def test_the_bands_are_the_dossiers(shipped_advisor: Advisor) -> None:
    # 0 to 2 points apart is a toss-up, 3 to 5 a lean, 6 or more is clear; a near-tie is within 2.
    decision = shipped_advisor.rulebase.decision

    assert decision.bands == (("toss_up", 2), ("lean", 5), ("clear", None))
    assert decision.close_within == 2
