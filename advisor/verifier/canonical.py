"""Canonical JSON (RFC 8785), digests over it, and what stands for a part that was erased."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

Json = Any
FORMAT = "advisor.receipt/1"
SMALL_FORMAT = "advisor.receipt.small/1"
MASKED_FORMAT = "advisor.receipt.masked/1"
LARGEST = 2**53 - 1  # whole numbers beyond are not the same everywhere
MOST_BYTES = 64_000_000
BOOK_FORMAT = "advisor.rulebook/2"
FORMATS = (FORMAT, SMALL_FORMAT, MASKED_FORMAT, BOOK_FORMAT)
DELICATE = re.compile(rb'(?:":|,|\[)-?[0-9]{16}|[\xee-\xf4]')
"""What may be a number too large, or a letter that UTF-16 and Unicode put in different places."""


class Refused(Exception):
    """What was read is no receipt at all; the text says why."""


class Missing(Exception):
    """A check came upon an erased part; the text is its JSON pointer."""


class Hole:
    """What stands for an erased part: whoever reads it, or compares with it, is told that it is missing."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name) if name.startswith("__") else Missing(self.path)

    def _missing(self, *_: object) -> Any:
        raise Missing(self.path)

    __getitem__ = __iter__ = __len__ = __contains__ = __bool__ = __str__ = __format__ = __hash__ = __eq__ = _missing
    __lt__ = __gt__ = __le__ = __ge__ = __add__ = __radd__ = _missing


def canonical(data: Json) -> bytes:
    """The canonical bytes (RFC 8785) of JSON data without fractions. Raises ValueError for what has none."""
    return json.dumps(_ordered(data), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")


def _ordered(data: Json) -> Json:
    if isinstance(data, str):
        return data
    if isinstance(data, dict):
        if not all(isinstance(key, str) for key in data):
            raise ValueError("a key is no text")
        plain = "".join(data).isascii()  # such keys are in order as they are, and most are such
        return {key: _ordered(data[key]) for key in sorted(data, key=None if plain else _utf_16)}
    if isinstance(data, (list, tuple)):
        return [_ordered(item) for item in data]
    if isinstance(data, Hole):
        raise Missing(data.path)
    if isinstance(data, float) or (isinstance(data, int) and abs(data) > LARGEST):
        raise ValueError("a number is no whole number, or too large")
    return data


def _utf_16(key: str) -> bytes:
    return key.encode("utf-16-be")


def digest(data: Json) -> str:
    """`sha256:` and the SHA-256 in hex over the canonical bytes."""
    return "sha256:" + hashlib.sha256(canonical(data)).hexdigest()


def quick_digest(data: Json) -> str:
    """The same of data that was read from canonical bytes, or put together from such, with nothing erased."""
    raw = _written(data)
    return digest(data) if DELICATE.search(raw) else "sha256:" + hashlib.sha256(raw).hexdigest()


def read(raw: bytes) -> Json:
    """The JSON data in some bytes. Raises Refused."""
    try:
        data = json.loads(raw.decode("utf-8"), parse_float=_no_fraction, parse_constant=_no_fraction)
        if isinstance(data, dict) and data.get("format") in FORMATS and not _is_canonical(raw, data):
            raise Refused("the file is not canonical JSON (RFC 8785) with one line feed at its end: it was changed")
    except UnicodeDecodeError as bad:
        raise Refused(f"the file is not UTF-8 text, at byte {bad.start}; a receipt is JSON in UTF-8") from None
    except RecursionError:
        raise Refused("the file is nested too deep to be a receipt") from None
    except ValueError as bad:
        raise Refused(f"the file is not JSON as receipts have it: {bad}") from None
    return data


def _is_canonical(raw: bytes, data: Json) -> bool:
    """Whether some bytes are the canonical ones of the data that was read from them, and a line feed.

    What has nothing delicate in it is written by the library itself, which is much faster.
    """
    return (canonical(data) if DELICATE.search(raw) else _written(data)) + b"\n" == raw


def _written(data: Json) -> bytes:
    """The canonical bytes of data that has nothing delicate in it."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _no_fraction(word: str) -> Json:
    raise ValueError(f"the number {word} is no whole number")
