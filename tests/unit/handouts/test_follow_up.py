from __future__ import annotations

import datetime

from advisor.advice import Advisor
from advisor.handouts.follow_up import due, follow_up, settled, stale, still_open
from advisor.handouts.plan_diff import plan_diff
from advisor.model.follow_up import FollowUp
from advisor.model.plan_page import RowSaid
from advisor.model.progress import Progress, named_rows
from tests.helpers.people import TODAY, people
from tests.unit.rendering.an_advice import PLAN, a_row, an_advice

ADVICE = an_advice()
FIRST, SECOND, LAST, WAITS = (
    a_row("First", key="first", date="2026-11-28", due=0, kind="today"),
    a_row("Second", key="second", date="2026-12-04"),
    a_row("Last", key="last", date="2026-12-28", due=30, kind="by_day"),
    a_row("Waits", key="waits", due=None, kind="not_before"),
)
PLANNED = ADVICE.model_copy(update={"plan": PLAN.model_copy(update={"rows": (FIRST, SECOND, LAST, WAITS)})})
LATER = datetime.date(2026, 12, 4)


def test_what_was_due_is_told_until_it_is_settled() -> None:
    assert [now.name for now in due(PLANNED, LATER, Progress())] == ["first", "second"]
    progress = Progress().saying("first", "not needed", TODAY).saying("second", "not yet", TODAY)
    open_now = due(PLANNED, LATER, progress)
    assert [(now.name, now.said is not None and now.said.state) for now in open_now] == [("second", "not yet")]
    assert [now.name for now in settled(PLANNED, progress)] == ["first"]


def test_a_row_without_a_day_is_never_due() -> None:
    assert "waits" not in [now.name for now in due(PLANNED, datetime.date(2049, 1, 1), Progress())]


def test_a_settled_row_stands_in_the_new_plan_only_if_it_asks_for_something_else_now() -> None:
    def left(second: RowSaid) -> list[str]:
        after = PLANNED.plan.model_copy(update={"rows": (FIRST, second, LAST)})
        return list(named_rows(still_open(after, plan_diff(PLANNED.plan, after), {"first", "second"})))

    assert left(SECOND) == ["last"]
    assert left(SECOND.model_copy(update={"do": "Something else."})) == ["second", "last"]


def test_sources_are_told_whose_rules_should_have_been_read_again() -> None:
    rules = [*(line.rule for line in ADVICE.plan.lines), *(row.rule for row in ADVICE.plan.rows)]
    days = dict.fromkeys(rules, "2027-01-01")
    assert stale(ADVICE, days, datetime.date(2027, 1, 1)) == ()
    found = stale(ADVICE, days, datetime.date(2027, 1, 2))
    assert found
    assert {one.review_by for one in found} == {"2027-01-01"}
    assert stale(ADVICE, {}, datetime.date(2030, 1, 1)) == ()


def test_all_of_it_comes_back_from_json(shipped_advisor: Advisor) -> None:
    days = {rule.id: rule.review_by for rule in shipped_advisor.rulebase.active}
    later = TODAY + datetime.timedelta(days=400)
    for answers in people(6, seed=21):
        before = shipped_advisor.advise(answers)
        after = shipped_advisor.advise(answers.plain(), as_of=later)
        found = follow_up(before, after, Progress(), (), days, later)
        assert FollowUp.model_validate_json(found.model_dump_json()) == found
        assert [now.row for now in found.due] == [row for row in before.plan.rows if row.date and row.date <= found.on]
        assert found.told_on == TODAY.isoformat()
