"""A folder of what is kept: whole or not at all, private, only its own files touched, and nothing outside it."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.errors import DataError
from advisor.keeping.folder import forget_folder, make_folder, read_note, update_folder
from advisor.model.kept import Kept
from advisor.model.kept_files import NOTE

FILES = {"plan.html": b"<p>plan", "letters/1-email.txt": b"Hello", "answers.yaml": b"a: b\n"}


def note(files: Mapping[str, bytes]) -> Kept:
    digests = {name: hashlib.sha256(raw).hexdigest() for name, raw in files.items()}
    return Kept(format=1, person="0123456789abcdef", as_of="2026-11-28", files=digests)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "plans" / "mine"
    make_folder(made, FILES, note(FILES))
    return made


def contents(folder: Path) -> dict[str, bytes]:
    found = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    found.pop(NOTE, None)
    return found


def test_a_folder_holds_the_files_and_reads_back(folder: Path) -> None:
    assert contents(folder) == FILES
    assert read_note(folder) == note(FILES)
    assert [path.name for path in folder.parent.iterdir()] == ["mine"]


def test_only_the_user_can_read_it(folder: Path) -> None:
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o077 for path in folder.rglob("*")} == {0}


@pytest.mark.parametrize("there", ["file", "folder", "link"])
def test_what_is_there_is_never_written_over(tmp_path: Path, there: str) -> None:
    target, other = tmp_path / "mine", tmp_path / "other"
    other.mkdir()
    if there == "file":
        target.write_text("mine")
    elif there == "link":
        target.symlink_to(other)
    else:
        target.mkdir()
        (target / "notes").write_text("mine")
    with pytest.raises(FileExistsError):
        make_folder(target, FILES, note(FILES))
    assert list(other.iterdir()) == []
    assert {path.name for path in tmp_path.iterdir()} == {"mine", "other"}


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    make_folder(tmp_path / "mine", FILES, note(FILES))
    assert contents(tmp_path / "mine") == FILES


def test_a_folder_that_cannot_be_finished_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        make_folder(tmp_path / "mine", FILES, note(FILES))
    assert list(tmp_path.iterdir()) == []


def test_an_update_replaces_what_was_kept_and_nothing_else(folder: Path) -> None:
    (folder / "my notes.txt").write_text("call Ann")
    (folder / "letters" / "sent.txt").write_text("sent")
    new = {"plan.html": b"<p>new", "letters/2-call.txt": b"Hi"}
    update_folder(folder, new, note(new))
    assert contents(folder) == {**new, "my notes.txt": b"call Ann", "letters/sent.txt": b"sent"}


def test_what_the_user_changed_or_put_there_gets_another_name(folder: Path) -> None:
    (folder / "letters" / "1-email.txt").write_text("Hello Ann")
    (folder / "letters" / "2-call.txt").write_text("my own")
    new = {**FILES, "letters/1-email.txt": b"Hello again", "letters/2-call.txt": b"Hi"}
    assert update_folder(folder, new, note(new)) == ("letters/1-email-yours.txt", "letters/2-call-yours.txt")
    yours = {"letters/1-email-yours.txt": b"Hello Ann", "letters/2-call-yours.txt": b"my own"}
    assert contents(folder) == {**new, **yours}
    (folder / "letters" / "1-email.txt").write_text("Hello Bea")
    assert update_folder(folder, new, note(new)) == ("letters/1-email-yours-2.txt",)
    assert forget_folder(folder).left == ("letters",)


def test_answers_that_were_changed_are_there_to_be_replaced(folder: Path) -> None:
    (folder / "answers.yaml").write_text("a: c\n")
    assert update_folder(folder, FILES, note(FILES)) == ()
    assert contents(folder) == FILES


def test_a_folder_in_place_of_a_file_is_left(folder: Path) -> None:
    (folder / "plan.html").unlink()
    (folder / "plan.html").mkdir()
    assert forget_folder(folder).left == ("plan.html",)


def test_what_a_killed_writer_left_beside_a_folder_is_gone_with_the_next(tmp_path: Path) -> None:
    left = tmp_path / f".mine.advisor-{_gone_process()}-abc"
    left.mkdir()
    (left / "answers.yaml").write_text("private")
    make_folder(tmp_path / "mine", FILES, note(FILES))
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def _gone_process() -> int:
    """The number of a process that is no more."""
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


def test_a_link_to_the_folder_leads_to_it(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder)
    update_folder(tmp_path / "link", FILES, note(FILES))
    forget_folder(tmp_path / "link")
    assert not folder.exists()


def test_an_empty_folder_that_somebody_stands_in_stays_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make_folder(Path("."), FILES, note(FILES))
    assert contents(Path(".")) == FILES


def test_an_update_that_fails_leaves_what_was_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        update_folder(folder, {"plan.html": b"<p>new"}, note({"plan.html": b"<p>new"}))
    assert contents(folder) == FILES
    assert read_note(folder) == note(FILES)


def test_forgetting_removes_everything_that_was_kept(folder: Path) -> None:
    (folder / f".plan.html.advisor-{_gone_process()}-x").write_text("a piece of a writer that was killed")
    gone = forget_folder(folder)
    assert (set(gone.removed), gone.left) == (set(FILES), ())
    assert list(folder.parent.iterdir()) == []


def test_forgetting_leaves_what_the_user_put_there(folder: Path) -> None:
    (folder / "letters" / "sent.txt").write_text("sent")
    (folder / "my notes.txt").write_text("call Ann")
    gone = forget_folder(folder)
    assert gone.left == ("letters", "my notes.txt")
    assert contents(folder) == {"letters/sent.txt": b"sent", "my notes.txt": b"call Ann"}


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "letters/../../outside", ".hidden", "a/b", "", NOTE])
def test_a_note_cannot_lead_out_of_its_folder(folder: Path, name: str) -> None:
    outside = folder.parent / "outside"
    outside.write_text("mine")
    said = json.loads((folder / NOTE).read_text())
    said["files"] = {name: "0" * 64}
    (folder / NOTE).write_text(json.dumps(said))
    with pytest.raises(DataError, match="spoiled"):
        forget_folder(folder)
    assert outside.read_text() == "mine"
    assert contents(folder) == FILES


def test_a_link_in_place_of_the_letters_is_not_followed(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (folder / "letters").rename(elsewhere)
    (folder / "letters").symlink_to(elsewhere)
    with pytest.raises(DataError, match="link"):
        forget_folder(folder)
    with pytest.raises(DataError, match="link"):
        update_folder(folder, FILES, note(FILES))
    assert (elsewhere / "1-email.txt").read_bytes() == b"Hello"


def test_a_link_in_place_of_a_file_is_replaced_and_not_followed(folder: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.html"
    mine.write_text("mine")
    (folder / "plan.html").unlink()
    (folder / "plan.html").symlink_to(mine)
    assert update_folder(folder, FILES, note(FILES)) == ("plan-yours.html",)
    assert mine.read_text() == "mine"
    assert not (folder / "plan.html").is_symlink()


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda folder: (folder / NOTE).unlink(), "no kept.json"),
        (lambda folder: (folder / NOTE).write_text("{"), "spoiled"),
        (lambda folder: (folder / NOTE).write_text('{"format": 2}'), "spoiled"),
        (lambda folder: (folder / NOTE).write_bytes(b"\xff\xfe"), "kept.json"),
    ],
)
def test_a_folder_without_a_good_note_is_told_and_left(folder: Path, spoil: object, told: str) -> None:
    assert callable(spoil)
    spoil(folder)
    with pytest.raises(DataError, match=told):
        forget_folder(folder)
    assert contents(folder) == FILES


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such folder"):
        read_note(tmp_path / "none")


@given(spoiled=st.binary(max_size=60))
def test_whatever_the_note_holds_it_is_read_or_refused(
    spoiled: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("kept")
    (folder / NOTE).write_bytes(spoiled)
    with pytest.raises(DataError):
        read_note(folder)
