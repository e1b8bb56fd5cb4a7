"""The script that travels with receipts: alone, on a machine without the package, it says what does not hold."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from advisor.advice import Advisor
from advisor.audit.model.receipt import Receipt
from advisor.audit.receipts import Receipts
from advisor.audit.recording.script import verifying_script
from advisor.audit.recording.seal import canonical, plain, receipt_bytes
from advisor.verifier.beyond import UNCHECKED, UNCHECKED_ALONE
from tests.unit.audit.tampering import EDITS, TIME, first_problem, forged, requoted, resealed


@pytest.fixture
def raw(tiny_advisor: Advisor) -> bytes:
    return receipt_bytes(Receipts(tiny_advisor).make({"runway": "short", "sessions": 8}, TIME))


def alone(folder: Path, *args: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a copy of the script in a folder, without site packages, environment, or the package."""
    folder.mkdir(exist_ok=True)
    (folder / "verify_receipt.py").write_text(verifying_script(), "utf-8")
    line = [sys.executable, "-I", "-S", "verify_receipt.py", *map(str, args)]
    return subprocess.run(line, cwd=folder, capture_output=True, text=True, check=False, env={})


def test_the_script_imports_nothing_but_the_standard_library() -> None:
    names = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(verifying_script()))
        for name in (
            [alias.name for alias in node.names] if isinstance(node, ast.Import)
            else [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        )
    }  # fmt: skip
    assert names <= sys.stdlib_module_names


def test_it_runs_alone_and_says_that_all_holds(tmp_path: Path, raw: bytes, tiny_folders: tuple[Path, Path]) -> None:
    (tmp_path / "receipt.json").write_bytes(raw)
    done = alone(tmp_path / "empty", tmp_path / "receipt.json")
    name = json.loads(raw)["id"]
    assert (done.returncode, done.stderr) == (0, "")
    first, *others = done.stdout.splitlines()
    assert first == f"{tmp_path / 'receipt.json'}: all of it holds ({name})."
    unchecked = [said for said, _ in (*UNCHECKED, *UNCHECKED_ALONE)]
    assert others == [f"{tmp_path / 'receipt.json'}: not checked: {said}" for said in unchecked]
    rules, questionnaires = tiny_folders
    done = alone(tmp_path / "empty", tmp_path / "receipt.json", "--rules", rules, "--questionnaires", questionnaires)
    assert (done.returncode, done.stderr) == (0, "")


def test_beside_a_rulebook_it_names_less_that_it_cannot_check(
    tmp_path: Path, raw: bytes, tiny_advisor: Advisor
) -> None:
    (tmp_path / "receipt.json").write_bytes(raw)
    book = Receipts(tiny_advisor).rulebook()
    (tmp_path / "rulebook.json").write_bytes(canonical(plain(book)) + b"\n")
    done = alone(tmp_path / "empty", tmp_path / "receipt.json", "--rulebook", tmp_path / "rulebook.json")
    assert (done.returncode, done.stderr) == (0, "")
    told = [line.split("not checked: ")[1] for line in done.stdout.splitlines()[1:]]
    true_one = f"that the rulebook is the true one ({book.digest}): get it from whom you trust"
    assert told == [*(said for said, _ in UNCHECKED), true_one]


def test_it_gives_the_first_reason_or_all_of_them(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "receipt.json").write_bytes(raw.replace(b'"left":3', b'"left":5', 1))
    done = alone(tmp_path / "empty", tmp_path / "receipt.json")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "content_digest: it is" in done.stderr
    done = alone(tmp_path / "empty", tmp_path / "receipt.json", "--all")
    assert done.returncode == 1
    assert done.stderr.count("\n") >= 3


def test_a_missing_file_and_wrong_usage_are_told(tmp_path: Path) -> None:
    done = alone(tmp_path, tmp_path / "no.json")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{tmp_path / 'no.json'}: the file cannot be read (No such file or directory)\n"
    assert alone(tmp_path).returncode == 2


def test_other_rules_than_those_named_are_told(tmp_path: Path, raw: bytes, tiny_folders: tuple[Path, Path]) -> None:
    rules, questionnaires = tiny_folders
    (tmp_path / "receipt.json").write_bytes(raw)
    given = (tmp_path / "receipt.json", "--rules", rules, "--questionnaires", questionnaires, "--all")
    (rules / "deciding" / "left-leads.yaml").write_text("id: other\n", "utf-8")
    (rules / "criteria.yaml").unlink()
    (rules / "weighing" / "new.yaml").write_text("id: new\n", "utf-8")
    (questionnaires / "glossary.yaml").write_text("terms: [ ]\n", "utf-8")
    told = alone(tmp_path / "empty", *given).stderr
    assert "deciding/left-leads.yaml: the file in the folder is not the one that the receipt names" in told
    assert "weighing/new.yaml: this file of the folder is not one of the receipt's rule base" in told
    assert "criteria.yaml: the receipt names this file of the rule base, and it is not in the folder" in told
    assert "content.questionnaire.digest: it is" in told
    assert told.count("\n") == 4


def test_a_pipe_in_a_folder_is_told_and_not_waited_for(
    tmp_path: Path, raw: bytes, tiny_folders: tuple[Path, Path]
) -> None:
    rules, questionnaires = tiny_folders
    (tmp_path / "receipt.json").write_bytes(raw)
    for file in (rules / "criteria.yaml", questionnaires / "glossary.yaml"):
        file.unlink()
        os.mkfifo(file)
    given = (tmp_path / "receipt.json", "--rules", rules, "--questionnaires", questionnaires, "--all")
    told = alone(tmp_path / "empty", *given).stderr.splitlines()
    assert [line.partition(": ")[2] for line in told] == [
        "criteria.yaml: the file in the folder cannot be read (it is not an ordinary file)",
        f"{questionnaires}: the questionnaire cannot be read (it is not an ordinary file)",
    ]


@pytest.mark.parametrize("name", EDITS)
def test_every_edit_is_seen_though_all_digests_were_made_anew(name: str, tiny_advisor: Advisor) -> None:
    raw = receipt_bytes(Receipts(tiny_advisor).make({"runway": "short"}, TIME))
    changed = forged(raw, EDITS[name])
    if changed is None:
        assert name == "add_a_firing"  # all three rules fired
        return
    problem = first_problem(changed)
    assert problem is not None
    assert not problem.startswith(("the file", "content_digest", "envelope_digest", "id"))


def test_an_edit_is_told_in_the_words_of_what_it_broke(raw: bytes) -> None:
    def told(name: str) -> str | None:
        changed = forged(raw, EDITS[name])
        return first_problem(changed) if changed is not None else None

    assert told("drop_a_firing") == "rule WGH-1 did not fire, though its conditions hold"
    assert told("make_true_a_one") == "trace.facts.tight.value: it is 1, and should be true"
    assert told("change_points") == "trace.tallies[0].points: it is 4, and should be 3"
    assert told("change_the_recommendation") == 'trace.recommended: it is "right", and should be "left"'
    assert told("drop_an_evaluation") == "evaluations: there are 2 entries, and should be 3"
    assert told("change_the_expiry") == 'expires: it is "2099-12-31", and should be "2099-01-01"'


def test_a_rule_quoted_otherwise_with_all_that_follows_is_seen_only_beside_the_rules(
    tmp_path: Path, raw: bytes, tiny_advisor: Advisor
) -> None:
    """A forger who changes a rule's title, which nothing follows from, is not seen by the receipt alone."""
    receipt: dict[str, Any] = json.loads(raw)
    rule = receipt["content"]["rules"][0]
    rule["title"] = "Another title"
    requoted(rule)
    changed = resealed(receipt)
    assert first_problem(changed) is None
    found = list(Receipts(tiny_advisor).differences(Receipt.model_validate_json(changed)))
    assert any(one.startswith("content.rules[DER-1].digest: the receipt has ") for one in found)
    assert "content.rules[DER-1].title: the receipt has Another title, made anew it is Rule DER-1" in found


@pytest.mark.parametrize(
    ("spoiled", "told"),
    [
        (b"", "the file is not JSON as receipts have it"),
        (b"\xff", "the file is not UTF-8 text, at byte 0"),
        (b"[" * 200_000, "the file is nested too deep to be a receipt"),
        (b"{}", "this is not a receipt: it does not say `format`"),
        (b"[1]\n", "this is not a receipt: it does not say `format`"),
        (b'{"format":"advisor.receipt/2"}\n', 'this is a receipt of format "advisor.receipt/2"; expected'),
        (b'{"format":"advisor.receipt/1"}\n', "receipt.id: it is missing"),
        (b'{"format": "advisor.receipt/1"}\n', "the file is not canonical JSON"),
        (b'{"a":NaN}', "the file is not JSON as receipts have it: the number NaN"),
        (b'{"format":"advisor.receipt/1","a":' + b"9" * 5000 + b"}\n", "the file is not JSON as receipts have it"),
    ],
)
def test_what_is_no_receipt_is_told(spoiled: bytes, told: str) -> None:
    problem = first_problem(spoiled)
    assert problem is not None
    assert problem.startswith(told)


def test_white_space_and_the_last_line_feed_are_bytes_that_count(raw: bytes) -> None:
    assert first_problem(raw) is None
    for changed in (raw[:-1], raw + b"\n", raw.replace(b",", b", ", 1), b" " + raw, raw[:-1] + b"\r\n"):
        problem = first_problem(changed)
        assert problem is not None
        assert problem.startswith("the file is not canonical JSON (RFC 8785)")
    assert first_problem(json.dumps(json.loads(raw), ensure_ascii=False).encode()) is not None


def test_a_time_that_never_was_is_told(raw: bytes) -> None:
    receipt = json.loads(raw)
    receipt["time"] = "2027-02-30T00:00:00Z"
    assert first_problem(resealed(receipt)) == "time: there is no such time as 2027-02-30T00:00:00Z"


def test_a_part_that_points_nowhere_is_told_and_no_crash(raw: bytes) -> None:
    def point_nowhere(content: dict[str, Any]) -> None:
        content["decision"]["contests"][0]["options"].append("nowhere")

    changed = forged(raw, point_nowhere)
    assert changed is not None
    problem = first_problem(changed)
    assert problem is not None
    assert problem.startswith("the receipt contradicts itself: something it speaks of is not there (KeyError")
