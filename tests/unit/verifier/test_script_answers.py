"""What the verifying script takes as an answer: the same as the questionnaire does."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from advisor.advice import Advisor
from advisor.audit.receipts import Receipts
from advisor.audit.recording.quoting import quoted_question
from advisor.audit.recording.seal import plain, receipt_bytes
from advisor.errors import AnswerProblem
from advisor.model.answer_check import parse_answer
from advisor.model.questionnaire import Choice, Question
from advisor.verifier.conditions import fits
from tests.unit.audit.tampering import TIME, first_problem, resealed

CHOICES = tuple(Choice(name, name, name, exclusive=name == "none") for name in ("a", "b", "none"))


def question(kind: Any, **more: Any) -> Question:
    return Question("q", "Q1", "s", "Text?", "Why.", "Help.", kind, **more)


@pytest.mark.parametrize(
    ("asked", "value", "taken"),
    [
        (question("several", choices=CHOICES), ["a", "b"], True),
        (question("several", choices=CHOICES), ["none"], True),
        (question("several", choices=CHOICES), ["a", "none"], False),
        (question("several", choices=CHOICES), [], False),
        (question("one", choices=CHOICES), "a", True),
        (question("one", choices=CHOICES), "c", False),
        (question("number", unit="weeks", minimum=0, maximum=9), 9, True),
        (question("number", unit="weeks", minimum=0, maximum=9), 10, False),
        (question("date"), "2028-02-29", True),
        (question("date"), "2027-02-29", False),
        (question("date", earliest=date(2000, 1, 1), latest=date(2049, 12, 31)), "2000-01-01", True),
        (question("date", earliest=date(2000, 1, 1), latest=date(2049, 12, 31)), "1999-12-31", False),
        (question("date", earliest=date(2000, 1, 1), latest=date(2049, 12, 31)), "2050-01-01", False),
        (question("text", max_length=3), "abc", True),
        (question("text", max_length=3), "abcd", False),
    ],
)
def test_the_script_and_the_questionnaire_take_the_same_values(asked: Question, value: Any, taken: bool) -> None:
    assert fits(plain(quoted_question(asked)), value) is taken
    if taken:
        parse_answer(asked, value)
    else:
        with pytest.raises(AnswerProblem):
            parse_answer(asked, value)


def test_a_list_with_a_choice_twice_or_out_of_order_is_not_as_receipts_have_it() -> None:
    quoted = plain(quoted_question(question("several", choices=CHOICES)))
    assert not fits(quoted, ["a", "a"])
    assert not fits(quoted, ["b", "a"])


def test_answers_that_the_questionnaire_refuses_together_are_told(tiny_advisor: Advisor) -> None:
    receipt = json.loads(receipt_bytes(Receipts(tiny_advisor).make({"runway": "short"}, TIME)))
    clause: dict[str, Any] = {"fact": "runway", "test": "is", "values": ["short"]}
    clash: dict[str, Any] = {"id": "clash", "between": ["runway", "sessions"], "text": "Both?"}
    clash["when"] = {"all": [clause], "any": [], "none": []}
    receipt["content"]["contradictions"] = [clash]
    assert first_problem(resealed(receipt)) == "answers to runway and sessions: they cannot all be true (clash)"
    clause["values"] = ["long"]
    assert first_problem(resealed(receipt)) is None
