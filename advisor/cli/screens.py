"""Small inline prompt_toolkit applications: a list to pick from, and a line to type with rows below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.data_structures import Point
from prompt_toolkit.filters import Condition
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.key_binding.key_processor import KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import Layout
from prompt_toolkit.layout.containers import ConditionalContainer, HSplit, Window
from prompt_toolkit.layout.controls import BufferControl, FormattedTextControl
from prompt_toolkit.output import ColorDepth, Output
from prompt_toolkit.styles import BaseStyle

from advisor.cli import messages
from advisor.cli.choice_list import ChoiceList, Row
from advisor.cli.frames import Frame, Line, Size, help_frame, list_frame, rows_frame
from advisor.cli.terminal import WIDEST
from advisor.interview.asker import Move

Picked: TypeAlias = tuple[str, ...] | str | Move
"""Ids from a list, a line that was typed, or a move."""


@dataclass(frozen=True, slots=True)
class Device:
    """Where the keys come from and the screen goes to."""

    input: Input
    output: Output
    style: BaseStyle
    color_depth: ColorDepth

    def size(self) -> Size:
        """The room for a screen; one row stays free so that nothing scrolls away."""
        found = self.output.get_size()
        return Size(min(found.columns, WIDEST), max(found.rows - 1, 5))


@dataclass(slots=True)
class Screen:
    """What every screen has: the lines above, the help behind `?` (none if empty), the moves and the words for keys."""

    head: Callable[[Size], list[Line]]
    keys: Sequence[str]
    help: str = ""
    moves: frozenset[Move] = frozenset({Move.STOP})
    helping: bool = field(default=False, init=False)
    offset: int = field(default=0, init=False)

    def toggle_help(self) -> None:
        """Open or close the help."""
        self.helping, self.offset = bool(self.help) and not self.helping, 0

    def scroll(self, lines: int, size: Size) -> None:
        """Move through the help, not past its end."""
        last = len(help_frame(self.help, 10**6, Size(size.columns, 10**6)).lines) - size.rows
        self.offset = max(0, min(self.offset + lines, last))


def pick(device: Device, screen: Screen, choices: ChoiceList) -> Picked:
    """Let the user pick from a list. Raises EOFError when the terminal is gone."""
    bindings = _moves(device, screen)
    listing = Condition(lambda: not screen.helping)
    on = bindings.add

    for key, steps in (("up", -1), ("down", 1)):
        on(key, filter=listing)(lambda event, steps=steps: choices.move(steps))
    for key, steps in (("pageup", -8), ("pagedown", 8), ("home", -(10**6)), ("end", 10**6)):
        on(key, filter=listing)(lambda event, steps=steps: choices.move(steps, wrap=False))
    on("backspace", filter=listing)(lambda event: choices.erase())
    on("escape", filter=listing)(lambda event: choices.clear())
    on("left", filter=listing)(lambda event: _exit_by(event, screen, Move.BACK))
    on("c-d", filter=listing)(lambda event: _exit_by(event, screen, Move.STOP))
    on(Keys.Any, filter=listing)(lambda event: choices.type(event.data))
    on(Keys.BracketedPaste, filter=listing)(lambda event: choices.type(event.data))

    @on(" ", filter=listing)
    def space(event: KeyPressEvent) -> None:
        if choices.several:
            choices.tick()
        elif choices.typed:
            choices.type(" ")

    @on("enter", filter=listing)
    def enter(event: KeyPressEvent) -> None:
        picked = choices.accept()
        if picked is not None:
            event.app.exit(result=picked)

    def frame() -> Frame:
        size = device.size()
        if screen.helping:
            return help_frame(screen.help, screen.offset, size)
        return list_frame(screen.head(size), choices, screen.keys, size)

    window = Window(_control(frame), wrap_lines=False, dont_extend_height=True)
    return _run(device, Layout(window), bindings)


def enter_line(
    device: Device, screen: Screen, rows: Sequence[Row], start: str, check: Callable[[str], str], *, prose: bool
) -> Picked:
    """Let the user type a line, or pick a row below it. `start` is ready to be taken or typed over.

    `start` may be the id of a row, to begin there. `check` says what is wrong with a line, or nothing. With `prose`
    a `?` inside the line is text. Raises EOFError when the terminal is gone.
    """
    ids = [row.id for row in rows]
    state = _Entry(at=ids.index(start) if start in ids else None)
    buffer = Buffer(multiline=False, on_text_changed=lambda _: state.typing())
    bindings = _moves(device, screen, keep_question_mark=Condition(lambda: prose and bool(buffer.text)))
    listing = Condition(lambda: not screen.helping)
    empty = Condition(lambda: not buffer.text)
    on = bindings.add

    for key, steps in (("up", -1), ("down", 1), ("tab", 1)):
        on(key, filter=listing)(lambda event, steps=steps: state.move(steps, len(rows)))
    on("left", filter=listing & empty)(lambda event: _exit_by(event, screen, Move.BACK))
    on("c-d", filter=listing & empty)(lambda event: _exit_by(event, screen, Move.STOP))
    on(Keys.Any, filter=~listing)(lambda event: None)
    on(Keys.BracketedPaste)(lambda event: buffer.insert_text(" ".join(event.data.split())))

    @on("enter", filter=listing)
    def enter(event: KeyPressEvent) -> None:
        if state.at is not None:
            event.app.exit(result=(ids[state.at],))
            return
        state.message = check(buffer.text)
        if not state.message:
            event.app.exit(result=buffer.text)

    def ready() -> None:
        if start and start not in ids:
            buffer.insert_text(start)
            buffer.cursor_position = 0
            buffer.start_selection()
            assert buffer.selection_state is not None
            buffer.selection_state.enter_shift_mode()  # so that typing replaces it
            buffer.cursor_position = len(start)

    def above() -> Frame:
        size = device.size()
        if screen.helping:
            return help_frame(screen.help, screen.offset, size)
        return Frame(tuple(screen.head(size)), 0)

    def below() -> Frame:
        return Frame(tuple(rows_frame(rows, state.at, state.message, screen.keys, device.size())), 0)

    line = Window(
        BufferControl(buffer),
        wrap_lines=True,
        dont_extend_height=True,
        always_hide_cursor=Condition(lambda: state.at is not None),
        get_line_prefix=lambda number, wrapped: "> " if state.at is None and not wrapped else "  ",
    )
    foot = Window(_control(below), dont_extend_height=True)
    body = ConditionalContainer(HSplit([line, foot]), filter=listing)
    layout = Layout(HSplit([Window(_control(above), dont_extend_height=True), body]), focused_element=line)
    return _run(device, layout, bindings, ready)


@dataclass(slots=True)
class _Entry:
    """Which row below the line is marked (None: the line itself), and what is wrong with the line."""

    at: int | None
    message: str = ""

    def typing(self) -> None:
        self.at, self.message = None, ""

    def move(self, steps: int, count: int) -> None:
        place = (0 if self.at is None else self.at + 1) + steps
        self.at, self.message = (place % (count + 1) - 1 if place % (count + 1) else None), ""


def _moves(device: Device, screen: Screen, keep_question_mark: Condition | None = None) -> KeyBindings:
    bindings = KeyBindings()
    helping = Condition(lambda: screen.helping)
    keep = keep_question_mark or Condition(lambda: False)
    for keys, move in ((("s-tab", "c-b"), Move.BACK), (("c-r",), Move.REVIEW), (("c-c", "<sigint>"), Move.STOP)):
        for key in keys:
            bindings.add(key, eager=True)(lambda event, move=move: _exit_by(event, screen, move))
    bindings.add("?", filter=~keep | helping)(lambda event: screen.toggle_help())
    bindings.add("f1")(lambda event: screen.toggle_help())
    for key in ("escape", "enter", "q"):
        bindings.add(key, filter=helping)(lambda event: screen.toggle_help())
    for key, lines in (("up", -1), ("down", 1), ("pageup", -10), ("pagedown", 10), (" ", 10)):
        bindings.add(key, filter=helping)(lambda event, lines=lines: screen.scroll(lines, device.size()))
    return bindings


def _exit_by(event: KeyPressEvent, screen: Screen, move: Move) -> None:
    if move in screen.moves and not event.app.is_done:
        event.app.exit(result=move)


def _control(frame: Callable[[], Frame]) -> FormattedTextControl:
    def text() -> list[tuple[str, str]]:
        lines = frame().lines
        return [(f"class:{style}" if style else "", line + "\n" * (n < len(lines))) for n, (style, line) in enumerate(lines, 1)]

    return FormattedTextControl(text, get_cursor_position=lambda: Point(0, frame().cursor), show_cursor=True)


def _run(device: Device, layout: Layout, bindings: KeyBindings, ready: Callable[[], None] | None = None) -> Picked:
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
    app.ttimeoutlen = 0.1  # how long a lone Escape waits for the rest of an arrow key, in seconds
    return app.run(pre_run=ready)
