"""Draws which questions feed which pages of rules, and these an option, as one picture in SVG."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from advisor.cli.rules.site.feeds import Feed
from advisor.rendering.html_tree import Html, el

_ROW, _TOP, _BEND = 18, 24, 60
_LEFT, _MIDDLE, _RIGHT, _WIDTH = 230, 470, 760, 1000
"""Where the names of questions end, where those of pages begin and end, and the whole width."""


def picture(option: str, feeds: Sequence[Feed], told: str) -> Html:
    """The picture; `told` says the same in a sentence, and the table beside it has every line of it."""
    pages = list(dict.fromkeys(feed.rule.page for feed in feeds))
    questions = list(dict.fromkeys(name for feed in feeds for name in feed.asks))
    height = _TOP * 2 + _ROW * max(len(pages), len(questions), 1)
    at_page, at_question = _places(pages, height), _places(questions, height)
    lines = dict.fromkeys((name, feed.rule.page) for feed in feeds for name in feed.asks)
    middle = height // 2
    return el(
        "svg",
        el("title", told),
        (_line(_LEFT + 8, at_question[name], _MIDDLE - 8, at_page[page]) for name, page in lines),
        (_line(_RIGHT, at_page[page], _WIDTH - 150, middle) for page in pages),
        (el("text", name, x=_LEFT, y=y + 4, text_anchor="end") for name, y in at_question.items()),
        _pages(pages, feeds, at_page),
        el("text", option, x=_WIDTH - 145, y=middle + 4, class_="name"),
        role="img",
        aria_label=told,
        viewBox=f"0 0 {_WIDTH} {height}",
        width=_WIDTH,
        height=height,
    )


def _places(names: Sequence[str], height: int) -> dict[str, int]:
    """The height of each name, all of them together in the middle."""
    first = (height - _ROW * len(names)) // 2 + _ROW // 2
    return {name: first + _ROW * place for place, name in enumerate(names)}


def _pages(pages: Iterable[str], feeds: Sequence[Feed], at: dict[str, int]) -> Iterator[Html]:
    for page in pages:
        rules = sum(feed.rule.page == page for feed in feeds)
        yield el("text", f"{page} ({rules})", x=_MIDDLE, y=at[page] + 4)


def _line(x: int, y: int, to_x: int, to_y: int) -> Html:
    path = f"M{x} {y} C{x + _BEND} {y} {to_x - _BEND} {to_y} {to_x} {to_y}"
    return el("path", d=path, class_="line")
