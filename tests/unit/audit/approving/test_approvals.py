"""An approval counts under a trusted key and of the page as it is; a forged one is refused, whoever reads it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.advice import Advisor
from advisor.audit.approving.approvals import Signer, approved, place_of, standings, statement_of
from advisor.audit.receipts import Receipts
from advisor.audit.recording.seal import receipt_bytes
from advisor.audit.recording.signing import pre_authentication, public_half, sign
from advisor.errors import AdvisorError, CallError, DataError, RuleBaseError
from advisor.model.advice import Advice
from advisor.model.page import Page
from advisor.verifier import problems
from tests.unit.audit.approving.desk import ANN, PAGES, Desk, edited, payload_of
from tests.unit.audit.tampering import TIME

Change = Callable[[dict[str, Any]], object]


def told(advice: Advice) -> tuple[int, int]:
    assert advice.approvals is not None
    return advice.approvals.spoke, advice.approvals.approved


def test_nothing_is_approved_by_default_and_the_advice_says_so(tiny_advisor: Advisor) -> None:
    advice = tiny_advisor.advise({"runway": "short"})
    assert told(advice) == (3, 0)
    assert advice.approvals is not None
    assert advice.approvals.pages == ()


def test_rules_of_approved_pages_are_counted_with_who_approved_them(desk: Desk) -> None:
    desk.approve("of_DER-1")
    desk.approve("of_WGH-1", "bob", Signer("Bob", "billing lead", "2027-02-01"))
    advice = desk.advisor("ann").advise({"runway": "short"})
    assert told(advice) == (3, 1)
    assert advice.approvals is not None
    assert [(one.page, one.name, one.standing, one.rules) for one in advice.approvals.pages] == [
        ("of_DER-1", "Ann Lee", "approved", 1), ("of_WGH-1", "Bob", "unknown_key", 1),
    ]  # fmt: skip
    assert told(desk.advisor("ann", "bob").advise({"runway": "short"})) == (3, 2)
    assert told(desk.advisor().advise({"runway": "short"})) == (3, 0)


def test_an_approval_changes_nothing_of_the_advice_but_what_is_told_of_it(desk: Desk, tiny_advisor: Advisor) -> None:
    desk.approve("of_DER-1")
    before, after = (one.advise({"runway": "short"}) for one in (tiny_advisor, desk.advisor("ann")))
    assert before.approvals != after.approvals
    assert before == after.model_copy(update={"approvals": before.approvals})


def test_an_approval_can_be_checked_without_this_package(desk: Desk) -> None:
    path = desk.approve("of_DER-1")
    envelope = json.loads(path.read_bytes())
    payload = base64.b64decode(envelope["payload"])
    key = load_pem_public_key(desk.key("ann.pub").read_bytes())
    assert isinstance(key, Ed25519PublicKey)
    key.verify(base64.b64decode(envelope["signatures"][0]["sig"]), pre_authentication(payload))
    first = json.loads(payload)["subject"][0]
    page = (desk.rules / "deriving/tight.yaml").read_bytes()
    assert first == {"name": "deriving/tight.yaml", "digest": {"sha256": hashlib.sha256(page).hexdigest()}}


@pytest.mark.parametrize(
    ("file", "old", "new", "what"),
    [
        ("deriving/tight.yaml", "Because it is so.", "Because.", ("deriving/tight.yaml", "rules")),
        ("deriving/tight.yaml", "page: of_DER-1\n", "page: of_DER-1\n# a word\n", ("deriving/tight.yaml",)),
        ("claims.yaml", "says: It is so.", "says: It may be so.", ("claim K1",)),
        ("sources.yaml", "grade: A", "grade: D", ("source book",)),
        ("facts.yaml", "money is tight,", "money is very tight,", ("fact tight",)),
    ],
)
def test_a_change_of_what_was_read_makes_it_stale_and_is_named(
    desk: Desk, file: str, old: str, new: str, what: tuple[str, ...]
) -> None:
    desk.approve("of_DER-1")
    desk.replace(file, old, new)
    assert desk.approvals("ann")["of_DER-1"].standing == "stale"
    base = Advisor.load(desk.rules, desk.questionnaires).rulebase
    (one,) = standings(base, desk.rules)
    assert one.changed == what
    assert told(desk.advisor("ann").advise({"runway": "short"})) == (3, 0)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("weighing/tight-favors-left.yaml", "Because it is so.", "Because."),
        ("sources.yaml", "accessed: 2027-01-01", "accessed: 2027-03-01"),
        ("claims.yaml", "claims: [", "claims: [{id: K2, says: More., kind: fact, sources: [book], not_encoded: no}, "),
        ("rulebase.yaml", "dated: 2027-01-01", "dated: 2027-03-01"),
    ],
)
def test_what_was_not_read_may_change(desk: Desk, file: str, old: str, new: str) -> None:
    desk.approve("of_DER-1")
    desk.replace(file, old, new)
    assert desk.approvals("ann")["of_DER-1"].standing == "approved"


def test_an_approval_of_a_page_that_is_no_more_counts_for_nothing(desk: Desk) -> None:
    desk.approve("of_DER-1")
    desk.replace("deriving/tight.yaml", "page: of_DER-1", "page: of_others")
    assert desk.approvals("ann") == {}
    (one,) = standings(Advisor.load(desk.rules, desk.questionnaires).rulebase, desk.rules)
    assert (one.page, one.approval.standing) == (None, "stale")


def refused(desk: Desk, match: str, *trust: str) -> None:
    with pytest.raises(RuleBaseError, match=match) as caught:
        desk.approvals(*trust)
    assert "approvals/of_DER-1.json: " in str(caught.value)
    assert "approve the page anew" in str(caught.value)


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one["predicate"].update(name="Somebody Else"),
        lambda one: one["predicate"].update(role="chief of everything"),
        lambda one: one["predicate"].update(date="2030-01-01"),
        lambda one: one["subject"][0]["digest"].update(sha256="0" * 64),
        lambda one: one["subject"].pop(),
    ],
    ids=["name", "role", "date", "digest", "subject"],
)
@pytest.mark.parametrize("trust", [(), ("ann",)], ids=["no key named", "the key named"])
def test_an_edited_approval_is_refused_with_or_without_the_key(
    desk: Desk, change: Change, trust: tuple[str, ...]
) -> None:
    edited(desk.approve("of_DER-1"), change)
    refused(desk, "the approval was changed after it was signed, or forged", *trust)


def test_one_who_signs_for_another_is_of_an_unknown_key_at_best(desk: Desk) -> None:
    path = desk.approve("of_DER-1")
    edited(path, lambda one: one["predicate"].update(public_key=public_half(desk.key("bob"))), desk.key("bob"))
    assert desk.approvals("ann")["of_DER-1"].standing == "unknown_key"
    assert desk.approvals("ann")["of_DER-1"].name == "Ann Lee"


def test_a_trusted_key_cannot_be_named_by_one_who_has_not_got_it(desk: Desk) -> None:
    path = desk.approve("of_DER-1")
    theirs = path.read_bytes()
    ids = [json.loads(desk.approve("of_WGH-1", name).read_bytes())["signatures"][0]["keyid"] for name in ("ann", "bob")]
    edited(path, lambda one: None, desk.key("bob"))  # the statement names Ann's key, and Bob signed it
    refused(desk, "changed after it was signed, or forged", "ann")
    swapped = path.read_bytes().replace(ids[1].encode(), ids[0].encode())
    path.write_bytes(swapped)
    refused(desk, "changed after it was signed, or forged", "ann")
    path.write_bytes(theirs.replace(ids[0].encode(), ids[1].encode()))
    refused(desk, "changed after it was signed, or forged", "bob")


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (lambda one: one["predicate"].update(name="Ann\nApproved: all of it"), "predicate.name"),
        (lambda one: one["predicate"].update(name="Ann\u202eeeL"), "predicate.name"),
        (lambda one: one["predicate"].update(role=" "), "predicate.role"),
        (lambda one: one["predicate"].update(name="A" * 201), "the text is too long"),
        (lambda one: one["predicate"].update(date="soon"), "predicate.date"),
        (lambda one: one["predicate"].update(trusted="yes"), "there is no such key"),
        (lambda one: one.update(predicateType="urn:advisor:receipt:signed:1"), "predicateType"),
        (lambda one: one["predicate"].update(page="of_WGH-1"), "this is the approval of the page `of_WGH-1`"),
        (lambda one: one["predicate"].update(rulebase="another"), "an approval of another rule base, `another`"),
    ],
)  # fmt: skip
def test_a_statement_that_is_none_of_ours_is_refused_though_it_is_signed(
    desk: Desk, change: Change, match: str
) -> None:
    edited(desk.approve("of_DER-1"), change, desk.key("ann"))
    refused(desk, re.escape(match), "ann")


def test_a_file_that_is_no_approval_is_refused(desk: Desk) -> None:
    path = desk.approve("of_DER-1")
    own = path.read_bytes()
    twice = json.loads(own)
    twice["signatures"] *= 2
    spaced = json.loads(own)
    spaced["payload"] = base64.b64encode(base64.b64decode(spaced["payload"]) + b" ").decode()
    of_a_receipt = sign(b"{}\n", "rcp-1", desk.key("ann"))
    for raw in (b"", b"{}", b"\xff", own[:-20], json.dumps(twice).encode(), json.dumps(spaced).encode(), of_a_receipt):
        path.write_bytes(raw)
        refused(desk, "this is no|not written as this program writes it", "ann")
    path.unlink()
    path.mkdir()
    with pytest.raises(RuleBaseError, match="this is a folder"):
        desk.approvals("ann")


def test_every_approval_that_is_refused_is_named(desk: Desk) -> None:
    for page in PAGES:
        edited(desk.approve(page), lambda one: one["predicate"].update(name="Eve"))
    with pytest.raises(RuleBaseError) as caught:
        desk.approvals()
    assert all(f"approvals/{page}.json" in str(caught.value) for page in PAGES)


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_byte_is_changed_the_approval_is_refused_or_says_the_same(desk: Desk, data: st.DataObject) -> None:
    path = (
        desk.approve("of_DER-1") if not (desk.rules / "approvals").is_dir() else desk.rules / "approvals/of_DER-1.json"
    )
    whole = desk.keys / "whole.json"
    if not whole.exists():
        whole.write_bytes(path.read_bytes())
    raw = bytearray(whole.read_bytes())
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] = data.draw(st.integers(0, 255).filter(lambda byte: byte != raw[place]))
    path.write_bytes(bytes(raw))
    try:
        found = desk.approvals("ann")["of_DER-1"]
    except RuleBaseError:
        return
    assert (found.name, found.role, found.date, found.standing) == (ANN.name, ANN.role, ANN.date, "approved")


def test_without_the_library_nothing_is_approved_and_a_key_cannot_be_named(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.approve("of_DER-1")
    monkeypatch.setitem(sys.modules, "cryptography", None)
    assert desk.approvals()["of_DER-1"].standing == "unchecked"
    with pytest.raises(AdvisorError, match="signatures need the package"):
        desk.approvals("ann")
    desk.replace("claims.yaml", "says: It is so.", "says: It may be so.")
    assert desk.approvals()["of_DER-1"].standing == "stale"


def test_a_key_or_a_name_that_will_not_do_is_refused(desk: Desk) -> None:
    base = Advisor.load(desk.rules, desk.questionnaires).rulebase
    page = base.pages["of_DER-1"]
    with pytest.raises(DataError, match="one line of 1 to 200 letters"):
        statement_of(base, page, Signer("Ann\nLee", "x", "2027-01-31"), desk.key("ann"))
    with pytest.raises(DataError, match="there is no such file"):
        statement_of(base, page, ANN, desk.key("carl"))
    with pytest.raises(DataError, match="this is no key"):
        approved(base, desk.rules, [desk.key("ann")])
    handed: tuple[tuple[Any, ...], ...] = ((page, desk.rules), (base, 3), (base, desk.rules, [3]))
    for wrong in handed:
        with pytest.raises(CallError):
            approved(*wrong)
    for name in ("../of_DER-1", "a/b", ".hidden", "", "a\x00"):
        with pytest.raises(RuleBaseError, match="cannot be approved"):
            place_of(desk.rules, Page(name, "A page", "x.yaml", 1))


def test_a_receipt_says_who_approved_and_holds_when_approvals_have_changed_since(desk: Desk) -> None:
    desk.approve("of_DER-1")
    receipt = Receipts(desk.advisor("ann")).make({"runway": "short"}, TIME)
    assert told(receipt.content.advice) == (3, 1)
    assert list(problems(receipt_bytes(receipt))) == []
    bare = Receipts(Advisor.load(desk.rules, desk.questionnaires))
    assert list(bare.differences(receipt)) == []
    assert receipt_bytes(bare.again(receipt)) == receipt_bytes(receipt)


def test_what_is_signed_names_everything_the_page_speaks_from(desk: Desk) -> None:
    names = [part["name"] for part in payload_of(desk.approve("of_DER-1"))["subject"]]
    assert names == ["deriving/tight.yaml", "rules", "claim K1", "source book", "fact tight"]
