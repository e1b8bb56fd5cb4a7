"""Who comes with one question and has others besides gets an answer to each, and none twice."""

from __future__ import annotations

import pytest

from advisor.advice import default_advisor
from advisor.model.advice import Advice
from advisor.model.answers import Raw
from tests.helpers.people import TODAY

NAMED = [choice.id for choice in default_advisor().questionnaire.by_id["also"].choices if not choice.exclusive]


def advised(brings: str, *also: str, **answers: Raw) -> Advice:
    given: dict[str, Raw] = {"brings": brings, "also": [*also], **answers}
    return default_advisor().advise(default_advisor().checked(given, TODAY))


def page_of(rule: str) -> str:
    return default_advisor().rulebase.by_id[rule].page


@pytest.mark.parametrize("page", NAMED)
def test_each_question_that_may_be_named_besides_is_answered(page: str) -> None:
    advice = advised("cash" if page == "start_own" else "start_own", page)
    answering = [page_of(advice.plan.answer.rules[0]), *(page_of(reply.rule) for reply in advice.plan.replies)]
    assert answering.count(page) == 1


def test_a_question_whose_case_is_the_answer_is_not_answered_again() -> None:
    advice = advised("leave_platform", "letter", "other_state", setup=["platform"], letter_kind="records")
    assert page_of(advice.plan.answer.rules[0]) == "letter"
    assert [page_of(reply.rule) for reply in advice.plan.replies] == ["other_state"]
