"""The plan page: what a person is told on one page, each line with the rule, the claims and the sources behind it."""

from __future__ import annotations

from advisor.model.dates import IsoDay
from advisor.model.rule import Medium, Weight
from advisor.model.trace import Frozen

BLANK = "____"
"""What words to send or say have in place of something that is not known, to be filled in by hand."""

LAST_DAYS = ("before", "within")
"""Kinds of rows whose day is a last one."""

FROM_A_DATE = (*LAST_DAYS, "after")
"""Kinds of rows that count from a date that the person told."""


class Said(Frozen):
    """One thing the page says, with the rule that says it."""

    text: str
    rule: str
    claims: tuple[str, ...]
    sources: tuple[str, ...]


class AnswerSaid(Frozen):
    """The answer to the question that the person came with; `page` is the page of rules that gave it.

    `text` ends with what must come first when a stop speaks against what is recommended. `sure` is clear, fairly,
    close or open, and `how_sure` says it in a sentence with the one reason and the one fact that would turn it.
    `asked` is the page of the question that was asked, when another page leads.
    """

    page: str
    asked: str
    text: str
    sure: str
    how_sure: str
    rules: tuple[str, ...]
    claims: tuple[str, ...]
    sources: tuple[str, ...]


class StopSaid(Said):
    """Something that must not be done yet or must be done first; severity 3 stop, 2 act."""

    severity: int
    against: tuple[str, ...]


class RowSaid(Frozen):
    """A row of the plan. `due` are whole days from the day of the advice when they are known, `date` is that day
    (YYYY-MM-DD) when the day of the advice is, or the earlier one that a kept plan gave to the same step; `when` reads
    as printed; `title` names the row in a few words. The lightest rows have `shown` false.
    """

    title: str
    when: str
    kind: str
    due: int | None
    date: IsoDay | None
    do: str
    done: str
    key: str
    weight: Weight
    shown: bool
    rule: str
    claims: tuple[str, ...]
    sources: tuple[str, ...]


class ReasonSaid(Said):
    """A reason for the answer, or one that speaks against it."""

    against: bool


class NumberSaid(Said):
    """A number from the person's own inputs: the figure, its ends and its likely value in `unit` where it has them."""

    figure: str
    title: str
    low: int | None
    likely: int | None
    high: int | None
    unit: str


class OtherChoice(Said):
    """The other choice, and when it would be the right one."""

    option: str
    title: str


class ScriptSaid(Said):
    """Words ready to send or say; `blanks` counts what is left to fill in."""

    to: str
    by: Medium
    blanks: int


class PlanPage(Frozen):
    """The parts of the page in the order read; everything a person of these answers is told is here, and the page
    shows as much of it as fits. `rests_on` are source ids, the ones that carry most first. `as_of` is the day of the
    advice (YYYY-MM-DD), or None; `whose` says for whom the page is, by license and state, or nothing.
    """

    as_of: IsoDay | None
    whose: str = ""
    answer: AnswerSaid
    stops: tuple[StopSaid, ...]
    rows: tuple[RowSaid, ...]
    replies: tuple[Said, ...]
    reasons: tuple[ReasonSaid, ...]
    watch: tuple[Said, ...]
    numbers: tuple[NumberSaid, ...]
    other: OtherChoice | None
    find_out: tuple[Said, ...]
    scripts: tuple[ScriptSaid, ...]
    rests_on: tuple[str, ...]
    leans_with_publisher: bool

    @property
    def lines(self) -> tuple[Said, ...]:
        """Everything said beside the answer, the rows and the other choice."""
        return (
            *self.replies, *self.stops, *self.reasons, *self.watch, *self.numbers, *self.find_out, *self.scripts,
        )  # fmt: skip
