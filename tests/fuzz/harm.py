"""What a reader may do with a file: take it, or refuse it with a message that is safe to print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from advisor.errors import AdvisorError, DataError

T = TypeVar("T")
MEMORY = 600_000_000  # bytes; more than any file within the limit of size needs


def taken_or_refused(read: Callable[[], T]) -> T | None:
    """What was read, or None when it was refused as it should be. Any other exception is the test's failure."""
    try:
        return read()
    except DataError as refused:
        texts = [str(refused), *(f"{p.place}{p.message}{p.expected}{p.fix}" for p in refused.problems)]
    except AdvisorError as refused:
        texts = [str(refused)]
    for text in texts:
        safe_to_print(text)
    return None


def safe_to_print(text: str) -> None:
    """Check that a message holds nothing that could steer a terminal, and that it is no novel."""
    assert text
    assert all(c.isprintable() or c == "\n" for c in text), ascii(text)
    assert len(text) < 60_000
    assert text.count("\n") < 200


@st.composite
def spoiled(draw: DrawFn, originals: Sequence[bytes]) -> bytes:
    """One of some files after a few accidents: bytes flipped, lines lost, doubled, moved or mixed with another's."""
    raw = draw(st.sampled_from(originals))
    for _ in range(draw(st.integers(1, 3))):
        raw = draw(_accident(raw, originals))
    return raw


@st.composite
def _accident(draw: DrawFn, raw: bytes, originals: Sequence[bytes]) -> bytes:
    kind = draw(st.sampled_from(["flip", "cut", "insert", "lose", "double", "swap", "mix", "indent", "word"]))
    at = draw(st.integers(0, max(len(raw) - 1, 0)))
    if kind == "flip":
        return raw[:at] + bytes([draw(st.integers(0, 255))]) + raw[at + 1 :]
    if kind == "cut":
        return raw[:at] + raw[at + draw(st.integers(1, 40)) :]
    if kind == "insert":
        return raw[:at] + draw(st.sampled_from(TOKENS)) + raw[at:]
    if kind == "word":
        words = raw.split(b" ")
        words[at % len(words)] = draw(st.sampled_from(TOKENS))
        return b" ".join(words)
    lines = raw.splitlines(keepends=True) or [b""]
    one, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    if kind == "lose":
        del lines[one]
    elif kind == "double":
        lines.insert(other, lines[one])
    elif kind == "swap":
        lines[one], lines[other] = lines[other], lines[one]
    elif kind == "indent":
        lines[one] = b"  " + lines[one]
    else:
        strange = draw(st.sampled_from(originals)).splitlines(keepends=True) or [b""]
        lines.insert(one, strange[other % len(strange)])
    return b"".join(lines)


TOKENS = (
    b"&a ", b"*a", b"!!x ", b"[", b"]", b"{", b"}", b": ", b"- ", b"'", b'"', b"\t", b"\n", b"\x00", b"\x1b[31m",
    b"\\x1b", b"\xff", b"\xe2\x80\xae", b"\xef\xbb\xbf", b"---\n", b"...\n", b"null", b"~", b"true", b"[]", b"{}",
    b"99999999999999999999", b"-1", b"1e999", b".nan", b"NaN", b"? ", b"|\n", b">-\n", b"<<: ", b"#", b"%", b"@", b"`",
    b"{fact: x, is: y}", b"not_sure", b"{runway}", b"{", b"\xed\xa0\x80", b"\xc2\x85", b"\xe2\x80\xa8",
)  # fmt: skip
