from __future__ import annotations

import datetime

import pytest

from advisor.advice import Advisor
from advisor.explaining.plan_times import moment_of
from advisor.explaining.view import View
from advisor.model.answers import Raw
from advisor.model.rule import Time
from advisor.model.template import Template

DAY = datetime.date(2026, 11, 28)


def moment(advisor: Advisor, time: Time, answers: dict[str, Raw] | None = None, day: datetime.date | None = DAY):  # type: ignore[no-untyped-def]
    """The moment of a row for some answers on a day."""
    trace = advisor.trace({"brings": "start_own", **(answers or {})}, as_of=day)
    return moment_of(View(advisor.rulebase, advisor.questionnaire, trace), time, day)


@pytest.mark.parametrize(
    ("time", "due", "words"),
    [
        (Time("today"), 0, "today"),
        (Time("this_week"), 6, "this week"),
        (Time("by_day", 12), 12, "by Dec 10"),
        (Time("by_day", 14), 13, "by Dec 11"),  # December 12 is a Saturday
        (Time("by_day", 15), 13, "by Dec 11"),
        (Time("by_day", 16), 16, "by Dec 14"),
        (Time("by_day", 1), 1, "by Nov 29"),  # a Sunday, whose Friday is past
        (Time("by_day", 400), 398, "by Dec 31, 2027"),  # January 1 and 2 of 2028 are Saturday and Sunday
        (Time("every_days", 14), 14, "every 14 days"),
        (Time("not_before", event=Template.of("each start date")), None, "only after each start date"),
        (Time("later"), None, "later"),
        (Time("before", 12, "start_date", Template.of("you start")), 20, "by Dec 18"),  # 32 days away, less 12
        (Time("before", 10, "start_date", Template.of("you start")), 20, "by Dec 18"),  # December 20 is a Sunday
        (Time("after", 10, "start_date", Template.of("you start")), 42, "from Jan 9"),
        (Time("within", 10, "start_date", Template.of("you start")), 41, "by Jan 8"),  # January 9 is a Saturday
        (Time("before", 40, "start_date", Template.of("you start")), 0, "today"),  # eight days too late
    ],
)
def test_a_row_says_when_it_is_due(shipped_advisor: Advisor, time: Time, due: int | None, words: str) -> None:
    found = moment(shipped_advisor, time, {"start_date": "2026-12-30"})
    assert (found.due, found.words) == (due, words)


def test_without_a_day_of_the_advice_days_are_counted(shipped_advisor: Advisor) -> None:
    found = moment(shipped_advisor, Time("by_day", 14), day=None)
    assert (found.due, found.date, found.words) == (14, None, "by day 14")


@pytest.mark.parametrize(
    ("kind", "words"), [("before", "before you start"), ("after", "after you start"), ("within", "within you start")]
)
def test_without_the_date_that_a_row_hangs_on_the_event_is_named(
    shipped_advisor: Advisor, kind: str, words: str
) -> None:
    found = moment(shipped_advisor, Time(kind, 10, "start_date", Template.of("you start")))
    assert (found.due, found.words) == (None, words)


def test_rows_sort_by_day_then_by_event_and_later_last(shipped_advisor: Advisor) -> None:
    times = [
        Time("later"), Time("not_before", event=Template.of("a date")), Time("by_day", 14), Time("today"),
        Time("every_days", 14), Time("before", 0, "start_date", Template.of("you start")), Time("this_week"),
    ]  # fmt: skip
    order = sorted(times, key=lambda time: moment(shipped_advisor, time).sorts)
    assert [time.kind for time in order] == [
        "today", "this_week", "by_day", "every_days", "before", "not_before", "later",
    ]  # fmt: skip
