"""Tells a small receipt in full, from its rulebook."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from advisor.audit.model.receipt import FORMAT, Receipt
from advisor.audit.model.small import SMALL_FORMAT
from advisor.errors import DataError, Place, Problem
from advisor.model.safe_text import printable
from advisor.verifier import unfolded


def is_small(data: object) -> bool:
    """Whether some data says that it is a small receipt."""
    return isinstance(data, dict) and data.get("format") == SMALL_FORMAT


def whole_content(
    content: Mapping[str, Any], book: Path | bytes | None, *, fired_alone: bool = False
) -> dict[str, Any]:  # fmt: skip
    """The content that a whole receipt of the same advice has, but for the order of facts and of points in its trace.

    With `fired_alone` it is as if no rules were quoted but those that fired, and there were no questions without an
    answer: that is made much sooner.
    Raises ValueError when the rulebook is not the one that it names, or the content does not follow from it.
    """
    made: dict[str, Any] = unfolded(content, book, fired_alone=fired_alone)
    return made


def whole_receipt(raw: bytes, book: Path | bytes | None, name: str) -> Receipt:
    """A small receipt's bytes as a whole receipt, with the id, the time and the digests of the small one.

    Raises DataError as `whole_content` says ValueError.
    """
    data = json.loads(raw)
    try:
        content = whole_content(data["content"], book)
        return Receipt.model_validate({**data, "format": FORMAT, "content": content})
    except ValueError as bad:
        expected = "a small receipt with the rulebook that it names"
        raise DataError(Problem(Place(name), printable(str(bad)), expected)) from None
