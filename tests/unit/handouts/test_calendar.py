from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.advice import Advisor
from advisor.handouts.calendar import TITLE, calendar
from advisor.model.advice import Advice
from advisor.model.handouts import CalendarEntry
from advisor.model.plan_page import RowSaid
from advisor.model.rulebase import KeptNumbers
from tests.helpers.people import TODAY, people
from tests.unit.rendering.an_advice import PLAN, a_row, an_advice, headings

ME = "a folder of mine"
REMINDERS, CLOSING, QUARTER, FEWEST = (7, 1), (30, 7, 1), 90, 4
KEPT = KeptNumbers(reminders=REMINDERS, closing=CLOSING, repeat_days=QUARTER, fewest_times=FEWEST)
ADVICE = an_advice(review_by="")


def with_rows(*rows: RowSaid, **changes: object) -> Advice:
    """Advice whose plan has these rows; there is no day on which to look at it again."""
    return ADVICE.model_copy(update={"plan": PLAN.model_copy(update={"rows": rows, **changes})})


def due(days: int, kind: str = "by_day", **changes: Any) -> RowSaid:
    """A row that is due so many days after the day of the advice."""
    date = (TODAY + datetime.timedelta(days=days)).isoformat()
    return a_row("Call three plans", **{"kind": kind, "due": days, "date": date, **changes})


def the_entry(row: RowSaid) -> CalendarEntry:
    """The one entry for a row."""
    (entry,) = calendar(with_rows(row), KEPT, ME)
    return entry


def test_a_row_with_a_day_is_to_be_done_on_that_day() -> None:
    entry = the_entry(due(14, shown=False))
    assert (entry.kind, entry.day, entry.until, entry.every_days) == ("todo", "2026-12-12", "2026-12-12", None)
    assert entry.title == "Call three plans now"
    assert entry.text == "Call three plans now.\nDone: it is done.\nFrom your plan of Nov 28, 2026."
    assert entry.rule == "STP-001"


def test_a_row_without_a_day_is_no_entry() -> None:
    assert calendar(with_rows(a_row("Bill", kind="not_before", due=None)), KEPT, ME) == ()


def test_without_the_day_of_the_advice_there_are_no_entries() -> None:
    assert calendar(with_rows(due(3), as_of=None), KEPT, ME) == ()


def test_what_may_begin_after_a_date_is_an_event_from_that_day() -> None:
    assert the_entry(due(30, "after")).kind == "event"


def test_what_comes_round_ends_with_a_quarter_or_after_four_times() -> None:
    for every, times in ((2, QUARTER // 2), (14, 6), (30, FEWEST), (90, FEWEST)):
        entry = the_entry(due(every, "every_days"))
        assert (entry.every_days, entry.times, entry.alarms) == (every, times, ())


def test_alarms_come_before_the_day_and_never_on_the_day_of_the_advice() -> None:
    assert the_entry(due(0, "today")).alarms == ()
    assert the_entry(due(6, "this_week")).alarms == (1,)
    assert the_entry(due(7)).alarms == (1,)
    assert the_entry(due(20)).alarms == REMINDERS
    assert the_entry(due(60, "before")).alarms == CLOSING
    assert the_entry(due(60, "within")).alarms == CLOSING
    assert the_entry(due(20, "before")).alarms == REMINDERS


def test_the_plan_is_to_be_looked_at_again_when_its_facts_are() -> None:
    (*_, again) = calendar(an_advice(), KEPT, ME)
    assert (again.title, again.day, again.kind) == (headings()["calendar.review"], "2027-05-23", "event")
    assert "May 23, 2027" in again.text
    assert again.alarms == CLOSING


def test_a_plan_that_should_have_been_looked_at_is_to_be_looked_at_today() -> None:
    (entry,) = calendar(with_rows().model_copy(update={"review_by": "2026-01-01"}), KEPT, ME)
    assert entry.day == TODAY.isoformat()


def test_a_title_is_the_first_sentence_or_as_many_words_of_it_as_fit() -> None:
    assert the_entry(due(1, do="Ask the plan. Save the answer.")).title == "Ask the plan"
    long = the_entry(due(1, do="word " * 40)).title
    assert len(long) <= TITLE
    assert long.endswith("word…")
    assert len(the_entry(due(1, do="w" * 200)).title) == TITLE


def test_rows_of_one_rule_have_ids_of_their_own_and_rows_of_one_thing_share_theirs_from_rule_to_rule() -> None:
    first, second = calendar(with_rows(due(1, do="One."), due(2, do="Two.")), KEPT, ME)
    assert first.uid != second.uid
    assert the_entry(due(1, key="caqh", rule="A-1")).uid == the_entry(due(9, key="caqh", rule="B-2")).uid


def test_another_person_has_other_ids() -> None:
    advice = with_rows(due(1))
    assert calendar(advice, KEPT, ME)[0].uid != calendar(advice, KEPT, "someone else")[0].uid


@given(person=st.text(), other=st.text(), names=st.lists(st.sampled_from(["a", "a#2", "b"]), max_size=6))
def test_ids_are_unique_for_any_names_of_rows_and_any_person(person: str, other: str, names: list[str]) -> None:
    rows = [due(n, key=name, do=f"Do {n}.") for n, name in enumerate(names)]
    ids = [entry.uid for entry in calendar(with_rows(*rows), KEPT, person)]
    assert len(set(ids)) == len(names)
    if person != other:
        assert not set(ids) & {entry.uid for entry in calendar(with_rows(*rows), KEPT, other)}


def test_every_dated_row_of_everyone_is_an_entry_once_and_none_is_before_the_day(shipped_advisor: Advisor) -> None:
    for answers in people(50, seed=11):
        advice = shipped_advisor.advise(answers)
        entries = calendar(advice, KEPT, ME)
        dated = [(row.rule, row.date) for row in advice.plan.rows if row.date]
        assert sorted((entry.rule, entry.day) for entry in entries if entry.rule) == sorted(dated)
        assert [entry.day for entry in entries if not entry.rule] == [max(advice.review_by, TODAY.isoformat())]
        assert min(entry.day for entry in entries) >= TODAY.isoformat()
        assert len({entry.uid for entry in entries}) == len(entries)
        for entry in entries:
            day = datetime.date.fromisoformat(entry.day)
            assert all(day - datetime.timedelta(days=ahead) > TODAY for ahead in entry.alarms)


def test_what_is_said_again_on_a_later_day_keeps_its_id(shipped_advisor: Advisor) -> None:
    for answers in people(12, seed=12):
        plain = answers.plain()
        later = TODAY + datetime.timedelta(days=1)
        first, second = (calendar(shipped_advisor.advise(plain, as_of=on), KEPT, ME) for on in (TODAY, later))
        ids = {entry.rule: entry.uid for entry in first}
        again = [entry for entry in second if entry.rule in ids]
        assert again
        assert all(entry.uid == ids[entry.rule] for entry in again)


@pytest.mark.parametrize("key", ["plan.words_below", "plan.words_full"])
def test_what_points_to_words_on_the_page_points_to_the_letters(key: str) -> None:
    told = headings()
    row = due(14).model_copy(update={"do": f"Email two plans {told[key]}. Then wait."})
    entry = the_entry(row)
    assert entry.title == "Email two plans"
    assert entry.text.startswith(f"Email two plans {told['calendar.words_kept']}. Then wait.")
