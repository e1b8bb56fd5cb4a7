"""Reads advice that was saved as JSON."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from advisor.cli.shared_options import read_stdin
from advisor.errors import DataError, Place, Problem
from advisor.loading.resources import named, read_bytes
from advisor.loading.yaml_reader import decode
from advisor.model.advice import Advice
from advisor.model.answers import shown


def read_advice(path: Path) -> Advice:
    """The advice in a JSON file, or from standard input for `-`. Raises DataError when it is not saved advice."""
    name = "standard input" if str(path) == "-" else named(path)
    text = decode(read_stdin() if str(path) == "-" else read_bytes(path, DataError), name, DataError)
    try:
        return Advice.model_validate_json(text)
    except ValidationError as bad:
        first = bad.errors()[0]
        key = shown(".".join(str(part) for part in first["loc"]))
        message = f"this is not saved advice ({first['msg'].lower()})"
        expected = "the output of `advisor advise --format json`"
        raise DataError(Problem(Place(name, 0, key), message, expected)) from None
