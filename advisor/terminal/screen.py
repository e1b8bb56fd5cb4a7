"""What a screen of the rich interview is, before any library draws it: its lines, its help, and the ways out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from advisor.interview.asker import Move
from advisor.terminal.frames import Frame, Line, Size, help_frame, last_offset


@dataclass(slots=True)
class Screen:
    """The room there is, the lines above, the words for the keys, the help (empty: none), and the moves allowed."""

    size: Callable[[], Size]
    head: Callable[[Size], Sequence[Line]]
    keys: Sequence[str]
    help: str
    moves: frozenset[Move]
    helping: bool = field(default=False, init=False)
    offset: int = field(default=0, init=False)

    def toggle_help(self) -> None:
        """Open or close the help."""
        self.helping, self.offset = bool(self.help) and not self.helping, 0

    def scroll(self, lines: int) -> None:
        """Move through the help, not past its end."""
        self.offset = max(0, min(self.offset + lines, last_offset(self.help, self.size())))

    def help_or(self, frame: Callable[[Size], Frame]) -> Callable[[], Frame]:
        """The help while it is open, else the frame."""

        def now() -> Frame:
            size = self.size()
            return help_frame(self.help, self.offset, size) if self.helping else frame(size)

        return now
