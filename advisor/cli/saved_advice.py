"""Reads advice that was saved as JSON."""

from __future__ import annotations

import sys
from pathlib import Path

from pydantic import ValidationError

from advisor.errors import DataError, Place, Problem
from advisor.loading.resources import read_bytes
from advisor.model.advice import Advice


def read_advice(path: Path) -> Advice:
    """The advice in a JSON file, or from standard input for `-`. Raises DataError when it is not saved advice."""
    name = "standard input" if str(path) == "-" else str(path)
    raw = sys.stdin.buffer.read() if str(path) == "-" else read_bytes(path, DataError)
    try:
        return Advice.model_validate_json(raw)
    except ValidationError as bad:
        first = bad.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        message = f"this is not saved advice ({first['msg'].lower()})"
        expected = "the output of `advisor advise --format json`"
        raise DataError(Problem(Place(name, 0, key), message, expected)) from None
