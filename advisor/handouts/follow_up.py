"""Puts a follow-up together: what was due and is not done, what changed since, and how the new plan differs."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping

from advisor.handouts.plan_diff import plan_diff
from advisor.model.advice import Advice
from advisor.model.follow_up import FollowUp, PlanDiff, RowNow, StaleSource
from advisor.model.plan_page import PlanPage
from advisor.model.progress import Progress, named_rows
from advisor.model.proofs import AnswerChange


def follow_up(
    before: Advice,
    after: Advice,
    progress: Progress,
    answers: tuple[AnswerChange, ...],
    review_days: Mapping[str, str],
    on: datetime.date,
) -> FollowUp:
    """What became of the plan of `before` by the day `on`, when the advice is that of `after`.

    `answers` are the answers that changed between the two, in words, and `review_days` the day (YYYY-MM-DD) by which
    each rule at hand is to be read again, by its id.
    """
    return FollowUp(
        on=on.isoformat(),
        told_on=before.plan.as_of,
        due=due(before, on, progress),
        settled=settled(before, progress),
        answers=answers,
        rules_before=before.rulebase,
        rules_after=after.rulebase,
        stale=stale(after, review_days, on),
        plan=plan_diff(before.plan, after.plan),
    )


def due(advice: Advice, on: datetime.date, progress: Progress) -> tuple[RowNow, ...]:
    """The rows that were due by a day, that day included, and ask for something still; in time order."""
    rows = (row for row in _now(advice, progress) if row.row.date and row.row.date <= on.isoformat())
    over = settled_rows(advice.plan, progress)
    return tuple(row for row in rows if row.name not in over and not _done_on(row, on))


def settled(advice: Advice, progress: Progress) -> tuple[RowNow, ...]:
    """The rows that are done or not needed, in the order of the plan."""
    over = settled_rows(advice.plan, progress)
    return tuple(row for row in _now(advice, progress) if row.name in over)


def settled_rows(plan: PlanPage, progress: Progress) -> frozenset[str]:
    """The names of the rows that ask for nothing more. One that comes again and again is over when it is not needed,
    and not when it was done once.
    """
    rows = named_rows(plan)
    return frozenset(
        name
        for name in progress.settled & rows.keys()
        if rows[name].kind != "every_days" or progress.rows[name].state == "not needed"
    )


def _done_on(row: RowNow, on: datetime.date) -> bool:
    """Whether a row that comes again and again was done for this time: that was said on this day."""
    return row.said is not None and row.said.state == "done" and row.said.said_on == on.isoformat()


def still_open(plan: PlanPage, difference: PlanDiff, settled: Collection[str]) -> PlanPage:
    """The plan after, without the rows that were settled under the plan before and read the same in both.

    A row that has changed stays: what was done is not what it now asks for.
    """
    same = {line.name for line in difference.kept if line.part == "rows"}
    rows = tuple(row for name, row in named_rows(plan).items() if name not in same or name not in settled)
    return plan.model_copy(update={"rows": rows})


def stale(advice: Advice, review_days: Mapping[str, str], on: datetime.date) -> tuple[StaleSource, ...]:
    """The sources of what the plan page says whose facts should have been checked again before a day: by the earliest
    day of the rules that rest on them, then as the advice lists them.
    """
    plan = advice.plan
    said = [(line.rule, line.sources) for line in (*plan.lines, *plan.rows, *((plan.other,) if plan.other else ()))]
    said += [(rule, plan.answer.sources) for rule in plan.answer.rules]
    late = [(rule, sources) for rule, sources in said if "" < review_days.get(rule, "") < on.isoformat()]
    found = []
    for note in advice.sources:
        rules = tuple(dict.fromkeys(rule for rule, sources in late if note.id in sources))
        if rules:
            earliest = min(review_days[rule] for rule in rules)
            found.append(StaleSource(title=note.title, dated=note.dated, review_by=earliest, rules=rules))
    return tuple(sorted(found, key=lambda one: one.review_by))


def _now(advice: Advice, progress: Progress) -> tuple[RowNow, ...]:
    rows = named_rows(advice.plan).items()
    return tuple(RowNow(name=name, row=row, said=progress.rows.get(name)) for name, row in rows)
