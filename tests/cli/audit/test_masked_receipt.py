"""A masked receipt on the command line: shown, verified alone and beside rules, judged, signed, and not replayed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.unit.audit.recording.test_masks import resealed

MASK = {"drop": ["/content/advice/notes"], "hash": ["/content/advice/trace/answers/*"], "key": "sixteen letters!"}


def made(tmp_path: Path, folders: list[str | Path], mask: Mapping[str, object]) -> Path:
    (tmp_path / "mask.json").write_text(json.dumps(mask), "utf-8")
    given = ("--quick", "--log", tmp_path / "log", "--mask", tmp_path / "mask.json")
    assert run("advise", "-", *given, *folders, given="runway: short\n").code == 0
    out = tmp_path / "masked.json"
    assert run("log", "show", tmp_path / "log", "1", "--receipt", "--output", out).code == 0
    return out


@pytest.fixture
def saved(tmp_path: Path, folders: list[str | Path]) -> Path:
    """A masked receipt of which no answer was erased."""
    return made(tmp_path, folders, MASK)


@pytest.mark.parametrize("form", ["text", "html"])
def test_all_that_remains_is_shown_with_marks_where_a_part_was_erased(saved: Path, form: str) -> None:
    done = run("receipt", "show", saved, "--format", form)
    assert (done.code, done.err) == (0, "")
    assert "What remains of it holds." in done.out
    assert "/content/advice/notes (erased: dropped)" in done.out
    assert "/content/advice/trace/answers/runway" in done.out
    assert "hmac-sha256:" in done.out
    assert "All of it holds." not in done.out


def test_the_table_has_the_firings_that_remain(tmp_path: Path, folders: list[str | Path]) -> None:
    saved = made(tmp_path, folders, {"drop": ["/content/advice/trace/firings/*/matched"]})
    done = run("receipt", "show", saved, "--format", "csv")
    assert done.out.splitlines()[1].startswith("1,DER-1,1,derive,(erased: dropped),")


@pytest.mark.parametrize("form", ["text", "html", "csv"])
def test_one_that_does_not_hold_is_shown_and_says_so(saved: Path, form: str) -> None:
    saved.write_bytes(saved.read_bytes().replace(b'"left":3', b'"left":5', 1))
    done = run("receipt", "show", saved, "--format", form)
    assert (done.code, "What remains of it holds." in done.out) == (1, False)
    assert f"{saved}: the receipt does not hold: content_digest" in done.err


def test_it_is_laid_beside_the_rules_and_made_anew(saved: Path, folders: list[str | Path]) -> None:
    done = run("receipt", "verify", saved, *folders)
    assert (done.code, done.err, "standing disclosures" in done.out) == (0, "", False)
    assert "not checked: the headings and the standing disclosures" in run("receipt", "verify", saved).out
    changed = json.loads(saved.read_bytes())
    changed["content"]["advice"]["disclosures"] = []
    saved.write_bytes(resealed(changed))
    assert run("receipt", "verify", saved).code == 0
    told = "content.advice.disclosures[d1]: it is missing"
    assert told in run("receipt", "verify", saved, *folders).err
    rules = Path(folders[1])
    (rules / "criteria.yaml").write_text("criteria: [{id: cash, name: Money}]\n", "utf-8")
    assert "criteria.yaml: the file in the folder is not" in run("receipt", "verify", saved, *folders).err


def test_a_quote_that_remains_is_compared_though_answers_were_erased(tmp_path: Path, folders: list[str | Path]) -> None:
    saved = made(tmp_path, folders, {"drop": ["/content/answers", "/content/rules/0"]})
    done = run("receipt", "verify", saved, *folders)
    assert (done.code, done.err) == (0, "")
    changed = json.loads(saved.read_bytes())
    changed["content"]["options"][0]["title"] += " now"
    saved.write_bytes(resealed(changed))
    assert run("receipt", "verify", saved).code == 0
    assert "content.options[left].title: the receipt has" in run("receipt", "verify", saved, *folders).err


def test_it_is_not_replayed_and_why_is_said(saved: Path, tmp_path: Path, folders: list[str | Path]) -> None:
    done = run("receipt", "replay", saved, *folders)
    assert (done.code, done.out) == (1, "")
    assert "(/content/advice/notes was)" in done.err
    assert "`advisor receipt verify --rules DIR`" in done.err
    (tmp_path / "b").mkdir()
    other = made(tmp_path / "b", folders, {"drop": ["/content/answers/*/value"]})
    assert "when what it takes was erased: /content/answers/0/value was" in run("receipt", "replay", other).err


def test_it_is_judged_and_verify_says_who_signed_the_judgment(saved: Path, tmp_path: Path) -> None:
    for name in ("ann", "bob"):
        assert run("receipt", "keygen", "--key", tmp_path / name).code == 0
    judge = ("receipt", "judge", saved)
    first = run(*judge, "override", "--by", "Ann", "--reason", "No.", "--rule", "WGH-1", "--key", tmp_path / "ann")
    assert first.code == 0
    noted = first.out.split()[-1].rstrip(".")
    assert run(*judge, "accept", "--by", "Bob", "--reason", "Yes.").code == 0
    by_ann = run("receipt", "verify", saved, "--judgment", noted)
    assert (by_ann.code, "judgment 1, signed by an unknown key" in by_ann.out) == (0, True)
    assert run("receipt", "sign", saved, "--key", tmp_path / "bob").code == 0
    both = run("receipt", "verify", saved, "--public-key", tmp_path / "ann.pub", "--public-key", tmp_path / "bob.pub")
    assert (both.code, both.err) == (0, "")
    assert "judgment 1, signed by ann, on " in both.out
    assert ': override about WGH-1, by "Ann": "No."' in both.out
    assert "judgment 2, unsigned, on " in both.out
    assert ': accept, by "Bob": "Yes."' in both.out


def test_what_a_person_writes_cannot_pass_for_what_is_said_of_a_signature(saved: Path) -> None:
    by = 'The Board", signed by ann: "Approved'
    assert run("receipt", "judge", saved, "accept", "--by", by, "--reason", "x").code == 0
    done = run("receipt", "verify", saved)
    assert "judgment 1, unsigned, on " in done.out
    assert """by "The Board', signed by ann: 'Approved": "x\"""" in done.out


def test_judgments_that_were_cut_off_emptied_or_torn_are_told(saved: Path) -> None:
    kept = saved.with_name(saved.name + ".judgments.jsonl")
    for reason in ("One.", "Two."):
        last = run("receipt", "judge", saved, "comment", "--by", "Ann", "--reason", reason).out.split()[-1].rstrip(".")
    whole = kept.read_bytes()
    assert run("receipt", "verify", saved, "--judgment", last).code == 0
    kept.write_bytes(whole.splitlines(keepends=True)[0])
    assert run("receipt", "verify", saved).code == 0
    cut = run("receipt", "verify", saved, "--judgment", last)
    assert (cut.code, "there is no judgment with the digest" in cut.err) == (1, True)
    for spoiled in (b"", whole[:-1], whole.replace(b"One.", b"Own.")):
        kept.write_bytes(spoiled)
        assert run("receipt", "verify", saved).code == 1


def test_a_review_of_log_files_and_folders_counts_each_judgment_once(
    saved: Path, tmp_path: Path, folders: list[str | Path]
) -> None:
    judged = ("override", "--by", "Ann", "--reason", "No.", "--rule", "WGH-1", "--log", tmp_path / "log")
    assert run("receipt", "judge", saved, *judged).code == 0
    copies = tmp_path / "copies"
    copies.mkdir()
    for name in ("masked.json", "masked.json.judgments.jsonl"):
        (copies / name).write_bytes((tmp_path / name).read_bytes())
    (copies / "notes.json").write_text("{}", "utf-8")
    for given in (["--log", tmp_path / "log"], [saved, "--log", tmp_path / "log"], [saved, copies], [copies]):
        done = run("rules", "review", *given, *folders)
        assert (done.code, done.err) == (0, "")
        assert done.out.splitlines()[1].split()[0] == "1"
