"""The parts of the plan page in the order read, free of any format."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from advisor.model.advice import Advice, SourceNote
from advisor.model.dates import day
from advisor.model.plan_page import AnswerSaid, NumberSaid, RowSaid, Said
from advisor.model.safe_text import one_line
from advisor.rendering.plan_fit import Shown
from advisor.rendering.words import Words, joined

Mark: TypeAlias = Literal["plain", "stop", "row", "point", "quote", "bar"]

BAR = 20  # characters of the longest bar
ANSWERED_FOR = ("A", "B")  # grades of sources that an office or a profession answers for


@dataclass(frozen=True, slots=True)
class Item:
    """One thing said, how it is marked, and for a row when it is due."""

    mark: Mark
    text: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class PlanPart:
    """A part of the page: its heading and what it says."""

    heading: str
    items: tuple[Item, ...]


def plan_parts(advice: Advice, shown: Shown, words: Words) -> Iterator[PlanPart]:
    """The parts that have something to say, each text on one line without characters that could steer a terminal; the
    first is the answer, under the title of the page.
    """
    for part in _parts(advice, shown, words):
        items = tuple(Item(item.mark, one_line(item.text), one_line(item.when)) for item in part.items)
        yield PlanPart(one_line(part.heading), items)


def _parts(advice: Advice, shown: Shown, words: Words) -> Iterator[PlanPart]:
    answer = shown.plan.answer
    notes = _Notes(advice, shown, words)

    def text(line: AnswerSaid | Said) -> str:
        return notes.marked(line.text, line.sources)

    yield PlanPart(words("plan.headings.title"), (Item("plain", text(answer)), Item("plain", answer.how_sure)))
    parts = (
        ("stops", tuple(Item("stop", text(stop)) for stop in shown.stops)),
        ("rows", tuple(_rows(shown, words, notes))),
        ("replies", tuple(Item("point", text(line)) for line in shown.replies)),
        ("reasons", tuple(_reasons(shown, words, notes))),
        ("watch", tuple(Item("point", text(line)) for line in shown.watch)),
        ("numbers", tuple(_numbers(shown, words, notes))),
        ("other", tuple(_other(shown, words, notes))),
        ("find_out", tuple(Item("point", text(line)) for line in shown.find_out)),
    )
    yield from (PlanPart(words(f"plan.headings.{name}"), items) for name, items in parts if items)
    for script in shown.scripts:
        heading = words("plan.headings.say", by=words(f"plan.by.{script.by}"), to=script.to)
        yield PlanPart(heading, (Item("quote", script.text),))
    yield PlanPart(words("plan.headings.rests_on"), tuple(_rests_on(advice, shown, words, notes)))


def told_on(shown: Shown, words: Words) -> str:
    """The day of the advice as it stands beside the title, or nothing."""
    as_of = shown.plan.as_of
    return words("plan.as_of", date=day(datetime.date.fromisoformat(as_of))) if as_of else ""


class _Notes:
    """The sources the page lists, and the marks that tie what is shown to them: of the sources of what is shown those
    that carry most of the plan, each once by its title, those first that others answer for.
    """

    def __init__(self, advice: Advice, shown: Shown, words: Words) -> None:
        self.words = words
        lines: tuple[AnswerSaid | Said | RowSaid, ...] = (
            shown.plan.answer, *shown.stops, *shown.rows, *shown.replies, *shown.reasons, *shown.watch,
            *shown.numbers, *shown.find_out, *((shown.other,) if shown.other else ()),
        )  # fmt: skip
        carrying = {source for line in lines for source in line.sources}
        by_id = {note.id: note for note in advice.sources}
        titles: dict[str, list[SourceNote]] = {}
        for note in (by_id[source] for source in shown.plan.rests_on if source in carrying):
            titles.setdefault(note.title, []).append(note)
        named = [notes for notes in titles.values() if f"plan.grades.{notes[0].grade}" in advice.headings]
        named.sort(key=lambda notes: notes[0].grade not in ANSWERED_FOR)
        listed = named[: shown.sources]
        self.listed = tuple(notes[0] for notes in listed)
        self.left = len(named) - len(listed)
        self.unsourced = len(named) < len(titles)
        self._number = {note.id: place for place, notes in enumerate(listed, 1) for note in notes}

    def marked(self, text: str, sources: tuple[str, ...]) -> str:
        """A text with the numbers of those of its sources that are listed."""
        numbers = sorted({self._number[source] for source in sources if source in self._number})
        return joined(text, "".join(self.words("plan.mark", number=number) for number in numbers))


def _rows(shown: Shown, words: Words, notes: _Notes) -> Iterator[Item]:
    for row in shown.rows:
        text = joined(row.do, words("plan.done", done=row.done) if row.done else "")
        yield Item("row", notes.marked(text, row.sources), row.when)


def _reasons(shown: Shown, words: Words, notes: _Notes) -> Iterator[Item]:
    for reason in shown.reasons:
        text = notes.marked(reason.text, reason.sources)
        yield Item("point", words("plan.against", text=text) if reason.against else text)


def _numbers(shown: Shown, words: Words, notes: _Notes) -> Iterator[Item]:
    yield from (Item("point", notes.marked(number.text, number.sources)) for number in shown.numbers)
    if shown.bars:
        yield from (Item("bar", bar) for bar in _bars(shown.numbers, words))


def _bars(numbers: tuple[NumberSaid, ...], words: Words) -> Iterator[str]:
    """The numbers of one unit that have a low, likely and high end, as bars, when there are two or more to compare."""
    found = [n for n in numbers if None not in (n.low, n.likely, n.high) and n.low != n.high and (n.low or 0) >= 0]
    same = [n for n in found if n.unit == found[0].unit]
    longest = max((n.high or 0 for n in same), default=0)
    if len(same) < 2 or longest == 0:
        return
    names = max(len(n.title) for n in same)
    for n in same:
        likely, high = (round(BAR * (value or 0) / longest) for value in (n.likely, n.high))
        bar = ("#" * likely + "-" * (high - likely)).ljust(BAR)
        likely_said, span = words.counted(f"render.unit.{n.unit}", n.likely or 0), (n.low or 0, n.high or 0)
        told = words("plan.bar", likely=likely_said, range=words.between(n.unit, *span))
        yield f"{n.title.ljust(names)} {bar} {told}"


def _other(shown: Shown, words: Words, notes: _Notes) -> Iterator[Item]:
    if shown.other:
        yield Item(
            "plain",
            words("plan.other", title=shown.other.title, text=notes.marked(shown.other.text, shown.other.sources)),
        )


def _rests_on(advice: Advice, shown: Shown, words: Words, notes: _Notes) -> Iterator[Item]:
    """The listed sources with number, date and worth; then what leans, what the page is not, when to check again, and
    what is left to the full view.
    """
    yield from (Item("plain", _source(note, number, words)) for number, note in enumerate(notes.listed, 1))
    closing = joined(
        _unmarked(notes, words),
        words("plan.leans") if shown.plan.leans_with_publisher else "",
        words("plan.not_advice"),
        words("plan.check_again", review_by=day(datetime.date.fromisoformat(advice.review_by)))
        if advice.review_by
        else "",
        _left(shown, words),
    )
    yield Item("plain", closing)


def _unmarked(notes: _Notes, words: Words) -> str:
    """What the lines without a number rest on."""
    if notes.left:
        return words("plan.judgment_and_left" if notes.unsourced else "plan.sources_left")
    if notes.unsourced:
        return words("plan.judgment" if notes.listed else "plan.judgment_alone")
    return ""


def _left(shown: Shown, words: Words) -> str:
    """How many rows and scripts are left to the full view."""
    rows = words.counted("plan.left_rows", len(shown.left_rows)) if shown.left_rows else ""
    scripts = words.counted("plan.more_scripts", shown.more_scripts) if shown.more_scripts else ""
    if rows and scripts:
        return words("plan.left_both", rows=rows, scripts=scripts)
    return words("plan.left", left=rows or scripts) if rows or scripts else ""


def _source(note: SourceNote, number: int, words: Words) -> str:
    """A source with where to look it up, its date and its worth."""
    site = next((word for word in note.address[0].split() if "." in word.strip(".")), "") if note.address else ""
    site = site.removeprefix("https://").removeprefix("http://").removeprefix("www.").partition("/")[0].rstrip(",;")
    grade = words(f"plan.grades.{note.grade}")
    mark, where = words("plan.mark", number=number), f"{site}, " if site else ""
    return words("plan.source", mark=mark, title=note.title, site=where, dated=note.dated, grade=grade)
