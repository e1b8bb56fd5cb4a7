"""What a caller of the library hands over, checked at the door, so that every fault of a call is a `CallError`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from advisor.errors import CallError


def must_be(kind: type[Any] | tuple[type[Any], ...], **given: object) -> None:
    """Raises CallError for the first of some named values that is of another kind."""
    kinds = kind if isinstance(kind, tuple) else (kind,)
    for name, value in given.items():
        if not isinstance(value, kinds):
            wanted = " or ".join("None" if one is type(None) else one.__name__ for one in kinds)
            raise CallError(f"`{name}` is of type {type(value).__name__}. Give it as {wanted}")


def path_of(folder: str | os.PathLike[str]) -> Path:
    """A folder as a path. Raises CallError for what is none."""
    try:
        return Path(folder)
    except TypeError:
        raise CallError(f"a folder of type {type(folder).__name__} was given. Give a path") from None
