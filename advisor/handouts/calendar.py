"""The dates of the plan for a calendar: what is due when, what comes round, and when to look at the plan again."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator

from advisor.model.advice import Advice
from advisor.model.dates import day
from advisor.model.handouts import CalendarEntry
from advisor.model.plan_page import LAST_DAYS, RowSaid
from advisor.model.progress import named_rows
from advisor.model.rulebase import KeptNumbers
from advisor.model.words import Words

TITLE = 70
"""Characters of a title: about what a calendar shows in a list of the day."""

_LEAD = "advisor calendar"
_POINTERS = ("plan.words_below", "plan.words_full")  # what rows say of words to use that stand elsewhere
_REVIEW = "review"  # what the entry for the plan itself is called; a row is `row` and its name


def calendar(advice: Advice, kept: KeptNumbers, person: str) -> tuple[CalendarEntry, ...]:
    """Each row of the plan that has a day, shown on the page or not, and the day to look at the plan again, by day.

    `kept` says when to remind and how long to repeat. `person` is any text that stays the same for the same person
    whatever their answers: it tells their entries from those of others. What is to be done again and again first comes
    round after its days. Rows that wait for an event have no day, and are no entries; without the
    day of the advice there are none at all.
    """
    if advice.plan.as_of is None:
        return ()
    as_of = datetime.date.fromisoformat(advice.plan.as_of)
    desk = _Desk(advice, kept, person, as_of)
    return tuple(sorted((*desk.rows(), *desk.review()), key=lambda entry: entry.day))


class _Desk:
    """Makes the entries of one piece of advice of one day."""

    def __init__(self, advice: Advice, kept: KeptNumbers, person: str, as_of: datetime.date) -> None:
        self._advice, self._kept, self._person, self._as_of = advice, kept, person, as_of
        self._words = Words(advice.headings)

    def rows(self) -> Iterator[CalendarEntry]:
        """The rows that have a day."""
        kept = self._kept
        for name, row in named_rows(self._advice.plan).items():
            if row.date is None:
                continue
            every = row.due or None if row.kind == "every_days" else None
            ahead = kept.closing if row.kind in LAST_DAYS else kept.reminders
            yield CalendarEntry(
                uid=_uid(self._person, "row", name),
                kind="event" if row.kind == "after" else "todo",
                title=_short(self._pointing(row.do, "")),
                text=self._text(row),
                day=row.date,
                until=row.date,
                every_days=every,
                alarms=() if every else self._ahead(ahead, row.date),
                rule=row.rule,
                times=max(kept.fewest_times, kept.repeat_days // every) if every else 1,
            )

    def review(self) -> Iterator[CalendarEntry]:
        """The day on which to look at the plan again, today when it has come."""
        if not self._advice.review_by:
            return
        again = max(datetime.date.fromisoformat(self._advice.review_by), self._as_of)
        yield CalendarEntry(
            uid=_uid(self._person, _REVIEW),
            kind="event",
            title=self._words("calendar.review"),
            text="\n".join((self._words("expiry", review_by=day(again)), self._from())),
            day=again.isoformat(),
            until=again.isoformat(),
            every_days=None,
            alarms=self._ahead(self._kept.closing, again.isoformat()),
            rule="",
        )

    def _ahead(self, days: tuple[int, ...], due: str) -> tuple[int, ...]:
        """Those of the days ahead that are still to come: on the day of the advice nobody needs to be reminded."""
        left = (datetime.date.fromisoformat(due) - self._as_of).days
        return tuple(ahead for ahead in days if ahead < left)

    def _text(self, row: RowSaid) -> str:
        done = self._words("plan.done", done=row.done) if row.done else ""
        do = self._pointing(row.do, " " + self._words("calendar.words_kept"))
        return "\n".join(part for part in (do, done, self._from()) if part)

    def _pointing(self, text: str, instead: str) -> str:
        """A text with something else in place of what points to words on the page, and of the space before it."""
        for key in _POINTERS:
            text = text.replace(" " + self._words(key), instead)
        return text

    def _from(self) -> str:
        return self._words("calendar.from", date=day(self._as_of))


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
