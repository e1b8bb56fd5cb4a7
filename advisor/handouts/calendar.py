"""The dates of the plan for a calendar: what is due when, what comes round, and when to look at the plan again."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator

from advisor.model.advice import Advice
from advisor.model.dates import day
from advisor.model.handouts import CalendarEntry
from advisor.model.plan_page import RowSaid
from advisor.model.progress import named_rows
from advisor.model.template import Template

REMINDERS = (7, 1)
"""Days ahead on which to be reminded: a week to get it done, and the day before."""
CLOSING = (30, 7, 1)
"""The same before a day that the person named and that runs out: then a month is left to gather papers."""
QUARTER = 90
"""Days for which something that comes round is put in the calendar: by then the answers are worth another look."""
FEWEST = 4
"""What comes round seldom is there so many times: a year, for what is due each quarter."""
TITLE = 70
"""Characters of a title: about what a calendar shows in a list of the day."""

_LEAD = "advisor calendar"
_POINTERS = ("plan.words_below", "plan.words_full")  # what rows say of words to use that stand elsewhere
_REVIEW = "review"  # what the entry for the plan itself is called; a row is `row` and its name


def calendar(advice: Advice, person: str) -> tuple[CalendarEntry, ...]:
    """Each row of the plan that has a day, shown on the page or not, and the day to look at the plan again, by day.

    `person` is any text that stays the same for the same person whatever their answers: it tells their entries from
    those of others. What is to be done again and again first comes round after its days, and ends with a quarter year
    or after four times, whichever is later. Rows that wait for an event have no day, and are no entries; without the
    day of the advice there are none at all.
    """
    if advice.plan.as_of is None:
        return ()
    as_of = datetime.date.fromisoformat(advice.plan.as_of)
    entries = [*_rows(advice, person, as_of), *_review(advice, person, as_of)]
    return tuple(sorted(entries, key=lambda entry: entry.day))


def _rows(advice: Advice, person: str, as_of: datetime.date) -> Iterator[CalendarEntry]:
    pointers = tuple(advice.headings[key] for key in _POINTERS)
    for name, row in named_rows(advice.plan).items():
        if row.date is None:
            continue
        every = row.due or None if row.kind == "every_days" else None
        yield CalendarEntry(
            uid=_uid(person, "row", name),
            kind="event" if row.kind == "after" else "todo",
            title=_short(_without(row.do, pointers, "")),
            text=_text(advice, row, as_of),
            day=row.date,
            until=row.date,
            every_days=every,
            alarms=() if every else _alarms(row, as_of),
            rule=row.rule,
            times=max(FEWEST, QUARTER // every) if every else 1,
        )


def _review(advice: Advice, person: str, as_of: datetime.date) -> Iterator[CalendarEntry]:
    """The day on which to look at the plan again, today when it has come."""
    if not advice.review_by:
        return
    again = max(datetime.date.fromisoformat(advice.review_by), as_of)
    yield CalendarEntry(
        uid=_uid(person, _REVIEW),
        kind="event",
        title=advice.headings["calendar.review"],
        text="\n".join((_said(advice, "expiry", review_by=day(again)), _from(advice, as_of))),
        day=again.isoformat(),
        until=again.isoformat(),
        every_days=None,
        alarms=_ahead(CLOSING, again, as_of),
        rule="",
    )


def _alarms(row: RowSaid, as_of: datetime.date) -> tuple[int, ...]:
    due = datetime.date.fromisoformat(row.date) if row.date else as_of
    return _ahead(CLOSING if row.kind == "before" else REMINDERS, due, as_of)


def _ahead(days: tuple[int, ...], due: datetime.date, as_of: datetime.date) -> tuple[int, ...]:
    """Those of the days ahead that are still to come: on the day of the advice nobody needs to be reminded."""
    return tuple(ahead for ahead in days if ahead < (due - as_of).days)


def _text(advice: Advice, row: RowSaid, as_of: datetime.date) -> str:
    done = _said(advice, "plan.done", done=row.done) if row.done else ""
    pointers = tuple(advice.headings[key] for key in _POINTERS)
    do = _without(row.do, pointers, " " + advice.headings["calendar.words_kept"])
    return "\n".join(part for part in (do, done, _from(advice, as_of)) if part)


def _without(text: str, pointers: Iterable[str], instead: str) -> str:
    """A text with something else in place of what points to words on the page, and of the space before it."""
    for pointer in pointers:
        text = text.replace(" " + pointer, instead)
    return text


def _from(advice: Advice, as_of: datetime.date) -> str:
    return _said(advice, "calendar.from", date=day(as_of))


def _said(advice: Advice, key: str, **slots: str) -> str:
    return Template.of(advice.headings[key]).fill(slots.__getitem__)


def _short(text: str) -> str:
    """The first sentence, or as many of its words as a title holds."""
    first = " ".join(text.split()).partition(". ")[0].removesuffix(".")
    if len(first) <= TITLE:
        return first
    kept = first[:TITLE].rpartition(" ")[0] or first[: TITLE - 1]
    return kept.rstrip(",;:") + "…"


def _uid(person: str, *thing: str) -> str:
    """The same for the same thing and person on every day; neither can be read from it."""
    return hashlib.sha256("\0".join((_LEAD, person, *thing)).encode("utf-8", "surrogatepass")).hexdigest()[:32]
