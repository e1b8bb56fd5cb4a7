"""A calendar file (iCalendar, RFC 5545) that Google Calendar, Apple Calendar and Outlook all import."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from advisor.model.handouts import CalendarEntry
from advisor.model.words import Words

if TYPE_CHECKING:
    from icalendar import Alarm, Event

PRODUCT = "-//credentialing-advisor//plan//EN"
REMINDED_AT = 9
"""The hour of the day at which an alarm sounds: an all-day entry begins at midnight, when nobody wants to hear one."""

_FIRST_DAY = datetime.date(2000, 1, 1)  # from which the days of files are counted
_A_DAY = 100  # numbers for the files of one day


def calendar_ics(
    entries: Sequence[CalendarEntry],
    as_of: datetime.date,
    headings: Mapping[str, str],
    *,
    before: Sequence[CalendarEntry] = (),
    revision: int = 0,
) -> bytes:
    """The entries as a calendar file: all-day events, private, that take no time of the day and remind as they say.

    `as_of` is the day of the advice: a file of a later day takes the place of what an earlier one said of the same
    entries, and of two files of one day that with the higher `revision` (0 to 99). `before` are the entries of the file
    before: those that are gone and not yet past are called off. `headings` are those of the advice. Raises ValueError
    without any entry, since a calendar file must have one, and KeyError for missing wording.
    """
    from icalendar import Calendar

    words, stays = Words(headings), {entry.uid for entry in entries}
    gone = [entry for entry in before if entry.uid not in stays and _last(entry) >= as_of]
    if not entries and not gone:
        raise ValueError("a calendar file needs an entry")
    stamp = _Stamp(as_of, revision)
    file = Calendar()
    file.add("prodid", PRODUCT)
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("x-wr-calname", _line(words("calendar.name")))
    for entry in entries:
        event = _event(entry, stamp, _line(entry.title))
        event.add("status", "CONFIRMED")
        for ahead in entry.alarms:
            event.add_component(_alarm(ahead, _line(entry.title)))
        file.add_component(event)
    for entry in gone:
        event = _event(entry, stamp, _line(words("calendar.gone", title=entry.title)))
        event.add("status", "CANCELLED")
        file.add_component(event)
    return bytes(file.to_ical())


class _Stamp:
    """What tells a later file from an earlier one: a number that grows with the days, and a moment."""

    def __init__(self, as_of: datetime.date, revision: int) -> None:
        within = min(max(revision, 0), _A_DAY - 1)
        self.sequence = max((as_of - _FIRST_DAY).days, 0) * _A_DAY + within
        self.moment = datetime.datetime.combine(
            as_of, datetime.time(second=within % 60, minute=within // 60), datetime.UTC
        )


def _event(entry: CalendarEntry, stamp: _Stamp, title: str) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", stamp.moment)
    event.add("sequence", stamp.sequence)
    event.add("dtstart", datetime.date.fromisoformat(entry.day))
    event.add("dtend", datetime.date.fromisoformat(entry.until) + datetime.timedelta(days=1))
    event.add("summary", title)
    event.add("description", _safe(entry.text))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    if entry.every_days is not None:
        event.add("rrule", {"freq": "daily", "interval": entry.every_days, "count": entry.times})
    return event


def _alarm(ahead: int, title: str) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", datetime.timedelta(days=-ahead, hours=REMINDED_AT))
    return alarm


def _last(entry: CalendarEntry) -> datetime.date:
    """The last day that an entry touches."""
    rounds = (entry.times - 1) * (entry.every_days or 0)
    return datetime.date.fromisoformat(entry.until) + datetime.timedelta(days=rounds)


def _line(text: str) -> str:
    return " ".join(_safe(text).split())


def _safe(text: str) -> str:
    """The text with plain line breaks, and without the characters that a calendar file may not hold."""
    lines = "\n".join(text.splitlines())
    return "".join(_allowed(character) for character in lines)


def _allowed(character: str) -> str:
    if character == "\n":
        return character
    kind = unicodedata.category(character)
    return " " if kind == "Cc" else "?" if kind == "Cs" else character
