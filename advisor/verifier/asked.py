"""What the program asks of the verifier beside the whole verdict; it is no part of the script that is carried away."""

from __future__ import annotations

from pathlib import Path

from advisor.verifier.beyond import beyond
from advisor.verifier.canonical import Json, Refused, read
from advisor.verifier.given import Given
from advisor.verifier.seal import check_seal
from advisor.verifier.shape import misshapen
from advisor.verifier.shapes import CONTENT, RECEIPT


def refusal(raw: bytes) -> str:
    """Why some bytes are no JSON as receipts have it; empty when they are."""
    try:
        read(raw)
    except Refused as bad:
        return str(bad)
    return ""


def unsound(receipt: Json) -> list[str]:
    """Where a whole receipt has another shape, or a digest that is not its own; nothing else is looked at."""
    wrong = [*misshapen(receipt, RECEIPT, "receipt")]
    return wrong or [*check_seal(receipt), *misshapen(receipt["content"], CONTENT, "content")]


def broken_seal(receipt: Json) -> str:
    """What is wrong with the digests of a whole receipt; empty when nothing is, and when it has not that shape."""
    if next(misshapen(receipt, RECEIPT, "receipt"), None) is not None:
        return ""
    return next(check_seal(receipt), "")


def beyond_checking(raw: bytes, rulebook: Path | None = None, *, anew: bool = False) -> list[str]:
    """What cannot be checked at all of a receipt's bytes that hold, beside a rulebook, or where it was made `anew`."""
    return beyond(read(raw)["content"], Given(rulebook=rulebook).book, anew)
