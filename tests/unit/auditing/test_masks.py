"""Masks erase what they name and say so, and what remains still verifies."""

from __future__ import annotations

import hashlib
import hmac
import json
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from advisor.advice import Advisor, default_advisor
from advisor.auditing.masks import check_masked, is_masked, masked, masked_bytes
from advisor.auditing.seal import canonical, digest, receipt_bytes
from advisor.model.log import Erased, Mask
from advisor.model.receipt import Receipt
from advisor.receipts import Receipts
from tests.unit.auditing.tampering import TIME

KEY = "sixteen letters!"
PARTS = (
    "/content/answers/0/value", "/content/answers", "/content/advice/notes", "/content/advice/trace/answers/*",
    "/content/rules/*/why", "/content/rules/0", "/content/sources/*/title", "/content/expires", "/content/rules/9",
    "/content/advice/trace/firings/*/matched", "/content/rulebase/files/criteria.yaml", "/content/skipped/*",
)  # fmt: skip


@cache
def shipped_receipt() -> Receipt:
    return Receipts(default_advisor()).make({"situation": "planning", "runway": "one_to_two"}, TIME)


@pytest.fixture
def receipt(tiny_advisor: Advisor) -> Receipt:
    return Receipts(tiny_advisor).make({"runway": "short"}, TIME)


def test_what_is_erased_is_listed_and_gone(receipt: Receipt) -> None:
    made = masked(
        receipt, Mask(drop=("/content/answers/*/value", "/content/rules/0"), hash=("/content/expires",), key=KEY)
    )
    assert made.erased == (
        Erased(path="/content/answers/0/value", how="drop"),
        Erased(path="/content/expires", how="hash"),
        Erased(path="/content/rules/0", how="drop"),
    )
    assert "value" not in made.content["answers"][0]
    assert made.content["rules"][0] is None
    keyed = hmac.new(KEY.encode(), canonical(receipt.content.expires), hashlib.sha256).hexdigest()
    assert made.content["expires"] == {"erased": f"hmac-sha256:{keyed}"}
    assert receipt.content_digest not in masked_bytes(made).decode()


def test_what_remains_is_checked_and_what_cannot_be_is_named(receipt: Receipt) -> None:
    notes = check_masked(masked_bytes(masked(receipt, Mask(drop=("/content/advice/notes",)))))
    assert notes.problems == ()
    assert notes.unchecked == ("the words of the advice: /content/advice/notes was erased",)
    answer = check_masked(masked_bytes(masked(receipt, Mask(drop=("/content/answers/0/value",)))))
    assert answer.problems == ()
    assert [one.split(":")[0] for one in answer.unchecked] == [
        "that the advice follows from the answers", "the trace", "the account of every rule and option",
        "the words of the advice",
    ]  # fmt: skip
    assert check_masked(masked_bytes(masked(receipt, Mask()))).unchecked == ()


def resealed(data: dict[str, Any]) -> bytes:
    data["content_digest"] = digest(data["content"])
    data["id"] = "msk-" + data["content_digest"].removeprefix("sha256:")[:16]
    envelope = {key: data[key] for key in ("format", "id", "time", "erased", "content_digest")}
    return canonical({**data, "envelope_digest": digest(envelope)}) + b"\n"


def test_a_change_of_what_remains_is_told_even_when_it_is_sealed_anew(receipt: Receipt) -> None:
    raw = masked_bytes(masked(receipt, Mask(drop=("/content/advice/notes",))))
    assert is_masked(raw)
    assert not is_masked(receipt_bytes(receipt))
    changed = json.loads(raw)
    changed["content"]["advice"]["trace"]["recommended"] = "right"
    assert check_masked(canonical(changed) + b"\n").problems[0].startswith("content_digest")
    assert any(one.startswith("trace.recommended") for one in check_masked(resealed(changed)).problems)
    listed = json.loads(raw)
    listed["erased"] = []
    assert check_masked(resealed(listed)).problems == ("content.advice.notes: it is missing",)
    listed["erased"] = [{"path": "/content/expires", "how": "drop"}, {"path": "/content/advice/notes", "how": "drop"}]
    assert "/content/expires: it is said to be erased, and is not" in check_masked(resealed(listed)).problems
    assert check_masked(b"{}\n").problems == ("this is no masked receipt: it has another shape",)


@settings(max_examples=10, deadline=None)
@given(drop=st.sets(st.sampled_from(PARTS)), hashed=st.sets(st.sampled_from(PARTS)))
def test_any_mask_leaves_a_receipt_that_verifies(drop: set[str], hashed: set[str]) -> None:
    receipt = shipped_receipt()
    mask = Mask(drop=tuple(sorted(drop)), hash=tuple(sorted(hashed)), key=KEY)
    raw = masked_bytes(masked(receipt, mask))
    assert raw == masked_bytes(masked(receipt, mask))
    assert check_masked(raw).problems == ()


@pytest.mark.parametrize(
    ("mask", "told"),
    [
        ({"drop": ["/id"]}, "does not begin with /content/"),
        ({"drop": ["/content/answer/0"]}, "Did you mean `answers`"),
        ({"hash": ["/content/answers"]}, "needs a `key` of 16 characters"),
        ({"erase": []}, "Extra inputs"),
    ],
)
def test_a_wrong_mask_is_refused(mask: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        Mask.model_validate(mask)
