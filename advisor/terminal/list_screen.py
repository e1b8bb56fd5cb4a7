"""The screen on which something is picked from a list with the arrow keys, or by typing its first letters."""

from __future__ import annotations

from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.key_binding.key_processor import KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import Layout
from prompt_toolkit.layout.containers import Window

from advisor.interview.asker import Move
from advisor.terminal.choice_list import ChoiceList
from advisor.terminal.frames import Frame, Size, list_frame
from advisor.terminal.screen import Screen
from advisor.terminal.toolkit import Device, Picked, frame_control, leave, run, shared_bindings

_FAR = 10**6


def pick(device: Device, screen: Screen, choices: ChoiceList) -> Picked:
    """The ids picked from the list, or a move. Raises EOFError when the terminal is gone."""

    def frame(size: Size) -> Frame:
        return list_frame(screen.head(size), choices, screen.keys, size)

    window = Window(frame_control(screen.help_or(frame)), dont_extend_height=True)
    return run(device, Layout(window), _bindings(screen, choices))


def _bindings(screen: Screen, choices: ChoiceList) -> KeyBindings:
    bindings = shared_bindings(screen)
    listing = Condition(lambda: not screen.helping)
    for key, steps in (("up", -1), ("down", 1)):
        bindings.add(key, filter=listing)(lambda event, steps=steps: choices.move(steps))
    for key, steps in (("pageup", -8), ("pagedown", 8), ("home", -_FAR), ("end", _FAR)):
        bindings.add(key, filter=listing)(lambda event, steps=steps: choices.move(steps, wrap=False))
    for key, move in (("left", Move.BACK), ("c-d", Move.STOP)):
        bindings.add(key, filter=listing)(lambda event, move=move: leave(screen, event, move))
    bindings.add("backspace", filter=listing)(lambda event: choices.erase())
    bindings.add("escape", filter=listing, eager=True)(lambda event: choices.clear())
    bindings.add(Keys.BracketedPaste, filter=listing)(lambda event: choices.type(event.data))

    @bindings.add(Keys.Any, filter=listing)
    def character(event: KeyPressEvent) -> None:
        if len(event.key_sequence[0].key) == 1:  # a named key, such as f5, has a longer name
            choices.type(event.data)

    @bindings.add(" ", filter=listing)
    def space(event: KeyPressEvent) -> None:
        choices.space()

    @bindings.add("c-j", filter=listing)  # Enter, when it was pressed before the screen stood
    @bindings.add("enter", filter=listing)
    def enter(event: KeyPressEvent) -> None:
        picked = choices.accept()
        if picked is not None:
            event.app.exit(result=picked)

    return bindings
