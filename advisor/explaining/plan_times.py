"""When a row of the plan is due: in days, as a date where the day of the advice is known, and in words."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from advisor.explaining.view import View
from advisor.model.dates import day
from advisor.model.plan_page import FROM_A_DATE, LAST_DAYS
from advisor.model.rule import Time

_THIS_WEEK = 6  # days by which "this week" ends
_FRIDAY = 4  # as `weekday` counts
_WAITING = 100_000  # sorts rows that wait for an event behind those that have a day, and later ones behind these
_LATER = 200_000


@dataclass(frozen=True, slots=True)
class Moment:
    """A row's time: its place in time order, whole days from the day of the advice, that day, and how it reads."""

    sorts: tuple[int, int]
    due: int | None
    date: datetime.date | None
    words: str


def moment_of(view: View, time: Time, as_of: datetime.date | None) -> Moment:
    """The moment of a row; `as_of` is the day of the advice."""
    if time.kind in FROM_A_DATE:
        return _around(view, time, as_of)
    if time.kind == "not_before":
        event = view.fill_inside(time.event) if time.event else ""
        return Moment((_WAITING, 0), None, None, _words(view, "plan.when.not_before", event=event))
    if time.kind == "later":
        return Moment((_LATER, 0), None, None, _words(view, "plan.when.later"))
    due = {"today": 0, "this_week": _THIS_WEEK}.get(time.kind, time.days)
    place = (due, int(time.kind == "every_days"))
    date = as_of + datetime.timedelta(days=due) if as_of else None
    if time.kind != "by_day":
        return Moment(place, due, date, _words(view, f"plan.when.{time.kind}", days=str(time.days)))
    if date is None or as_of is None:
        return Moment(place, due, None, _words(view, "plan.when.by_day", days=str(due)))
    date = _working(date, as_of)
    return Moment(place, (date - as_of).days, date, _words(view, "plan.when.by_date", date=day(date, as_of)))


def _working(date: datetime.date, as_of: datetime.date | None) -> datetime.date:
    """The Friday before a day of a weekend, where it is not past; offices are closed on a weekend."""
    friday = date - datetime.timedelta(days=max(0, date.weekday() - _FRIDAY))
    return friday if as_of is None or friday > as_of else date


def _around(view: View, time: Time, as_of: datetime.date | None) -> Moment:
    """Counted from a date that the person gave; today when that day has come, and in words without a date."""
    away = -time.days if time.kind == "before" else time.days
    given = view.values.get(time.of)
    if not isinstance(given, str):
        fallback = view.fill_inside(time.event) if time.event else ""
        words = _words(view, f"plan.when.{time.kind}_event", event=fallback)
        return Moment((_WAITING - (time.kind in LAST_DAYS), away), None, None, words)
    date = datetime.date.fromisoformat(given) + datetime.timedelta(days=away)
    due = (date - as_of).days if as_of else None
    if due is not None and due <= 0:
        return Moment((0, 0), 0, as_of, _words(view, "plan.when.today"))
    order = due if due is not None else _WAITING // 2
    if time.kind in LAST_DAYS:
        date = _working(date, as_of)
        due = (date - as_of).days if as_of else None
    key = "plan.when.by_date" if time.kind in LAST_DAYS else "plan.when.from_date"
    return Moment((order, 0), due, date, _words(view, key, date=day(date, as_of)))


def _words(view: View, key: str, **slots: str) -> str:
    """Words of `wording.yaml` as they stand in front of a row: without a capital."""
    return view.words(key, capital=False, **slots)
