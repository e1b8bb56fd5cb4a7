"""The one place that sets up prompt_toolkit: the terminal, the keys all screens share, and running a screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TextIO, TypeAlias

from prompt_toolkit.application import Application
from prompt_toolkit.data_structures import Point
from prompt_toolkit.filters import Condition, FilterOrBool
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.input import Input, create_input
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.key_binding.key_processor import KeyPressEvent
from prompt_toolkit.layout import Layout
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.output import ColorDepth, Output, create_output
from prompt_toolkit.output.vt100 import Vt100_Output
from prompt_toolkit.styles import BaseStyle, Style

from advisor.interview.asker import Move
from advisor.terminal.frames import Frame
from advisor.terminal.screen import Screen

Picked: TypeAlias = tuple[str, ...] | str | Move
"""Ids that were picked, a line that was typed, or a move."""

_STYLE = {
    "section": "fg:ansimagenta",
    "question": "bold",
    "here": "bold fg:ansimagenta",
    "note": "bold fg:ansired",
    "keys": "",
}
_ESCAPE_SECONDS = 0.1  # how long a lone Escape waits for the rest of an arrow key
_MOVE_KEYS = (
    ("s-tab", Move.BACK),
    ("c-b", Move.BACK),
    ("c-r", Move.REVIEW),
    ("c-c", Move.STOP),
    ("<sigint>", Move.STOP),
)
_SCROLL_KEYS = (("up", -1), ("down", 1), ("pageup", -10), ("pagedown", 10), (" ", 10))


@dataclass(frozen=True, slots=True)
class Device:
    """Where the keys come from and the screen goes to; `shown` is called whenever a screen stands."""

    input: Input
    output: Output
    style: BaseStyle
    color_depth: ColorDepth
    shown: Callable[[], None]


def open_device(stdin: TextIO, stdout: TextIO, *, color: bool, shown: Callable[[], None]) -> Device:
    """The terminal behind two streams; `shown` is called whenever a screen stands."""
    output = create_output(stdout)
    if isinstance(output, Vt100_Output):
        output.enable_cpr = False  # every screen begins on a fresh line, so there is no need to ask where the cursor is
    depth, style = (ColorDepth.DEPTH_4_BIT, _STYLE) if color else (ColorDepth.DEPTH_1_BIT, {})
    return Device(create_input(stdin), output, Style.from_dict(style), depth, shown)


def leave(screen: Screen, event: KeyPressEvent, move: Move) -> None:
    """End the screen with a move, if it is allowed."""
    if move in screen.moves and not event.app.is_done:
        event.app.exit(result=move)


def shared_bindings(screen: Screen, *, question_mark: FilterOrBool = True) -> KeyBindings:
    """The keys that lead back, to the review, out, and to the help; `?` opens it only where `question_mark` says so."""
    bindings = KeyBindings()
    helping = Condition(lambda: screen.helping)
    for key, move in _MOVE_KEYS:
        bindings.add(key, eager=True)(lambda event, move=move: leave(screen, event, move))
    bindings.add("?", filter=question_mark)(lambda event: screen.toggle_help())
    bindings.add("f1")(lambda event: screen.toggle_help())
    bindings.add("escape", filter=helping, eager=True)(lambda event: screen.toggle_help())
    bindings.add("enter", filter=helping)(lambda event: screen.toggle_help())
    for key, lines in _SCROLL_KEYS:
        bindings.add(key, filter=helping)(lambda event, lines=lines: screen.scroll(lines))
    return bindings


def frame_control(frame: Callable[[], Frame]) -> FormattedTextControl:
    """A prompt_toolkit control that shows a frame."""

    def text() -> StyleAndTextTuples:
        pieces: StyleAndTextTuples = []
        for style, line in frame().lines:
            pieces += [("", "\n" if pieces else ""), (f"class:{style}" if style else "", line)]
        return pieces

    return FormattedTextControl(text, get_cursor_position=lambda: Point(0, frame().cursor))


def run(device: Device, layout: Layout, bindings: KeyBindings, ready: Callable[[], None] | None = None) -> Picked:
    """Show the screen until something is picked, then wipe it. Raises EOFError when the terminal is gone."""
    app: Application[Picked] = Application(
        layout=layout,
        key_bindings=bindings,
        input=device.input,
        output=device.output,
        style=device.style,
        color_depth=device.color_depth,
        include_default_pygments_style=False,
        erase_when_done=True,
    )
    app.ttimeoutlen = _ESCAPE_SECONDS
    app.after_render += lambda _: device.shown()
    return app.run(pre_run=ready)
