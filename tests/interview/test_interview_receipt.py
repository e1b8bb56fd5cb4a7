"""The shipped interview with a receipt and a log, through a pipe and at a terminal."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
import yaml

from advisor.advice import Advisor
from advisor.audit.keeping.rulebooks import Rulebooks
from advisor.audit.keeping.whole import whole_content
from advisor.model.answers import Raw
from advisor.model.scope import Scope
from advisor.verifier import problems
from tests.cli.running import process, run
from tests.interview.user import ENTER, User

pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
NEXT = "What would you like to do next?"


def book_of(saved: Path) -> Path:
    """The rulebook beside a receipt."""
    book = Rulebooks(saved.parent).find(json.loads(saved.read_bytes())["content"]["rulebook"])
    assert book is not None
    return book


@pytest.fixture
def known(tmp_path: Path, shipped_advisor: Advisor) -> Path:
    """Answers to every question that is put to someone who wants to start a practice, most of them not sure."""
    came_with: dict[str, Raw] = {"brings": "start_own", "also": ["nothing"]}
    put = Scope(shipped_advisor.rulebase, shipped_advisor.questionnaire).path(shipped_advisor.checked(came_with))
    said: dict[str, Raw] = {**dict.fromkeys(put.questions, "not_sure"), **came_with}
    path = tmp_path / "known.yaml"
    path.write_text(yaml.safe_dump(said, sort_keys=False), "utf-8")
    return path


@pytest.mark.long
def test_a_receipt_through_a_pipe_says_what_was_asked_and_what_was_read(known: Path, tmp_path: Path) -> None:
    saved, log = tmp_path / "r.json", tmp_path / "log"
    said = yaml.safe_load(known.read_text("utf-8"))
    del said["horizon"]
    known.write_text(yaml.safe_dump(said, sort_keys=False), "utf-8")
    options = ("--plain", "--order", "file", "--answers", known, "--receipt", saved, "--log", log)
    # no draft; the one open question; agree in the review; keep nothing
    done = process("interview", *options, given=b"2\n1\n1\n4\n", environ={"ADVISOR_STATE_DIR": str(tmp_path / "state")})
    assert done.code == 0, done.out + done.err
    told = " ".join(done.out.split())  # a long path stands on a line of its own
    assert f"The receipt of the advice shown last is in {saved} It holds the answers" in told
    assert f"in the log in {log}" in told
    assert "No copy is left" not in told
    raw = saved.read_bytes()
    book = book_of(saved)
    assert list(problems(raw, rulebook=book)) == []
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    content: dict[str, Any] = json.loads(raw)["content"]
    origins = {one["question"]: one["origin"] for one in content["answers"]}
    assert {name for name, origin in origins.items() if origin == "asked"} == {"horizon"}
    assert origins["brings"] == "file"
    skipped = whole_content(content, book)["skipped"]
    assert {one["reason"] for one in skipped} <= {"does_not_apply", "not_known_to_apply", "another_page"}
    assert all(one["proof"] for one in content["skipped"] if one["reason"] != "another_page")
    assert run("log", "verify", log, "--receipts").code == 0
    assert run("log", "show", log, "1", "--receipt").out.encode() == raw


@pytest.mark.long
def test_a_change_at_the_menu_renews_the_receipt_and_adds_one_record(known: Path, tmp_path: Path) -> None:
    options = ("--plain", "--order", "file", "--answers", "known.yaml", "--receipt", "r.json", "--log", "log")
    user = User(tmp_path, *options, command=("-m", "advisor", "interview"), rows=200)
    try:
        for wanted, line in (("No, keep nothing", "2"), ("This is all right. Show my advice", "1"), (NEXT, "3")):
            user.sees(wanted, "Your choice:")
            user.press(line, ENTER)
        user.sees(NEXT, "Press Enter for 3.")  # seeing everything is no other advice
        first = json.loads((tmp_path / "r.json").read_bytes())
        user.press("6", ENTER)
        for wanted, line in (("Which answer would you like", "1"), ("Give another answer", "2"), ("keep this", "2")):
            user.wrote(wanted)  # a list of all answers is longer than the screen
            user.press(line, ENTER)
        user.sees("Your answer is changed.")
        user.sees(NEXT, "Press Enter for 6.")
        user.press("11", ENTER)
        user.sees("Would you like to keep your answers")
        user.press("4", ENTER)
        assert user.ends() == 0
    finally:
        user.process.close(force=True)
    raw = (tmp_path / "r.json").read_bytes()
    second = json.loads(raw)
    assert list(problems(raw, rulebook=book_of(tmp_path / "r.json"))) == []
    changed = [
        (old["question"], new["origin"])
        for old, new in zip(first["content"]["answers"], second["content"]["answers"], strict=False)
        if old["question"] == new["question"] and old["value"] != new["value"]
    ]
    assert changed == [("brings", "asked")]
    lines = [json.loads(line) for line in (tmp_path / "log" / "log-000001.jsonl").read_text("utf-8").splitlines()]
    assert [line["record"]["receipt"]["id"] for line in lines] == [first["id"], second["id"]]
