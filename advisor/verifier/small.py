"""Small receipts: what one says is laid beside what follows from its answers under the rulebook that it names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from advisor.verifier.account import check_reasons
from advisor.verifier.approvals import check_approvals
from advisor.verifier.canonical import SMALL_FORMAT, Json, Refused, quick_digest, read
from advisor.verifier.given import Given
from advisor.verifier.masked import BROKEN
from advisor.verifier.seal import check_files, check_seal
from advisor.verifier.shape import brief, differing, misshapen
from advisor.verifier.shapes import DIGEST, SMALL_CONTENT, SMALL_RECEIPT
from advisor.verifier.unfold import Unfolded
from advisor.verifier.words import Words

BOOKS = "rulebooks"  # the folder beside a receipt or in a log, where rulebooks are kept under their digests


def check_small(receipt: Json, given: Given) -> Iterator[str]:
    """What does not hold of a small receipt; that its rulebook is not there is one of these."""
    crooked = small_unsound(receipt)
    yield from crooked
    if crooked:
        return
    content = receipt["content"]
    try:
        found = Unfolded(content, book_of(content, given))
        yield from _check_rules(found)
        wrong = found.follow()
        yield from wrong
        if wrong:
            return  # what is shown would be laid beside what does not follow
        yield from _check_skipped(found)
        yield from _check_shown(found)
        for _, check in given.folder_checks():
            yield from check(found.book)
    except Refused as bad:
        yield str(bad)
    except BROKEN as bad:
        yield f"the receipt contradicts itself: something it speaks of is not there ({type(bad).__name__}: {bad})"


def small_unsound(receipt: Json) -> list[str]:
    """Where a small receipt has another shape, or a digest that is not its own."""
    wrong = [*misshapen(receipt, SMALL_RECEIPT, "receipt")]
    return wrong or [*check_seal(receipt), *misshapen(receipt["content"], SMALL_CONTENT, "content")]


def book_of(content: Json, given: Given) -> Json:
    """The rulebook that a small receipt's content names. Raises Refused when it is not the one that is given."""
    named = content["rulebook"]
    if given.refused:
        raise Refused(given.refused)
    if given.book is None:
        raise Refused(
            "nothing was checked but its form and its digests, not even that the advice follows from the answers: the "
            f"rulebook that it names is not beside it, as {BOOKS}/{file_name(named)}; give --rulebook"
        )
    if given.book["digest"] != named:
        raise Refused(f"the rulebook given has the digest {given.book['digest']}, and the receipt names {named}")
    return given.book


def book_named(receipt: Json) -> str:
    """The digest of the rulebook that a receipt names; empty when it is not a small one."""
    content = receipt.get("content") if isinstance(receipt, dict) and receipt.get("format") == SMALL_FORMAT else None
    named = content.get("rulebook") if isinstance(content, dict) else None
    return named if isinstance(named, str) and DIGEST.fullmatch(named) else ""


def book_beside(receipt: Path, raw: bytes) -> Path | None:
    """The file of the rulebook beside a small receipt's file; None when there is none."""
    try:
        named = book_named(read(raw))
    except Refused:
        return None
    book = receipt.parent / BOOKS / file_name(named)
    return book if named and book.is_file() else None


def file_name(digest: str) -> str:
    """The name of a rulebook's file, from its digest."""
    return f"{digest[len('sha256:') :]}.json"


def _check_rules(found: Unfolded) -> Iterator[str]:
    """That the rules and questions named are those of the rulebook, whose files have the digest that it gives."""
    book, small = found.book, found.small
    yield from check_files(book["rulebase"])
    yield from differing(
        "content.rulebase", small["rulebase"], {key: book["rulebase"][key] for key in small["rulebase"]}
    )
    yield from differing("content.questionnaire", small["questionnaire"], book["questionnaire"])


def _check_skipped(found: Unfolded) -> Iterator[str]:
    """That what is said of skipped questions is said once, of questions without an answer, and not against these."""
    said = [
        {"question": name, "reason": one["reason"]} for one in found.small["skipped"] for name in one["questions"]
    ]  # fmt: skip
    given = {one["question"] for one in found.small["answers"]}
    seen: set[str] = set()
    for one in said:
        if one["question"] in seen | given or one["question"] not in found.made.questions:
            yield f"skipped {brief(one['question'])}: it is there twice, has an answer, or is no question"
        seen.add(one["question"])
    yield from check_reasons(found.made, said)


def _check_shown(found: Unfolded) -> Iterator[str]:
    """That the advice quoted, and the digest over all of it, are those of the advice worked out again."""
    small, shown = found.small, found.advice()
    yield from differing("content.expires", small["expires"], shown["review_by"])
    for part in ("plan", "recommendation", "figures"):
        yield from differing(f"advice.{part}", small["advice"][part], shown[part])
    yield from check_approvals(found.made, Words(found.made))
    yield from differing("content.advice_digest", small["advice_digest"], quick_digest(shown))
