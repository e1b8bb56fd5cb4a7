"""The parts of the plan page in the order read, free of any format."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from advisor.model.advice import Advice, SourceNote
from advisor.model.dates import day
from advisor.model.plan_page import AnswerSaid, NumberSaid, RowSaid, Said
from advisor.model.rule_ids import page_prefix
from advisor.model.safe_text import one_line
from advisor.model.words import Words, joined
from advisor.rendering.plan_fit import Shown

Mark: TypeAlias = Literal["plain", "stop", "row", "point", "quote", "bar"]

BAR = 20  # characters of the longest bar
_HEADINGS = "plan.headings."
MOST_STOPS_BEFORE_A_REPLY = 1  # where more must not be done yet, what to do comes before what was asked besides
MOST_LINES_BEFORE_A_ROW = 15  # of a page of 80 columns, headings aside: so much fits on a screen with the first row
LETTERS_A_LINE = 76  # of a line that is wrapped between words
ANSWERED_FOR = ("A", "B")  # grades of sources that an office or a profession answers for


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One thing said, how it is marked, for a row when it is due, and the ids of its sources and of its rules."""

    mark: Mark
    text: str
    when: str = ""
    sources: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanPart:
    """A part of the page: its name, its heading and what it says."""

    name: str
    heading: str
    items: tuple[PlanItem, ...]


def plan_parts(advice: Advice, shown: Shown, words: Words) -> Iterator[PlanPart]:
    """The parts that have something to say, each text on one line without characters that could steer a terminal; the
    first is the answer, under the title of the page. Sources are told by their number on the page.
    """
    notes = Listed(advice, shown, words)
    below, elsewhere = words("plan.words_below"), words("plan.words_full")
    here, anywhere = ({page_prefix(one.rule) for one in scripts} for scripts in (shown.scripts, shown.plan.scripts))

    def pointed(item: PlanItem) -> str:
        pages = {page_prefix(rule) for rule in item.rules}
        if pages & here:
            return item.text
        return item.text.replace(below, elsewhere) if pages & anywhere else item.text.replace(f" {below}", "")

    parts = (*said_parts(shown, words), PlanPart("rests_on", words(_HEADINGS + "rests_on"), _rests_on(notes)))
    for part in parts:
        items = (PlanItem(i.mark, one_line(notes.marked(pointed(i), i.sources)), one_line(i.when)) for i in part.items)
        yield PlanPart(part.name, one_line(part.heading), tuple(items))


def said_parts(shown: Shown, words: Words) -> Iterator[PlanPart]:
    """What is said, part by part, without the sources that it rests on."""
    answer = shown.plan.answer
    said = (
        PlanItem("plain", answer.text, sources=answer.sources, rules=answer.rules),
        PlanItem("plain", answer.how_sure),
    )
    yield PlanPart("answer", words(_HEADINGS + "title"), said)
    yield from behind_answer(shown, words, shown.replies[: 1 if _reply_fits_before_the_rows(shown) else 0])


def _reply_fits_before_the_rows(shown: Shown) -> bool:
    """Whether the first reply may come before the rows: little stands before it, and the first row stays in sight."""
    answer, above = shown.plan.answer, (*shown.stops, *shown.replies[:1])
    letters = [len(answer.text), len(answer.how_sure), *(len(line.text) + 3 * len(line.sources) for line in above)]
    lines = sum(-(-count // LETTERS_A_LINE) for count in letters)
    return len(shown.stops) <= MOST_STOPS_BEFORE_A_REPLY and lines <= MOST_LINES_BEFORE_A_ROW


def behind_answer(shown: Shown, words: Words, early: tuple[Said, ...] = ()) -> Iterator[PlanPart]:
    """The same without the answer; `early` are the replies that come before the rows."""
    late = tuple(reply for reply in shown.replies if reply not in early)
    parts = (
        ("stops", _items("stop", shown.stops)),
        ("replies", _items("point", early)),
        ("rows", tuple(_rows(shown, words))),
        ("more_replies" if early else "replies", _items("point", late)),
        ("reasons", tuple(_reasons(shown, words))),
        ("watch", _items("point", shown.watch)),
        ("numbers", (*_items("point", shown.numbers), *_bars(shown, words))),
        ("other", tuple(_other(shown, words))),
        ("find_out", _items("point", shown.find_out)),
    )
    yield from (PlanPart(name, words(_HEADINGS + name), items) for name, items in parts if items)
    for script in shown.scripts:
        heading = words(_HEADINGS + "say", by=words(f"plan.by.{script.by}"), to=script.to)
        yield PlanPart("say", heading, (PlanItem("quote", script.text),))


def told_on(shown: Shown, words: Words) -> str:
    """For whom the page is and the day of the advice, as they stand beside the title, or nothing."""
    return ", ".join(filter(None, (one_line(shown.plan.whose), day_told(shown, words))))


def day_told(shown: Shown, words: Words) -> str:
    """The day of the advice alone, where there is no room for more, or nothing."""
    as_of = shown.plan.as_of
    return words("plan.as_of", date=day(datetime.date.fromisoformat(as_of))) if as_of else ""


class Listed:
    """The sources the page lists, and the marks that tie what is shown to them: of the sources of what is shown those
    that carry most of the plan, each once by its title. Those come first that others answer for, and of these the
    ones that the answer, then those that a line which argues rests on: a law that is quoted is what a reader looks up.
    """

    def __init__(self, advice: Advice, shown: Shown, words: Words) -> None:
        self.advice, self.shown, self.words = advice, shown, words
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
        named.sort(key=lambda notes: _place(shown, notes))
        listed = named[: shown.sources]
        self.notes = tuple(notes[0] for notes in listed)
        self.left = len(named) - len(listed)
        self.unsourced = len(named) < len(titles)
        self._number = {note.id: place for place, notes in enumerate(listed, 1) for note in notes}

    def marked(self, text: str, sources: tuple[str, ...]) -> str:
        """A text with the numbers of those of its sources that are listed."""
        numbers = sorted({self._number[source] for source in sources if source in self._number})
        return joined(text, "".join(self.words("plan.mark", number=number) for number in numbers))


def _place(shown: Shown, notes: list[SourceNote]) -> tuple[bool, bool, bool, str]:
    """What puts the notes of one source before those of others on the page."""
    ids, grade = {note.id for note in notes}, notes[0].grade
    arguing = {
        source for line in (*shown.stops, *shown.replies, *shown.reasons, *shown.watch) for source in line.sources
    }
    return grade not in ANSWERED_FOR, ids.isdisjoint(shown.plan.answer.sources), ids.isdisjoint(arguing), grade


def _items(mark: Mark, lines: tuple[Said, ...]) -> tuple[PlanItem, ...]:
    return tuple(PlanItem(mark, line.text, sources=line.sources, rules=(line.rule,)) for line in lines)


def _rows(shown: Shown, words: Words) -> Iterator[PlanItem]:
    for row in shown.rows:
        text = joined(row.do, words("plan.done", done=row.done) if row.done else "")
        yield PlanItem("row", text, row.when, row.sources, (row.rule,))


def _reasons(shown: Shown, words: Words) -> Iterator[PlanItem]:
    for reason in shown.reasons:
        text = words("plan.against", text=reason.text) if reason.against else reason.text
        yield PlanItem("point", text, sources=reason.sources)


def _bars(shown: Shown, words: Words) -> Iterator[PlanItem]:
    if shown.bars:
        yield from (PlanItem("bar", bar) for bar in _drawn(shown.numbers, words))


def _drawn(numbers: tuple[NumberSaid, ...], words: Words) -> Iterator[str]:
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


def _other(shown: Shown, words: Words) -> Iterator[PlanItem]:
    if shown.other:
        text = words("plan.other", title=shown.other.title, text=shown.other.text)
        yield PlanItem("plain", text, sources=shown.other.sources)


def _rests_on(listed: Listed) -> tuple[PlanItem, ...]:
    """The listed sources with number, date and worth; then what leans, what the page is not, when to check again, and
    what is left to the full view.
    """
    words = listed.words
    sources = (
        short_source(note, words, words("plan.mark", number=number)) for number, note in enumerate(listed.notes, 1)
    )
    closing = joined(_unmarked(listed), standing(listed.advice, words), _left(listed.shown, words))
    return (*(PlanItem("plain", source) for source in sources), PlanItem("plain", closing))


def standing(advice: Advice, words: Words) -> str:
    """What leans, what the page is not, and when to check again."""
    return joined(
        words("plan.leans") if advice.plan.leans_with_publisher else "",
        words("plan.not_advice"),
        words("plan.check_again", review_by=day(datetime.date.fromisoformat(advice.review_by)))
        if advice.review_by
        else "",
    )


def _unmarked(listed: Listed) -> str:
    """What the lines without a number rest on."""
    if listed.left:
        return listed.words("plan.judgment_and_left" if listed.unsourced else "plan.sources_left")
    if listed.unsourced:
        return listed.words("plan.judgment" if listed.notes else "plan.judgment_alone")
    return ""


def _left(shown: Shown, words: Words) -> str:
    """How many rows and scripts are left to the full view."""
    rows = words.counted("plan.left_rows", len(shown.left_rows)) if shown.left_rows else ""
    scripts = words.counted("plan.more_scripts", shown.more_scripts) if shown.more_scripts else ""
    if rows and scripts:
        return words("plan.left_both", rows=rows, scripts=scripts)
    return words("plan.left", left=rows or scripts) if rows or scripts else ""


def short_source(note: SourceNote, words: Words, mark: str = "") -> str:
    """A source with where to look it up, its date and its worth, such as `The statute (law.gov, 2026; official)`."""
    site = next((word for word in note.address[0].split() if "." in word.strip(".")), "") if note.address else ""
    site = site.removeprefix("https://").removeprefix("http://").removeprefix("www.").partition("/")[0].rstrip(",;")
    grade, where = words(f"plan.grades.{note.grade}"), f"{site}, " if site else ""
    return words("plan.source", mark=mark, title=note.title, site=where, dated=note.dated, grade=grade).strip()
