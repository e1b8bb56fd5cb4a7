"""`advisor receipt`: made, verified, and carried away with its script and schema."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from advisor.audit.model.receipt import Receipt
from advisor.audit.recording.schema import SCHEMA_FILE
from advisor.audit.recording.script import verifying_script
from advisor.audit.recording.seal import receipt_bytes
from advisor.verifier.beyond import UNCHECKED, UNCHECKED_ALONE
from tests.cli.running import Done, process, run
from tests.unit.audit.tampering import EDITS, forged, requoted, resealed


@pytest.fixture
def saved(tmp_path: Path, folders: list[str | Path]) -> Path:
    """A receipt of the tiny rules that stands alone."""
    answers = tmp_path / "answers.yaml"
    answers.write_text("runway: short\n", "utf-8")
    path = tmp_path / "receipt.json"
    assert run("receipt", "make", answers, "--embed", "--output", path, *folders) == Done(0, "", "")
    return path


def test_a_receipt_is_made_and_holds(saved: Path, folders: list[str | Path]) -> None:
    receipt = Receipt.model_validate_json(saved.read_bytes())
    assert receipt_bytes(receipt) == saved.read_bytes()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", receipt.time)
    assert receipt.content.advice.recommendation.option == "left"
    assert [(one.question, one.value, one.origin) for one in receipt.content.answers] == [("runway", "short", "file")]
    beside_it = f"{saved}: unsigned.\n{saved}: no judgment stands beside it.\n"
    alone, *rest = run("receipt", "verify", saved).out.splitlines(keepends=True)
    assert alone == f"{saved}: all of it holds ({receipt.id}).\n"
    assert "".join(rest[-2:]) == beside_it
    assert [line.removeprefix(f"{saved}: not checked: ").rstrip(".\n") for line in rest[:-2]] == [
        said for said, _ in (*UNCHECKED, *UNCHECKED_ALONE)
    ]
    beside = run("receipt", "verify", saved, *folders)
    told = f"{saved}: all of it holds ({receipt.id}), and it is what these rules give today.\n"
    unchecked = "".join(f"{saved}: not checked: {said}.\n" for said, _ in UNCHECKED[:3])
    assert beside == Done(0, told + unchecked + beside_it, "")


def test_standard_streams_will_do(folders: list[str | Path]) -> None:
    made = process("receipt", "make", "-", *folders, given=b"runway: short\nsessions: 8\n")
    assert (made.code, made.err) == (0, "")
    assert made.out.endswith("}\n")
    held = process("receipt", "verify", "-", *folders, given=made.out.encode())
    assert (held.code, held.err) == (0, "")
    assert held.out.startswith("standard input: all of it holds (rcp-")
    spoiled = run("receipt", "verify", "-", given=made.out.replace('"value":8', '"value":9', 1))
    assert (spoiled.code, spoiled.out) == (1, "")
    assert spoiled.err.startswith("standard input: content_digest: it is")


def test_wrong_answers_are_told_as_by_advise(folders: list[str | Path]) -> None:
    done = run("receipt", "make", "-", *folders, given="runway: shrot\n")
    assert (done.code, done.out) == (1, "")
    assert "`shrot` is not a choice" in done.err
    assert "Did you mean `short`?" in done.err


def test_the_first_reason_is_said_or_all_of_them(saved: Path) -> None:
    saved.write_bytes(saved.read_bytes().replace(b'"left":3', b'"left":5', 1))
    done = run("receipt", "verify", saved)
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert done.err.startswith(f"{saved}: content_digest: it is")
    every = run("receipt", "verify", saved, "--all")
    assert every.code == 1
    assert every.err.startswith(done.err)
    assert every.err.count("\n") >= 3


def test_a_forged_receipt_is_told_though_its_digests_are_right(saved: Path) -> None:
    changed = forged(saved.read_bytes(), EDITS["drop_a_firing"])
    assert changed is not None
    saved.write_bytes(changed)
    done = run("receipt", "verify", saved)
    assert done == Done(1, "", f"{saved}: rule WGH-1 did not fire, though its conditions hold\n")


def test_a_rule_that_is_quoted_wrongly_is_told_beside_the_rules(saved: Path, folders: list[str | Path]) -> None:
    receipt = json.loads(saved.read_bytes())
    rule = next(rule for rule in receipt["content"]["rules"] if rule["id"] == "WGH-1")
    rule["title"] = "Rule \u202eWGH"
    requoted(rule)
    saved.write_bytes(resealed(receipt))
    assert run("receipt", "verify", saved).code == 0
    done = run("receipt", "verify", saved, *folders, "--all")
    assert (done.code, done.out) == (1, "")
    assert "content.rules[WGH-1].title: the receipt has Rule ?WGH, made anew it is Rule WGH-1" in done.err
    assert "\u202e" not in done.err


def test_words_of_the_advice_that_no_rule_speaks_are_compared_beside_the_rules(
    saved: Path, folders: list[str | Path]
) -> None:
    receipt = json.loads(saved.read_bytes())
    receipt["content"]["advice"]["disclosures"] = []
    saved.write_bytes(resealed(receipt))
    assert run("receipt", "verify", saved).code == 0
    done = run("receipt", "verify", saved, *folders)
    told = "content.advice.disclosures[d1]: it is missing"
    assert done == Done(1, "", f"{saved}: {told}\n")


def test_rules_that_have_changed_since_are_told(saved: Path, folders: list[str | Path]) -> None:
    rules = Path(folders[1])
    (rules / "criteria.yaml").write_text("criteria: [{id: cash, name: Money}]\n", "utf-8")
    done = run("receipt", "verify", saved, *folders)
    told = "criteria.yaml: the file in the folder is not the one that the receipt names: it has another digest"
    assert done == Done(1, "", f"{saved}: {told}\n")


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "the file is not JSON as receipts have it"),
        (b"situation: planning\n", "the file is not JSON as receipts have it"),
        (b"{}", "this is not a receipt: it does not say `format`; expected advisor.receipt/1"),
        (b'{"format":"advisor.receipt/9"}', 'this is a receipt of format "advisor.receipt/9"; expected'),
        (b"\xff", "the file is not UTF-8 text, at byte 0"),
        (b'{"\\u001b[31m":1,"format":"advisor.receipt/1"}\n', "receipt.?[31m: there is no such key in this format"),
    ],
)
def test_a_file_that_is_no_receipt_is_told(tmp_path: Path, raw: bytes, told: str) -> None:
    path = tmp_path / "receipt.json"
    path.write_bytes(raw)
    done = run("receipt", "verify", path)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"{path}: {told}")
    assert "\x1b" not in done.err


def test_a_missing_file_a_folder_and_wrong_usage_are_told(tmp_path: Path) -> None:
    done = run("receipt", "verify", tmp_path / "no.json")
    told = "there is no such file; expected a receipt, made with `advisor receipt make`"
    assert done == Done(1, "", f"Error: {tmp_path / 'no.json'}: {told}\n")
    assert "the file cannot be read" in run("receipt", "verify", tmp_path).err
    assert run("receipt", "verify").code == 2
    assert "there is no command `verfy`. Did you mean `verify`" in run("receipt", "verfy").err


def test_script_and_schema_are_printed_as_they_are_shipped(tmp_path: Path) -> None:
    assert run("receipt", "script") == Done(0, verifying_script(), "")
    assert run("receipt", "schema") == Done(0, SCHEMA_FILE.read_text("utf-8"), "")
    assert run("receipt", "script", "--output", tmp_path / "verify.py") == Done(0, "", "")
    assert (tmp_path / "verify.py").read_bytes() == verifying_script().encode("utf-8")


def forged_skips(saved: Path, reason: str, proof: str) -> list[str]:
    """Give every question that nobody asked another reason and a proof, and seal anew; the questions."""
    receipt = json.loads(saved.read_bytes())
    changed = [one for one in receipt["content"]["skipped"] if one["reason"] == "not_asked"]
    for one in changed:
        one["reason"], one["proof"] = reason, proof
    saved.write_bytes(resealed(receipt))
    return [one["question"] for one in changed]


def test_an_invented_proof_for_a_question_that_nobody_asked_is_seen_beside_the_rules(
    saved: Path, folders: list[str | Path]
) -> None:
    assert forged_skips(saved, "not_asked", "The Board has seen to it.") == ["sessions"]
    done = run("receipt", "verify", saved, *folders)
    assert (done.code, "The Board has seen to it. is no proof" in done.err) == (1, True)
