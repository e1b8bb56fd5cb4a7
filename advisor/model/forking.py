"""Lets a fork wait until no thread is inside the library, so that a child inherits no lock that nobody will release."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class _Gate:
    """Counts the threads inside; a fork shuts the gate, waits for those of other threads, and opens it afterward."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._forking: int | None = None
        self._mine = threading.local()

    def _depth(self) -> int:
        depth: int = getattr(self._mine, "depth", 0)
        return depth

    @contextmanager
    def passed(self) -> Iterator[None]:
        """Be inside; who is inside already is let in at once."""
        with self._changed:
            if not self._depth():
                self._changed.wait_for(lambda: self._forking in (None, threading.get_ident()))
                self._inside += 1
            self._mine.depth = self._depth() + 1
        try:
            yield
        finally:
            with self._changed:
                self._mine.depth -= 1
                if not self._mine.depth:
                    self._inside -= 1
                    self._changed.notify_all()

    def shut(self) -> None:
        """Wait until no other thread is inside or forks, and hold the gate shut."""
        self._changed.acquire()
        self._changed.wait_for(lambda: self._forking is None)
        self._forking = threading.get_ident()  # nobody gets in from now on
        own = 1 if self._depth() else 0
        self._changed.wait_for(lambda: self._inside == own)

    def open(self) -> None:
        """Open it again, in the parent and in the child alike."""
        self._forking = None
        self._changed.notify_all()
        self._changed.release()


_gate = _Gate()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_gate.shut, after_in_parent=_gate.open, after_in_child=_gate.open)


def whole(call: Callable[P, T]) -> Callable[P, T]:
    """A call that a fork in another thread waits for."""

    @wraps(call)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> T:
        with _gate.passed():
            return call(*args, **kwargs)

    return wrapped
