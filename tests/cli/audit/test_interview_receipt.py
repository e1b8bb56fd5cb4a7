"""`advisor interview --receipt` and `--log`: stopping early, wrong options, and what cannot be written."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.audit.keeping.log import DecisionLog
from tests.cli.running import Done, run

ANSWERS = "2\n1\n8\n\n4\n"
"""No draft, a runway that is short, eight sessions, agree in the review, keep nothing."""


class Desk:
    """Runs the interview of the tiny questionnaire through a pipe, in a folder of its own."""

    def __init__(self, folder: Path, folders: tuple[Path, Path]) -> None:
        self.receipt, self.log = folder / "receipt.json", folder / "log"
        self._state, self._rules, self._asked = folder / "state", folders[0], folders[1]

    def __call__(self, lines: str, *options: str | Path, rules: Path | None = None) -> Done:
        where = ("--rules", rules or self._rules, "--questionnaires", self._asked)
        environ = {"ADVISOR_STATE_DIR": str(self._state)}
        return run("interview", "--plain", "--order", "file", *options, *where, given=lines, environ=environ)


@pytest.fixture
def desk(tmp_path: Path, tiny_folders: tuple[Path, Path]) -> Desk:
    return Desk(tmp_path, tiny_folders)


def test_who_stops_before_the_advice_gets_no_receipt_and_is_told_so(desk: Desk) -> None:
    for lines in ("q\n", "2\n1\nq\n3\n"):
        done = desk(lines, "--receipt", desk.receipt, "--log", desk.log)
        assert done.code == 130
        assert done.out.endswith("You stopped before there was advice, so no receipt was written.\n\n")
    assert not desk.receipt.exists()
    assert not desk.log.exists()


def test_advice_is_recorded_and_so_are_errors(desk: Desk, tmp_path: Path) -> None:
    assert desk(ANSWERS, "--log", desk.log).code == 0
    broken = desk(ANSWERS, "--log", desk.log, "--receipt", desk.receipt, rules=tmp_path / "none")
    assert (broken.code, desk.receipt.exists()) == (1, False)
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("runway: Jane\n", "utf-8")
    assert desk("", "--log", desk.log, "--answers", wrong).code == 1
    assert [line.kind for line in DecisionLog(desk.log).lines()] == ["advice", "error", "refused"]
    assert "Jane" not in (desk.log / "log-000001.jsonl").read_text("utf-8")


def test_a_mask_is_kept_to_in_the_log_and_the_receipt_is_whole(desk: Desk, tmp_path: Path) -> None:
    mask = tmp_path / "mask.json"
    mask.write_text('{"drop": ["/content/answers"]}', "utf-8")
    done = desk(ANSWERS, "--log", desk.log, "--mask", mask, "--receipt", desk.receipt)
    assert "Each advice shown is recorded in the log in" in done.out
    [line] = DecisionLog(desk.log).lines()
    assert "answers" not in line.record["receipt"]["content"]
    assert run("receipt", "verify", desk.receipt).code == 0


def test_a_log_that_can_take_no_record_is_told_before_the_first_question(desk: Desk) -> None:
    desk.log.mkdir()
    (desk.log / "log-000001.jsonl").write_bytes(b'{"digest"')
    done = desk(ANSWERS, "--log", desk.log)
    assert (done.code, done.out) == (1, "")
    assert "advisor log repair" in done.err


def test_options_that_cannot_be_are_wrong_usage(desk: Desk, tmp_path: Path) -> None:
    assert desk(ANSWERS, "--log-private").code == 2
    done = desk(ANSWERS, "--receipt", tmp_path / "none" / "r.json")
    assert (done.code, "there is no such folder" in done.err) == (2, True)


def test_a_receipt_that_cannot_be_written_holds_up_no_advice_and_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, text: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("advisor.terminal.advice_book.write_private", full)
    done = desk(ANSWERS, "--receipt", desk.receipt)
    assert done.code == 1
    assert "Go left" in done.out
    assert "the receipt of the advice shown last is not in" in done.err
    assert "No space left on device" in done.err
