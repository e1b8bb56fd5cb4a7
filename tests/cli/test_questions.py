"""`advisor questions`: every question, for people who write answer files."""

from __future__ import annotations

import json

import pytest

from advisor.advice import Advisor
from tests.cli.running import run


def test_every_question_is_listed_with_its_choices(shipped_advisor: Advisor) -> None:
    done = run("questions")
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    for question in shipped_advisor.questionnaire.questions:
        assert any(line.startswith(f"{question.id}  ({question.ref}; ") for line in lines), question.id
        for choice in question.choices:
            assert choice.id in done.out
    assert max(map(len, lines)) <= 80


def test_json_holds_all_53_items_of_the_dossier(shipped_advisor: Advisor) -> None:
    done = run("questions", "--format", "json")
    assert (done.code, done.err) == (0, "")
    listed = json.loads(done.out)
    assert [entry["id"] for entry in listed] == [question.id for question in shipped_advisor.questionnaire.questions]
    assert {entry["ref"] for entry in listed} >= {f"Q{number:02}" for number in range(1, 54)}


def test_json_says_what_an_answer_may_be(shipped_advisor: Advisor) -> None:
    listed = {entry["id"]: entry for entry in json.loads(run("questions", "--format", "json").out)}
    sessions, runway, states = listed["sessions_wanted"], listed["runway"], listed["states"]
    assert (sessions["kind"], sessions["min"], sessions["max"]) == ("number", 1, 80)
    assert sessions["unit"] == "sessions a week"
    assert (runway["kind"], runway["min"], runway["choices"][0]["id"]) == ("one", None, "under_1")
    assert states["kind"] == "several"
    assert {"id": "pa", "label": "Pennsylvania"} in states["choices"]
    assert listed["start_date"]["none_choice"] == "not_given"
    assert listed["county"]["private"] is True
    assert listed["county"]["max_length"] == 60
    conditions = {clause for entry in listed.values() for clauses in entry["when"].values() for clause in clauses}
    assert {"license is not known", "pay_compare is know_numbers"} <= conditions


def test_one_question_is_shown_with_its_help(shipped_advisor: Advisor) -> None:
    question = shipped_advisor.questionnaire.question("runway")
    done = run("questions", "runway")
    words = " ".join(done.out.split())
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("runway  (Q06; ")
    assert f"Why we ask: {question.why}" in words
    assert f"Help: {question.help}" in words
    assert json.loads(run("questions", "runway", "--format", "json").out)[0]["help"] == question.help


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("sessions_wanted", "    a whole number from 1 to 80 (sessions a week)"),
        ("county", "    a text of at most 60 characters"),
        ("start_date", "    a date, YYYY-MM-DD"),
        ("states", "    (a list of one or more)"),
    ],
)
def test_each_kind_says_what_is_wanted(question: str, line: str) -> None:
    assert line in run("questions", question).out.splitlines()


def test_a_question_that_is_not_there_ends_with_2_and_the_nearest() -> None:
    done = run("questions", "runwy")
    assert (done.code, done.out) == (2, "")
    assert "there is no question `runwy`. Did you mean `runway`" in done.err
    done = run("questions", "run\x1b[31mway")
    assert "\x1b" not in done.err
    assert "`run?[31mway`" in done.err
