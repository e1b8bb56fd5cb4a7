from __future__ import annotations

import datetime
from itertools import pairwise

import pytest

from advisor.advice import Advisor
from advisor.handouts.plan_diff import plan_diff
from advisor.model.plan_page import PlanPage, RowSaid
from tests.helpers.people import TODAY, people
from tests.unit.rendering.an_advice import PLAN, a_row


def with_rows(*rows: RowSaid) -> PlanPage:
    return PLAN.model_copy(update={"rows": rows})


def texts(plan: PlanPage) -> list[str]:
    """Every text of a plan that is a line."""
    found = [plan.answer.text, plan.answer.how_sure, *(line.text for line in plan.lines)]
    return sorted([*found, *(row.do for row in plan.rows), *([plan.other.text] if plan.other else [])])


def agrees(before: PlanPage, after: PlanPage) -> bool:
    """Whether the lines told as kept, changed, new and gone are all lines of the two plans and no others."""
    found = plan_diff(before, after)
    kept = [line.text for line in found.kept]
    old = [*kept, *(one.before.text for one in found.changed), *(line.text for line in found.gone)]
    new = [*kept, *(one.after.text for one in found.changed), *(line.text for line in found.new)]
    return (sorted(old), sorted(new)) == (texts(before), texts(after))


def test_a_plan_does_not_differ_from_itself() -> None:
    assert plan_diff(PLAN, PLAN).same


def test_a_line_is_found_again_by_what_it_is_about() -> None:
    before = with_rows(a_row("Call", key="call"), a_row("Sign", key="sign"), a_row("File", key="file"))
    after = with_rows(a_row("File", key="file"), a_row("Call all", key="call", rule="X-2"), a_row("Ask", key="ask"))
    found = plan_diff(before, after)
    assert [(one.before.text, one.after.text) for one in found.changed] == [("Call now.", "Call all now.")]
    assert [line.text for line in found.new] == ["Ask now."]
    assert [line.text for line in found.gone] == ["Sign now."]


def test_the_same_words_by_another_rule_are_kept() -> None:
    assert plan_diff(with_rows(a_row("Call", rule="X-1")), with_rows(a_row("Call", rule="X-2"))).same


@pytest.mark.parametrize(
    ("kinds", "due", "dates", "moved"),
    [
        (("by_day", "by_day"), (14, 13), ("2026-12-12", "2026-12-18"), False),
        (("by_day", "by_day"), (14, 30), ("2026-12-12", "2026-12-28"), True),
        (("today", "this_week"), (0, 6), ("2026-11-28", "2026-12-04"), True),
        (("before", "before"), (20, 9), ("2026-12-18", "2026-12-18"), False),
        (("before", "before"), (20, 20), ("2026-12-18", "2026-12-29"), True),
        (("not_before", "not_before"), (None, None), (None, None), False),
    ],
)
def test_a_row_has_changed_with_its_time_but_not_with_the_day_of_the_advice(
    kinds: tuple[str, str], due: tuple[int | None, int | None], dates: tuple[str | None, str | None], moved: bool
) -> None:
    old, new = (
        a_row("Call", kind=kind, due=days, date=date) for kind, days, date in zip(kinds, due, dates, strict=True)
    )
    assert bool(plan_diff(with_rows(old), with_rows(new)).changed) is moved


def test_a_row_that_waits_for_something_else_has_changed() -> None:
    old, new = (a_row("Call", when, kind="not_before", due=None) for when in ("not before a yes", "not before a date"))
    assert plan_diff(with_rows(old), with_rows(new)).changed


def test_a_plan_of_another_day_differs_only_in_what_the_day_changes(shipped_advisor: Advisor) -> None:
    for answers in people(6, seed=22):
        plain = {name: said for name, said in answers.plain().items() if not is_day(said)}
        first, second = (
            shipped_advisor.advise(plain, as_of=TODAY + datetime.timedelta(days=days)).plan for days in (0, 7)
        )
        found = plan_diff(first, second)
        assert (found.new, found.gone) == ((), ())
        assert not [one for one in found.changed if one.before.part == "rows"]


def test_every_line_of_two_plans_is_told_once(shipped_advisor: Advisor) -> None:
    plans = [shipped_advisor.advise(answers).plan for answers in people(25, seed=23)]
    for before, after in pairwise(plans):
        assert plan_diff(before, before).same
        assert agrees(before, after)
        assert agrees(before, without_half(before))


def without_half(plan: PlanPage) -> PlanPage:
    """The same plan with every other row and reason gone and the other rows reworded."""
    rows = tuple(row.model_copy(update={"do": f"Now {row.do}"}) for row in plan.rows[::2])
    return plan.model_copy(update={"rows": rows, "reasons": plan.reasons[1::2]})


def is_day(said: object) -> bool:
    """Whether an answer is a date."""
    try:
        return isinstance(said, str) and bool(datetime.date.fromisoformat(said))
    except ValueError:
        return False
