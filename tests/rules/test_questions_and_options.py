"""All questions of the dossier are asked, and all its options can be advised, under the names the project agreed on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import pytest

from advisor.advice import Advisor
from advisor.model.answers import Raw
from advisor.model.questionnaire import asked_of
from tests.helpers.cases import all_cases
from tests.helpers.page_people import firing_people

QUESTIONS = {f"Q{n:02}" for n in range(1, 54)}
BESIDE = r"H\d+|RF\d+|G\d|Q[78]\d"  # a hard constraint, a red flag, an exit gate, or what anyone is asked since
OF_PAGES = r"P\d\d|S4|R7|N\d\d"  # a playbook, what stands in for one, or a number that is taken and not asked
MAIN = {
    "delegated": "R1", "direct": "R2", "staged": "R3", "hybrid_by_payer": "R4", "exit": "R6", "exit_hold": "R6",
    "stay": "R7", "group_contract": "R8", "delegate_status": "R9", "join_group": "R10", "not_yet": "R11",
    "gather_facts": "R12", "mend": "P00", "stay_cash": "P00", "leave_plans": "P00", "decline_offer": "P00",
    "wind_down": "P00",
}  # fmt: skip
ADD_ONS = {"government_enrollment": "R5", "bridge": "R13", "keep_job": "P00", "appeal": "P00", "opt_out": "P00"}
WITH_A_CASE_AGAINST = {"government_enrollment", "bridge"}


def test_all_53_questions_of_the_dossier_are_asked(shipped_advisor: Advisor) -> None:
    refs = {question.ref for question in shipped_advisor.questionnaire.questions}

    assert refs >= QUESTIONS
    assert [ref for ref in refs - QUESTIONS if not re.fullmatch(rf"{BESIDE}|{OF_PAGES}", ref)] == []


def test_the_first_question_is_what_brings_the_person(shipped_advisor: Advisor) -> None:
    first = shipped_advisor.questionnaire.questions[0]

    assert (first.id, first.ref) == ("brings", "Q70")


def test_each_question_that_people_bring_has_a_page(shipped_advisor: Advisor) -> None:
    brings = shipped_advisor.questionnaire.questions[0]

    assert {choice.id for choice in brings.choices} == {
        page.id for page in shipped_advisor.rulebase.pages.values() if page.questions
    }


def test_the_options_have_the_agreed_names_and_items(shipped_advisor: Advisor) -> None:
    options = shipped_advisor.rulebase.options.values()

    assert {option.id: option.ref for option in options if option.kind == "main"} == MAIN
    assert {option.id: option.ref for option in options if option.kind == "add_on"} == ADD_ONS


def test_each_option_is_the_best_one_of_some_case() -> None:
    assert {case.option for case in all_cases() if case.option} == set(MAIN)


def test_each_add_on_is_expected_in_some_case_and_the_older_ones_refused_in_another() -> None:
    assert {add_on for case in all_cases() for add_on in case.add_ons} == set(ADD_ONS)
    assert {add_on for case in all_cases() for add_on in case.not_add_ons} >= WITH_A_CASE_AGAINST


def test_each_red_flag_is_expected_in_some_case() -> None:
    assert {flag for case in all_cases() for flag in case.flags} >= {f"RF{n}" for n in range(1, 21)}


@pytest.mark.long
def test_choices_are_given_by_some_case_or_person_of_a_page(shipped_advisor: Advisor) -> None:
    """Each choice of the questions of the dossier; of the pages' own questions, an answer at least; and of what is
    asked of every entry alike, of one entry at least."""
    given: dict[str, set[str]] = {}
    for person in _everyone():
        for question, answer in person.items():
            given.setdefault(question, set()).update(str(one) for one in _several(answer))
    questions = [q for q in shipped_advisor.questionnaire.questions if q.id != "states"]
    dossiers = [q for q in questions if not re.fullmatch(rf"{OF_PAGES}|Q[78]\d", q.ref)]
    missing = {f"{q.id}: {choice.id}" for q in dossiers for choice in q.choices if choice.id not in given[q.id]}

    assert missing == set()
    alike = [{asked_of(q.id, choice.id, name) for choice in q.choices} for q in questions for name in q.each]
    answered = set(given).union(*(parts for parts in alike if parts & set(given)))
    assert {q.id for q in questions} - answered == set()


@pytest.mark.long
def test_each_state_that_a_rule_names_is_given_by_some_case_or_person_of_a_page(shipped_advisor: Advisor) -> None:
    read = {fact for rule in shipped_advisor.rulebase.active for fact in rule.when.facts()}
    named = {fact.removeprefix("states.") for fact in read if re.fullmatch(r"states\.[a-z]{2}", fact)}
    given = {state for person in _everyone() for state in _several(person.get("states", ()))}

    assert named <= given


def _everyone() -> Iterator[Mapping[str, Raw]]:
    yield from (case.answers for case in all_cases())
    yield from (answers.plain() for firing in firing_people().values() for answers in firing)


def _several(answer: Raw) -> Sequence[Raw]:
    return answer if isinstance(answer, list | tuple) else (answer,)
