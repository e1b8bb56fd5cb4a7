"""What the program asks of the verifier beside the whole verdict; it is no part of the script that is carried away."""

from __future__ import annotations

from advisor.verifier.beyond import beyond
from advisor.verifier.canonical import SMALL_FORMAT, Json, Refused, read
from advisor.verifier.given import Book, Given
from advisor.verifier.masked import BROKEN
from advisor.verifier.seal import check_seal
from advisor.verifier.shape import misshapen
from advisor.verifier.shapes import CONTENT, RECEIPT, SMALL_RECEIPT
from advisor.verifier.small import book_named, book_of, small_unsound
from advisor.verifier.unfold import Unfolded


def refusal(raw: bytes) -> str:
    """Why some bytes are no JSON as receipts have it; empty when they are."""
    try:
        read(raw)
    except Refused as bad:
        return str(bad)
    return ""


def unsound(receipt: Json) -> list[str]:
    """Where a whole or small receipt has another shape, or a digest that is not its own; nothing else is looked at."""
    if receipt.get("format") == SMALL_FORMAT:
        return small_unsound(receipt)
    wrong = [*misshapen(receipt, RECEIPT, "receipt")]
    return wrong or [*check_seal(receipt), *misshapen(receipt["content"], CONTENT, "content")]


def broken_seal(receipt: Json) -> str:
    """What is wrong with the digests of a whole or small receipt; empty when nothing is, and when it has not that
    shape."""
    shape = SMALL_RECEIPT if isinstance(receipt, dict) and receipt.get("format") == SMALL_FORMAT else RECEIPT
    if next(misshapen(receipt, shape, "receipt"), None) is not None:
        return ""
    return next(check_seal(receipt), "")


def beyond_checking(raw: bytes, rulebook: Book = None, *, anew: bool = False) -> list[str]:
    """What cannot be checked at all of a receipt's bytes that hold, beside a rulebook, or where it was made `anew`."""
    return beyond(read(raw)["content"], Given(rulebook=rulebook).book, anew)


def rulebook_named(raw: bytes) -> str:
    """The digest of the rulebook that a small receipt's bytes name; empty for other bytes."""
    try:
        return book_named(read(raw))
    except Refused:
        return ""


def unfolded(content: Json, rulebook: Book, *, fired_alone: bool = False) -> Json:
    """The content of the whole receipt of the same advice as a small one's content, from its rulebook; `fired_alone`:
    without the rules that did not fire and the questions that have no answer.

    Raises ValueError when the rulebook is not the one that it names, or the content does not follow from it.
    """
    try:
        found = Unfolded(content, book_of(content, Given(rulebook=rulebook)))
        whole = found.content(fired_alone)
    except (Refused, *BROKEN) as bad:
        raise ValueError(str(bad)) from None
    if found.wrong:
        raise ValueError(found.wrong[0])
    return whole
