"""All of it: what does not hold of a receipt, and what could not be checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from advisor.verifier.account import check_account
from advisor.verifier.advice import check_advice
from advisor.verifier.beyond import beyond
from advisor.verifier.canonical import FORMAT, MASKED_FORMAT, SMALL_FORMAT, Refused, read
from advisor.verifier.derivation import Derivation
from advisor.verifier.given import Book, Given
from advisor.verifier.masked import BROKEN, check_masked
from advisor.verifier.seal import check_quotes, check_seal
from advisor.verifier.shape import brief, misshapen
from advisor.verifier.shapes import CONTENT, RECEIPT
from advisor.verifier.small import check_small
from advisor.verifier.trace import check_trace


def problems(
    raw: bytes, rules: Path | None = None, questionnaires: Path | None = None, rulebook: Book = None
) -> Iterator[str]:
    """Everything that does not hold of a receipt's bytes, whole, small or masked, the gravest first; nothing when all
    does. Of a small one without its rulebook that is one of them: there is nothing that its advice could follow from.
    """
    try:
        receipt = read(raw)
    except Refused as bad:
        yield str(bad)
        return
    if not isinstance(receipt, dict) or "format" not in receipt:
        yield f"this is not a receipt: it does not say `format`; expected {FORMAT}"
        return
    if receipt["format"] == MASKED_FORMAT:
        yield from check_masked(receipt, Given(rules, questionnaires, rulebook))[0]
        return
    if receipt["format"] == SMALL_FORMAT:
        yield from check_small(receipt, Given(rules, questionnaires, rulebook))
        return
    if receipt["format"] != FORMAT:
        found = brief(receipt["format"])
        yield f"this is a receipt of format {found}; expected {FORMAT}. Use the script that belongs to that format"
        return
    crooked = list(misshapen(receipt, RECEIPT, "receipt"))
    if not crooked:
        yield from check_seal(receipt)
        crooked = list(misshapen(receipt["content"], CONTENT, "content"))
    yield from crooked
    if crooked:
        return
    given = Given(rules, questionnaires, rulebook)
    made = Derivation(receipt["content"], book=given.book_of(receipt["content"]))
    checks: list[Callable[[], Iterator[str]]] = [
        lambda: check_quotes(receipt["content"]),
        made.follow,
        lambda: check_trace(made),
        lambda: check_account(made),
        lambda: check_advice(made),
    ]
    checks += [partial(check, receipt["content"]) for _, check in given.checks()]
    for check in checks:
        try:
            yield from check()
        except BROKEN as bad:
            yield f"the receipt contradicts itself: something it speaks of is not there ({type(bad).__name__}: {bad})"
            return


def erased_unchecked(
    raw: bytes, rules: Path | None = None, questionnaires: Path | None = None, rulebook: Book = None
) -> list[str]:
    """What could not be checked of a receipt's bytes that hold, for want of erased parts; nothing of a whole one."""
    receipt = read(raw)
    masked = receipt["format"] == MASKED_FORMAT
    return check_masked(receipt, Given(rules, questionnaires, rulebook))[1] if masked else []


def unchecked(
    raw: bytes, rules: Path | None = None, questionnaires: Path | None = None, rulebook: Book = None
) -> list[str]:
    """What could not be checked of a receipt's bytes that hold: for want of erased parts, and at all."""
    gone = erased_unchecked(raw, rules, questionnaires, rulebook)
    return [*gone, *beyond(read(raw)["content"], Given(rulebook=rulebook).book)]
