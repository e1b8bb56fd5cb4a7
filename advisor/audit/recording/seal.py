"""Canonical JSON (RFC 8785), the digests over it, and the envelope that seals a receipt's content."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

import rfc8785
from pydantic import BaseModel

from advisor.audit.model.receipt import FORMAT, Receipt, ReceiptContent
from advisor.audit.model.small import SMALL_FORMAT, SmallReceipt
from advisor.errors import CallError
from advisor.model.calls import must_be
from advisor.model.safe_text import shown

_LARGEST = 2**53 - 1  # whole numbers beyond are not the same everywhere


def canonical(data: Any) -> bytes:
    """The canonical bytes of plain JSON data. Raises ValueError for what has none, such as a number too large."""
    if _ordinary(data):  # then the standard library writes the same, which is much faster
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    return rfc8785.dumps(data)


def _ordinary(data: Any) -> bool:
    """Whether data has nothing that RFC 8785 asks more of than sorted keys: no fractions, no numbers too large, and no
    letters in keys that UTF-16 and Unicode put in different places."""
    kind = type(data)
    if kind is dict:
        return all(type(key) is str and key.isascii() for key in data) and all(map(_ordinary, data.values()))
    if kind is list or kind is tuple:
        return all(map(_ordinary, data))
    return kind is str or kind is bool or data is None or (kind is int and abs(data) <= _LARGEST)


def digest(data: Any) -> str:
    """`sha256:` and the SHA-256 in hex over the canonical bytes of plain JSON data."""
    return "sha256:" + hashlib.sha256(canonical(data)).hexdigest()


def plain(model: BaseModel) -> Any:
    """A model as plain JSON data."""
    return model.model_dump(mode="json", by_alias=True)


def must_be_time(time: str) -> None:
    """Raises CallError for what is no time in UTC such as 2027-01-31T09:30:00Z."""
    try:
        datetime.strptime(time, "%Y-%m-%dT%H:%M:%SZ")
    except (TypeError, ValueError):
        raise CallError(f"`{shown(str(time))}` is no time in UTC such as 2027-01-31T09:30:00Z") from None


def seal(content: ReceiptContent, time: str) -> Receipt:
    """The receipt for some content; `time` is UTC, such as 2027-01-31T09:30:00Z. Raises CallError for another form."""
    must_be_time(time)
    content_digest = digest(plain(content))
    envelope = {
        "format": FORMAT,
        "id": "rcp-" + content_digest.removeprefix("sha256:")[:16],
        "time": time,
        "content_digest": content_digest,
    }
    return Receipt.model_validate({**envelope, "envelope_digest": digest(envelope), "content": content})


def receipt_bytes(receipt: Receipt | SmallReceipt) -> bytes:
    """The bytes of a receipt's file: its canonical JSON and one line feed. Raises CallError for what is no receipt."""
    must_be((Receipt, SmallReceipt), receipt=receipt)
    return canonical(plain(receipt)) + b"\n"


def read_receipt(raw: bytes | str) -> Receipt | SmallReceipt:
    """The receipt, whole or small, in some bytes. Raises ValidationError when they hold none."""
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        data = None  # and the model tells what is wrong
    small = isinstance(data, dict) and data.get("format") == SMALL_FORMAT
    return SmallReceipt.model_validate_json(raw) if small else Receipt.model_validate_json(raw)
