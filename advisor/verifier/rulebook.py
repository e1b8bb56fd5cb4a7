"""The rulebook: reading one, and laying what a receipt quotes beside it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from advisor.verifier.canonical import BOOK_FORMAT, Hole, Json, Missing, Refused, read
from advisor.verifier.shape import TEXTS, brief, differing, misshapen
from advisor.verifier.shapes import CONTENT, DIGEST, DISCLOSURE, SOURCE

QUOTED = (
    "questionnaire", "rulebase", "questions", "contradictions", "facts", "options", "decision", "figures", "rules",
)  # fmt: skip
POINT = {"text": str, "claims": TEXTS, "sources": TEXTS}
SHOWING = {
    "gates_shown_for": TEXTS, "gates_in": TEXTS, "priority_question": str, "priority_effect": str,
    "leanings": {"*": str}, "publisher_sells": TEXTS, "publisher_claims": TEXTS,
}  # fmt: skip
BOOK = {
    **{key: CONTENT[key] for key in QUOTED}, "format": {BOOK_FORMAT}, "digest": DIGEST, "sources": [SOURCE],
    "headings": {"*": str}, "disclosures": [DISCLOSURE], "criteria": {"*": str}, "showing": SHOWING,
    "cases": [{"option": str, "summary": str, "living_with_it": str, "for": [POINT], "against": [POINT]}],
}  # fmt: skip


def read_rulebook(file: Path | bytes) -> Json:
    """The rulebook in a file, or in what was read of one. Raises Refused."""
    if isinstance(file, bytes):
        return _rulebook(file)
    try:
        return _rulebook(file.read_bytes())
    except OSError as bad:
        raise Refused(f"{file}: the rulebook cannot be read ({bad.strerror})") from None
    except Refused as bad:
        raise Refused(f"{file}: {bad}") from None


@lru_cache(maxsize=1)
def _rulebook(raw: bytes) -> Json:
    """The rulebook in some bytes; it is large, and one is laid beside many receipts.

    Canonical JSON has one way to say a thing, so the digest over all but itself is that over the bytes without it.
    """
    book = read(raw)
    if not isinstance(book, dict) or book.get("format") != BOOK_FORMAT:
        raise Refused(f"this is not a rulebook: it does not say that its format is {BOOK_FORMAT}")
    wrong = next(misshapen(book, BOOK, "rulebook"), None)
    if wrong is not None:
        raise Refused(wrong)
    given = f'"digest":"{book["digest"]}",'.encode()
    if raw.count(given) != 1 or book["digest"] != f"sha256:{sha256(raw[:-1].replace(given, b'')).hexdigest()}":
        raise Refused("the rulebook does not have the digest that it gives: it was changed")
    return book


def check_quoted(content: Json, key: str, book: Json) -> Iterator[str]:
    """That a part of the content is as the rulebook has it; of the rules, each one that is quoted."""
    gone: list[str] = []
    expected = book[key]
    if key == "rules" and not isinstance(content[key], Hole):
        names = [_part(one, "id") for one in content[key]]
        there = {name for name in names if not isinstance(name, Hole)}
        expected = [one for one in expected if one["id"] in there]
        for place in (place for place, name in enumerate(names) if isinstance(name, Hole)):
            expected.insert(place, content[key][place])  # an erased one is laid beside itself
    yield from _laid_beside(f"content.{key}", content[key], expected, gone)
    _tell_missing(gone)


def check_standing(content: Json, book: Json) -> Iterator[str]:
    """That sources are told, and standing words said, as the rulebook has them."""
    gone: list[str] = []
    sources = {one["id"]: one for one in book["sources"]}
    advice, standing = content["advice"], book["disclosures"]
    for part, found in (("content", content["sources"]), ("advice", _part(advice, "sources"))):
        for one in [] if isinstance(found, Hole) else found:
            name = _part(one, "id")
            expected = None if isinstance(name, Hole) else sources.get(name)
            if expected is None and isinstance(name, str):
                yield f"{part}.sources: the rulebook has no source {brief(name)}"
            elif expected is not None:
                yield from _laid_beside(f"{part}.sources.{name}", one, expected, gone)
        gone += [hole.path for hole in (found, *_holes_in(found)) if isinstance(hole, Hole)]
    yield from _laid_beside("advice.headings", _part(advice, "headings"), book["headings"], gone)
    told = _part(advice, "disclosures")
    first = told if isinstance(told, Hole) else told[: len(standing)]
    yield from _laid_beside("advice.disclosures", first, standing, gone)
    for one in [] if isinstance(told, Hole) else told[len(standing) :]:
        text = _part(one, "text")
        if isinstance(text, str) and text not in book["headings"].values():
            yield f"advice.disclosures: {brief(text)} is none of the rulebook's words"
    _tell_missing(gone)


def _part(data: Json, key: str) -> Json:
    """A part of some data, or the hole that stands for the whole of it."""
    return data if isinstance(data, Hole) else data[key]


def _holes_in(data: Json) -> list[Json]:
    """The holes among entries and their ids."""
    if isinstance(data, Hole):
        return []
    return [hole for one in data for hole in (one, _part(one, "id")) if isinstance(hole, Hole)]


def _laid_beside(path: str, found: Json, expected: Json, gone: list[str]) -> Iterator[str]:
    """Where some data is not what it should be, part by part; erased parts are put into `gone` and passed over."""
    if isinstance(found, Hole):
        gone.append(found.path)
    elif isinstance(found, dict) and isinstance(expected, dict):
        for key in (*expected, *(key for key in found if key not in expected)):
            if key not in found or key not in expected:
                yield f"{path}.{key}: it {'is missing' if key not in found else 'should not be there'}"
            else:
                yield from _laid_beside(f"{path}.{key}", found[key], expected[key], gone)
    elif isinstance(found, list) and isinstance(expected, list):
        if len(found) != len(expected):
            yield f"{path}: there are {len(found)} entries, and should be {len(expected)}"
        for number, (one, other) in enumerate(zip(found, expected)):  # noqa: B905
            name = other.get("id", other.get("fact", number)) if isinstance(other, dict) else number
            yield from _laid_beside(f"{path}.{name}", one, other, gone)
    else:
        yield from differing(path, found, expected)


def _tell_missing(gone: list[str]) -> None:
    """Raises Missing when parts were passed over."""
    if gone:
        raise Missing(gone[0])
