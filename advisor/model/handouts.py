"""What people keep beside the plan, as typed data: a letter to send or take along, a date for the calendar, a chart."""

from __future__ import annotations

from typing import Literal, TypeAlias

from advisor.model.advice import SourceNote
from advisor.model.dates import IsoDay
from advisor.model.rule import Medium
from advisor.model.trace import Frozen

Form: TypeAlias = Literal[Medium, "questions", "sheet"]
"""How words are used: an email, a call, a letter, questions to put to someone, or a sheet to take along."""


ENTRY = "- "
"""What a paragraph of a letter begins with that is an entry of a list."""


class Letter(Frozen):
    """Words ready to be sent, said or taken along, as a draft.

    `name` is unique within one advice and may name a file: lower-case words joined by dashes. `to` reads inside a
    sentence, and `subject` in a few words. `paragraphs` are plain text, one each; the entries of a list begin with
    ENTRY. `blanks` counts what is left to be filled in by hand, and `rules` are the rules that say it.
    """

    name: str
    form: Form
    to: str
    subject: str
    paragraphs: tuple[str, ...]
    blanks: int
    rules: tuple[str, ...]
    claims: tuple[str, ...]
    sources: tuple[str, ...]


class CalendarEntry(Frozen):
    """A date for the calendar. `uid` is the same for the same thing in every later advice to the same person, so that
    a new file updates an entry and does not double it.

    A `todo` is due on `day`; an `event` lasts from `day` to `until`, both included. `every_days` repeats it (None: it
    is once) so that it is there `times` times in all, and `alarms` are whole days before `day` on which to be reminded.
    `rule` is "" where no rule says it.
    """

    uid: str
    kind: Literal["todo", "event"]
    title: str
    text: str
    day: IsoDay
    until: IsoDay
    every_days: int | None
    alarms: tuple[int, ...]
    rule: str
    times: int = 1


class Span(Frozen):
    """One row of a chart: whole numbers in the chart's unit from low to high, with the likely one between them."""

    name: str
    low: int
    likely: int
    high: int


class Curve(Frozen):
    """One line of a chart over time: at each of the chart's `points` the low, likely and high value."""

    name: str
    low: tuple[int, ...]
    likely: tuple[int, ...]
    high: tuple[int, ...]


class ChartMark(Frozen):
    """A value to compare with, such as the savings: drawn across the chart with its name."""

    name: str
    at: int


def value_shown(shown: str, number: int) -> str:
    """A number as it reads where `{n}` stands in `shown`, such as `$1,200` or `-$1,200` for `${n}`."""
    return ("-" if number < 0 else "") + shown.replace("{n}", f"{abs(number):,}")


class Taken(Frozen):
    """A number that a chart counts with and that the person may put another in the place of: how it is told, and the
    sources that it rests on."""

    text: str
    sources: tuple[SourceNote, ...] = ()


class Chart(Frozen):
    """A picture of numbers that also reads as a table and as sentences.

    `spans` are drawn as bars, or `curves` as lines over `points` (whole numbers of `step`, such as weeks); a chart has
    one of the two. `unit` is that of the values, and `shown` how one of them reads, with `{n}` for the number;
    `banded` is how three of them read in one cell of a table.

    `marks` are values to compare with, `moments` ranges of points at which something may happen. `says` is what the
    chart shows, in one or two sentences; `sentences` tell its numbers one by one, and `columns` name them in a table:
    what a row is about, then low, likely and high; or the step, then one column for each curve. `taken` are the numbers
    of ours that it counts with, and `taken_intro` says how to change them.
    """

    id: str
    title: str
    says: str
    unit: str
    shown: str = "{n}"
    banded: str = "{likely} ({low}, {high})"
    spans: tuple[Span, ...] = ()
    points: tuple[int, ...] = ()
    step: str = ""
    curves: tuple[Curve, ...] = ()
    marks: tuple[ChartMark, ...] = ()
    moments: tuple[Span, ...] = ()
    columns: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    taken: tuple[Taken, ...] = ()
    taken_intro: str = ""

    def told(self, number: int) -> str:
        """A value of the chart as it reads."""
        return value_shown(self.shown, number)
