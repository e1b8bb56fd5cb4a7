"""`advisor why` and `advisor why-not`: from answers or saved advice, and what is wrong with the input is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from advisor.advice import advise
from advisor.model.advice import Advice
from advisor.model.why import Why, WhyNot
from tests.cli.running import Done, run
from tests.helpers.folders import TINY_QUESTIONNAIRES, TINY_RULES, write_folder

ANSWERS = {"situation": "planning", "license": "counselor", "runway": "one_to_two", "hiring": "one_to_two"}


@pytest.fixture(scope="module")
def advice() -> Advice:
    return advise(ANSWERS)


@pytest.fixture
def saved(tmp_path: Path, advice: Advice) -> Path:
    path = tmp_path / "advice.json"
    path.write_text(advice.model_dump_json(), "utf-8")
    return path


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.yaml"
    path.write_text("".join(f"{question}: {answer}\n" for question, answer in ANSWERS.items()), "utf-8")
    return path


@pytest.mark.long
def test_saved_advice_and_the_answers_it_was_given_for_are_explained_alike(saved: Path, answers: Path) -> None:
    for line in (("why",), ("why", "WGH-017"), ("why-not", "exit")):
        command, *item = line
        by_answers = run(command, answers, *item)
        assert (by_answers.code, by_answers.err) == (0, "")
        assert run(command, saved, *item) == by_answers
        assert run(command, "-", *item, given=saved.read_bytes()) == by_answers
        assert run(command, "-", *item, given=json.dumps(ANSWERS)) == by_answers
        assert all(len(row) <= 80 for row in by_answers.out.splitlines())


def test_length_and_reader_change_what_is_shown(answers: Path) -> None:
    short = run("why", answers, "WGH-017", "--length", "sentence").out
    middle = run("why", answers, "WGH-017").out
    tree = run("why", answers, "WGH-017", "--length", "tree", "--for", "auditor").out
    assert len(short) < len(middle) < len(tree)
    assert "WGH-017" not in short + middle
    assert "WGH-017, version 1" in tree
    assert "WGH-024" in run("why-not", answers, "wgh-024", "--for", "auditor").out


@pytest.mark.long
def test_json_can_be_read_back(answers: Path) -> None:
    why = Why.model_validate_json(run("why", answers, "--format", "json").out)
    assert why.kind == "recommendation"
    why_not = WhyNot.model_validate_json(run("why-not", answers, "exit", "--format", "json").out)
    assert (why_not.item, why_not.happened) == ("exit", False)


def test_asking_the_wrong_way_round_is_answered_kindly(answers: Path, advice: Advice) -> None:
    done = run("why-not", answers, advice.recommendation.option)
    assert (done.code, done.err) == (0, "")
    assert "You asked why not, but we do recommend this:" in done.out
    done = run("why", answers, "WGH-024")
    assert (done.code, done.err) == (0, "")
    assert "This did not come into play for you" in done.out


def test_an_unknown_item_is_told_with_the_nearest(answers: Path) -> None:
    for command in ("why", "why-not"):
        done = run(command, answers, "direkt")
        assert (done.code, done.out) == (1, "")
        assert done.err.startswith("Error: there is nothing called `direkt`; expected the id of a rule")
        assert "Did you mean `direct`" in done.err
        assert "\x1b" not in run(command, answers, "\x1b[31m").err


def test_advice_of_other_rules_is_refused_with_both_versions(saved: Path, tmp_path: Path, advice: Advice) -> None:
    rules = write_folder(tmp_path / "rules", TINY_RULES)
    questionnaires = write_folder(tmp_path / "questionnaires", TINY_QUESTIONNAIRES)
    for command in (("why",), ("why-not", "left")):
        done = run(command[0], saved, *command[1:], "--rules", rules, "--questionnaires", questionnaires)
        assert (done.code, done.out) == (1, "")
        assert f"given under version {advice.rulebase.version} of the rule base" in done.err
        assert advice.rulebase.digest[:12] in done.err
        assert "the one at hand is version 1 (digest " in done.err
        assert "Run `advisor advise` on the answers again" in done.err


def test_answers_can_be_explained_under_other_rules(tmp_path: Path) -> None:
    rules = write_folder(tmp_path / "rules", TINY_RULES)
    questionnaires = write_folder(tmp_path / "questionnaires", TINY_QUESTIONNAIRES)
    folders = ("--rules", rules, "--questionnaires", questionnaires)
    done = run("why", "-", "tight", "--length", "tree", *folders, given="runway: short\n")
    assert done == Done(
        0,
        "Why: Money is tight\n===================\n\nFrom your answers, money is tight.\n\n"
        "- Because it is so.\n  - How long? You said: Short.\n",
        "",
    )


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"runwy: short\n", "there is no question with this id"),
        (b"[" * 100_000, "the nesting is more than"),
        (b"\xff", "the file is not UTF-8 text"),
        (b'{"recommendation": 1, "trace": 2}', "this is not saved advice"),
    ],
)
def test_a_file_that_is_neither_is_told(tmp_path: Path, raw: bytes, told: str) -> None:
    path = tmp_path / "some.json"
    path.write_bytes(raw)
    for command in (("why",), ("why-not", "exit")):
        done = run(command[0], path, *command[1:])
        assert (done.code, done.out) == (1, "")
        assert done.err.startswith("Error: ")
        assert told in done.err


def test_saved_advice_that_lost_a_part_is_told_and_no_fault_of_the_program(advice: Advice) -> None:
    whole = json.loads(advice.model_dump_json())
    whole["trace"]["facts"] = []
    for command in (("why", "WGH-017"), ("why-not", "exit")):
        done = run(command[0], "-", command[1], given=json.dumps(whole))
        assert (done.code, done.out) == (1, "")
        assert "this is not saved advice (a part is missing" in done.err


def test_a_missing_file_and_wrong_usage_are_told(tmp_path: Path) -> None:
    assert "there is no such file" in run("why", tmp_path / "no.yaml").err
    assert run("why").code == 2
    assert run("why-not", tmp_path / "no.yaml").code == 2
    assert run("why", "a", "b", "c").code == 2


def test_output_goes_to_a_file(answers: Path, tmp_path: Path) -> None:
    assert run("why", answers, "--output", tmp_path / "why.txt") == Done(0, "", "")
    assert (tmp_path / "why.txt").read_text("utf-8") == run("why", answers).out
