"""`advisor rules review`: what is without approval, stale, due, or overridden, in four formats."""

from __future__ import annotations

import csv
import datetime
import io
import json
from pathlib import Path

import pytest

from advisor.audit.recording.signing import make_keys
from tests.cli.running import Done, run
from tests.unit.audit.approving.desk import Desk


@pytest.fixture
def desk(tiny_folders: tuple[Path, Path], tmp_path: Path) -> Desk:
    (tmp_path / "keys").mkdir()
    for name in ("ann", "bob"):
        make_keys(tmp_path / "keys" / name)
    return Desk(*tiny_folders, tmp_path / "keys")


def review(desk: Desk, *args: str | Path, as_of: str = "2027-03-01") -> Done:
    folders = ("--rules", desk.rules, "--questionnaires", desk.questionnaires)
    return run("rules", "review", "--as-of", as_of, "--trust", desk.key("ann.pub"), *args, *folders)


def matters(desk: Desk, *args: str | Path, as_of: str = "2027-03-01") -> list[tuple[str, str]]:
    found = json.loads(review(desk, "--format", "json", *args, as_of=as_of).out)
    return [(line["matter"], line["what"]) for line in found["lines"]]


def test_pages_without_an_approval_stale_and_of_unknown_keys_are_told_apart(desk: Desk) -> None:
    assert matters(desk) == [("unapproved", "of_DEC-1"), ("unapproved", "of_DER-1"), ("unapproved", "of_WGH-1")]
    desk.approve("of_DER-1")
    desk.approve("of_WGH-1", "bob")
    assert matters(desk) == [("unapproved", "of_DEC-1"), ("unknown_key", "of_WGH-1")]
    desk.replace("deriving/tight.yaml", "Because it is so.", "Because.")
    assert matters(desk) == [("stale", "of_DER-1"), ("unapproved", "of_DEC-1"), ("unknown_key", "of_WGH-1")]
    done = review(desk)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "As of 2027-03-01: 0 of 3 pages are approved by a key you trust. Nothing is",
        "approved by default.",
        "",
        "Pages that were changed since they were approved",
        "  of_DER-1: The page of DER-1 (by Ann Lee, clinical director, on 2027-01-31);",
        "    changed: deriving/tight.yaml, rules",
        "",
        "Pages without an approval",
        "  of_DEC-1: The page of DEC-1",
        "",
        "Approvals signed by a key that you have not named as trusted (--trust)",
        "  of_WGH-1: The page of WGH-1 (by Ann Lee, clinical director, on 2027-01-31)",
    ]


def test_nothing_is_left_when_all_is_approved_and_nothing_is_due(desk: Desk) -> None:
    for page in ("of_DER-1", "of_WGH-1", "of_DEC-1"):
        desk.approve(page)
    assert review(desk).out == "As of 2027-03-01: 3 of 3 pages are approved by a key you trust.\n"
    desk.replace("deriving/tight.yaml", "page: of_DER-1", "page: of_DER-2")
    assert matters(desk) == [("unapproved", "of_DER-2"), ("gone", "of_DER-1")]


@pytest.mark.parametrize(
    ("as_of", "within", "rules", "sources"),
    [
        ("2098-01-01", "60", [], []),
        ("2098-12-01", "60", [("due", "of_DER-1")], []),
        ("2098-12-01", "30", [], []),
        ("2098-12-02", "30", [("due", "of_DER-1")], []),
        ("2099-01-01", "0", [("due", "of_DER-1")], []),
        ("2099-01-02", "0", [("overdue", "of_DER-1")], [("source", "book")]),
    ],
)
def test_rules_are_due_so_many_days_ahead_and_late_from_the_day_after(
    desk: Desk, as_of: str, within: str, rules: list[tuple[str, str]], sources: list[tuple[str, str]]
) -> None:
    for file in ("weighing/tight-favors-left.yaml", "deciding/left-leads.yaml"):
        desk.replace(file, "review_by: 2099-01-01", "review_by: 2199-01-01")
    found = [one for one in matters(desk, "--within", within, as_of=as_of) if one[0] != "unapproved"]
    assert found == [*rules, *sources]


def test_a_draft_is_not_due(desk: Desk) -> None:
    desk.replace("deriving/tight.yaml", "status: stable", "status: deprecated")
    found = matters(desk, as_of=datetime.date(2100, 1, 1).isoformat())
    assert [what for matter, what in found if matter == "overdue"] == ["of_DEC-1", "of_WGH-1"]


def test_overridden_rules_come_first_and_are_in_every_format(desk: Desk, tmp_path: Path) -> None:
    answers, saved = tmp_path / "answers.yaml", tmp_path / "receipt.json"
    answers.write_text("runway: short\n", "utf-8")
    folders = ("--rules", desk.rules, "--questionnaires", desk.questionnaires)
    assert run("receipt", "make", answers, "--output", saved, *folders).code == 0
    judged = ("--by", "Ann", "--reason", "No.", "--rule", "WGH-1", "--log", tmp_path / "log")
    assert run("receipt", "judge", saved, "override", *judged).code == 0
    lines = review(desk, "--log", tmp_path / "log").out.splitlines()
    assert lines[0].split() == ["overridden", "accepted", "commented", "fired", "rule"]
    assert lines[1].split()[:5] == ["1", "0", "0", "0", "WGH-1"]
    assert ("overridden", "WGH-1") in matters(desk, "--log", tmp_path / "log")
    rows = list(csv.DictReader(io.StringIO(review(desk, "--log", tmp_path / "log", "--format", "csv").out)))
    assert rows[-1] == {
        "matter": "overridden", "what": "WGH-1", "title": "Rule WGH-1", "date": "", "by": "", "count": "1", "names": "",
    }  # fmt: skip
    page = review(desk, "--log", tmp_path / "log", "--format", "html").out
    assert "<h2>Rules that people overrode</h2>" in page


def test_the_page_for_the_browser_loads_nothing_and_takes_no_text_for_markup(desk: Desk, tmp_path: Path) -> None:
    for page, title in (("DER-1", "<script>alert(1)</script>"), ("WGH-1", "=1+2")):
        file = {"DER-1": "deriving/tight.yaml", "WGH-1": "weighing/tight-favors-left.yaml"}[page]
        desk.replace(file, f"title: The page of {page}", f"title: '{title}'")
    out = tmp_path / "review.html"
    assert review(desk, "--format", "html", "--output", out).code == 0
    page = out.read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "<script" not in page
    assert "default-src 'none'" in page.replace("&#x27;", "'")
    assert "&lt;script&gt;" in page
    assert "'=1+2" in review(desk, "--format", "csv").out


def test_a_forged_approval_stops_the_review_and_is_named(desk: Desk) -> None:
    path = desk.approve("of_DER-1")
    path.rename(path.with_name("of_WGH-1.json"))
    done = review(desk)
    assert (done.code, "approvals/of_WGH-1.json: this is the approval of the page" in done.err) == (1, True)
