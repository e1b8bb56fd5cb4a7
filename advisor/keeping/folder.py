"""Writes what is kept into a folder that only its user can read, reads it back, and removes it."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from advisor.errors import DataError, Place, Problem
from advisor.loading.resources import named, read_bytes
from advisor.loading.yaml_reader import decode
from advisor.model.kept import Kept
from advisor.model.kept_files import ANSWERS, LETTERS, NOTE
from advisor.model.misfit import first_misfit
from advisor.model.safe_text import shown
from advisor.private_files import drop_pieces, folder_to_come, free_name, write_together
from advisor.rendering.json_format import canonical_json

_YOURS = "-yours"  # behind the name of a file of the user's that was in the way


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was removed from a folder, and what was left there since it was not kept by this program."""

    removed: tuple[str, ...]
    left: tuple[str, ...]


def make_folder(folder: Path, files: Mapping[str, bytes], kept: Kept) -> None:
    """Write a new folder with these files and the note beside them: the whole of it, or nothing.

    Raises FileExistsError when there is something in it or under its name already, and OSError.
    """
    target = Path(os.path.realpath(folder))
    if folder.is_symlink() or (target.exists() and (not target.is_dir() or any(target.iterdir()))):
        raise FileExistsError(errno.EEXIST, "there is something already")
    if target.is_dir():  # somebody may stand in it, so it is filled and not replaced
        write_together(_with_note(target, files, kept))
        return
    _make_parents(target.parent)
    with folder_to_come(target) as made:
        write_together(_with_note(made, files, kept))


def update_folder(folder: Path, files: Mapping[str, bytes], kept: Kept) -> tuple[str, ...]:
    """Put these files, and the note, in place of those that are kept in the folder; nothing else there is touched.

    Each file is replaced whole or not at all, the note last. A file that somebody put there, or changed since it was
    written (the answers aside, which are there to be changed), is first given another name; the new names are returned.
    Raises DataError as `read_note`, and OSError.
    """
    before, target = read_note(folder), Path(os.path.realpath(folder))
    theirs = [
        target / name
        for name in dict.fromkeys((*before.files, *files))
        if name != ANSWERS and _is_theirs(target / name, before.files.get(name, ""))
    ]
    renamed = [path.rename(free_name(path.with_name(f"{path.stem}{_YOURS}{path.suffix}"))) for path in theirs]
    write_together(_with_note(target, files, kept))
    for name in before.files.keys() - files.keys():
        (target / name).unlink(missing_ok=True)
    return tuple(str(path.relative_to(target)) for path in renamed)


def write_note(folder: Path, kept: Kept) -> None:
    """Put a note in place of the one in the folder. Raises OSError."""
    write_together(_with_note(Path(os.path.realpath(folder)), {}, kept))


def read_note(folder: Path) -> Kept:
    """The note of a folder of kept advice. Raises DataError when the folder is none, or its note is spoiled."""
    path = folder / NOTE
    if not path.exists():
        found = "there is no such folder" if not folder.is_dir() else f"there is no {NOTE} in this folder"
        raise DataError(Problem(Place(named(folder)), found, "a folder that `advisor keep` wrote"))
    text = decode(read_bytes(path, DataError, named(path)), named(path), DataError)
    try:
        kept = Kept.model_validate_json(text)
    except ValidationError as bad:
        misfit = first_misfit(bad)
        place = Place(named(path), 0, shown(misfit.key))
        fix = "Run `advisor keep` anew, and remove this folder by hand"
        raise DataError(
            Problem(place, f"this file is spoiled ({misfit.reason})", f"the {NOTE} as written", fix)
        ) from None
    if (folder / LETTERS).is_symlink():
        raise DataError(Problem(Place(named(folder / LETTERS)), "this is a link to somewhere else", "a folder"))
    return kept


def forget_folder(folder: Path) -> Forgotten:
    """Remove what was kept in a folder, and the folder when nothing else is in it.

    Raises DataError as `read_note`, and then nothing is removed; OSError, and then the rest can be removed so again.
    """
    kept, target = read_note(folder), Path(os.path.realpath(folder))
    removed = []
    for path in (target / name for name in kept.files):
        if _gone(path):
            removed.append(str(path.relative_to(target)))
        drop_pieces(path)
    with suppress(OSError):  # somebody put something there, or there were no letters
        (target / LETTERS).rmdir()
    (target / NOTE).unlink()
    drop_pieces(target / NOTE)
    left = tuple(sorted(path.name for path in target.iterdir()))
    if not left:
        target.rmdir()
    return Forgotten(tuple(removed), left)


def _make_parents(folder: Path) -> None:
    """Make the folders on the way that are not there, each for its user alone."""
    if not folder.is_dir():
        _make_parents(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def _with_note(target: Path, files: Mapping[str, bytes], kept: Kept) -> dict[Path, bytes]:
    """The files of the folder by path, the note last."""
    return {**{target / name: raw for name, raw in files.items()}, target / NOTE: canonical_json(kept).encode()}


def _is_theirs(path: Path, digest: str) -> bool:
    """Whether there is a file that is not as it was written."""
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() != digest


def _gone(path: Path) -> bool:
    """Remove a file; whether there was one. A folder in its place is not ours."""
    if path.is_dir() and not path.is_symlink():
        return False
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    return True
