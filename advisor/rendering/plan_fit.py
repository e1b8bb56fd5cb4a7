"""Chooses what of a plan fits on its page: parts give way in a stated order, a stop never does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from advisor.model.plan_page import (
    LAST_DAYS,
    NumberSaid,
    OtherChoice,
    PlanPage,
    ReasonSaid,
    RowSaid,
    Said,
    ScriptSaid,
    StopSaid,
)
from advisor.model.rule_ids import page_prefix

MOST_WORDS = 700
MOST_LINES = 75
MOST_REPLIES = 5


@dataclass(frozen=True)
class Shown:
    """What the page shows of a plan; `left_rows` and `more_scripts` are the rows, and the number of scripts, that are
    left to the full view; `bars` whether the numbers are drawn too.
    """

    plan: PlanPage
    replies: tuple[Said, ...]
    stops: tuple[StopSaid, ...]
    rows: tuple[RowSaid, ...]
    reasons: tuple[ReasonSaid, ...]
    watch: tuple[Said, ...]
    numbers: tuple[NumberSaid, ...]
    other: OtherChoice | None
    find_out: tuple[Said, ...]
    scripts: tuple[ScriptSaid, ...]
    sources: int
    bars: bool

    @property
    def left_rows(self) -> tuple[RowSaid, ...]:
        """The rows that are left out."""
        there = set(map(_said, self.rows))
        return tuple(row for row in self.plan.rows if _said(row) not in there)

    @property
    def more_scripts(self) -> int:
        """How many scripts are left out."""
        return len(self.plan.scripts) - len(self.scripts)


def whole(plan: PlanPage) -> Shown:
    """Everything of a plan."""
    return Shown(
        plan, plan.replies, plan.stops, plan.rows, plan.reasons, plan.watch, plan.numbers, plan.other, plan.find_out,
        plan.scripts, len(plan.rests_on), True,
    )  # fmt: skip


def fitted(plan: PlanPage, size: Callable[[Shown], tuple[int, int]]) -> Shown:
    """As much of a plan as stays within the words and lines of a page; `size` counts both of what is shown."""
    against = [reason for reason in plan.reasons if reason.against][:1]
    reasons = [reason for reason in plan.reasons if not reason.against][: 4 - len(against)]
    start = replace(
        whole(plan),
        replies=plan.replies[:MOST_REPLIES],
        stops=plan.stops[:3],
        rows=tuple(row for row in plan.rows if row.shown),
        reasons=(*reasons, *against),
        watch=plan.watch[:3],
        numbers=plan.numbers[:4],
        find_out=plan.find_out[:3],
        scripts=plan.scripts[:1],
        sources=min(6, len(plan.rests_on)),
        bars=False,
    )
    shown = start
    for give_way in _GIVE_WAY:
        while _over(*size(shown)):
            less = give_way(shown)
            if less == shown:
                break
            shown = less
    return _given_back(shown, start, size)


def _given_back(shown: Shown, start: Shown, size: Callable[[Shown], tuple[int, int]]) -> Shown:
    """What gave way and fits after all, since what gave way later was larger: part by part, each in its order, and last
    what then is done of each row."""
    for part in ("replies", "numbers", "reasons", "watch", "rows", "find_out"):
        order = [_said(line) for line in getattr(start, part)]
        for line in getattr(start, part):
            kept: Any = getattr(shown, part)
            if _said(line) not in map(_said, kept):
                back = line.model_copy(update={"done": ""}) if part == "rows" and shown.rows != start.rows else line
                longer: Any = tuple(sorted((*kept, back), key=lambda one: order.index(_said(one))))
                shown = _if_it_fits(shown, replace(shown, **{part: longer}), size)
    for row in start.rows:
        told = tuple(row if _said(row) == _said(one) else one for one in shown.rows)
        shown = _if_it_fits(shown, replace(shown, rows=told), size)
    return shown


def _said(line: Said | RowSaid) -> tuple[str, str]:
    """What tells a line from others of its part."""
    return line.rule, line.do if isinstance(line, RowSaid) else line.text


def _if_it_fits(shown: Shown, more: Shown, size: Callable[[Shown], tuple[int, int]]) -> Shown:
    return shown if _over(*size(more)) else more


def _over(words: int, lines: int) -> bool:
    return words > MOST_WORDS or lines > MOST_LINES


def _fewer_sources(shown: Shown) -> Shown:
    return replace(shown, sources=max(3, shown.sources - 1)) if shown.sources > 3 else shown


def _without_done(shown: Shown) -> Shown:
    """The rows without what then is done."""
    return replace(shown, rows=tuple(row.model_copy(update={"done": ""}) for row in shown.rows))


def _six_rows(shown: Shown) -> Shown:
    """One row less where there are more than six, since what was asked comes before the smallest steps: of those that
    no other page shares and that have no last day of their own the last, first of pages that do not answer."""
    loose = [row for row in shown.rows if not row.key and row.kind not in LAST_DAYS]
    if len(shown.rows) <= 6 or not loose:
        return shown
    return _without(shown, ([row for row in loose if not _of_the_answer(shown, row)] or loose)[-1])


def _five_rows(shown: Shown) -> Shown:
    """One row less where there are more than five: the last of pages that do not answer, if it has no last day."""
    besides = [row for row in shown.rows if not _of_the_answer(shown, row) and row.kind not in LAST_DAYS]
    return shown if len(shown.rows) <= 5 or not besides else _without(shown, besides[-1])


def _of_the_answer(shown: Shown, row: RowSaid) -> bool:
    """Whether a row is of the page that answers."""
    return page_prefix(row.rule) in {page_prefix(rule) for rule in shown.plan.answer.rules[:1]}


def _without(shown: Shown, row: RowSaid) -> Shown:
    return replace(shown, rows=tuple(one for one in shown.rows if one is not row))


def _fewer_rows(shown: Shown) -> Shown:
    """One row less, of the lightest the last; never one that must be there, and never fewer than five."""
    light = [row for row in shown.rows if row.weight != "must"]
    if len(shown.rows) <= 5 or not light:
        return shown
    last = max(light, key=lambda row: (row.weight == "could", shown.rows.index(row)))
    return _without(shown, last)


_GIVE_WAY: tuple[Callable[[Shown], Shown], ...] = (
    lambda shown: replace(shown, other=None),
    lambda shown: replace(shown, find_out=shown.find_out[:2]),
    _fewer_sources,
    lambda shown: replace(shown, reasons=shown.reasons[:3]),
    lambda shown: replace(shown, numbers=shown.numbers[:2]),
    _fewer_rows,
    lambda shown: replace(shown, find_out=shown.find_out[:1], watch=shown.watch[:2]),
    lambda shown: replace(shown, reasons=shown.reasons[:2]),
    lambda shown: replace(shown, find_out=()),
    lambda shown: replace(shown, numbers=shown.numbers[:1]),
    lambda shown: replace(shown, reasons=shown.reasons[:1]),
    lambda shown: replace(shown, watch=shown.watch[:1]),
    lambda shown: replace(shown, replies=shown.replies[:4]),
    _without_done,
    lambda shown: replace(shown, watch=()),
    _six_rows,
    lambda shown: replace(shown, sources=min(2, shown.sources)),
    lambda shown: replace(shown, numbers=()),
    _five_rows,
    lambda shown: replace(shown, reasons=()),
    lambda shown: replace(shown, replies=shown.replies[:3]),
    lambda shown: replace(shown, replies=shown.replies[:2]),
    lambda shown: replace(shown, scripts=()),
    lambda shown: replace(shown, replies=shown.replies[:1]),
)
"""What gives way, one after the other, each until the page fits or it has no more to give: what nobody asked for before
the replies to what was, but for the words to use, which steps point to: a third reply goes before them."""
