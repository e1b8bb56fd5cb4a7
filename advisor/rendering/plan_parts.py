"""The parts of the plan page in the order read, free of any format."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from advisor.model.advice import Advice, SourceNote
from advisor.model.dates import day
from advisor.model.plan_page import NumberSaid
from advisor.model.safe_text import one_line
from advisor.rendering.plan_fit import Shown
from advisor.rendering.words import Words, joined

Mark: TypeAlias = Literal["plain", "stop", "row", "point", "aside", "quote", "bar"]

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
    yield PlanPart(words("plan.headings.title"), (Item("plain", answer.text), Item("plain", answer.how_sure)))
    parts = (
        ("stops", tuple(Item("stop", stop.text) for stop in shown.stops)),
        ("rows", tuple(_rows(shown, words))),
        ("replies", tuple(Item("point", line.text) for line in shown.replies)),
        ("reasons", tuple(_reasons(shown, words))),
        ("watch", tuple(Item("point", line.text) for line in shown.watch)),
        ("numbers", tuple(_numbers(shown, words))),
        ("other", tuple(_other(shown, words))),
        ("find_out", tuple(Item("point", line.text) for line in shown.find_out)),
    )
    yield from (PlanPart(words(f"plan.headings.{name}"), items) for name, items in parts if items)
    yield from _scripts(shown, words)
    yield PlanPart(words("plan.headings.rests_on"), tuple(_rests_on(advice, shown, words)))


def told_on(shown: Shown, words: Words) -> str:
    """The day of the advice as it stands beside the title, or nothing."""
    as_of = shown.plan.as_of
    return words("plan.as_of", date=day(datetime.date.fromisoformat(as_of))) if as_of else ""


def _rows(shown: Shown, words: Words) -> Iterator[Item]:
    for row in shown.rows:
        yield Item("row", joined(row.do, words("plan.done", done=row.done) if row.done else ""), row.when)
    left = shown.left_rows
    if left:
        yield Item("aside", words.counted("plan.left_rows", len(left)))


def _reasons(shown: Shown, words: Words) -> Iterator[Item]:
    for reason in shown.reasons:
        yield Item("point", words("plan.against", text=reason.text) if reason.against else reason.text)


def _numbers(shown: Shown, words: Words) -> Iterator[Item]:
    yield from (Item("point", number.text) for number in shown.numbers)
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


def _other(shown: Shown, words: Words) -> Iterator[Item]:
    if shown.other:
        yield Item("plain", words("plan.other", title=shown.other.title, text=shown.other.text))


def _scripts(shown: Shown, words: Words) -> Iterator[PlanPart]:
    """The words to say that are shown, each under its own heading; how many more there are stands below the last."""
    for script in shown.scripts:
        items = [Item("quote", script.text)]
        if shown.more_scripts and script is shown.scripts[-1]:
            items.append(Item("aside", words.counted("plan.more_scripts", shown.more_scripts)))
        yield PlanPart(words("plan.headings.say", by=words(f"plan.by.{script.by}"), to=script.to), tuple(items))


def _rests_on(advice: Advice, shown: Shown, words: Words) -> Iterator[Item]:
    """The main sources with date and worth, those first that others answer for; then what leans, what the page is not,
    and when to check again.
    """
    by_id = {note.id: note for note in advice.sources}
    notes = [by_id[source] for source in shown.plan.rests_on]
    found = {note.title: note for note in notes if f"plan.grades.{note.grade}" in advice.headings}
    unsourced = len(found) < len({note.title for note in notes})
    answered_for = sorted(found.values(), key=lambda note: note.grade not in ANSWERED_FOR)
    yield from (Item("point", _source(note, words)) for note in answered_for[: shown.sources])
    closing = joined(
        words("plan.judgment" if found else "plan.judgment_alone") if unsourced else "",
        words("plan.leans") if shown.plan.leans_with_publisher else "",
        words("plan.not_advice"),
        words("plan.check_again", review_by=day(datetime.date.fromisoformat(advice.review_by)))
        if advice.review_by
        else "",
    )
    yield Item("plain", closing)


def _source(note: SourceNote, words: Words) -> str:
    """A source with where to look it up, its date and its worth."""
    site = next((word for word in note.address[0].split() if "." in word.strip(".")), "") if note.address else ""
    site = site.removeprefix("https://").removeprefix("http://").removeprefix("www.").partition("/")[0].rstrip(",;")
    grade = words(f"plan.grades.{note.grade}")
    return words("plan.source", title=note.title, site=f"{site}, " if site else "", dated=note.dated, grade=grade)
