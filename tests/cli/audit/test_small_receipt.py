"""`advisor receipt make` and `advisor advise --log`: small receipts, with their rulebook kept once beside them."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from advisor.audit.recording.seal import canonical
from advisor.verifier import problems
from tests.cli.running import Done, run
from tests.unit.audit.tampering import resealed


@pytest.fixture
def saved(tmp_path: Path, answers: Path, folders: list[str | Path]) -> Path:
    """A receipt of the tiny rules, with its rulebook beside it."""
    path = tmp_path / "kept" / "receipt.json"
    path.parent.mkdir()
    assert run("receipt", "make", answers, "--output", path, *folders) == Done(0, "", "")
    return path


def rulebook(folder: Path) -> Path:
    (book,) = (folder / "rulebooks").glob("*.json")
    return book


def test_the_rulebook_is_kept_once_for_its_user_alone(saved: Path, answers: Path, folders: list[str | Path]) -> None:
    book = rulebook(saved.parent)
    assert json.loads(saved.read_bytes())["content"]["rulebook"] == f"sha256:{book.stem}"
    assert (stat.S_IMODE(book.stat().st_mode), stat.S_IMODE(book.parent.stat().st_mode)) == (0o600, 0o700)
    written = book.stat().st_mtime_ns
    assert run("receipt", "make", answers, "--output", saved.with_name("other.json"), *folders).code == 0
    assert rulebook(saved.parent).stat().st_mtime_ns == written
    printed = run("receipt", "rulebook", *folders)
    assert printed.out.encode() == book.read_bytes()


def test_it_holds_with_its_rulebook_and_not_without(saved: Path, tmp_path: Path) -> None:
    done = run("receipt", "verify", saved)
    assert (done.code, done.err) == (0, "")
    assert ": all of it holds (rcp-" in done.out
    moved = rulebook(saved.parent).rename(tmp_path / "moved.json")
    done = run("receipt", "verify", saved)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"{saved}: nothing was checked but its form and its digests, not even that the advice")
    assert run("receipt", "verify", saved, "--rulebook", moved).code == 0
    assert run("receipt", "verify", "-", "--rulebook", moved, given=saved.read_bytes()).code == 0


def test_a_rulebook_that_was_changed_is_refused_where_it_is_read_and_where_it_is_to_be_kept(
    saved: Path, answers: Path, folders: list[str | Path]
) -> None:
    book = rulebook(saved.parent)
    book.write_bytes(book.read_bytes().replace(b"Because it is so.", b"Because it is no.", 1))
    done = run("receipt", "verify", saved)
    assert done == Done(
        1, "", f"{saved}: {book}: the rulebook does not have the digest that it gives: it was changed\n"
    )
    again = run("receipt", "make", answers, "--output", saved.with_name("other.json"), *folders)
    assert (again.code, "what is kept under this digest has another: it was changed" in again.err) == (1, True)
    assert not saved.with_name("other.json").exists()


def test_it_is_compared_with_the_rules_and_what_they_give_today(saved: Path, folders: list[str | Path]) -> None:
    done = run("receipt", "verify", saved, *folders)
    assert (done.code, done.err) == (0, "")
    assert "and it is what these rules give today" in done.out
    receipt = json.loads(saved.read_bytes())
    receipt["content"]["skipped"] = [{"reason": "settled", "proof": "Surely.", "questions": ["sessions"]}]
    saved.write_bytes(resealed(receipt))
    assert run("receipt", "verify", saved).code == 0
    done = run("receipt", "verify", saved, *folders)
    assert (done.code, "Surely. is no proof" in done.err or "is not proved" in done.err) == (1, True)
    rules = Path(folders[1])
    (rules / "criteria.yaml").write_text("criteria: [{id: cash, name: Money}]\n", "utf-8")
    told = "criteria.yaml: the file in the folder is not the one that the receipt names: it has another digest"
    assert run("receipt", "verify", saved, *folders) == Done(1, "", f"{saved}: {told}\n")


def test_one_that_is_embedded_stands_alone(tmp_path: Path, answers: Path, folders: list[str | Path]) -> None:
    path = tmp_path / "alone" / "receipt.json"
    path.parent.mkdir()
    assert run("receipt", "make", answers, "--embed", "--output", path, *folders) == Done(0, "", "")
    assert [one.name for one in path.parent.iterdir()] == ["receipt.json"]
    assert list(problems(path.read_bytes())) == []


def test_a_log_holds_small_receipts_and_their_rulebook(
    tmp_path: Path, answers: Path, folders: list[str | Path]
) -> None:
    log = tmp_path / "log"
    for _ in range(2):
        assert run("advise", answers, "--quick", "--log", log, *folders).code == 0
    book = rulebook(log)
    first = json.loads((log / "log-000001.jsonl").read_bytes().splitlines()[0])["record"]["receipt"]
    assert first["content"]["rulebook"] == f"sha256:{book.stem}"
    assert len(canonical(first)) < 10_000
    assert run("log", "verify", log, "--receipts").code == 0
    shown = run("log", "show", log, "1", "--receipt")
    assert run("receipt", "verify", "-", "--rulebook", book, given=shown.out).code == 0
    book.rename(tmp_path / "moved.json")
    done = run("log", "verify", log, "--receipts")
    assert (done.code, "record 1: nothing was checked but its form and its digests" in done.err) == (1, True)
    assert run("advise", answers, "--quick", "--log", log, *folders).code == 0  # and it is kept again
    assert run("log", "verify", log, "--receipts").code == 0


def test_it_is_signed_judged_and_replayed_like_any_other(
    saved: Path, tmp_path: Path, folders: list[str | Path]
) -> None:
    key = tmp_path / "desk"
    assert run("receipt", "keygen", "--key", key).code == 0
    assert run("receipt", "sign", saved, "--key", key).code == 0
    assert run("receipt", "judge", saved, "override", "--by", "Ann", "--reason", "No.", "--rule", "WGH-1").code == 0
    done = run("receipt", "verify", saved, "--public-key", f"{key}.pub")
    assert (done.code, "signed by desk" in done.out, "override about WGH-1" in done.out) == (0, True, True)
    review = run("rules", "review", saved, *folders)
    assert review.out.splitlines()[1].split()[:5] == ["1", "0", "0", "1", "WGH-1"]
    assert run("receipt", "replay", saved, *folders).code == 0
    assert run("receipt", "replay", saved, "--today", *folders).code == 0
