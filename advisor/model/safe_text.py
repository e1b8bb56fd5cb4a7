"""Text of people and files made safe: to show on a terminal, to quote in an error, to keep as an answer."""

from __future__ import annotations

import unicodedata

_QUOTED = 40  # characters of a word that an error quotes
_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Soft hyphen, zero-width space, joiners and marks of direction: what comes along when text is pasted."""
_CLEANED = str.maketrans({**dict.fromkeys(_UNSEEN, ""), "\t": " "})


def printable(text: str) -> str:
    """The text with a question mark in place of every character that could steer a terminal; its lines stay."""
    return "".join(c if c.isprintable() or c == "\n" else "?" for c in text)


def one_line(text: str) -> str:
    """The same on one line: a space of any kind becomes a plain one."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " if c.isspace() else "?" for c in text)


def shown(word: str) -> str:
    """A word to quote in an error: what does not print becomes a question mark, and a long one is cut."""
    clean = "".join(c if c.isprintable() else "?" for c in word)
    return clean if len(clean) <= _QUOTED else clean[: _QUOTED - 3] + "..."


def unpasted(text: str) -> str:
    """The text without what pasting brings along: tabs and spaces of any width become plain spaces, and characters
    that nobody sees go. Line breaks stay."""
    spaced = text.translate(_CLEANED)
    return spaced if spaced.isascii() else "".join(" " if unicodedata.category(c) == "Zs" else c for c in spaced)
