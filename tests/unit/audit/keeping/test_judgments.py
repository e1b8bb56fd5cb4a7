"""Judgments chain from the receipt they are about, and are counted by rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.audit.keeping.judgments import (
    Judgments,
    check_judgment,
    judgeable_rules,
    judgment_in,
    judgment_record,
    review,
    signed_by,
)
from advisor.audit.keeping.log import DecisionLog
from advisor.audit.model.judgment import JUDGMENT_FORMAT, Judgment, RuleReview, Verdict
from advisor.audit.recording.signing import make_keys
from advisor.errors import DataError

RECEIPT = "sha256:" + "a" * 64
OTHER = "sha256:" + "b" * 64


def judgment(verdict: Verdict, *rules: str, reason: str = "so", receipt: str = RECEIPT) -> Judgment:
    return Judgment(
        format=JUDGMENT_FORMAT, receipt="rcp-1", receipt_digest=receipt, verdict=verdict, by="A. Reader", reason=reason,
        rules=rules, time="2027-01-31T09:30:00Z",
    )  # fmt: skip


def test_the_first_names_the_receipt_and_each_other_the_one_before(tmp_path: Path) -> None:
    kept = Judgments(tmp_path / "r.json", RECEIPT)
    one, two = kept.add(judgment("accept")), kept.add(judgment("override", "WGH-1"))
    assert (one.prev, one.seq, two.prev, two.seq) == (RECEIPT, 1, one.digest, 2)
    assert list(kept.lines()) == [one, two]
    assert kept.path == tmp_path / "r.json.judgments.jsonl"


def test_a_judgment_changed_taken_out_torn_or_of_another_receipt_is_told(tmp_path: Path) -> None:
    kept = Judgments(tmp_path / "r.json", RECEIPT)
    kept.add(judgment("accept"))
    kept.add(judgment("override"))
    whole = kept.path.read_bytes()
    first, second = whole.splitlines(keepends=True)
    for spoiled in (whole.replace(b"override", b"accept"), second, whole[:-1], first + first):
        kept.path.write_bytes(spoiled)
        with pytest.raises(DataError, match=r"judgment [12]: "):
            list(kept.lines())
        with pytest.raises(DataError, match=r"judgment [12]: "):
            kept.add(judgment("comment"))
        assert kept.path.read_bytes() == spoiled
    kept.path.write_bytes(whole)
    with pytest.raises(DataError, match="judgment 1: "):
        list(Judgments(tmp_path / "r.json", OTHER).lines())


def test_rules_are_listed_by_how_often_they_were_overridden(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path / "log")
    firings = [{"rule": "WGH-1"}, {"rule": "WGH-2"}]
    receipt = {"content": {"advice": {"trace": {"firings": firings}}}}
    for _ in range(2):
        log.append("advice", {"receipt": receipt})
    log.append("advice", {"receipt": {"content": {}}})
    both = judgment("override", "WGH-2", reason="b")
    kept = Judgments(tmp_path / "r.json", RECEIPT)
    for one in (judgment("override", "WGH-2", reason="a"), both, judgment("override"), judgment("accept", "WGH-1")):
        log.append("judgment", one.model_dump(mode="json"))
    kept.add(both)  # it stands in both, and counts once
    kept.add(judgment("comment", "WGH-3"))
    found = review([*log.lines(), *kept.lines()])
    assert (found.receipts, found.unnamed_overrides) == (3, 1)
    assert found.rules == (
        RuleReview(rule="WGH-2", fired=2, overridden=2, accepted=0, commented=0),
        RuleReview(rule="WGH-3", fired=0, overridden=0, accepted=0, commented=1),
        RuleReview(rule="WGH-1", fired=2, overridden=0, accepted=1, commented=0),
    )
    log.append("judgment", {"verdict": "maybe"})
    with pytest.raises(DataError, match="it holds no judgment"):
        review(log.lines())


def test_only_a_rule_that_fired_can_be_judged() -> None:
    content = {"advice": {"trace": {"firings": [{"rule": "WGH-1"}]}}}
    assert judgeable_rules(content, ["wgh-1", "WGH-1"]) == ("WGH-1",)
    with pytest.raises(DataError, match="Did you mean `WGH-1`"):
        judgeable_rules(content, ["WGH-2"])


def test_a_signed_judgment_is_unsigned_signed_unknown_or_broken(tmp_path: Path) -> None:
    make_keys(tmp_path / "ann")
    make_keys(tmp_path / "bob")
    ann, bob = tmp_path / "ann.pub", tmp_path / "bob.pub"
    signed = signed_by(judgment("override", "WGH-1"), tmp_path / "ann")
    kept = Judgments(tmp_path / "r.json", RECEIPT)
    kept.add(signed)
    (line,) = kept.lines()
    assert judgment_in(line) == signed
    assert check_judgment(judgment("accept"), [ann]).state == "unsigned"
    assert check_judgment(signed, [bob, ann]).signers == ("ann",)
    assert check_judgment(signed, [bob]).state == "unknown"
    changed = signed.model_copy(update={"verdict": "accept"})
    assert check_judgment(changed, [ann]).state == "broken"
    moved = signed.model_copy(update={"receipt_digest": OTHER})
    assert check_judgment(moved, [ann]).state == "broken"


def test_copies_of_judgments_and_receipts_count_once(tmp_path: Path) -> None:
    make_keys(tmp_path / "ann")
    one = judgment("override", "WGH-1")
    log = DecisionLog(tmp_path / "log")
    receipt = {"envelope_digest": RECEIPT, "content": {"advice": {"trace": {"firings": [{"rule": "WGH-1"}]}}}}
    for _ in range(2):
        log.append("advice", {"receipt": receipt})
        log.append("judgment", judgment_record(one))
    log.append("judgment", judgment_record(signed_by(one, tmp_path / "ann")))
    found = review(log.lines())
    assert found.receipts == 1
    assert found.rules == (RuleReview(rule="WGH-1", fired=1, overridden=1, accepted=0, commented=0),)
