"""Canonical JSON: the package's and the script's are the same, and are what RFC 8785 asks for."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.audit.recording import seal
from advisor.verifier import problems
from advisor.verifier.canonical import canonical, digest

LARGEST = 2**53 - 1
TEXTS = st.text(st.characters(codec="utf-8"))
DATA = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=300, derandomize=True)
@given(DATA)
def test_both_write_the_same_bytes_and_digests_which_read_back_as_the_data(data: Any) -> None:
    raw = canonical(data)
    assert raw == seal.canonical(data)
    assert json.loads(raw) == data
    assert digest(data) == seal.digest(data)


def test_keys_stand_in_order_of_their_utf_16_units_and_text_is_escaped_as_the_rfc_says() -> None:
    """The keys of section 3.2.3 of the RFC, and the controls of 3.2.2.2: two-letter escapes where there are any."""
    data = {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7}
    assert list(json.loads(canonical(data))) == [
        "\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33",
    ]  # fmt: skip
    assert canonical('\u20ac$\u000f\nA\'B"\\\\"/\x7f') == b'"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/\x7f"'


@pytest.mark.parametrize("bad", [LARGEST + 1, -LARGEST - 1, float("nan"), "\ud800", {1: 2}, [2**64]])
def test_what_has_no_canonical_form_is_refused_by_both(bad: Any) -> None:
    for one in (seal.canonical, canonical):
        with pytest.raises(ValueError):
            one(bad)


def test_the_script_refuses_fractions_which_receipts_never_hold() -> None:
    with pytest.raises(ValueError, match="no whole number"):
        canonical(0.5)
    (problem,) = problems(b'{"format":"advisor.receipt/1","id":0.5}\n')
    assert problem == "the file is not JSON as receipts have it: the number 0.5 is no whole number"


def test_the_digest_of_an_empty_mapping_is_the_known_one() -> None:
    """SHA-256 of the two bytes `{}`."""
    assert seal.digest({}) == "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
