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


def canonical(data: Any) -> bytes:
    """The canonical bytes of plain JSON data. Raises ValueError for what has none, such as a number too large."""
    return rfc8785.dumps(data)


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
