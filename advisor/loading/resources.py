"""Finds the shipped `rules/` and `questionnaires/`, and reads folders of files with their digests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from advisor.errors import DataError, Place, Problem
from advisor.loading.yaml_reader import MAX_BYTES
from advisor.model.safe_text import one_line

APPROVALS = "approvals"
"""The folder of a rule base in which approvals of its pages stand: signed, and read by whoever can check that."""


def shipped(name: str) -> Path:
    """The folder `rules` or `questionnaires`: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "data" / name
    return inside if inside.is_dir() else package.parent / name


def named(path: Path | str) -> str:
    """A path as it is named in errors: without the characters that could steer a terminal."""
    return one_line(str(path))


def read_bytes(path: Path, error: type[DataError], label: str = "") -> bytes:
    """A file's bytes. Raises `error` when it cannot be read or is too large.

    With a `label`, the name inside a folder of files, it must be a regular file; else a pipe will do.
    """
    name = label or named(path)
    try:
        if label and path.exists() and not path.is_file() and not path.is_dir():
            fix = "Put a plain file there, or remove what is there"
            raise error(Problem(Place(name), "this is a device or a pipe", "a file", fix))
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise error(Problem(Place(name), "there is no such file", "", "Check the name and the folder")) from None
    except IsADirectoryError:
        raise error(Problem(Place(name), "this is a folder", "a file")) from None
    except (OSError, ValueError) as bad:
        reason = getattr(bad, "strerror", None) or str(bad)
        raise error(Problem(Place(name), f"the file cannot be read ({reason})", "", "Check the name")) from None
    if len(raw) > MAX_BYTES:
        raise error(Problem(Place(name), f"the file has more than {MAX_BYTES} bytes", "a smaller file"))
    return raw


def yaml_files(root: Path, error: type[DataError]) -> Iterator[tuple[str, bytes]]:
    """Every .yaml file under `root` as (path inside it, bytes), sorted. Raises `error` if there is no folder."""
    try:
        there = root.is_dir()
    except OSError:  # a name too long, a folder that may not be entered
        there = False
    if not there:
        raise error(Problem(Place(named(root)), "there is no such folder", "a folder of YAML files"))
    for path in sorted(root.rglob("*.yaml"), key=lambda p: p.relative_to(root).as_posix()):
        name = named(path.relative_to(root).as_posix())
        if any(part.startswith(".") for part in name.split("/")):
            continue
        yield name, read_bytes(path, error, name)


def sha256(raw: bytes) -> str:
    """The SHA-256 of some bytes, in hex."""
    return hashlib.sha256(raw).hexdigest()


def digest_of(files: Mapping[str, str]) -> str:
    """One SHA-256 over a folder: over the lines `digest  path`, sorted by path."""
    return sha256("".join(f"{files[name]}  {name}\n" for name in sorted(files)).encode())
