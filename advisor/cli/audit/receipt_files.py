"""Reads the file of a receipt."""

from __future__ import annotations

from pathlib import Path

MOST_BYTES = 64_000_000
"""What is read of a file at most, here and in the verifying script: no receipt is larger."""


def receipt_bytes_of(file: Path) -> tuple[bytes, str]:
    """A file's bytes, and its name for messages; `-` is standard input. Raises DataError when it cannot be read."""
    import sys

    from advisor.errors import DataError, Place, Problem
    from advisor.loading.resources import named

    if str(file) == "-":
        return sys.stdin.buffer.read(MOST_BYTES), "standard input"
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES), named(file)
    except FileNotFoundError:
        raise DataError(
            Problem(Place(named(file)), "there is no such file", "a receipt, made with `advisor receipt make`")
        ) from None
    except (OSError, ValueError) as bad:
        reason = getattr(bad, "strerror", None) or str(bad)
        raise DataError(Problem(Place(named(file)), f"the file cannot be read ({reason})", "a receipt")) from None
