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
    line, filled, at = first, False, columns(first)
    plain = text.isascii()
    for word in text.split():
        wide = len(word) if plain else columns(word)
        if filled and at + 1 + wide > width:
            yield line
            line, filled, at = rest, False, columns(rest)
        elif filled:
            line, at = line + " ", at + 1
        while at + wide > width and "://" not in word:
            head = _fitting(word, max(width - at, 2))
            yield line + head
            line, word, at = rest, word[len(head) :], columns(rest)
            wide = columns(word)
        line, filled, at = line + word, True, at + wide
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
