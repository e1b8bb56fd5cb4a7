"""A user at a real pseudo-terminal: presses keys, and reads the screen they produce."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import pexpect
import pyte

ROOT = Path(__file__).parent.parent.parent
DRIVER = ("-m", "tests.interview.driver")
PATIENCE = 60  # seconds; only a test that fails waits so long

UP, DOWN, LEFT, ENTER, SPACE, TAB = "\x1b[A", "\x1b[B", "\x1b[D", "\r", " ", "\t"
SHIFT_TAB, BACKSPACE, ESCAPE, CTRL_B, CTRL_C, CTRL_R = "\x1b[Z", "\x7f", "\x1b", "\x02", "\x03", "\x12"

ESCAPE_SEQUENCE = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_=>])")
COLOR = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;\d+)*m")


class _WatchedScreen(pyte.Screen):
    """A screen that remembers what did not fit in its lines."""

    def __init__(self, columns: int, rows: int) -> None:
        self.too_long: list[str] = []
        super().__init__(columns, rows)

    def draw(self, data: str) -> None:
        if self.cursor.x + len(data) > self.columns:
            self.too_long.append(data)
        super().draw(data)


class User:
    """Starts the interview in a terminal; `state` is the folder where an unfinished one is kept."""

    def __init__(
        self,
        folder: Path,
        *arguments: str,
        command: Sequence[str] = DRIVER,
        columns: int = 80,
        rows: int = 24,
        environ: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.folder = folder
        self.draft = folder / "state" / "draft.yaml"
        inherited = {
            key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "ACCESSIBLE", "COLUMNS", "LINES")
        }
        self.process = pexpect.spawn(
            sys.executable,
            [*command, *arguments],
            cwd=str(folder),
            env={
                **inherited,
                "TERM": "xterm-256color",
                "PYTHONPATH": str(ROOT),
                "ADVISOR_STATE_DIR": str(self.draft.parent),
                **environ,
            },
            dimensions=(rows, columns),
            encoding="utf-8",
            codec_errors="replace",
        )
        self.raw = ""
        self._over = False
        self._screen = _WatchedScreen(columns, rows)
        self._stream = pyte.Stream(self._screen)

    @property
    def lines(self) -> list[str]:
        """The screen as it is now."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def text(self) -> str:
        """Everything that was ever written, without escape sequences."""
        return ESCAPE_SEQUENCE.sub("", self.raw)

    @property
    def too_long(self) -> list[str]:
        """What was written past the right edge."""
        return self._screen.too_long

    def press(self, *keys: str) -> None:
        """Send keys, without waiting for what they do."""
        for key in keys:
            self.process.send(key)

    def sees(self, *parts: str) -> None:
        """Wait until all the parts are on the screen at once. Fails after PATIENCE seconds."""
        self._until(lambda: all(any(part in line for line in self.lines) for part in parts), parts)

    def sees_no(self, part: str) -> None:
        """Wait until a part is on no line of the screen."""
        self._until(lambda: not any(part in line for line in self.lines), ("not", part))

    def times(self, part: str) -> int:
        """How often a part was written so far, on whatever lines."""
        return " ".join(self.text.split()).count(part)

    def wrote(self, part: str, times: int = 1) -> None:
        """Wait until a part was written so many times; it may have left the screen since."""
        self._until(lambda: self.times(part) >= times, ("written", part))

    def answers(self, question: str, *keys: str) -> None:
        """Wait for a question to be on the screen with its keys, then press."""
        self.sees(question, "Ctrl-C stops")
        self.press(*keys)

    def ends(self) -> int:
        """Wait for the end; the exit code, or minus the number of the signal."""
        self._until(lambda: self._over, ("the end",))
        self.process.close()
        code = self.process.exitstatus
        return int(code) if code is not None else -int(self.process.signalstatus)

    def closes_the_window(self) -> int:
        """Take the terminal away, and wait; the exit code."""
        self.process.ptyproc.fileobj.close()
        self.process.ptyproc.closed = True
        return int(self.process.ptyproc.wait())

    def _until(self, reached: Callable[[], bool], wanted: tuple[str, ...]) -> None:
        while not reached():
            try:
                piece = self.process.read_nonblocking(size=65536, timeout=PATIENCE)
            except pexpect.EOF:
                self._over = True
                if not reached():
                    raise AssertionError(f"the interview ended before {wanted}:\n" + "\n".join(self.lines)) from None
                return
            except pexpect.TIMEOUT:
                raise AssertionError(f"never on the screen: {wanted}\n" + "\n".join(self.lines)) from None
            self.raw += piece
            self._stream.feed(piece)
