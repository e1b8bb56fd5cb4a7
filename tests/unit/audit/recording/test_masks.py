"""Masks erase what they name and say so, and what remains still verifies."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from advisor.advice import Advisor, default_advisor
from advisor.audit.model.log import Erased, Mask
from advisor.audit.model.receipt import Receipt
from advisor.audit.receipts import Receipts
from advisor.audit.recording.masks import check_masked, is_masked, masked, masked_bytes, still_telling
from advisor.audit.recording.seal import canonical, digest, plain, receipt_bytes
from advisor.model.misfit import first_misfit
from advisor.verifier import problems
from advisor.verifier.masked import FOLLOWING
from tests.helpers.effort import share
from tests.unit.audit.tampering import TIME
from tests.unit.verifier.test_verify_script import alone

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
    hashed = canonical(["/content/expires", receipt.content.expires])
    keyed = hmac.new(KEY.encode(), hashed, hashlib.sha256).hexdigest()
    assert made.content["expires"] == {"erased": f"hmac-sha256:{keyed}"}
    assert receipt.content_digest not in masked_bytes(made).decode()


def test_what_remains_is_checked_and_what_cannot_be_is_named(receipt: Receipt) -> None:
    calls = check_masked(masked_bytes(masked(receipt, Mask(drop=("/content/advice/calls",)))))
    assert calls.problems == ()
    assert calls.unchecked == ()  # nothing else rests on them
    notes = check_masked(masked_bytes(masked(receipt, Mask(drop=("/content/advice/notes",)))))
    assert notes.problems == ()
    assert notes.unchecked == ("the words of the advice: /content/advice/notes was erased",)  # they cite sources
    answer = check_masked(masked_bytes(masked(receipt, Mask(drop=("/content/answers/0/value",)))))
    assert answer.problems == ()
    assert answer.unchecked == (
        "the answers, of which the trace's account was taken instead: /content/answers/0/value was erased",
    )
    both = Mask(drop=("/content/answers/0/value", "/content/advice/trace/facts/*/value"))
    assert check_masked(masked_bytes(masked(receipt, both))).unchecked == tuple(
        f"{name}: /content/answers/0/value was erased" for name in FOLLOWING
    )
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
    assert check_masked(b"{}\n").problems == (
        "this is not a receipt: it does not say `format`; expected advisor.receipt/1",
    )


@pytest.mark.long
@settings(max_examples=share(10))
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
        ({"erase": []}, "there is no such key"),
    ],
)
def test_a_wrong_mask_is_refused(mask: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Mask.model_validate(mask)
    assert told in first_misfit(caught.value).reason


def pointers(data: Any, path: str) -> Iterator[str]:
    """Every pointer into some data, below a path."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in pairs:
        here = f"{path}/{str(key).replace('~', '~0').replace('/', '~1')}"
        yield here
        yield from pointers(value, here)


@settings(max_examples=share(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_mask_leaves_what_the_script_finds_sound_and_any_changed_byte_is_seen(
    tiny_advisor: Advisor, data: st.DataObject
) -> None:
    receipt = Receipts(tiny_advisor).make({"runway": "short", "sessions": 8}, TIME)
    chosen = st.sets(st.sampled_from(list(pointers(plain(receipt)["content"], "/content"))), max_size=5)
    mask = Mask(drop=tuple(sorted(data.draw(chosen))), hash=tuple(sorted(data.draw(chosen))), key=KEY)
    raw = masked_bytes(masked(receipt, mask))
    assert list(problems(raw)) == []
    place = data.draw(st.integers(0, len(raw) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != raw[place]))
    assert next(problems(raw[:place] + bytes([other]) + raw[place + 1 :]), None) is not None


def test_reasons_are_not_looked_for_where_a_text_that_could_have_told_them_was_erased(tiny_advisor: Advisor) -> None:
    receipt = Receipts(tiny_advisor).make({"runway": "short", "sessions": 8}, TIME)
    mask = Mask(drop=("/content/questionnaire", "/content/rules/1/why"))
    assert list(problems(masked_bytes(masked(receipt, mask)))) == []


@pytest.mark.parametrize("way", ["drop", "hash"])
def test_a_general_point_whose_lack_of_a_rule_was_erased_is_not_called_wrong(tiny_advisor: Advisor, way: str) -> None:
    receipt = Receipts(tiny_advisor).make({"runway": "short", "sessions": 8}, TIME)
    mask = Mask.model_validate({way: ["/content/advice/options/1/for/0/rule"], "key": KEY})
    assert list(problems(masked_bytes(masked(receipt, mask)))) == []


@pytest.mark.parametrize(
    ("drop", "edit", "told"),
    [
        ("/content/answers", ("trace", "totals"), "trace.totals"),
        ("/content/advice/trace/facts", ("trace", "recommended"), "trace.recommended"),
        ("/content/rules/*/why", ("trace", "recommended"), "trace.recommended"),
    ],
)
def test_an_edit_of_what_remains_is_seen_whatever_else_was_erased(
    receipt: Receipt, drop: str, edit: tuple[str, str], told: str
) -> None:
    data = json.loads(masked_bytes(masked(receipt, Mask(drop=(drop,)))))
    part = data["content"]["advice"][edit[0]]
    part[edit[1]] = {**part[edit[1]], "left": 99} if isinstance(part[edit[1]], dict) else "right"
    assert any(one.startswith(told) for one in problems(resealed(data)))


def test_the_sums_are_checked_when_neither_answers_nor_facts_remain(receipt: Receipt) -> None:
    mask = Mask(drop=("/content/answers", "/content/advice/trace/facts"))
    data = json.loads(masked_bytes(masked(receipt, mask)))
    data["content"]["advice"]["trace"]["tallies"][0]["points"] += 1
    found = list(problems(resealed(data)))
    assert found[0] == "trace.tallies[0].points: it is 4, and should be 3"


def test_the_script_alone_verifies_a_masked_receipt(tmp_path: Path, receipt: Receipt) -> None:
    path = tmp_path / "masked.json"
    path.write_bytes(masked_bytes(masked(receipt, Mask(drop=("/content/advice/notes", "/content/decision")))))
    done = alone(tmp_path / "empty", path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "what remains of it holds, as far as it can be checked (msk-" in done.stdout
    assert "; 2 parts were erased.\n" in done.stdout
    assert "not checked: that the advice follows from the answers: /content/decision was erased\n" in done.stdout


def test_equal_values_in_two_places_have_two_hashes(receipt: Receipt) -> None:
    made = masked(receipt, Mask(hash=("/content/rulebase/version", "/content/questionnaire/version"), key=KEY))
    assert receipt.content.rulebase.version == receipt.content.questionnaire.version
    assert made.content["rulebase"]["version"] != made.content["questionnaire"]["version"]


@pytest.mark.parametrize(
    ("drop", "left"),
    [
        (("/content/advice/notes",), 0),
        (("/content/answers/*/value",), 5),
        (("/content/answers", "/content/advice/trace", "/content/evaluations"), 1),
        (("/content/answers", "/content/advice", "/content/evaluations"), 0),
    ],
)
def test_parts_that_tell_answers_as_plainly_as_those_erased_are_named(drop: tuple[str, ...], left: int) -> None:
    """There are six such parts: answers, three of the trace, the reasons and the evaluations."""
    assert len(still_telling(Mask(drop=drop))) == left
