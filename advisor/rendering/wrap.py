"""Wraps text to a number of terminal columns, counting wide characters twice and leaving web addresses whole."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

NARROWEST = 20
"""Columns below which no text is squeezed."""


def columns(text: str) -> int:
    """How many columns a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(_columns_of(c) for c in text)


def wrapped(text: str, width: int, first: str = "", rest: str = "") -> Iterator[str]:
    """Lines of at most `width` columns, opened by `first` and then by `rest`; only a web address may be longer."""
    line, filled = first, False
    for word in text.split():
        if filled and columns(line) + 1 + columns(word) > width:
            yield line
            line, filled = rest, False
        elif filled:
            line += " "
        while "://" not in word and columns(line) + columns(word) > width:
            head = _fitting(word, max(width - columns(line), 2))
            yield line + head
            line, word = rest, word[len(head) :]
        line, filled = line + word, True
    yield line.rstrip()


def _columns_of(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _fitting(word: str, width: int) -> str:
    """The longest opening of a word that fits, at least one character."""
    end = 1
    while end < len(word) and columns(word[: end + 1]) <= width:
        end += 1
    return word[:end]
