"""Receipts and logs of the first form, kept here as they were written, still verify, show, replay and are recalled."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from advisor.verifier import problems
from tests.cli.running import run

FIRST_FORM = Path(__file__).parent / "first_form"
RECEIPT = FIRST_FORM / "receipt.json"
FOLDERS: list[str | Path] = ["--rules", FIRST_FORM / "rules", "--questionnaires", FIRST_FORM / "questionnaires"]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """The log of three records: advice, refused answers, and masked advice."""
    return Path(shutil.copytree(FIRST_FORM / "log", tmp_path / "log"))


def test_a_receipt_verifies_alone_beside_its_rulebook_and_made_anew() -> None:
    assert list(problems(RECEIPT.read_bytes())) == []
    for options in ([], ["--rulebook", FIRST_FORM / "rulebook.json"], FOLDERS):
        done = run("receipt", "verify", RECEIPT, *options)
        assert (done.code, done.err) == (0, "")
        assert ": all of it holds (rcp-" in done.out


def test_a_receipt_is_shown_and_replayed() -> None:
    for form in ("text", "html", "csv"):
        done = run("receipt", "show", RECEIPT, "--format", form)
        assert (done.code, done.err) == (0, "")
        assert "DEC-1" in done.out
    assert run("receipt", "replay", RECEIPT, *FOLDERS).code == 0


def test_a_log_verifies_is_shown_and_recalled_and_can_be_gone_on_with(log: Path) -> None:
    assert run("log", "verify", log, "--receipts").code == 0
    listed = run("log", "show", log).out.splitlines()
    assert [line.split()[2] for line in listed] == ["advice", "refused", "advice"]
    answers = log.parent / "answers.yaml"
    answers.write_text("runway: short\n", "utf-8")
    assert run("advise", answers, "--quick", "--log", log, *FOLDERS).code == 0
    assert run("log", "verify", log, "--receipts").code == 0
    done = run("recall", log, RECEIPT, "--rule", "WGH-1", "--format", "json")
    assert (done.code, done.err) == (0, "")
    recall = json.loads(done.out)
    assert (recall["looked_at"], recall["not_searched"]) == (4, [])
    assert sorted(one["place"].rpartition("/")[2] for one in recall["found"]) == [
        "log, record 1", "log, record 4", "receipt.json",
    ]  # fmt: skip
