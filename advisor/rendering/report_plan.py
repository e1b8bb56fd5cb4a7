"""The plan in the report: what is on the first sheet of paper, and the lines that did not fit on it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import TypeVar

from advisor.model.words import Words, joined
from advisor.rendering.plan_fit import Shown
from advisor.rendering.plan_parts import Listed, PlanItem, PlanPart, behind_answer, said_parts, short_source, standing
from advisor.rendering.report_parts import Bullet, BulletList, ListMark, ReportPart, Section, Subheading, Text
from advisor.rendering.report_sources import Citations

_MARKS: dict[str, ListMark] = {"stop": "warning", "row": "box", "point": "dot"}
Line = TypeVar("Line")


def first_sheet(listed: Listed, cited: Citations, left: tuple[PlanPart, ...]) -> Iterator[Section]:
    """The sections of the plan page; the last says what it rests on, and how much is left to the section behind it."""
    words, shown = listed.words, replace(listed.shown, bars=False)
    answer, *others = said_parts(shown, words)
    said = [Text(item.text, "", cited.of(item.sources), strong=n == 0) for n, item in enumerate(answer.items)]
    yield Section(answer.name, words("report.headings.answer"), tuple(said), first=True)
    for part in others:
        yield Section(part.name, part.heading, tuple(_parts(part.items, cited)), first=True)
    yield Section("rests_on", words("plan.headings.rests_on"), tuple(_rests_on(listed, cited, left)), first=True)


def _rests_on(listed: Listed, cited: Citations, left: tuple[PlanPart, ...]) -> Iterator[ReportPart]:
    """The sources that carry most, by their number, and how far the page can be relied on."""
    words = listed.words
    if listed.notes:
        yield BulletList(tuple(Bullet(short_source(note, words)) for note in listed.notes), "number")
    others = words("report.numbers") if len(cited) > len(listed.notes) else ""
    lines = sum(len(part.items) for part in left)
    more = words("report.headings.more")
    left_said = words("report.left", left=words.counted("report.left_parts", lines), section=more) if lines else ""
    yield Text(joined(others, words("report.judgment"), standing(listed.advice, words), left_said))


def rest_of_plan(left: tuple[PlanPart, ...], words: Words, cited: Citations) -> Section | None:
    """The lines of the plan that did not fit on the first sheet."""
    parts: list[ReportPart] = []
    for part in left:
        parts += [Subheading(part.heading), *_parts(part.items, cited)]
    return Section("more", words("report.headings.more"), tuple(parts)) if parts else None


def left_of_plan(shown: Shown, words: Words, told: Container[str]) -> tuple[PlanPart, ...]:
    """The parts of a plan with what is not shown of it; `told` are rules whose scripts stand elsewhere."""
    plan = shown.plan
    left = replace(
        shown,
        replies=_without(plan.replies, shown.replies),
        stops=_without(plan.stops, shown.stops),
        rows=_without(plan.rows, shown.rows),
        reasons=_without(plan.reasons, shown.reasons),
        watch=_without(plan.watch, shown.watch),
        numbers=_without(plan.numbers, shown.numbers),
        other=plan.other if shown.other is None else None,
        find_out=_without(plan.find_out, shown.find_out),
        scripts=tuple(script for script in _without(plan.scripts, shown.scripts) if script.rule not in told),
        bars=False,
    )
    return tuple(behind_answer(left, words))


def _without(lines: Iterable[Line], shown: Iterable[Line]) -> tuple[Line, ...]:
    seen = list(shown)
    return tuple(line for line in lines if line not in seen)


def _parts(items: Iterable[PlanItem], cited: Citations) -> Iterator[ReportPart]:
    for mark, found in groupby(items, lambda item: item.mark):
        if mark in _MARKS:
            points = (Bullet(item.text, item.when, cited.of(item.sources)) for item in found)
            yield BulletList(tuple(points), _MARKS[mark])
        else:
            yield from (Text(item.text, "", cited.of(item.sources), quoted=mark == "quote") for item in found)
