"""Answers in a file: private, whole, and read back as far as they fit."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from advisor.errors import AnswersError
from advisor.loading.answers import read_answers
from advisor.model.answers import Answers, Raw
from advisor.private_files import delete_file, write_private
from advisor.terminal.claim import released
from advisor.terminal.drafts import Keeper, draft_path, recover, write_answers
from tests.unit.interview.small import PLANNING, given, small

FULL: dict[str, Raw] = {
    **PLANNING,
    "situation": "on_platform",
    "states": ["ky", "pa"],
    "county": "not_sure",
    "platform": "skip",
    "months": 0,
    "start_date": "2027-01-31",
    "remark": "a: 'b' # c \u6771\u4eac yes",
}


def answers(**raw: Raw) -> Answers:
    return Answers.of({answer.question: answer for answer in given(**raw)}, small())


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    everything = answers(**FULL)
    path = tmp_path / "answers.yaml"
    write_answers(path, everything, small())
    assert read_answers(path, small()) == everything
    assert recover(path, small()).answers == everything


def test_only_the_user_can_read_the_file_and_a_new_folder(tmp_path: Path) -> None:
    path = tmp_path / "new" / "draft.yaml"
    path.parent.parent.chmod(0o755)
    before = os.umask(0)
    try:
        write_answers(path, answers(situation="planning"), small())
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_file_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "draft.yaml"
    path.write_text("")
    path.chmod(0o640)
    write_answers(path, answers(situation="planning"), small())
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_no_piece_is_left_beside_the_file(tmp_path: Path) -> None:
    path = tmp_path / "draft.yaml"
    write_answers(path, answers(situation="planning"), small())
    write_answers(path, answers(situation="group"), small())
    assert [found.name for found in tmp_path.iterdir()] == ["draft.yaml"]


def test_a_failed_write_leaves_the_old_answers_and_no_piece(tmp_path: Path) -> None:
    path = tmp_path / "draft.yaml"
    write_private(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write_private(path, "\ud800")
    assert path.read_text() == "old"
    assert [found.name for found in tmp_path.iterdir()] == ["draft.yaml"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "real.yaml", tmp_path / "link.yaml"
    link.symlink_to(target)
    write_private(link, "text")
    assert link.is_symlink()
    assert target.read_text() == "text"


def test_deleting_takes_the_pieces_of_a_killed_process_too(tmp_path: Path) -> None:
    path = tmp_path / "draft.yaml"
    write_private(path, "text")
    over = subprocess.Popen([sys.executable, "-c", ""])
    over.wait()
    (tmp_path / f".draft.yaml.advisor-{over.pid}-k1ll3d").write_text("half")
    (tmp_path / ".draft.yaml.swp").write_text("of an editor")
    (tmp_path / f".draft.yaml.advisor-{os.getpid()}-writing").write_text("half")
    delete_file(path)
    left = {".draft.yaml.swp", f".draft.yaml.advisor-{os.getpid()}-writing"}
    assert {found.name for found in tmp_path.iterdir()} == left
    delete_file(path)
    delete_file(tmp_path / "no folder" / "draft.yaml")


def test_writing_takes_the_pieces_of_a_killed_process_too(tmp_path: Path) -> None:
    over = subprocess.Popen([sys.executable, "-c", ""])
    over.wait()
    (tmp_path / f".draft.yaml.advisor-{over.pid}-k1ll3d").write_text("half")
    write_private(tmp_path / "draft.yaml", "text")
    assert [found.name for found in tmp_path.iterdir()] == ["draft.yaml"]


HOLD = """
import sys
from pathlib import Path
from advisor.terminal.claim import claimed
print(claimed(Path(sys.argv[1])), flush=True)
sys.stdin.read()
"""


def test_two_interviews_never_write_one_draft(tmp_path: Path) -> None:
    path = tmp_path / "draft.yaml"
    Keeper(path).keep(answers(situation="planning"), small())
    before = path.read_bytes()
    released(path)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        mine = Keeper(path)
        assert mine.keep(answers(situation="group"), small())
        assert mine.failure == "another interview keeps its answers there"
        mine.drop()
        assert path.read_bytes() == before
        other.communicate("")
    assert not mine.keep(answers(situation="group"), small())
    assert mine.keeping
    mine.drop()
    assert list(tmp_path.iterdir()) == []


def test_answers_to_another_questionnaire_are_not_picked_up(tmp_path: Path) -> None:
    path = tmp_path / "draft.yaml"
    write_answers(path, answers(situation="planning"), replace(small(), id="other"))
    with pytest.raises(AnswersError, match="answers to another questionnaire, `other`"):
        recover(path, small())


def test_what_is_no_regular_file_is_written_through(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, text=True) as reader:
        assert not write_private(pipe, "through\n")
        assert reader.communicate()[0] == "through\n"
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    main, terminal = os.openpty()
    name = Path(os.ttyname(terminal))
    assert not write_private(name, "shown")
    assert os.read(main, 100) == b"shown"
    assert stat.S_ISCHR(name.stat().st_mode)
    os.close(main)
    os.close(terminal)


def test_a_folder_is_made_for_drafts_alone(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_private(tmp_path / "none" / "advice.txt", "text")
    assert list(tmp_path.iterdir()) == []


def test_answers_that_no_longer_fit_are_named_and_the_others_kept(tmp_path: Path) -> None:
    path = tmp_path / "draft.yaml"
    path.write_text("situation: planning\nlicence: counselor\nsessions: 500\nstates: [ky, atlantis]\nremark:\n")
    found = recover(path, small())
    assert found.answers.plain() == {"situation": "planning"}
    assert [(problem.place.key, problem.place.line) for problem in found.problems] == [
        ("licence", 2), ("sessions", 3), ("states", 4), ("remark", 5),
    ]  # fmt: skip
    assert found.problems[0].fix == "Did you mean `license`?"


@pytest.mark.parametrize("text", ["[1, 2", "- a\n- b\n", "just words", "a: &x 1\nb: *x\n"])
def test_a_file_that_is_no_answer_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "draft.yaml"
    path.write_text(text)
    with pytest.raises(AnswersError):
        recover(path, small())


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "draft.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(AnswersError):
        recover(path, small())


def test_an_empty_file_holds_no_answers(tmp_path: Path) -> None:
    path = tmp_path / "draft.yaml"
    write_answers(path, Answers(), small())
    assert recover(path, small()).answers == Answers()


def test_json_can_be_taken_up_too(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    path.write_text('{"situation": "planning", "sessions": 20}')
    assert recover(path, small()).answers.plain() == {"situation": "planning", "sessions": 20}


def test_the_draft_folder_can_be_named(tmp_path: Path) -> None:
    assert draft_path({"ADVISOR_STATE_DIR": str(tmp_path)}) == tmp_path / "draft.yaml"
    assert draft_path({}).parent.name in ("credentialing-advisor", "Credentialing Advisor")


def test_a_keeper_without_a_path_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    keeper = Keeper(None)
    assert not keeper.keep(answers(situation="planning"), small())
    assert not keeper.keeping
    assert list(tmp_path.iterdir()) == []


def test_a_keeper_tells_a_failure_once_and_recovers(tmp_path: Path) -> None:
    blocked = tmp_path / "folder"
    blocked.write_text("")
    keeper = Keeper(blocked / "draft.yaml")
    assert keeper.keep(answers(situation="planning"), small())
    assert not keeper.keep(answers(situation="planning"), small())
    assert keeper.failure
    blocked.unlink()
    assert not keeper.keep(answers(situation="planning"), small())
    assert keeper.keeping
