"""The screen on which a number, a date or a text is typed, with rows below it to pick instead."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.key_binding.key_processor import KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import Layout
from prompt_toolkit.layout.containers import ConditionalContainer, HSplit, Window
from prompt_toolkit.layout.controls import BufferControl

from advisor.interview.asker import Move
from advisor.terminal.choice_list import Row
from advisor.terminal.frames import Frame, Size, rows_frame
from advisor.terminal.screen import Screen
from advisor.terminal.toolkit import Device, Picked, frame_control, leave, run, shared_bindings


def enter_line(
    device: Device,
    screen: Screen,
    rows: Sequence[Row],
    start: str,
    check: Callable[[str], str],
    *,
    prose: bool = False,
) -> Picked:
    """The line typed, the id of a row picked instead (as a tuple), or a move.

    `start` is ready to be taken or typed over; it may be the id of a row, to begin there. `check` says what is wrong
    with a line, or nothing. With `prose`, a `?` after the first character is text. Raises EOFError when the terminal
    is gone.
    """
    entry = _Entry(rows, start, check)
    listing = Condition(lambda: not screen.helping)

    def head(size: Size) -> Frame:
        return Frame(tuple(screen.head(size)), 0)

    def foot() -> Frame:
        return rows_frame(rows, entry.at, entry.message, screen.keys, screen.size())

    line = Window(
        BufferControl(entry.buffer),
        wrap_lines=True,
        dont_extend_height=True,
        always_hide_cursor=Condition(lambda: entry.at is not None),
        get_line_prefix=lambda number, wrapped: "> " if entry.at is None and not wrapped else "  ",
    )
    below = HSplit([line, Window(frame_control(foot), dont_extend_height=True)])
    above = Window(frame_control(screen.help_or(head)), dont_extend_height=True)
    layout = Layout(HSplit([above, ConditionalContainer(below, filter=listing)]), focused_element=line)
    return run(device, layout, _bindings(screen, entry, listing, prose), entry.offer)


class _Entry:
    """The line being typed; which row below it is marked instead (`at`, None for the line); what is wrong with it."""

    def __init__(self, rows: Sequence[Row], start: str, check: Callable[[str], str]) -> None:
        self.ids = [row.id for row in rows]
        self.at = self.ids.index(start) if start in self.ids else None
        self.message = ""
        self.buffer = Buffer(multiline=False, on_text_changed=lambda _: self._touched())
        self._start = "" if start in self.ids else start
        self._check = check

    def offer(self) -> None:
        """Put the earlier answer on the line, marked so that typing replaces it."""
        if not self._start:
            return
        self.buffer.insert_text(self._start)
        self.buffer.cursor_position = 0
        self.buffer.start_selection()
        if self.buffer.selection_state is not None:
            self.buffer.selection_state.enter_shift_mode()
        self.buffer.cursor_position = len(self._start)

    def move(self, steps: int) -> None:
        """Go from the line to the rows and around."""
        places = [None, *range(len(self.ids))]
        self.at, self.message = places[(places.index(self.at) + steps) % len(places)], ""

    def accept(self) -> Picked | None:
        """What Enter takes; None, with a message, when the line does not do."""
        if self.at is not None:
            return (self.ids[self.at],)
        self.message = self._check(self.buffer.text)
        return None if self.message else self.buffer.text

    def _touched(self) -> None:
        self.at, self.message = None, ""


def _bindings(screen: Screen, entry: _Entry, listing: Condition, prose: bool) -> KeyBindings:
    empty = Condition(lambda: not entry.buffer.text)
    bindings = shared_bindings(screen, question_mark=empty | Condition(lambda: not prose or screen.helping))
    for key, steps in (("up", -1), ("down", 1), ("tab", 1)):
        bindings.add(key, filter=listing)(lambda event, steps=steps: entry.move(steps))
    for key, move in (("left", Move.BACK), ("c-d", Move.STOP)):
        bindings.add(key, filter=listing & empty)(lambda event, move=move: leave(screen, event, move))
    bindings.add(Keys.Any, filter=~listing)(lambda event: None)
    bindings.add(Keys.BracketedPaste)(lambda event: entry.buffer.insert_text(" ".join(event.data.split())))

    @bindings.add("c-j", filter=listing)  # Enter, when it was pressed before the screen stood
    @bindings.add("enter", filter=listing)
    def enter(event: KeyPressEvent) -> None:
        picked = entry.accept()
        if picked is not None:
            event.app.exit(result=picked)

    return bindings
