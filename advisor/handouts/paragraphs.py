"""Cuts words to send or say into paragraphs that are easy to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from advisor.model.handouts import ENTRY

LEAST = 3
"""So many questions in a row, or numbered parts, are set apart from each other."""

_SENTENCE = re.compile(r"""(?<=[.?!])["\u201d)]?\s+(?=["\u201c(\[$_A-Z0-9])""")
_NUMBERED = re.compile(r"(?<!\S)(?=\((?P<number>[1-9])\) )")
_REQUEST = re.compile(r"([^:?]*\bplease\b[^:?]*:) (\S.*)", re.IGNORECASE | re.DOTALL)


def paragraphs(text: str) -> tuple[str, ...]:
    """The text in paragraphs, none of its words left out: parts that it numbers stand apart, three or more questions
    in a row are a list (each begins with `- `), and all else stays together.
    """
    starts = [found.start() for found in _NUMBERED.finditer(text)]
    numbers = [found["number"] for found in _NUMBERED.finditer(text)]
    if len(starts) >= LEAST and numbers == [str(number + 1) for number in range(len(numbers))]:
        return tuple(part for part in _numbered(text, starts) if part)
    return tuple(_asking(_sentences(text)))


def entry(text: str) -> str:
    """A text as an entry of a list, with a capital at its start."""
    return ENTRY + text[:1].upper() + text[1:]


def _numbered(text: str, starts: list[int]) -> Iterator[str]:
    yield text[: starts[0]].strip()
    ends = [*starts[1:], len(text)]
    *most, last = (text[start:end].strip() for start, end in zip(starts, ends, strict=True))
    yield from most
    first, *others = _sentences(last)
    yield first
    yield " ".join(others)


def _sentences(text: str) -> list[str]:
    ends = [0, *(found.end() for found in _SENTENCE.finditer(text)), len(text)]
    return [text[start:end].strip() for start, end in pairwise(ends) if text[start:end].strip()]


def _asking(sentences: list[str]) -> Iterator[str]:
    told: list[str] = []
    for asking, group in groupby(sentences, key=lambda sentence: sentence.endswith("?")):
        found = list(group)
        if not asking or len(found) < LEAST:
            told += found
            continue
        request = _REQUEST.fullmatch(found[0])
        if request:
            told.append(request[1])
            found[0] = request[2]
        if told:
            yield " ".join(told)
        told = []
        yield from map(entry, found)
    if told:
        yield " ".join(told)
