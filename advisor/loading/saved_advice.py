"""Reads advice that was saved as JSON."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from advisor.errors import DataError, Place, Problem
from advisor.loading.resources import named, read_bytes
from advisor.loading.yaml_reader import decode
from advisor.model.advice import Advice
from advisor.model.misfit import first_misfit
from advisor.model.safe_text import shown


def read_advice(path: Path, *, kept: bool = False, stdin: bytes | None = None) -> Advice:
    """The advice in a JSON file, or in the bytes of standard input, which has the path `-`. Raises DataError when it is
    not saved advice; where it was `kept` before, for a pipe or device too.
    """
    raw = read_bytes(path, DataError, named(path) if kept else "") if stdin is None else stdin
    text = decode(raw, _name(path), DataError)
    try:
        return Advice.model_validate_json(text)
    except ValidationError as bad:
        found = first_misfit(bad)
        raise not_saved_advice(path, found.key, found.reason) from None


def not_saved_advice(path: Path, key: str, reason: str) -> DataError:
    """The error to raise for a file that is not, or no longer, the advice that was saved."""
    expected = "the output of `advisor advise --format json`"
    return DataError(Problem(Place(_name(path), 0, shown(key)), f"this is not saved advice ({reason})", expected))


def _name(path: Path) -> str:
    return "standard input" if str(path) == "-" else named(path)
