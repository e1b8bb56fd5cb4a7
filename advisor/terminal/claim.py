"""Tells whether another interview keeps its answers in a file: who keeps them there holds a lock on the file as it is.

The lock is on the file itself, so nothing is left beside it, and it goes with its process, however that ends.
"""

from __future__ import annotations

import os
from pathlib import Path

_HELD: dict[str, int] = {}
"""The open files by which this process holds its claims, by path."""


def claimed(path: Path) -> bool:
    """Whether the file is this process's to write: claimed just now or before, or not there; False when another has it.

    A file that was put in place of a claimed one is claimed anew by asking again. Where there are no such locks (not a
    POSIX system), and for what cannot be opened, the answer is yes.
    """
    if os.name != "posix":
        return True
    import fcntl

    key = os.path.realpath(path)
    try:
        opened = os.open(key, os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        return True
    held = _HELD.get(key)
    if held is not None and os.path.samestat(os.fstat(held), os.fstat(opened)):
        os.close(opened)
        return True
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(opened)
        return False
    except OSError:  # a file system without locks
        os.close(opened)
        return True
    if held is not None:
        os.close(held)
    _HELD[key] = opened
    return True


def released(path: Path) -> None:
    """Give a claim up, if there is one."""
    held = _HELD.pop(os.path.realpath(path), None)
    if held is not None:
        os.close(held)
