"""`advisor recall`, on receipts and on logs that `advisor advise --log` wrote, with the tiny rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Done, run


@pytest.fixture
def saved(tmp_path: Path, answers: Path, folders: list[str | Path]) -> Path:
    path = tmp_path / "receipt.json"
    assert run("receipt", "make", answers, "--output", path, *folders).code == 0
    return path


@pytest.fixture
def log(tmp_path: Path, answers: Path, folders: list[str | Path]) -> Path:
    """A log of three records: advice of a short runway, refused answers, and advice of a long runway."""
    folder, other, wrong = tmp_path / "log", tmp_path / "long.yaml", tmp_path / "wrong.yaml"
    other.write_text("runway: long\n", "utf-8")
    wrong.write_text("runway: soon\n", "utf-8")
    for path, code in ((answers, 0), (wrong, 1), (other, 0)):
        assert run("advise", path, "--quick", "--log", folder, *folders).code == code
    return folder


def found(*words: str | Path, code: int = 0) -> dict[str, Any]:
    done = run("recall", *words, "--format", "json")
    assert (done.code, done.err) == (code, "")
    return dict(json.loads(done.out))


def test_advice_in_a_log_is_recalled_with_the_record_where_it_stands(log: Path) -> None:
    """WGH-1 fires for a short runway alone, so the second advice, record 3, is not recalled."""
    recall = found(log, "--rule", "wgh-1")
    assert (recall["looked_at"], recall["not_searched"]) == (2, [])
    (one,) = recall["found"]
    assert (one["place"], one["option"], one["rules"]) == ("log, record 1", "left", ["WGH-1"])
    assert one["receipt"] in one["tell"]


def test_one_file_of_a_log_is_looked_through_as_its_folder_is(log: Path) -> None:
    (one,) = found(log / "log-000001.jsonl", "--rule", "WGH-1")["found"]
    assert one["place"] == "log-000001.jsonl, record 1"


def test_advice_is_recalled_by_source_claim_rule_and_date(saved: Path) -> None:
    identity = json.loads(saved.read_bytes())["id"]
    cases = (["--source", "book"], ["--claim", "K1"], ["--rule", "WGH-1"], ["--expired", "--as-of", "2099-01-02"])
    for words in cases:
        (one,) = found(saved, *words)["found"]
        assert (one["receipt"], one["option"]) == (identity, "left")
        assert "WGH-1" in one["rules"]
        assert identity in one["tell"]
    assert "No advice has to be called back" in run("recall", saved, "--expired", "--as-of", "2099-01-01").out


def test_lines_of_other_rules_that_rest_on_the_recalled_one_are_told_apart(saved: Path) -> None:
    """DER-1 says nothing itself; WGH-1, which speaks for the left, fired on the fact that DER-1 brought about. (The
    one reason that is shown is that of DEC-1.)"""
    (one,) = found(saved, "--rule", "DER-1")["found"]
    assert {line["direct"] for line in one["lines"]} == {False}
    assert {tuple(line["rules"]) for line in one["lines"]} == {("DER-1",)}
    assert {line["section"] for line in one["lines"]} == {"recommendation", "options"}
    (own,) = found(saved, "--rule", "WGH-1")["found"]
    assert all(line["direct"] for line in own["lines"])


def test_other_files_in_a_folder_are_passed_over(saved: Path) -> None:
    (saved.parent / "other.json").write_text("{}", "utf-8")
    done = run("recall", saved.parent, "--rule", "wgh-1")
    assert (done.code, done.err) == (0, "")
    assert "Rule WGH-1." in done.out
    assert "1 of 1 looked at" in done.out


def test_a_receipt_in_a_folder_that_was_changed_is_named_and_the_rest_is_looked_through(saved: Path) -> None:
    changed = saved.with_name("changed.json")
    changed.write_bytes(saved.read_bytes().replace(b'"Go left"', b'"Go west"'))
    recall = found(saved.parent, "--rule", "WGH-1", code=1)
    assert len(recall["found"]) == 1
    (unread,) = recall["not_searched"]
    assert unread["place"].endswith("changed.json")
    assert "content_digest" in unread["reason"]
    assert "Not looked through: 1" in run("recall", saved.parent, "--rule", "WGH-1").out


def test_a_log_that_was_changed_is_looked_through_up_to_there_and_the_rest_is_named(log: Path) -> None:
    file = log / "log-000001.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(lines[0] + lines[1] + lines[2].replace(b'"right"', b'"left_"'))
    for place in (log, file):
        recall = found(place, "--rule", "WGH-1", code=1)
        assert len(recall["found"]) == 1
        (unread,) = recall["not_searched"]
        assert "was changed" in unread["reason"]


@pytest.mark.parametrize(
    ("mask", "title", "erased"),
    [
        ('{"drop": ["/content/answers", "/content/advice/trace/answers"]}', "Go left", []),
        ('{"drop": ["/content/advice/recommendation"]}', "", []),
        ('{"drop": ["/content/advice/reasons"]}', "Go left", ["/content/advice/reasons"]),
        ('{"hash": ["/content/advice/trace/tallies"], "key": "a key of its own"}', "Go left",
         ["/content/advice/trace/tallies"]),
    ],
)  # fmt: skip
def test_of_masked_advice_what_remains_is_looked_through(
    tmp_path: Path, answers: Path, folders: list[str | Path], mask: str, title: str, erased: list[str]
) -> None:
    masks, folder = tmp_path / "mask.json", tmp_path / "masked"
    masks.write_text(mask, "utf-8")
    assert run("advise", answers, "--quick", "--log", folder, "--mask", masks, *folders).code == 0
    (one,) = found(folder, "--rule", "WGH-1")["found"]
    assert (one["title"], one["erased"]) == (title, erased)
    assert run("recall", folder, "--rule", "WGH-1").code == 0


def test_masked_advice_without_its_firings_is_named_as_not_looked_through(
    tmp_path: Path, answers: Path, folders: list[str | Path]
) -> None:
    masks, folder = tmp_path / "mask.json", tmp_path / "masked"
    masks.write_text('{"drop": ["/content/advice/trace/firings"]}', "utf-8")
    plain: list[str | Path] = []
    for extra in (plain, ["--mask", masks]):
        assert run("advise", answers, "--quick", "--log", folder, *extra, *folders).code == 0
    recall = found(folder, "--rule", "WGH-1", code=1)
    assert [one["place"] for one in recall["found"]] == ["masked, record 1"]
    (unread,) = recall["not_searched"]
    assert unread["place"] == "masked, record 2"
    assert "/content/advice/trace/firings was erased" in unread["reason"]


def test_wrong_usage_unknown_sources_and_places_without_advice_are_told(saved: Path, tmp_path: Path) -> None:
    assert run("recall", saved).code == 2
    assert run("recall", saved, "--rule", "WGH-1", "--as-of", "2027-01-01").code == 2
    assert run("recall", saved, "--rule", "WGH-1", "--source", "book").code == 2
    unknown = run("recall", saved, "--source", "bok")
    assert unknown == Done(1, "", "Error: no advice here quotes a source `bok`; expected a source by its id. "
                                  "Did you mean `book`?\n")  # fmt: skip
    assert "is not a day" in run("recall", saved, "--expired", "--as-of", "soon").err
    (tmp_path / "empty").mkdir()
    assert "there is no advice in these places" in run("recall", tmp_path / "empty", "--rule", "WGH-1").err
    saved.write_text("{}", "utf-8")
    assert "advisor.receipt/1" in run("recall", saved, "--rule", "WGH-1").err
