"""Turns the signals that end a process into exceptions, and holds them back while an answer is being kept."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows has no SIGHUP


class StopSignals:
    """While entered, SIGINT raises KeyboardInterrupt, and SIGTERM and SIGHUP raise SystemExit with 128 + the number.

    A signal that the process was started to ignore (nohup) stays ignored.
    """

    def __init__(self) -> None:
        self._before: dict[int, Any] = {}
        self._holding = False
        self._held_back = 0

    def __enter__(self) -> StopSignals:
        if threading.current_thread() is threading.main_thread():
            for number in (getattr(signal, name) for name in _NAMES if hasattr(signal, name)):
                if signal.getsignal(number) is not signal.SIG_IGN:
                    self._before[number] = signal.signal(number, self._arrived)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before.clear()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let the work inside finish before a signal takes effect."""
        self._holding = True
        try:
            yield
        finally:
            self._holding = False
        if self._held_back:
            self._raise(self._held_back)

    def _arrived(self, number: int, frame: FrameType | None) -> None:
        if self._holding:
            self._held_back = number
        else:
            self._raise(number)

    def _raise(self, number: int) -> None:
        self._held_back = 0
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        raise SystemExit(128 + number)
