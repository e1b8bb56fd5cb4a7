"""`advisor receipt replay`, `advisor rules impact` and `advisor rules keep`, on the tiny rules."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from advisor.loading.resources import shipped
from tests.cli.running import run
from tests.helpers.cases import ANSWERS_ONLY
from tests.helpers.folders import DECIDE, TIGHT, TINY_QUESTIONNAIRES, TINY_RULES, WEIGH, write_folder
from tests.unit.audit.tampering import resealed

CHANGED_WEIGH = WEIGH.replace("left: 3", "right: 3")
"""The one weigh rule now speaks for the other option."""


@pytest.fixture(params=[[], ["--embed"]], ids=["small", "embedded"])
def saved(tmp_path: Path, folders: list[str | Path], request: pytest.FixtureRequest) -> Path:
    """A receipt with its rulebook beside it, and one that stands alone."""
    answers = tmp_path / "answers.yaml"
    answers.write_text("runway: short\n", "utf-8")
    path = tmp_path / "receipt.json"
    assert run("receipt", "make", answers, *request.param, "--output", path, *folders).code == 0
    return path


def shipped_texts() -> dict[str, str]:
    """The files of the shipped rules by name."""
    folder = shipped("rules")
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.yaml")}


def other_rules(tmp_path: Path, changes: dict[str, str | None]) -> Path:
    return write_folder(tmp_path / "other", TINY_RULES, changes)


def impact(tmp_path: Path, changes: dict[str, str | None], *more: str | Path) -> dict[str, Any]:
    questions = tmp_path / "questionnaires"
    where: list[str | Path] = ["--old-questionnaires", questions, "--new-questionnaires", questions]
    new = other_rules(tmp_path, changes)
    done = run("rules", "impact", tmp_path / "rules", new, *where, "--format", "json", *more)
    assert (done.code, done.err) == (0, "")
    found = json.loads(done.out)
    return dict(found)


def test_a_receipt_replays_the_same_on_its_own_rules(saved: Path, folders: list[str | Path]) -> None:
    done = run("receipt", "replay", saved, *folders)
    assert (done.code, done.err) == (0, "")
    assert "same content, byte for byte" in done.out


def test_a_receipt_replays_and_verifies_as_of_its_own_day(tmp_path: Path, folders: list[str | Path]) -> None:
    path = tmp_path / "receipt.json"
    made = run("receipt", "make", "-", "--as-of", "2027-01-31", "--output", path, *folders, given="runway: short\n")
    assert (made.code, made.err) == (0, "")
    assert json.loads(path.read_text("utf-8"))["content"]["advice"]["trace"]["as_of"] == "2027-01-31"
    assert "same content, byte for byte" in run("receipt", "replay", path, *folders).out
    assert "all of it holds" in run("receipt", "verify", path, *folders).out
    assert "no line" in run("receipt", "replay", path, "--today", *folders).out.lower()


def test_other_rules_are_refused_and_an_archive_holds_the_right_ones(
    saved: Path, folders: list[str | Path], tmp_path: Path
) -> None:
    refused = run("receipt", "replay", saved)
    assert (refused.code, refused.out) == (1, "")
    assert "Name them with --archive" in refused.err
    archive = tmp_path / "archive"
    archive.mkdir()
    nothing = run("receipt", "replay", saved, "--archive", archive)
    assert "no rules are kept here under the digest" in nothing.err
    assert run("rules", "keep", archive, *folders).code == 0
    assert "byte for byte" in run("receipt", "replay", saved, "--archive", archive).out


def test_rules_are_taken_from_a_git_revision(saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for line in (["init", "-q"], ["add", "rules", "questionnaires"],
                 ["-c", "user.name=n", "-c", "user.email=e", "commit", "-qm", "rules"]):  # fmt: skip
        subprocess.run(["git", *line], check=True, capture_output=True)
    assert "byte for byte" in run("receipt", "replay", saved, "--git", "HEAD").out
    wrong = run("receipt", "replay", saved, "--git", "nowhere")
    assert wrong.code == 1
    assert "`nowhere` cannot be taken from git" in wrong.err


def test_a_part_that_differs_is_named(saved: Path, folders: list[str | Path]) -> None:
    receipt = json.loads(saved.read_bytes())
    receipt["content"]["expires"] = "2098-01-01"
    saved.write_bytes(resealed(receipt))
    done = run("receipt", "replay", saved, *folders, "--format", "json")
    assert done.code == 1
    assert json.loads(done.out)["differing"] == ["expires"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b'"Go left"', b'"Go west"', "content_digest: it is"),
        (b'"time":"2', b'"time": "2', "the file is not canonical JSON"),
        (b'/1","id":"rcp-', b'/2","id":"rcp-', "advisor.receipt/1"),
    ],
)
def test_a_receipt_that_was_changed_is_not_replayed(
    saved: Path, folders: list[str | Path], old: bytes, new: bytes, told: str
) -> None:
    raw = saved.read_bytes()
    assert old in raw
    saved.write_bytes(raw.replace(old, new))
    done = run("receipt", "replay", saved, *folders)
    assert (done.code, done.out) == (1, "")
    assert told in done.err


def test_an_archive_whose_files_were_changed_is_told(saved: Path, folders: list[str | Path], tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    assert run("rules", "keep", archive, *folders).code == 0
    (criteria,) = archive.glob("rules/*/criteria.yaml")
    criteria.write_text(criteria.read_text("utf-8").replace("Cash", "Money"), "utf-8")
    for more in ([], ["--today"]):
        done = run("receipt", "replay", saved, *more, "--archive", archive, *folders)
        assert (done.code, done.out) == (1, "")
        assert "what is kept under this digest has another" in done.err


def test_today_names_the_rule_change_behind_each_line(saved: Path, folders: list[str | Path], tmp_path: Path) -> None:
    """With the 3 points on `right`, `left` no longer leads, so `right`, the fallback, is advised: WGH-1 did it."""
    archive = tmp_path / "archive"
    assert run("rules", "keep", archive, *folders).code == 0
    new = other_rules(tmp_path, {"weighing/tight-favors-left.yaml": CHANGED_WEIGH})
    where: list[str | Path] = ["--rules", new, "--questionnaires", folders[3]]
    done = run("receipt", "replay", saved, "--today", "--archive", archive, *where, "--format", "json")
    assert (done.code, done.err) == (0, "")
    found = json.loads(done.out)
    assert (found["option_before"], found["option_after"], found["changes"]) == ("left", "right", ["WGH-1"])
    assert {(line["how"], *line["causes"]) for line in found["lines"]} == {("alone", "WGH-1")}
    untried = run("receipt", "replay", saved, "--today", *where)
    assert "could not be tried" in untried.out


def test_changes_that_act_only_together_are_told(saved: Path, folders: list[str | Path], tmp_path: Path) -> None:
    """DEC-1 proposes `right` when `right` leads, which takes WGH-1 too: only with both does a rule propose it."""
    archive = tmp_path / "archive"
    assert run("rules", "keep", archive, *folders).code == 0
    turned = {"left": "right", "right": "left"}
    right = re.sub(r"(is|option|lead.option): (left|right)", lambda m: f"{m[1]}: {turned[m[2]]}", DECIDE)
    new = other_rules(tmp_path, {"weighing/tight-favors-left.yaml": CHANGED_WEIGH, "deciding/left-leads.yaml": right})
    where: list[str | Path] = ["--rules", new, "--questionnaires", folders[3]]
    done = run("receipt", "replay", saved, "--today", "--archive", archive, *where, "--format", "json")
    found = json.loads(done.out)
    assert found["changes"] == ["DEC-1", "WGH-1"]
    assert ("together", "DEC-1", "WGH-1") in {(line["how"], *line["causes"]) for line in found["lines"]}


@pytest.mark.long
def test_a_graver_red_flag_is_told_by_replay_and_by_impact_in_words(tmp_path: Path) -> None:
    rules = write_folder(tmp_path / "changed", shipped_texts(), {})
    page = rules / "contest" / "cash.yaml"
    before, mark, after = page.read_text("utf-8").partition("id: RED-029\n")
    page.write_text(before + mark + after.replace("severity: 2", "severity: 3", 1), "utf-8")
    saved = tmp_path / "receipt.json"
    assert run("receipt", "make", ANSWERS_ONLY / "counselor-starting-out.yaml", "--output", saved).code == 0
    today = run("receipt", "replay", saved, "--today", "--rules", rules)
    assert today.code == 0
    assert "RF10: severity 2 to 3\n    Because of: RED-029." in today.out
    assert "No line of the advice changes" not in today.out


def test_impact_says_what_of_a_rule_changed_in_words(tmp_path: Path, tiny_folders: tuple[Path, Path]) -> None:
    questions: list[str | Path] = ["--old-questionnaires", tiny_folders[1], "--new-questionnaires", tiny_folders[1]]
    new = other_rules(tmp_path, {"weighing/tight-favors-left.yaml": WEIGH.replace("left: 3", "left: 4")})
    done = run("rules", "impact", tiny_folders[0], new, *questions)
    assert done.code == 0
    assert "- WGH-1: changed\n    weigh points left: 3 to 4\n" in done.out


def test_rules_that_differ_in_words_alone_are_proved_equivalent(
    tmp_path: Path, tiny_folders: tuple[Path, Path]
) -> None:
    found = impact(tmp_path, {"deriving/tight.yaml": TIGHT.replace("Because it is so.", "It is so.")})
    told = [{"field": "why", "before": '"Because it is so."', "after": '"It is so."'}]
    assert found["rules"] == [
        {"rule": "DER-1", "how": "changed", "keys": ["why"], "changes": told, "wording_only": True}
    ]
    assert all(one["decided"] and one["case"] is None for one in found["compared"])


def test_a_condition_written_otherwise_is_proved_equivalent(tmp_path: Path, tiny_folders: tuple[Path, Path]) -> None:
    """`runway` is short, or long: to be known and not long is to be short."""
    other = TIGHT.replace("{all: [{fact: runway, is: short}]}", "{none: [{fact: runway, is: long}]}")
    found = impact(tmp_path, {"deriving/tight.yaml": other})
    told = [
        {"field": "all runway", "before": "fact runway, test is, values short", "after": ""},
        {"field": "none runway", "before": "", "after": "fact runway, test is, values long"},
    ]
    assert found["rules"] == [
        {"rule": "DER-1", "how": "changed", "keys": ["when"], "changes": told, "wording_only": False}
    ]
    assert all(one["decided"] and one["case"] is None for one in found["compared"])


def test_a_smallest_case_and_the_logged_advice_that_flips_are_found(
    tmp_path: Path, saved: Path, tiny_folders: tuple[Path, Path]
) -> None:  # `saved` leaves the answers of a short runway in the folder
    """One answer is needed, a short runway; without it nothing gives points and the two agree."""
    log = tmp_path / "log"
    folders: list[str | Path] = ["--rules", tiny_folders[0], "--questionnaires", tiny_folders[1]]
    assert run("advise", tmp_path / "answers.yaml", "--quick", "--log", log, *folders).code == 0
    assert run("advise", tmp_path / "missing.yaml", "--quick", "--log", log, *folders).code == 1
    found = impact(tmp_path, {"weighing/tight-favors-left.yaml": CHANGED_WEIGH}, "--log", log)
    cases = {one["aspect"]: one["case"] for one in found["compared"]}
    assert cases["option"]["answers"] == {"runway": "short"}
    assert (cases["option"]["old"]["option"], cases["option"]["new"]["option"]) == (["left"], ["right"])
    assert (cases["add_ons"], cases["red_flags"]) == (None, None)
    assert found["logged"] == 1
    (flip,) = found["flips"]
    assert (flip["option"], flip["new_option"]) == ("left", "right")
    assert (flip["place"], flip["of_old"], found["not_run"]) == ("log, record 1", True, [])
    assert {"field": "option", "before": "left", "after": "right"} in flip["changes"]


def test_questions_of_one_side_alone_are_left_out_and_named(tmp_path: Path, tiny_folders: tuple[Path, Path]) -> None:
    """Without `sessions`, which no rule reads, the rules are the same in every case that both can be in."""
    text = TINY_QUESTIONNAIRES["credentialing.yaml"]
    fewer = text[: text.index("      - {id: sessions")] + "contradictions: []\n"
    new = write_folder(tmp_path / "fewer", {**TINY_QUESTIONNAIRES, "credentialing.yaml": fewer})
    done = run("rules", "impact", tiny_folders[0], tiny_folders[0], "--old-questionnaires", tiny_folders[1],
               "--new-questionnaires", new)  # fmt: skip
    assert (done.code, done.err) == (0, "")
    words = " ".join(done.out.split())
    assert "proved that the main option, how sure it is, the add-ons, the red flags, the ranking and the lines" in words
    assert "sessions" in done.out
