"""Which questions are put to whom, and which pages can come to speak."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from advisor.advice import Advisor, default_advisor
from advisor.interview.session import Interview
from advisor.loading.answers import check_answers
from advisor.model.answers import Raw
from advisor.model.condition import ALWAYS, Knowledge
from advisor.model.path import Path
from advisor.model.questionnaire import Question
from advisor.model.scope import Scope
from tests.helpers.paged import ASKED, PAGED
from tests.helpers.people import TODAY, answer
from tests.helpers.rulebases import rulebase

CORE = ("brings", "also", "license", "rare")
SCOPE = Scope(PAGED, ASKED)


def path(**raw: Raw) -> Path:
    return SCOPE.path(check_answers(raw, ASKED))


def may_speak(**raw: Raw) -> set[str] | None:
    found = SCOPE.may_speak(check_answers(raw, ASKED))
    return None if found is None else set(found)


def test_everyone_gets_the_core_and_more_may_follow_until_all_that_opens_pages_is_asked() -> None:
    assert path() == Path(CORE, whole=False)
    assert not path(brings="neither", also=["nothing"]).whole
    assert path(brings="neither", also=["nothing"], rare=["none"]) == Path(CORE)


def test_the_questions_of_a_page_come_in_its_own_order() -> None:
    assert path(brings="cut", also="skip", rare="not_sure") == Path((*CORE, "plan", "rate"))
    assert path(brings="letter", also=["nothing"], rare=["none"]) == Path((*CORE, "due", "rate", "kind"))


def test_the_page_of_the_main_question_comes_first_and_each_question_once() -> None:
    assert path(brings="cut", also=["letter"], rare=["none"]).questions == (*CORE, "plan", "rate", "due", "kind")
    assert path(brings="letter", also=["cut"], rare=["none"]).questions == (*CORE, "due", "rate", "kind", "plan")
    assert path(brings="neither", also=["cut"], rare=["dated"]).questions == (*CORE, "due", "rate", "kind", "plan")


def test_of_a_page_that_is_not_of_the_main_question_only_the_first_questions_are_put() -> None:
    few = Scope(replace(PAGED, decision=replace(PAGED.decision, asked_also=1)), ASKED)

    def put(**raw: Raw) -> tuple[str, ...]:
        return few.path(check_answers(raw, ASKED)).questions

    assert put(brings="cut", also=["letter"], rare=["none"]) == (*CORE, "plan", "rate", "due")
    assert put(brings="letter", also=["cut"], rare=["none"]) == (*CORE, "due", "rate", "kind", "plan")
    assert put(brings="neither", also=["cut"], rare=["dated"]) == (*CORE, "due", "plan")
    assert put(brings="skip", also=["cut"], rare=["none"]) == (*CORE, "plan", "rate")

    speaking = {"topic.cut": True, "topic.letter": True}
    assert few.concerns("rate", Knowledge({**speaking, "brings": "cut"}))
    assert not few.concerns("kind", Knowledge({**speaking, "brings": "cut"}))
    assert few.concerns("kind", Knowledge(speaking))


def test_where_no_page_names_questions_all_are_put_the_core_first() -> None:
    made = Scope(rulebase(ASKED), ASKED)
    rest = tuple(name for name in ASKED.by_id if name not in CORE)
    assert made.path(check_answers({}, ASKED)) == Path((*CORE, *rest))
    assert made.concerns("spare", Knowledge({}))


def test_a_question_concerns_those_to_whom_a_page_of_it_speaks() -> None:
    known = Knowledge({"topic.cut": True, "topic.letter": False})
    assert [name for name in ASKED.by_id if SCOPE.concerns(name, known)] == [*CORE[:3], "rare", "rate", "plan"]


def test_a_page_can_come_to_speak_by_what_is_open_but_not_by_what_the_person_came_with() -> None:
    assert may_speak(brings="cut", also=["nothing"]) == {"topics", "cut", "letter"}  # `rare` is open
    assert may_speak(brings="cut", also=["nothing"], rare="skip") == {"topics", "cut", "letter"}
    assert may_speak(brings="cut", also=["nothing"], rare=["none"]) == {"topics", "cut"}
    assert may_speak(brings="cut", rare=["none"]) == {"topics", "cut"}
    assert may_speak(brings="neither", also=["letter"], rare=["none"]) == {"topics", "letter"}


@pytest.mark.parametrize("brings", [{}, {"brings": "skip"}])
def test_nothing_is_known_of_a_person_who_did_not_say_what_they_came_with(brings: dict[str, Raw]) -> None:
    assert may_speak(**brings, also=["letter"]) is None


def asked_by(advisor: Advisor, page: str) -> tuple[str, ...]:
    """What a page asks, with what is asked of each entry."""
    named = [advisor.questionnaire.question(name) for name in advisor.rulebase.pages[page].questions]
    return tuple(name for question in named for name in (question.id, *question.parts))


def most_asked(advisor: Advisor, path: Path) -> int:
    """How many questions of a path one person can be asked: what is asked of as many entries as there may be, or,
    where these are not named, the questions that would have followed from them. A person gives one answer to a question
    with one choice, so of questions that want different ones only those of the choice with most of them count."""
    asked = [advisor.questionnaire.question(name) for name in path.questions]
    forks = [question for question in asked if question.kind == "one"]
    return min(
        max(_counted([q for q in asked if _may_follow(q, fork.id, said)]) for said in _said(fork)) for fork in forks
    )


def _counted(asked: list[Question]) -> int:
    spared = sum(question.filled is not None for question in asked)
    parts = sum(len(question.parts) for question in asked)
    about_entries = sum(question.most * len(question.each) for question in asked)
    return len(asked) - parts - spared + max(about_entries, spared)


def _said(fork: Question) -> tuple[str | None, ...]:
    return (*(choice.id for choice in fork.choices), None)


def _may_follow(question: Question, fork: str, said: str | None) -> bool:
    """Whether it can still be asked of who said this there; None is no answer, which lets no value be tested."""
    known = Knowledge({} if said is None else {fork: said})
    tested = {"is", "one_of"}
    return (
        question.when.truth_by(
            lambda clause: (
                False if said is None and clause.fact == fork and clause.test in tested else clause.truth(known)
            )
        )
        is not False
    )


@pytest.mark.parametrize("seed", range(2))
def test_nobody_is_asked_more_than_was_counted_not_even_who_ticks_all_there_is(seed: int) -> None:
    advisor, chance = default_advisor(), Random(seed)
    scope = Scope(advisor.rulebase, advisor.questionnaire)
    for choice in advisor.questionnaire.question("brings").choices:
        given: dict[str, Raw] = {"brings": choice.id, "also": ["nothing"], "rare": ["none_of_these"]}
        session = Interview(advisor.questionnaire, advisor.checked(given), path_of=scope.path, as_of=TODAY)
        asked = len(given)
        while (question := session.current) is not None:
            asked += 1
            if session.answer(_all_there_is(chance, question)) is not None:
                session.answer("skip")
        assert asked <= most_asked(advisor, scope.path(session.answers)), choice.id


def _all_there_is(chance: Random, question: Question) -> Raw:
    """An answer that opens as many questions as it can: every choice that can be picked together."""
    if question.kind == "several":
        return [choice.id for choice in question.choices if not choice.exclusive][: question.most or None]
    return answer(chance, question)


LEADS_ON: dict[str, dict[str, Raw]] = {
    "one_plan": {"plan_trouble": "rate_cut"},  # it can be all pay that is meant
    "leave_job": {"notice_given": "no"},  # they can have left already
}
"""Of a question that another page can come to answer, the answers with which it is its own page's."""


def test_who_has_left_the_job_is_asked_what_those_are_asked_who_start() -> None:
    advisor = default_advisor()
    scope = Scope(advisor.rulebase, advisor.questionnaire)
    for gone in ({"notice_given": "left"}, {"notice_given": "yes", "last_day": "2026-09-30"}):
        given: dict[str, Raw] = {"brings": "leave_job", "also": ["nothing"], "rare": ["none_of_these"], **gone}
        found = scope.path(advisor.checked(given, TODAY))
        assert found.whole
        assert set(asked_by(advisor, "start_own")) <= set(found.questions)
        assert "job_ask" not in found.questions
        assert most_asked(advisor, found) <= 51


def test_every_question_that_people_bring_leads_to_few_questions() -> None:
    advisor = default_advisor()
    scope = Scope(advisor.rulebase, advisor.questionnaire)
    brings = advisor.questionnaire.question("brings")
    for choice in brings.choices:
        nothing_more: dict[str, Raw] = {"also": ["nothing"], "rare": ["none_of_these"], "independent": "yes"}
        if choice.id in LEADS_ON:
            assert not scope.path(advisor.checked({"brings": choice.id, **nothing_more})).whole
            nothing_more |= LEADS_ON[choice.id]
        answers = advisor.checked({"brings": choice.id, **nothing_more})
        found = scope.path(answers)
        assert found.whole
        assert found.questions[: len(scope.core)] == scope.core
        assert set(asked_by(advisor, choice.id)) <= set(found.questions)
        of_everybody = [name for name in found.questions if advisor.questionnaire.question(name).when == ALWAYS]
        assert len(of_everybody) <= 30, choice.id
        assert most_asked(advisor, found) <= 51, choice.id
        speaking = {page for page in scope.may_speak(answers) or () if advisor.rulebase.pages[page].questions}
        assert speaking == {choice.id}


@pytest.mark.parametrize(
    ("situation", "page"), [("planning", "start_own"), ("platform_exit", "leave_platform"), ("offered_place", "offer")]
)
def test_who_said_only_where_they_stand_gets_the_page_that_the_rules_give_them(situation: str, page: str) -> None:
    advisor = default_advisor()
    scope = Scope(advisor.rulebase, advisor.questionnaire)
    found = scope.path(advisor.checked({"situation": situation}))
    assert set(found.questions) == {*scope.core, *asked_by(advisor, page)}
    assert not found.whole
