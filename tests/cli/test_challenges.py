"""`advisor changes`, `advisor settled` and `advisor what-if`, and the repairs of `advisor why-not`."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from advisor.model.proofs import Changes, Standing
from advisor.model.what_if import WhatIf
from tests.cli.running import run

ANSWERS = Path(__file__).parents[1] / "cases" / "answers" / "counselor-starting-out.yaml"


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("saved") / "advice.json"
    assert run("advise", ANSWERS, "--quick", "--format", "json", "--output", path).code == 0
    return path


@pytest.mark.long
def test_changes_are_told_by_who_can_make_them_and_fit_the_terminal() -> None:
    done = run("changes", ANSWERS)
    assert (done.code, done.err) == (0, "")
    assert "Another choice is one changed answer away." in done.out
    assert "If you answer what you left open:" in done.out
    assert "What is as it is, but would matter:" in done.out
    assert all(len(line) <= 80 for line in done.out.splitlines())


@pytest.mark.long
def test_saved_advice_and_answers_give_the_same(saved: Path) -> None:
    for command, *rest in (("changes", "direct", "--size", "1"), ("settled",), ("what-if", "runway=five_plus")):
        assert run(command, saved, *rest) == run(command, ANSWERS, *rest)
        assert run(command, "-", *rest, given=ANSWERS.read_bytes()) == run(command, ANSWERS, *rest)


@pytest.mark.long
def test_every_result_can_be_read_back_from_json() -> None:
    assert Changes.model_validate_json(run("changes", ANSWERS, "--format", "json").out).searched_to == 2
    assert not Standing.model_validate_json(run("settled", ANSWERS, "--format", "json").out).settled
    found = WhatIf.model_validate_json(run("what-if", ANSWERS, "runway=five_plus", "--format", "json").out)
    assert found.option_before == "staged"


@pytest.mark.long
def test_size_bounds_the_changes_looked_for() -> None:
    one = json.loads(run("changes", ANSWERS, "--size", "1", "--most", "1000", "--format", "json").out)
    assert {len(found["changes"]) for found in one["sets"]} == {1}
    assert one["searched_to"] == 1
    assert run("changes", ANSWERS, "--size", "4").code == 2
    assert run("changes", ANSWERS, "--size", "0").code == 2


def test_an_unknown_goal_is_told_with_the_nearest() -> None:
    done = run("changes", ANSWERS, "RF99")
    assert (done.code, done.out) == (1, "")
    assert "`RF99`: there is nothing of this name; expected the id of an option, a red flag or a rule" in done.err


def test_what_if_takes_several_choices_and_takes_answers_away() -> None:
    found = json.loads(run("what-if", ANSWERS, "payers=commercial,medicare", "runway=", "--format", "json").out)
    changed = {change["question"]: change["then"] for change in found["changes"]}
    assert set(changed) == {"payers", "runway"}
    assert changed["runway"] == "no answer yet"


@pytest.mark.parametrize(
    ("change", "code", "told"),
    [
        ("runway", 2, "`runway` is no change; write QUESTION=ANSWER"),
        ("runway=soon", 1, "`runway`: `soon` is not a choice"),
        ("runwy=under_1", 1, "`runwy`: there is no question with this id"),
        ("license=associate", 1, "associate or trainee"),
        ("payers=none,medicaid", 1, "`payers`"),
    ],
)
def test_a_change_that_does_not_fit_is_told(change: str, code: int, told: str) -> None:
    done = run("what-if", ANSWERS, change)
    assert (done.code, done.out) == (code, "")
    assert told in done.err


def test_every_section_of_a_diff_has_its_title() -> None:
    done = run("what-if", ANSWERS, "situation=platform_exit", "platform=alma")
    assert (done.code, done.err) == (0, "")
    for title in ("Our recommendation", "Why we say so", "Red flags", "Your next five steps", "Good to know"):
        assert f"{title}\n=" in done.out


@pytest.mark.long
def test_settled_says_what_is_and_which_answers_matter_most() -> None:
    done = run("settled", ANSWERS)
    assert "open questions can still change this advice." in done.out
    assert "(top_priority)" in done.out


@pytest.mark.long
def test_why_not_ends_with_what_would_have_to_change() -> None:
    done = run("why-not", ANSWERS, "direct")
    assert "What would have to change:" in done.out
    assert "This is one changed answer away." in done.out


def test_saved_advice_is_challenged_as_of_its_own_day_alone(tmp_path: Path) -> None:
    saved = tmp_path / "advice.json"
    run("advise", ANSWERS, "--quick", "--as-of", "2027-01-31", "--format", "json", "--output", saved)
    found = run("what-if", saved, "runway=five_plus", "--format", "json")
    assert WhatIf.model_validate_json(found.out).after.trace.as_of == datetime.date(2027, 1, 31)
    assert run("what-if", saved, "runway=five_plus", "--as-of", "2027-01-31", "--format", "json") == found
    assert run("what-if", ANSWERS, "runway=five_plus", "--as-of", "2027-01-31", "--format", "json") == found
    other = run("what-if", saved, "runway=five_plus", "--as-of", "2027-02-01")
    assert other.code == 2
    assert "holds advice that was given as of 2027-01-31" in other.err
