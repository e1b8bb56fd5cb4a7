"""Writes files for their user alone: whole or not at all where a file is kept, and through to where none can be."""

from __future__ import annotations

import os
import re
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

_OF_STREAMS = re.compile(r"/dev|/dev/fd|/proc/[^/]+(/task/[^/]+)?/fd")
"""Folders whose names stand for devices and open streams; what is there is never replaced."""


def write_private(path: Path, text: str, *, make_folder: bool = False) -> bool:
    """Put the text in place of the file, whole or not at all; whether there was a file before.

    A new file can be read by its user alone; one that is there keeps its mode and, where that is allowed, its owner.
    Devices, pipes and streams are written through. Raises OSError, and then a file is as it was.
    """
    folder = Path(os.path.realpath(path.parent))
    if make_folder:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        there = path.stat()
    except FileNotFoundError:
        there = None
    if _OF_STREAMS.fullmatch(str(folder)) or (there is not None and not _replaceable(there)):
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(text)
        return False
    _put(Path(os.path.realpath(path)), text, there)
    return there is not None


def _replaceable(there: os.stat_result) -> bool:
    return stat.S_ISREG(there.st_mode) or stat.S_ISDIR(there.st_mode)  # a folder is refused where it is replaced


def write_together(files: Mapping[Path, bytes]) -> None:
    """Put new files that their user alone can read in place of those of these paths, in this order: all are on the disk
    before the first is put in place. A folder that is missing is made. Raises OSError, and if that was before the first
    was put in place, all are as they were.
    """
    pieces: list[tuple[str, Path]] = []
    try:
        for target, content in files.items():
            target.parent.mkdir(mode=0o700, exist_ok=True)
            pieces.append((_piece(target, content), target))
        for name, target in pieces:
            os.replace(name, target)
    except BaseException:
        for name, _ in pieces:
            with suppress(FileNotFoundError):
                os.unlink(name)
        raise


def _put(target: Path, text: str, there: os.stat_result | None) -> None:
    name = _piece(target, text.encode(), there)
    try:
        os.replace(name, target)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(name)
        raise


def _piece(target: Path, content: bytes, there: os.stat_result | None = None) -> str:
    """A new file beside the target, to be put in its place: for its user alone, or as the one that is there."""
    import tempfile  # here, because the first prompt comes sooner without it

    drop_pieces(target)
    descriptor, name = tempfile.mkstemp(prefix=f"{_prefix(target)}{os.getpid()}-", dir=target.parent)  # 0600 at first
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            if there is not None and os.name == "posix":
                with suppress(PermissionError):
                    os.fchown(file.fileno(), there.st_uid, there.st_gid)
                os.fchmod(file.fileno(), stat.S_IMODE(there.st_mode))
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(name)
        raise
    return name


@contextmanager
def folder_to_come(target: Path) -> Iterator[Path]:
    """A new folder beside the target, for its user alone, which takes its name when all went well, and else is gone.

    Raises OSError, as when there is something of that name.
    """
    import tempfile

    drop_pieces(target)
    made = Path(tempfile.mkdtemp(prefix=f"{_prefix(target)}{os.getpid()}-", dir=target.parent))  # 0700
    try:
        yield made
        os.rename(made, target)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def free_name(path: Path, taken: Callable[[Path], bool] = Path.exists) -> Path:
    """The path, or with a number behind its name when that is taken."""
    free, number = path, 1
    while taken(free):
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free


def delete_file(path: Path) -> None:
    """Remove the file, and any piece that a killed process left beside it. Raises OSError."""
    target = Path(os.path.realpath(path))
    target.unlink(missing_ok=True)
    drop_pieces(target)


def drop_pieces(target: Path) -> None:
    """Remove what processes that are no more left beside a file or folder when they were killed."""
    prefix = _prefix(target)
    for name in os.listdir(target.parent) if target.parent.is_dir() else ():
        writer = name.removeprefix(prefix).split("-")[0] if name.startswith(prefix) else ""
        if writer.isdigit() and not _running(int(writer)):
            left = target.parent / name
            with suppress(OSError):
                shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()


def _running(process: int) -> bool:
    """Whether a process is there; this one counts, since another thread of it may be writing."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _prefix(target: Path) -> str:
    return f".{target.name}.advisor-"
