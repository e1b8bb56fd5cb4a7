"""All questions of the dossier are asked, and all its options can be advised, under the names the project agreed on."""

from __future__ import annotations

import re

from advisor.advice import Advisor
from tests.helpers.cases import all_cases

QUESTIONS = {f"Q{n:02}" for n in range(1, 54)}
BESIDE = r"H\d+|RF\d+|G\d"  # what else is asked shows a hard constraint, a red flag or an exit gate
MAIN = {
    "delegated": "R1", "direct": "R2", "staged": "R3", "hybrid_by_payer": "R4", "exit": "R6", "exit_hold": "R6",
    "stay": "R7", "group_contract": "R8", "delegate_status": "R9", "join_group": "R10", "not_yet": "R11",
    "gather_facts": "R12",
}  # fmt: skip
ADD_ONS = {"government_enrollment": "R5", "bridge": "R13"}


def test_all_53_questions_of_the_dossier_are_asked(shipped_advisor: Advisor) -> None:
    refs = {question.ref for question in shipped_advisor.questionnaire.questions}

    assert refs >= QUESTIONS
    assert [ref for ref in refs - QUESTIONS if not re.fullmatch(BESIDE, ref)] == []


def test_the_first_question_is_where_the_person_is_now(shipped_advisor: Advisor) -> None:
    first = shipped_advisor.questionnaire.questions[0]

    assert (first.id, first.ref) == ("situation", "Q01")


def test_the_options_have_the_agreed_names_and_items(shipped_advisor: Advisor) -> None:
    options = shipped_advisor.rulebase.options.values()

    assert {option.id: option.ref for option in options if option.kind == "main"} == MAIN
    assert {option.id: option.ref for option in options if option.kind == "add_on"} == ADD_ONS


def test_each_option_is_the_best_one_of_some_case() -> None:
    assert {case.option for case in all_cases() if case.option} == set(MAIN)


def test_each_add_on_is_expected_in_some_case_and_refused_in_another() -> None:
    assert {add_on for case in all_cases() for add_on in case.add_ons} == set(ADD_ONS)
    assert {add_on for case in all_cases() for add_on in case.not_add_ons} == set(ADD_ONS)


def test_each_red_flag_is_expected_in_some_case() -> None:
    assert {flag for case in all_cases() for flag in case.flags} == {f"RF{n}" for n in range(1, 21)}


def test_each_choice_of_each_question_is_given_in_some_case(shipped_advisor: Advisor) -> None:
    given: dict[str, set[str]] = {}
    for case in all_cases():
        for question, answer in case.answers.items():
            given.setdefault(question, set()).update([answer] if isinstance(answer, str) else answer)
    missing = {
        f"{question.id}: {choice.id}"
        for question in shipped_advisor.questionnaire.questions
        for choice in question.choices
        if question.id != "states" and choice.id not in given.get(question.id, set())
    }

    assert missing == set()


def test_each_state_that_a_rule_names_is_given_in_some_case(shipped_advisor: Advisor) -> None:
    read = {fact for rule in shipped_advisor.rulebase.active for fact in rule.when.facts()}
    named = {fact.removeprefix("states.") for fact in read if re.fullmatch(r"states\.[a-z]{2}", fact)}
    given = {state for case in all_cases() for state in case.answers.get("states", ())}

    assert named <= given
