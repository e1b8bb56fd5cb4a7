"""`advisor receipt show`: a receipt as text, page and table, and what happens to one that does not hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import run


def made(folder: Path, tiny_folders: tuple[Path, Path], *options: str) -> Path:
    """A receipt of the tiny rules."""
    path = folder / "receipt.json"
    folders = ("--rules", tiny_folders[0], "--questionnaires", tiny_folders[1])
    assert run("receipt", "make", "-", *options, "--output", path, *folders, given="runway: short\n").code == 0
    return path


@pytest.fixture(params=[[], ["--embed"]], ids=["small", "embedded"])
def saved(tmp_path: Path, tiny_folders: tuple[Path, Path], request: pytest.FixtureRequest) -> Path:
    """A receipt with its rulebook beside it, and one that stands alone."""
    return made(tmp_path, tiny_folders, *request.param)


@pytest.fixture
def embedded(tmp_path: Path, tiny_folders: tuple[Path, Path]) -> Path:
    """A receipt that stands alone."""
    return made(tmp_path, tiny_folders, "--embed")


def test_a_receipt_is_shown_in_each_format(saved: Path, tmp_path: Path) -> None:
    text = run("receipt", "show", saved)
    assert (text.code, text.err) == (0, "")
    assert "All of it holds." in text.out
    table = run("receipt", "show", saved, "--format", "csv")
    assert table.out.splitlines()[1].startswith("1,DER-1,1,derive,runway = short,")
    page = tmp_path / "receipt.html"
    assert run("receipt", "show", saved, "--format", "html", "--output", page).out == ""
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("form", ["text", "html"])
def test_one_that_does_not_hold_is_shown_and_says_so(embedded: Path, form: str) -> None:
    embedded.write_bytes(embedded.read_bytes().replace(b'"left":3', b'"left":5', 1))
    done = run("receipt", "show", embedded, "--format", form)
    assert done.code == 1
    assert "This receipt does not hold." in done.out
    assert "All of it holds." not in done.out
    assert done.err.startswith(f"{embedded}: the receipt does not hold: content_digest: it is")


def test_a_table_of_one_that_does_not_hold_fails_too(embedded: Path) -> None:
    embedded.write_bytes(embedded.read_bytes().replace(b'"left":3', b'"left":5', 1))
    assert run("receipt", "show", embedded, "--format", "csv").code == 1


@pytest.mark.parametrize("raw", [b"", b"{}", b"[1]", b"\xff", b'{"format": "advisor.receipt/1"}', b"<html>"])
def test_what_is_no_receipt_is_refused_with_what_was_expected(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "other.json"
    path.write_bytes(raw)
    done = run("receipt", "show", path)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"Error: {path}: this cannot be shown (")
    assert "expected a receipt, made with `advisor receipt make`" in done.err


def test_a_receipt_that_speaks_of_what_is_not_in_it_is_refused(embedded: Path) -> None:
    raw = embedded.read_bytes()
    changed = raw.replace(b'"id":"runway","kind"', b'"id":"xrunway","kind"', 1)
    assert changed != raw
    embedded.write_bytes(changed)
    done = run("receipt", "show", embedded)
    assert done.code == 1
    assert "Traceback" not in done.err


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = run("receipt", "show", tmp_path / "none.json")
    assert done.code == 1
    assert "there is no such file" in done.err


@pytest.mark.parametrize("form", ["text", "html", "csv"])
def test_a_judgment_a_signature_and_that_there_is_none_are_shown_in_each_format(
    saved: Path, tmp_path: Path, form: str
) -> None:
    alone = run("receipt", "show", saved, "--format", form)
    assert "unsigned" in alone.out
    assert "no judgment stands beside it" in alone.out
    assert run("receipt", "keygen", "--key", tmp_path / "ann").code == 0
    assert run("receipt", "sign", saved, "--key", tmp_path / "ann").code == 0
    judged = ("override", "--by", "Ann", "--reason", "Not so.", "--rule", "WGH-1")
    assert run("receipt", "judge", saved, *judged).code == 0
    both = run("receipt", "show", saved, "--format", form, "--public-key", tmp_path / "ann.pub")
    assert (both.code, both.err) == (0, "")
    assert "signed by ann" in both.out
    assert "override about WGH-1, by " in both.out
    assert "Not so." in both.out
    if form != "csv":
        assert "overrode this advice" in " ".join(both.out.split())
    if form == "html":
        assert '<div class="holds">' in alone.out
        assert '<div class="holds">' not in both.out


@pytest.mark.parametrize("form", ["text", "html", "csv"])
def test_judgments_that_were_moved_away_or_changed_are_told(saved: Path, form: str) -> None:
    assert run("receipt", "judge", saved, "override", "--by", "Ann", "--reason", "No.").code == 0
    kept = saved.with_name(saved.name + ".judgments.jsonl")
    whole = kept.read_bytes()
    kept.unlink()
    gone = " ".join(run("receipt", "show", saved, "--format", form).out.split())
    assert "no judgment stands beside it, but there were some" in gone
    assert "no judgment stands beside it, but there were some" in run("receipt", "verify", saved).out
    kept.write_bytes(whole.replace(b"override", b"accept"))
    changed = run("receipt", "show", saved, "--format", form)
    assert changed.code == 1
    assert "its digest is not that of what it says" in changed.err
    assert "its digest is not that of what it says" in " ".join(changed.out.split())


def test_of_a_receipt_from_standard_input_it_is_said_that_nothing_beside_it_was_looked_for(embedded: Path) -> None:
    for words in (("show",), ("verify",)):
        done = run("receipt", *words, "-", given=embedded.read_bytes())
        assert done.code == 0
        assert "it came from standard input" in done.out


def test_a_small_receipt_that_does_not_follow_from_its_rulebook_or_has_none_is_not_shown(
    tmp_path: Path, tiny_folders: tuple[Path, Path]
) -> None:
    saved = made(tmp_path, tiny_folders)
    whole = saved.read_bytes()
    saved.write_bytes(whole.replace(b'"short"', b'"long_"'))
    done = run("receipt", "show", saved)
    assert (done.code, done.out) == (1, "")
    saved.write_bytes(whole)
    (book,) = (tmp_path / "rulebooks").glob("*.json")
    moved = book.rename(tmp_path / "moved.json")
    done = run("receipt", "show", saved)
    assert (done.code, done.out) == (1, "")
    assert "nothing was checked but its form and its digests" in done.err
    assert run("receipt", "show", saved, "--rulebook", moved).code == 0
    done = run("receipt", "show", "-", "--rulebook", moved, given=whole)
    assert (done.code, "it came from standard input" in done.out) == (0, True)
