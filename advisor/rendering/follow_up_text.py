"""A follow-up as text for the terminal: what was due, what is done, what changed, the new plan and the difference."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from advisor.model.advice import Advice
from advisor.model.dates import day
from advisor.model.follow_up import ChangedLine, FollowUp, PlanDiff, PlanLine, RowNow
from advisor.model.safe_text import printable
from advisor.model.words import Words
from advisor.rendering.blocks import Block, Entry, Heading, Paragraph
from advisor.rendering.plan_text import render_plan
from advisor.rendering.text import laid_out

MOST_SOURCES = 8
"""Sources named one by one that should have been read again; the others are counted."""

_PARTS: Mapping[str, str] = {
    "answer": "follow_up.answer", "stops": "plan.headings.stops", "rows": "plan.headings.rows",
    "replies": "plan.headings.replies", "reasons": "plan.headings.reasons", "watch": "plan.headings.watch",
    "numbers": "plan.headings.numbers", "other": "plan.headings.other", "find_out": "plan.headings.find_out",
    "say": "follow_up.say",
}  # fmt: skip
"""The parts of a plan in the order read, with the key of their title."""


def render_follow_up(found: FollowUp, after: Advice, width: int, *, left_out: int = 0) -> str:
    """The follow-up and the new plan as lines of at most `width` columns (20 at the least).

    `after` is the advice whose plan is shown, and `left_out` how many of its rows were taken out beforehand because
    they are settled. Raises KeyError when the wording that the advice carries lacks a word.
    """
    words = Words(after.headings)
    first = laid_out((*_opening(found, words), *_changes(found, words), *_left(left_out, words)), width)
    last = laid_out(_difference(found.plan, words), width)
    return printable(f"{first}\n\n{render_plan(after, width)}\n\n{last}")


def _opening(found: FollowUp, words: Words) -> Iterator[Block]:
    """The title, what was due, and what is done."""
    yield Heading(1, words("follow_up.title", date=_day(found.on)))
    if found.told_on:
        yield Paragraph(words("follow_up.since", date=_day(found.told_on)))
    yield Heading(2, words("follow_up.due"))
    if not found.due:
        yield Paragraph(words("follow_up.nothing_due"))
    for now in found.due:
        yield Entry(now.row.do, label=words("follow_up.was_due", date=_day(now.row.date)))
    if found.settled:
        yield Heading(2, words("follow_up.done"))
        yield from (Entry(now.row.do, notes=(_said(now, words),)) for now in found.settled)


def _changes(found: FollowUp, words: Words) -> Iterator[Block]:
    """What changed: answers, rules, and sources that should have been read again."""
    yield Heading(2, words("follow_up.changed"))
    yield Paragraph(*(("", words("follow_up.answers")) if found.answers else (words("follow_up.same_answers"),)))
    for one in found.answers:
        yield Entry(words("follow_up.answer_now", question=one.text, now=one.now, then=one.then))
    yield Paragraph(_rules(found, words))
    if found.stale:
        yield Paragraph("", words("follow_up.stale"))
    for source in found.stale[:MOST_SOURCES]:
        date = _day(source.review_by)
        yield Entry(words("follow_up.stale_source", title=source.title, dated=source.dated, date=date))
    if len(found.stale) > MOST_SOURCES:
        yield Entry(words.counted("follow_up.stale_more", len(found.stale) - MOST_SOURCES))


def _rules(found: FollowUp, words: Words) -> str:
    before, after = found.rules_before, found.rules_after
    same = before.digest == after.digest
    key = "same_rules" if same else "rules_within" if before.version == after.version else "rules"
    return words(f"follow_up.{key}", before=before.version, after=after.version)


def _left(count: int, words: Words) -> Iterator[Block]:
    if count:
        yield Paragraph(words.counted("follow_up.left_out", count))


def _difference(plan: PlanDiff, words: Words) -> Iterator[Block]:
    """The lines that differ, part by part: first what is new, then what changed, then what is gone."""
    yield Heading(2, words("follow_up.difference"))
    if plan.same:
        yield Paragraph(words("follow_up.same_plan"))
        return
    differing = (*plan.new, *(one.after for one in plan.changed), *plan.gone)
    for part, heading in _PARTS.items():
        if any(line.part == part for line in differing):
            yield Heading(3, words(heading))
            yield from _part(plan, part, words)
    if plan.kept:
        yield Paragraph(words.counted("follow_up.same_lines", len(plan.kept)))


def _part(plan: PlanDiff, part: str, words: Words) -> Iterator[Block]:
    """What differs in one part of the plan."""
    changed = (one for one in plan.changed if one.after.part == part)
    entries = (
        ("new", [Entry(_timed(line)) for line in plan.new if line.part == part]),
        ("other", [Entry(_timed(one.after), notes=(_was(one, words),)) for one in changed]),
        ("gone", [Entry(_timed(line)) for line in plan.gone if line.part == part]),
    )
    for key, listed in entries:
        if listed:
            yield Paragraph("", words(f"follow_up.{key}"))
            yield from listed


def _was(one: ChangedLine, words: Words) -> str:
    """How a changed line read before: its time alone, if that is all that changed."""
    text = one.before.when if one.before.text == one.after.text else _timed(one.before)
    return words("follow_up.was", text=text)


def _timed(line: PlanLine) -> str:
    return f"{line.when}: {line.text}" if line.when else line.text


def _said(now: RowNow, words: Words) -> str:
    """What was said of a row that is settled, and when."""
    if now.said is None:
        return ""
    return words(f"follow_up.state.{now.said.state.replace(' ', '_')}", date=_day(now.said.said_on))


def _day(date: str | None) -> str:
    return day(datetime.date.fromisoformat(date)) if date else ""
