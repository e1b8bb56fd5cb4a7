"""Reads receipts that were kept: from files, from folders of them, and from the advice in the lines of a log."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from advisor.errors import DataError, Place, Problem
from advisor.model.answers import Raw
from advisor.model.receipt import FORMAT, Receipt

LOG_FILES = "log-*.jsonl"


def receipts_in(paths: Iterable[Path]) -> Iterator[Receipt]:
    """Every receipt in files (one receipt, or a log) and folders (their `*.json` receipts and `log-*.jsonl` logs).

    In a folder, JSON files of other formats are passed over, and so is logged advice of which parts were masked.
    Raises DataError for what is not there, cannot be read or is spoiled.
    """
    for path in paths:
        if path.is_dir():
            for file in sorted((*path.glob("*.json"), *path.glob(LOG_FILES))):
                yield from _in_file(file, strict=False)
        else:
            yield from _in_file(path, strict=True)


def receipt_of(raw: bytes | str, name: str) -> Receipt:
    """The receipt in some bytes. Raises DataError when they hold none, with the first reason."""
    try:
        return Receipt.model_validate_json(raw)
    except ValidationError as bad:
        first = bad.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise DataError(Problem(Place(name, key=key), first["msg"].lower(), f"a receipt of format {FORMAT}")) from None


def recorded_answers(receipt: Receipt) -> dict[str, Raw]:
    """The answers that a receipt records, as in an answer file; a private text is `(private)` still."""
    return {a.question: a.said if a.value is None else a.value for a in receipt.content.answers}


def _in_file(path: Path, *, strict: bool) -> Iterator[Receipt]:
    name = "".join(c if c.isprintable() else "?" for c in str(path))
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as bad:
        reason = getattr(bad, "strerror", None) or "it is not UTF-8 text"
        raise DataError(Problem(Place(name), f"the file cannot be read ({reason})", "a receipt or a log")) from None
    if path.suffix == ".jsonl":
        yield from _logged(text, name)
    elif strict or _format(_json(text)) == FORMAT:
        yield receipt_of(text, name)


def _logged(text: str, name: str) -> Iterator[Receipt]:
    for number, line in enumerate(text.splitlines(), 1):
        found = _json(line)
        if not isinstance(found, dict) or "kind" not in found:
            message = "this line is no record of a log"
            raise DataError(Problem(Place(name, number), message, "a JSON object with `kind` and `record`"))
        record = found.get("record")
        if found["kind"] == "advice" and _format(record) == FORMAT:
            yield receipt_of(json.dumps(record), f"{name}, line {number}")


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _format(data: Any) -> object:
    return data.get("format") if isinstance(data, dict) else None
