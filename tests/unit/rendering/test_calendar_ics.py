from __future__ import annotations

import datetime
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from advisor.advice import Advisor
from advisor.handouts.calendar import calendar
from advisor.model.handouts import CalendarEntry
from advisor.rendering.calendar_ics import calendar_ics
from tests.helpers.people import TODAY, people
from tests.unit.rendering.an_advice import headings

ENTRY = CalendarEntry(
    uid="a1", kind="todo", title="Call three plans", text="Call three plans.\nDone: it is done.", day="2026-12-12",
    until="2026-12-12", every_days=None, alarms=(7, 1), rule="STP-001",
)  # fmt: skip
PIECES = (
    "\r\n", "\nEND:VEVENT\nBEGIN:VEVENT\n", "END:VCALENDAR", ",", ";", ":", '"', "\\", "\\n", "\\,", "=", " ", "a" * 80,
    "é", "漢字", "👩\u200d⚕\ufe0f", "\x00", "\x1b", "\x85", "\u2028", "\ud800",
)  # fmt: skip
HOSTILE = st.lists(st.one_of(st.sampled_from(PIECES), st.characters()), max_size=20).map("".join)
HEADINGS = headings()


def made(*entries: CalendarEntry, as_of: datetime.date = TODAY, **more: Any) -> bytes:
    return calendar_ics(entries, as_of, HEADINGS, **more)


def events(file: bytes) -> list[Event]:
    return [part for part in Calendar.from_ical(file.decode()).walk("VEVENT") if isinstance(part, Event)]


def test_an_entry_is_an_all_day_event_that_takes_no_time_and_is_private() -> None:
    (event,) = events(made(ENTRY))
    assert event.decoded("dtstart") == datetime.date(2026, 12, 12)
    assert event.decoded("dtend") == datetime.date(2026, 12, 13)
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert (event["summary"], event["description"]) == (ENTRY.title, ENTRY.text)
    assert (event["transp"], event["class"], event["status"]) == ("TRANSPARENT", "PRIVATE", "CONFIRMED")
    assert b"VTODO" not in made(ENTRY)


def test_alarms_sound_in_the_morning_so_many_days_before() -> None:
    (event,) = events(made(ENTRY))
    midnight = datetime.datetime(2026, 12, 12)
    assert [str(midnight + alarm.decoded("trigger")) for alarm in event.walk("VALARM")] == [
        "2026-12-05 09:00:00",
        "2026-12-11 09:00:00",
    ]


def test_what_comes_round_says_how_often() -> None:
    (event,) = events(made(ENTRY.model_copy(update={"every_days": 14, "times": 6})))
    assert event["rrule"].to_ical() == b"FREQ=DAILY;COUNT=6;INTERVAL=14"


def test_a_later_file_and_a_second_one_of_the_day_take_the_place_of_the_first() -> None:
    files = made(ENTRY), made(ENTRY, revision=1), made(ENTRY, as_of=TODAY + datetime.timedelta(days=1))
    found = [events(file)[0] for file in files]
    for key in ("sequence", "dtstamp"):
        values = [event.decoded(key) for event in found]
        assert values == sorted(set(values))
    assert {str(event["uid"]) for event in found} == {"a1"}


def test_what_is_gone_from_the_plan_is_called_off_unless_it_is_past() -> None:
    gone = ENTRY.model_copy(update={"uid": "b2", "title": "Sign"})
    past = ENTRY.model_copy(update={"uid": "c3", "day": "2026-11-01", "until": "2026-11-01"})
    coming_round = past.model_copy(update={"uid": "d4", "every_days": 14, "times": 6})
    kept, *off = events(made(ENTRY, before=(ENTRY, gone, past, coming_round)))
    assert kept["status"] == "CONFIRMED"
    assert {str(event["uid"]): str(event["status"]) for event in off} == {"b2": "CANCELLED", "d4": "CANCELLED"}
    assert off[0]["summary"] == HEADINGS["calendar.gone"].format(title="Sign")
    assert not off[0].walk("VALARM")


def test_a_file_without_any_entry_is_refused() -> None:
    with pytest.raises(ValueError, match="needs an entry"):
        made()


@given(title=HOSTILE, text=HOSTILE)
def test_no_text_adds_an_entry_or_a_line_and_each_comes_back(title: str, text: str) -> None:
    file = made(ENTRY.model_copy(update={"title": title, "text": text}))
    assert well_formed(file)
    (event,) = events(file)
    assert set(event) == set(events(made(ENTRY))[0])
    assert seen(str(event["description"])) == seen(text)
    assert seen(str(event["summary"])) == seen(title)


def test_the_calendar_of_everyone_reads_back_as_it_was_made(shipped_advisor: Advisor) -> None:
    for answers in people(30, seed=13):
        advice = shipped_advisor.advise(answers)
        entries = calendar(advice, shipped_advisor.rulebase.decision.kept, "me")
        file = calendar_ics(entries, TODAY, advice.headings)
        assert file == calendar_ics(entries, TODAY, advice.headings)
        assert well_formed(file)
        read = [(str(e["uid"]), e.decoded("dtstart").isoformat(), str(e["description"])) for e in events(file)]
        assert read == [(entry.uid, entry.day, entry.text) for entry in entries]


def well_formed(file: bytes) -> bool:
    """Whether it is lines of at most 75 octets, each ended by CRLF."""
    lines = file.split(b"\r\n")
    return lines[-1] == b"" and all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)


def seen(text: str) -> str:
    """What a reader sees of a text: its characters that are neither space nor control."""
    return "".join("?" if unicodedata.category(c) == "Cs" else c for c in text if not (c.isspace() or hidden(c)))


def hidden(character: str) -> bool:
    """Whether it is a control character, which a calendar file may not hold."""
    return unicodedata.category(character) == "Cc"
