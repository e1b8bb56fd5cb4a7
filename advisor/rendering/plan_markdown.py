"""The plan page as Markdown: the same parts as on the terminal, rows as a task list."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.model.advice import Advice
from advisor.model.words import Words
from advisor.rendering.markdown import escaped
from advisor.rendering.plan_fit import Shown, fitted, whole
from advisor.rendering.plan_parts import PlanItem, plan_parts, told_on


def render_plan_markdown(advice: Advice, *, full: bool = False) -> str:
    """The plan page as a document with headings and lists; with `full`, all rows and lines of it."""
    words = Words(advice.headings)

    def size(shown: Shown) -> tuple[int, int]:
        return sum(len(line.split()) for line in _lines(advice, shown, words)), 0

    shown = whole(advice.plan) if full else fitted(advice.plan, size)
    return "\n".join(_lines(advice, shown, words)) + "\n"


def _lines(advice: Advice, shown: Shown, words: Words) -> Iterator[str]:
    for level, part in enumerate(plan_parts(advice, shown, words)):
        if level == 0:
            yield f"# {escaped(part.heading)}"
            told = told_on(shown, words)
            yield from ("", escaped(told)) if told else ()
        else:
            yield from ("", f"## {escaped(part.heading)}")
        before = ""
        for item in part.items:
            if item.mark in ("plain", "quote") or item.mark != before:
                yield ""
            before = item.mark
            yield _line(item)


def _line(item: PlanItem) -> str:
    if item.mark == "row":
        return f"- [ ] **{escaped(item.when)}:** {escaped(item.text)}"
    if item.mark == "bar":
        return f"    {item.text}"
    if item.mark == "stop":
        return f"- **{escaped(item.text)}**"
    opening = {"point": "- ", "quote": "> "}.get(item.mark, "")
    return f"{opening}{escaped(item.text)}"
