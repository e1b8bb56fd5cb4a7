"""Files that are only added to, so that what was acknowledged survives a crash, and by one writer at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from advisor.errors import AdvisorError

_BLOCK = 1 << 16


@contextmanager
def locked(path: Path, *, shared: bool = False) -> Iterator[None]:
    """Hold the lock of a lock file while inside; readers share it, and do without one when there is no such file.

    Raises AdvisorError on a system without POSIX file locks, and OSError.
    """
    try:
        import fcntl
    except ImportError:
        raise AdvisorError("logs and judgments need POSIX file locks, which this system does not have") from None
    flags = os.O_RDONLY if shared else os.O_RDWR | os.O_CREAT
    try:
        descriptor = os.open(path, flags | os.O_CLOEXEC, 0o600)
    except FileNotFoundError:
        if not shared:
            raise
        yield
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)  # and with it the lock


def append_durably(path: Path, raw: bytes) -> None:
    """Add bytes to a file that only the user can read, and return once the disk has them.

    Raises OSError, and then the file is as it was, or not there when it was not, as far as the disk allows.
    """
    new = not path.exists()
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        size = os.fstat(descriptor).st_size
        try:
            rest = memoryview(raw)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            os.fsync(descriptor)
        except OSError:
            with suppress(OSError):
                os.ftruncate(descriptor, size)
                if new:
                    path.unlink()
            raise
    finally:
        os.close(descriptor)
    if size == 0:
        sync_folder(path.parent)


def cut_durably(path: Path, size: int) -> None:
    """Shorten a file, and return once the disk has it so. Raises OSError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.ftruncate(descriptor, size)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(path: Path) -> None:
    """Make a folder that only the user can enter, unless it is there. Raises OSError."""
    if not path.is_dir():
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Return once the disk has the names in a folder. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def last_line(path: Path) -> tuple[int, bytes]:
    """Where a file's last line begins, and its bytes, with the line feed if it has one. Raises OSError."""
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        found, at = b"", end
        while at > 0:
            step = min(_BLOCK, at)
            at -= step
            file.seek(at)
            found = file.read(step) + found
            feed = found.rfind(b"\n", 0, len(found) - 1)
            if feed >= 0:
                return at + feed + 1, found[feed + 1 :]
        return 0, found
