"""`advisor receipt show`: a receipt as text, page and table, and what happens to one that does not hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import run


@pytest.fixture
def saved(tmp_path: Path, tiny_folders: tuple[Path, Path]) -> Path:
    """A receipt of the tiny rules."""
    path = tmp_path / "receipt.json"
    folders = ("--rules", tiny_folders[0], "--questionnaires", tiny_folders[1])
    assert run("receipt", "make", "-", "--output", path, *folders, given="runway: short\n").code == 0
    return path


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
def test_one_that_does_not_hold_is_shown_and_says_so(saved: Path, form: str) -> None:
    saved.write_bytes(saved.read_bytes().replace(b'"left":3', b'"left":5', 1))
    done = run("receipt", "show", saved, "--format", form)
    assert done.code == 1
    assert "This receipt does not hold." in done.out
    assert "All of it holds." not in done.out
    assert done.err.startswith(f"{saved}: the receipt does not hold: content_digest: it is")


def test_a_table_of_one_that_does_not_hold_fails_too(saved: Path) -> None:
    saved.write_bytes(saved.read_bytes().replace(b'"left":3', b'"left":5', 1))
    assert run("receipt", "show", saved, "--format", "csv").code == 1


@pytest.mark.parametrize("raw", [b"", b"{}", b"[1]", b"\xff", b'{"format": "advisor.receipt/1"}', b"<html>"])
def test_what_is_no_receipt_is_refused_with_what_was_expected(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "other.json"
    path.write_bytes(raw)
    done = run("receipt", "show", path)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"Error: {path}: this cannot be shown (")
    assert "expected a receipt, made with `advisor receipt make`" in done.err


def test_a_receipt_that_speaks_of_what_is_not_in_it_is_refused(saved: Path) -> None:
    raw = saved.read_bytes()
    changed = raw.replace(b'"id":"runway","kind"', b'"id":"xrunway","kind"', 1)
    assert changed != raw
    saved.write_bytes(changed)
    done = run("receipt", "show", saved)
    assert done.code == 1
    assert "Traceback" not in done.err


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = run("receipt", "show", tmp_path / "none.json")
    assert done.code == 1
    assert "there is no such file" in done.err
