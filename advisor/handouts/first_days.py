"""Lets a step of a kept plan keep its first day: later advice counts from a later day and so puts off what is due."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping

from advisor.model.advice import Advice
from advisor.model.dates import day
from advisor.model.plan_page import FROM_A_DATE, PlanPage, RowSaid
from advisor.model.progress import named_rows
from advisor.model.rule import PlanRow
from advisor.model.rulebase import RuleBase
from advisor.model.words import Words

_WEEKEND = 2  # days by which a row falls earlier so as not to be due on a weekend
_HALF_YEAR = 183  # days


def first_days(base: RuleBase, before: Advice, after: Advice, settled: Collection[str]) -> dict[str, str]:
    """The day of each row of `after`, by its name, that stood in `before` and keeps its day from there, where the day
    would be another one without that.

    It keeps it unless the row is `settled` (then it asks for something else, or again), the rule sets another time, or
    the person told another date to count from. What comes round keeps its rhythm: the day is the next one.
    """
    if after.plan.as_of is None:
        return {}
    old, made = named_rows(before.plan), {}
    for name, row in named_rows(after.plan).items():
        was = old.get(name)
        if was is None or was.date is None or row.date is None or name in settled:
            continue
        if _same_time(was, row) and _same_date_told(base, row.rule, before, after):
            kept = _next(was.date, row.due, after.plan.as_of) if row.kind == "every_days" else was.date
            if kept != row.date:
                made[name] = kept
    return made


def with_days(plan: PlanPage, days: Mapping[str, str], headings: Mapping[str, str]) -> PlanPage:
    """The plan with these days for the rows of these names, in time order; a day that has passed is said to be so."""
    if plan.as_of is None or not days:
        return plan
    as_of, words = datetime.date.fromisoformat(plan.as_of), Words(headings)
    rows = [
        _on(row, datetime.date.fromisoformat(days[name]), as_of, words) if name in days and row.date else row
        for name, row in named_rows(plan).items()
    ]
    rows.sort(key=lambda row: (row.date is None, row.date or "", row.kind == "every_days"))
    return plan.model_copy(update={"rows": tuple(rows)})


def _on(row: RowSaid, on: datetime.date, as_of: datetime.date, words: Words) -> RowSaid:
    """The row on a day, and how that reads: a day that has passed, too, without its year while that is clear."""
    date = day(on, on if abs((as_of - on).days) < _HALF_YEAR else as_of)
    if row.kind == "every_days":
        when = row.when
    elif row.kind == "after":
        when = words("plan.when.from_date", date=date)
    elif on == as_of:
        when = words("plan.when.today")
    else:
        when = words(f"plan.when.{'by_date' if on > as_of else 'was_due'}", date=date)
    return row.model_copy(update={"date": on.isoformat(), "when": when})


def _same_time(before: RowSaid, after: RowSaid) -> bool:
    """Whether the rule sets the same time: the same kind and, counted from the advice, about as many days."""
    if before.kind != after.kind:
        return False
    if before.kind in FROM_A_DATE or before.due is None or after.due is None:
        return True
    return abs(before.due - after.due) <= _WEEKEND


def _same_date_told(base: RuleBase, rule: str, before: Advice, after: Advice) -> bool:
    """Whether the answer that the row counts from is the same in both; a row that counts from none has none."""
    actions = base.by_id[rule].actions if rule in base.by_id else ()
    asked = {action.time.of for action in actions if isinstance(action, PlanRow)} - {""}
    return all(before.trace.answers.get(one) == after.trace.answers.get(one) for one in asked)


def _next(first: str, every: int | None, as_of: str) -> str:
    """The next round of what comes every so many days from a first day on."""
    start, today = datetime.date.fromisoformat(first), datetime.date.fromisoformat(as_of)
    if not every or start >= today:
        return first
    return (today + datetime.timedelta(days=-(today - start).days % every)).isoformat()
