"""What kind of terminal there is, and what may be printed on it."""

from __future__ import annotations

import io

import pytest

from advisor.model.safe_text import one_line
from advisor.terminal.device import look, size_of, width, wrap

SCREEN = {"TERM": "xterm-256color"}


class FakeStream(io.StringIO):
    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


TERMINAL, PIPE = FakeStream(terminal=True), FakeStream(terminal=False)


def test_a_terminal_on_both_ends_is_rich_and_colored() -> None:
    terminal = look(TERMINAL, TERMINAL, SCREEN)
    assert (terminal.plain, terminal.color) == (False, True)


@pytest.mark.parametrize(
    ("stdin", "stdout", "environ", "asked"),
    [
        (PIPE, TERMINAL, SCREEN, False),
        (TERMINAL, PIPE, SCREEN, False),
        (TERMINAL, TERMINAL, {"TERM": "dumb"}, False),
        (TERMINAL, TERMINAL, {}, False),
        (TERMINAL, TERMINAL, {**SCREEN, "ACCESSIBLE": "1"}, False),
        (TERMINAL, TERMINAL, SCREEN, True),
    ],
    ids=["input is a pipe", "output is a pipe", "dumb", "no TERM", "ACCESSIBLE", "asked for"],
)
def test_plain_lines_are_used(stdin: FakeStream, stdout: FakeStream, environ: dict[str, str], asked: bool) -> None:
    assert look(stdin, stdout, environ, plain=asked).plain


def test_no_color_takes_the_color_but_not_the_screen() -> None:
    terminal = look(TERMINAL, TERMINAL, {**SCREEN, "NO_COLOR": "1"})
    assert (terminal.plain, terminal.color) == (False, False)


def test_a_closed_stream_is_no_terminal() -> None:
    closed = FakeStream(terminal=True)
    closed.isatty = io.StringIO.isatty.__get__(closed)  # type: ignore[method-assign]
    closed.close()
    assert look(closed, TERMINAL, SCREEN).plain


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Bucks", "Bucks"),
        ("caf\u00e9 \u6771\u4eac", "caf\u00e9 \u6771\u4eac"),
        ("\x1b[31mred\x1b[0m", "?[31mred?[0m"),
        ("\x1b]0;title\x07", "?]0;title?"),
        ("\x9b2J", "?2J"),
        ("one\ntwo\ttab\rback", "one two tab back"),
        ("\u202eright to left", "?right to left"),
        ("\x7f\x08", "??"),
    ],
)
def test_nothing_that_steers_a_terminal_is_left(raw: str, clean: str) -> None:
    assert one_line(raw) == clean


@pytest.mark.parametrize(("columns", "expected"), [("40", 40), ("200", 80), ("5", 20), ("0", 80)])
def test_the_width_follows_the_columns_within_bounds(
    monkeypatch: pytest.MonkeyPatch, columns: str, expected: int
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert width(PIPE) == expected


def test_without_a_terminal_the_room_is_80_by_24() -> None:
    assert size_of(PIPE) == (80, 24)


def test_lines_break_where_the_text_does_and_where_the_room_ends() -> None:
    assert wrap("one two three\nfour", 9, "> ", "  ") == ["> one two", "  three", "  four"]
