"""Reads the file of a receipt, and finds the rulebook that a small one names."""

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


def rulebook_for(
    raw: bytes, file: Path, given: Path | None = None, folders: tuple[Path | None, Path | None] = (None, None)
) -> Path | bytes | None:  # fmt: skip
    """The rulebook to lay a receipt beside: the one given, or of a small receipt the one that it names, in the folder
    beside its file or else that of the rules and questionnaires at hand, in folders or as shipped; None when it is none
    of these, and for other receipts."""
    from advisor.verifier import rulebook_named

    named = "" if given is not None else rulebook_named(raw)
    if not named:
        return given
    from advisor.audit.keeping.rulebooks import Rulebooks, rulebook_bytes

    found = Rulebooks(file.parent).find(named) if str(file) != "-" else None
    if found is not None:
        return found
    from advisor.audit.receipts import Receipts
    from advisor.cli.shared_options import advisor_for

    made = advisor_for(*folders)
    if f'"{made.rulebase.digest}"'.encode() not in raw:
        return None
    at_hand = Receipts(made).rulebook()
    return rulebook_bytes(at_hand) if at_hand.digest == named else None
