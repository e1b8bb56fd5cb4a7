"""`advisor sensitivity`: for answers or saved advice, as text or JSON, and what is said of anything else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from advisor.advice import advise, default_advisor
from advisor.explaining.sensitivity import sensitivity
from advisor.model.sensitivity import Sensitivity
from advisor.rendering.sensitivity_text import render_sensitivity
from tests.cli.running import Done, run

ANSWERS = {
    "situation": "planning", "license": "counselor", "runway": "one_to_two", "hiring": "one_to_two",
    "county": "Quiet County",
}  # fmt: skip


@pytest.fixture(scope="module")
def expected() -> Sensitivity:
    made = default_advisor()
    return sensitivity(made.rulebase, made.trace(ANSWERS), lambda struck: made.trace(ANSWERS, struck))


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.yaml"
    path.write_text("".join(f"{question}: {answer}\n" for question, answer in ANSWERS.items()), "utf-8")
    return path


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "advice.json"
    path.write_text(advise(ANSWERS).model_dump_json(), "utf-8")
    return path


@pytest.mark.long
def test_an_answers_file_gives_the_page(answers: Path, expected: Sensitivity) -> None:
    done = run("sensitivity", answers)
    assert done == Done(0, render_sensitivity(expected, default_advisor().rulebase.wording, 80), "")
    assert done.out.startswith("How much hangs on our judgment\n")


@pytest.mark.long
def test_saved_advice_gives_the_same_page_as_its_answers(answers: Path, saved: Path) -> None:
    assert "(private)" in saved.read_text("utf-8")  # the county is left out of saved advice, but counts as told
    assert run("sensitivity", saved) == run("sensitivity", answers)


@pytest.mark.long
def test_both_may_come_from_standard_input(answers: Path, saved: Path) -> None:
    page = run("sensitivity", answers)
    assert run("sensitivity", "-", given=answers.read_bytes()) == page
    assert run("sensitivity", "-", given=json.dumps(ANSWERS)) == page
    assert run("sensitivity", "-", given=run("advise", answers, "--format", "json").out) == page


@pytest.mark.long
def test_json_can_be_read_back_and_is_the_same_each_time(answers: Path, expected: Sensitivity) -> None:
    done = run("sensitivity", answers, "--format", "json")
    assert (done.code, done.err) == (0, "")
    assert Sensitivity.model_validate_json(done.out) == expected
    assert run("sensitivity", answers, "--format", "json") == done
    ends = [line["holds"]["high"] for line in json.loads(done.out)["weights"]]
    assert {type(end) for end in ends} <= {str, type(None)}


@pytest.mark.long
def test_the_page_can_be_written_to_a_file(answers: Path, tmp_path: Path) -> None:
    assert run("sensitivity", answers, "--output", tmp_path / "page.txt") == Done(0, "", "")
    assert (tmp_path / "page.txt").read_text("utf-8") == run("sensitivity", answers).out


def test_other_rules_can_be_named(tiny_folders: tuple[Path, Path], tmp_path: Path) -> None:
    rules, questionnaires = tiny_folders
    (tmp_path / "answers.yaml").write_text("runway: short\n", "utf-8")
    options = ("--rules", rules, "--questionnaires", questionnaires)
    done = run("sensitivity", tmp_path / "answers.yaml", "--format", "json", *options)
    assert (done.code, done.err) == (0, "")
    found = Sensitivity.model_validate_json(done.out)
    # Cash gives left 3: at 0 both have nothing, left is listed first, and so it leads at any weight.
    assert [(line.criterion, line.bearing, line.points) for line in found.weights] == [
        ("cash", "never_changes", {"left": 3})
    ]
    # Without DER-1 there are no points, and left leads by 0; without WGH-1 as well. Without DEC-1 nothing is proposed.
    assert [(line.rule, line.after and line.after.option, line.changes) for line in found.strikes] == [
        ("DEC-1", "right", ("option", "confidence")),
        ("DER-1", "left", ("confidence",)),
        ("WGH-1", "left", ("confidence",)),
    ]
    assert found.evidence == ()


def test_advice_of_other_rules_is_refused(saved: Path, tiny_folders: tuple[Path, Path]) -> None:
    done = run("sensitivity", saved, "--rules", tiny_folders[0], "--questionnaires", tiny_folders[1])
    assert (done.code, done.out) == (1, "")
    assert "this advice was given under version " in done.err
    assert "and the one at hand is version 1 (digest " in done.err
    assert "Run `advisor advise` on the answers again" in done.err


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"runwy: under_1\n", "`runway`"),
        (b"runway: soon\n", "`soon` is not a choice"),
        (b'{"trace": 1, "recommendation": 2}', "this is not saved advice"),
        (b'{"trace" "recommendation"' + b"[" * 100_000, "this is not saved advice"),
        (b"\xff", "the file is not UTF-8 text"),
        (b'{"recommendation", "trace"\xff', "the file is not UTF-8 text"),
    ],
)
def test_what_is_neither_is_told(tmp_path: Path, raw: bytes, told: str) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_bytes(raw)
    done = run("sensitivity", path)
    assert (done.code, done.out) == (1, "")
    assert told in done.err


def test_advice_that_was_cut_is_told(saved: Path) -> None:
    whole: dict[str, Any] = json.loads(saved.read_text("utf-8"))
    del whole["trace"]["contest"]
    done = run("sensitivity", "-", given=json.dumps(whole))
    assert (done.code, done.out) == (1, "")
    assert "standard input: `trace.contest`: this is not saved advice (this key is missing)" in done.err


def test_a_missing_file_and_wrong_usage_are_told(tmp_path: Path) -> None:
    assert "there is no such file" in run("sensitivity", tmp_path / "no.yaml").err
    assert run("sensitivity").code == 2
    assert run("sensitivity", "a", "--format", "markdown").code == 2
