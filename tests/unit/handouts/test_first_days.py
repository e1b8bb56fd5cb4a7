"""What keeps its day from plan to plan, and how that reads."""

from __future__ import annotations

import datetime

import pytest

from advisor.advice import Advisor
from advisor.handouts.first_days import first_days, with_days
from advisor.model.advice import Advice
from advisor.model.plan_page import RowSaid
from tests.unit.rendering.an_advice import PLAN, a_row, an_advice, headings

FIRST, LATER = "2026-11-28", "2026-12-20"


def plan_of(as_of: str, *rows: RowSaid) -> Advice:
    return an_advice().model_copy(update={"plan": PLAN.model_copy(update={"rows": rows, "as_of": as_of})})


def due(as_of: str, days: int, kind: str = "by_day", key: str = "call") -> RowSaid:
    """A row that is due so many days after a day."""
    date = (datetime.date.fromisoformat(as_of) + datetime.timedelta(days=days)).isoformat()
    return a_row("Call", key=key, kind=kind, due=days, date=date)


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        (due(FIRST, 14), due(LATER, 14), "2026-12-12"),
        (due(FIRST, 14), due(LATER, 13), "2026-12-12"),  # the Friday before a weekend
        (due(FIRST, 14), due(LATER, 30), None),  # the rule sets another time
        (due(FIRST, 0, "today"), due(LATER, 0, "today"), FIRST),
        (due(FIRST, 0, "today"), due(LATER, 14), None),
        (due(FIRST, 14, "every_days"), due(LATER, 14, "every_days"), "2026-12-26"),
        (due(FIRST, 60, "every_days"), due(LATER, 60, "every_days"), "2027-01-27"),
        (due(FIRST, 14, key="other"), due(LATER, 14), None),
    ],
)
def test_a_row_keeps_its_day_while_its_rule_sets_the_same_time(
    shipped_advisor: Advisor, before: RowSaid, after: RowSaid, kept: str | None
) -> None:
    found = first_days(shipped_advisor.rulebase, plan_of(FIRST, before), plan_of(LATER, after), ())
    assert found == ({"call": kept} if kept else {})


def test_a_row_that_was_settled_and_is_there_again_has_a_new_day(shipped_advisor: Advisor) -> None:
    before, after = plan_of(FIRST, due(FIRST, 14)), plan_of(LATER, due(LATER, 14))
    assert first_days(shipped_advisor.rulebase, before, after, {"call"}) == {}


@pytest.mark.parametrize(
    ("on", "when"),
    [
        ("2026-12-11", "was due Dec 11"),
        ("2026-02-01", "was due Feb 1, 2026"),
        ("2027-01-04", "by Jan 4"),
        (LATER, "today"),
    ],
)
def test_a_day_that_has_passed_is_said_to_be_so(on: str, when: str) -> None:
    [row] = with_days(plan_of(LATER, due(LATER, 14)).plan, {"call": on}, headings()).rows
    assert (row.date, row.when) == (on, when)


def test_rows_stand_in_the_order_of_their_days() -> None:
    plan = plan_of(LATER, due(LATER, 0, "today", "now"), due(LATER, 14)).plan
    assert [row.key for row in with_days(plan, {"call": FIRST}, headings()).rows] == ["call", "now"]
