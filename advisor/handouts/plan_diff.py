"""Compares two plans line by line: what is kept, changed, new and gone.

A line is found again by what it is about, not by its place. A row counted in days from the day of the advice has not
changed when only that day has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from advisor.model.follow_up import ChangedLine, PlanDiff, PlanLine
from advisor.model.plan_page import FROM_A_DATE, NumberSaid, PlanPage, RowSaid, Said
from advisor.model.progress import named_rows, numbered

_WEEKEND = 2  # days by which a row falls earlier so as not to be due on a weekend


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with what its time is compared by."""

    said: PlanLine
    row: RowSaid | None = None

    @property
    def place(self) -> tuple[str, str]:
        """The part it stands in and its name there."""
        return self.said.part, self.said.name

    def same(self, other: _Line) -> bool:
        """Whether both say the same for the same time."""
        if self.row is not None and other.row is not None and _moved(self.row, other.row):
            return False
        return self.said.text == other.said.text


def plan_diff(before: PlanPage, after: PlanPage) -> PlanDiff:
    """The two plans line by line, in reading order; see `PlanDiff`."""
    old = {line.place: line for line in _lines(before)}
    new = {line.place: line for line in _lines(after)}
    gone = [line for place, line in old.items() if place not in new]
    pairs: list[tuple[_Line, _Line]] = []
    added: list[PlanLine] = []
    for place, line in new.items():
        found = old.get(place) or _taken(line, gone)
        if found is None:
            added.append(line.said)
        else:
            pairs.append((found, line))
    return PlanDiff(
        kept=tuple(line.said for found, line in pairs if found.same(line)),
        changed=tuple(ChangedLine(before=found.said, after=line.said) for found, line in pairs if not found.same(line)),
        new=tuple(added),
        gone=tuple(line.said for line in gone),
    )


def _taken(line: _Line, gone: list[_Line]) -> _Line | None:
    """The line of the same part that says the same under another name, no longer among those that are gone."""
    found = next((one for one in gone if one.said.part == line.said.part and one.same(line)), None)
    if found is not None:
        gone.remove(found)
    return found


def _lines(plan: PlanPage) -> Iterator[_Line]:
    """Every line of the page, each with its place, in the order read."""
    answer = plan.answer
    yield _Line(PlanLine(part="answer", name="text", when="", text=answer.text))
    yield _Line(PlanLine(part="answer", name="how_sure", when="", text=answer.how_sure))
    yield from _of("stops", plan.stops)
    for name, row in named_rows(plan).items():
        yield _Line(PlanLine(part="rows", name=name, when=row.when, text=row.do), row)
    parts: tuple[tuple[str, Sequence[Said]], ...] = (
        ("replies", plan.replies), ("reasons", plan.reasons), ("watch", plan.watch), ("numbers", plan.numbers),
        ("other", (plan.other,) if plan.other else ()), ("find_out", plan.find_out), ("say", plan.scripts),
    )  # fmt: skip
    for part, lines in parts:
        yield from _of(part, lines)


def _of(part: str, lines: Sequence[Said]) -> Iterator[_Line]:
    """Lines by their figure, or else by the rule that says them."""
    names = numbered(line.figure or line.rule if isinstance(line, NumberSaid) else line.rule for line in lines)
    for name, line in zip(names, lines, strict=True):
        yield _Line(PlanLine(part=part, name=name, when="", text=line.text))


def _moved(before: RowSaid, after: RowSaid) -> bool:
    """Whether a row is due at another time, apart from what the day of the advice moves."""
    if before.kind != after.kind:
        return True
    if before.date and before.date == after.date:
        return False
    if before.kind in FROM_A_DATE and before.date and after.date:
        return before.date != after.date
    if before.due is None or after.due is None:
        return before.when != after.when
    return abs(before.due - after.due) > _WEEKEND
