"""Looks at the terminal: whether it can take the rich interview, how wide it is, and what is safe to print on it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

from advisor.rendering.wrap import NARROWEST, wrapped

WIDEST = 80
_ROWS = 24
_DUMB = ("", "dumb", "unknown")


@dataclass(frozen=True, slots=True)
class Terminal:
    """How to talk: in plain numbered lines or with the whole screen at hand; with color or without.

    `attached` says whether both ends are a terminal, so that somebody is there.
    """

    plain: bool
    color: bool
    attached: bool


def look(stdin: TextIO, stdout: TextIO, environ: Mapping[str, str], *, plain: bool = False) -> Terminal:
    """Plain when asked (`plain`, ACCESSIBLE), when either end is no terminal, or when TERM cannot move the cursor."""
    attached = _is_terminal(stdin) and _is_terminal(stdout)
    dumb = sys.platform != "win32" and environ.get("TERM", "").lower() in _DUMB
    return Terminal(
        plain=plain or in_sentences(environ) or not attached or dumb,
        color=attached and not dumb and not environ.get("NO_COLOR"),
        attached=attached,
    )


def in_sentences(environ: Mapping[str, str]) -> bool:
    """Whether the user asked, by ACCESSIBLE, for words where others see a drawing."""
    return bool(environ.get("ACCESSIBLE"))


def width(stdout: TextIO | None = None) -> int:
    """The columns to fill: COLUMNS if it is set, else those of the terminal; between NARROWEST and WIDEST."""
    wanted = os.environ.get("COLUMNS", "")
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 6:
        return max(NARROWEST, min(WIDEST, int(wanted) or WIDEST))
    return size_of(stdout or sys.stdout)[0]


def size_of(stdout: TextIO) -> tuple[int, int]:
    """The columns (NARROWEST to WIDEST) and rows of the terminal behind a stream; 80 by 24 if there is none."""
    try:
        found = os.get_terminal_size(stdout.fileno())
    except (OSError, ValueError):
        return WIDEST, _ROWS
    return max(NARROWEST, min(WIDEST, found.columns or WIDEST)), found.lines or _ROWS


def wrap(text: str, room: int, first: str = "", rest: str | None = None) -> list[str]:
    """Text in lines of at most `room` columns; `first` opens the first line and `rest` (default: `first`) the others.

    Line breaks in the text stay.
    """
    later = first if rest is None else rest
    opened, *others = text.split("\n")
    lines = list(wrapped(opened, room, first, later))
    for paragraph in others:
        lines += wrapped(paragraph, room, later, later)
    return lines


def _is_terminal(stream: TextIO) -> bool:
    try:
        return stream.isatty()
    except ValueError:  # the stream is closed
        return False
