"""The numbers by which the report cites its sources, and the list of those sources at its end."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator

from advisor.model.advice import Advice, SourceNote
from advisor.model.dates import day
from advisor.model.words import Words
from advisor.rendering.report_parts import Bullet, BulletList, ReportPart, SourceEntry, Subheading

_BARE = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[^\s;,]*)?")
_OWN = ("judgment", "worked")  # grades of what the rule base worked out or judged itself


class Citations:
    """Numbers for sources: those listed on the first page come first, others in the order they are first cited.

    Sources of one title share a number. What the rule base judged or worked out itself has none. `beside` are sources
    of what goes with the advice, which it need not rest on itself.
    """

    def __init__(self, advice: Advice, listed: Iterable[SourceNote], beside: Iterable[SourceNote] = ()) -> None:
        self._notes = {note.id: note for note in (*advice.sources, *beside)}
        self._numbers: dict[str, int] = {}
        for note in listed:
            self._numbers.setdefault(note.title, len(self._numbers) + 1)

    def __len__(self) -> int:
        """How many numbers were given so far."""
        return len(self._numbers)

    def of(self, sources: Iterable[str]) -> tuple[int, ...]:
        """The numbers of some sources, in order."""
        titles = [self._notes[source].title for source in sources if self._notes[source].grade not in _OWN]
        return tuple(sorted({self._numbers.setdefault(title, len(self._numbers) + 1) for title in titles}))

    def named(self, sources: Iterable[str]) -> Iterator[SourceNote]:
        """Those of some sources that have a number, each title once."""
        titles: dict[str, SourceNote] = {}
        for source in sources:
            if self._notes[source].grade not in _OWN:
                titles.setdefault(self._notes[source].title, self._notes[source])
        yield from titles.values()

    def entries(self, words: Words) -> Iterator[ReportPart]:
        """Every source that was cited, by number; then what has no number."""
        for title, number in sorted(self._numbers.items(), key=lambda pair: pair[1]):
            yield _entry(number, [note for note in self._notes.values() if note.title == title], words)
        own = [note for note in self._notes.values() if note.grade in _OWN]
        if own:
            yield Subheading(words("report.own_sources"))
            yield BulletList(tuple(Bullet(_own(note, words)) for note in own))


def _entry(number: int, notes: list[SourceNote], words: Words) -> SourceEntry:
    first = notes[0]
    text = words(
        "report.source",
        title=first.title, publisher=first.publisher.rstrip("."), dated=first.dated, accessed=_read(first.accessed),
        means=first.grade_means,
    )  # fmt: skip
    links = dict.fromkeys(link for note in notes for address in note.address for link in web_addresses(address))
    return SourceEntry(number, text, tuple(links))


def _own(note: SourceNote, words: Words) -> str:
    return words("report.own_source", title=note.title, means=note.grade_means)


def _read(accessed: str) -> str:
    try:
        return day(datetime.date.fromisoformat(accessed))
    except ValueError:
        return accessed


def web_addresses(address: str) -> tuple[str, ...]:
    """An address as web addresses, where it is one or several that lack only their `https://`; else as it is."""
    parts = address.split("; ")
    return tuple(f"https://{part}" for part in parts) if all(_BARE.fullmatch(part) for part in parts) else (address,)
