"""The plan page for the terminal: wrapped to a width, rows as a checklist, no color."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advisor.model.advice import Advice
from advisor.model.words import Words
from advisor.rendering.plan_fit import Shown, fitted, whole
from advisor.rendering.plan_parts import PlanItem, day_told, plan_parts, told_on
from advisor.rendering.wrap import NARROWEST, columns, wrapped

_PAGE = 80  # columns for which the page is measured
_WHEN = 13  # columns of the time of a row
_NARROW = 60  # below this the time of a row stands on a line of its own, and there are no bars


def render_plan(advice: Advice, width: int, *, full: bool = False) -> str:
    """The plan page as lines of at most `width` columns (20 at the least); with `full`, all rows and lines of it."""
    shown = whole(advice.plan) if full else on_page(advice)
    return "\n".join(_lines(advice, shown, Words(advice.headings), max(width, NARROWEST))) + "\n"


def on_page(advice: Advice) -> Shown:
    """What fits on the page."""
    words = Words(advice.headings)

    def size(shown: Shown) -> tuple[int, int]:
        text = list(_lines(advice, shown, words, _PAGE))
        return sum(len(line.split()) for line in text), len(text)

    return fitted(advice.plan, size)


def _lines(advice: Advice, shown: Shown, words: Words, width: int) -> Iterator[str]:
    first, *others = plan_parts(advice, shown, words)
    yield from _title(first.heading.upper(), (told_on(shown, words), day_told(shown, words)), width)
    yield ""
    for item in first.items:
        yield from _item(item, width)
    for part in others:
        yield ""
        yield from wrapped(part.heading.upper(), width)
        for item in part.items:
            yield from _item(item, width)


def _title(title: str, told: Sequence[str], width: int) -> Iterator[str]:
    """The title, and beside it the first of what may be told that fits there; else the last on a line of its own."""
    for one in told:
        gap = width - columns(title) - columns(one)
        if one and gap > 1:
            yield title + " " * gap + one
            return
    yield title
    yield from (told[-1],) if told[-1] else ()


def _item(item: PlanItem, width: int) -> Iterator[str]:
    if item.mark == "row":
        yield from _row(item, width)
    elif item.mark == "bar":
        if width >= _NARROW and columns(item.text) + 2 <= width:
            yield f"  {item.text}"
    elif item.mark == "quote":
        yield from wrapped(f'"{item.text}"', width, "  ", "  ")
    else:
        first = {"plain": "", "stop": "! ", "point": "- "}[item.mark]
        yield from wrapped(item.text, width, first, " " * len(first))


def _row(row: PlanItem, width: int) -> Iterator[str]:
    """A row with its time in front; a time that is long, or a narrow terminal, has the time run into the text."""
    indent = " " * (_WHEN + 5)
    if width < _NARROW:
        yield from wrapped(f"{row.when}: {row.text}", width, "[ ] ", "    ")
    elif columns(row.when) <= _WHEN:
        yield from wrapped(row.text, width, f"[ ] {row.when.ljust(_WHEN)} ", indent)
    else:
        yield from wrapped(f"{row.when}: {row.text}", width, "[ ] ", indent)
