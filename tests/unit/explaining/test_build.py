"""The whole advice: what it always carries, and that nothing is said without ground."""

from __future__ import annotations

import pytest

from advisor.advice import Advisor
from advisor.model.advice import Advice
from advisor.model.answers import Raw
from tests.helpers.cases import Case, advice_for, all_cases

EVERY_TENTH = all_cases()[::10]


@pytest.fixture(params=EVERY_TENTH, ids=lambda case: case.name)
def advice(request: pytest.FixtureRequest) -> Advice:
    case: Case = request.param
    return advice_for(case)


def test_what_every_reader_must_be_told_is_always_there(advice: Advice, shipped_advisor: Advisor) -> None:
    told = [(line.id, line.text) for line in advice.disclosures]
    standing = list(shipped_advisor.rulebase.about.disclosures)
    assert told[: len(standing)] == standing
    extra = {name for name, _ in told[len(standing) :]}
    leans = any(reason.leans_with_publisher for reason in advice.reasons)
    grades = {shipped_advisor.rulebase.sources[s].grade for reason in advice.reasons for s in reason.sources}
    assert ("bias_note" in extra) is leans
    assert ("composite_note" in extra) is ("composite" in grades)
    assert extra <= {"bias_note", "composite_note"}


def test_the_advice_expires_with_the_first_of_its_rules(advice: Advice, shipped_advisor: Advisor) -> None:
    dates = [shipped_advisor.rulebase.by_id[firing.rule].review_by for firing in advice.trace.firings]
    assert advice.review_by == sorted(dates)[0]


def test_every_source_that_is_named_is_described_once_and_no_other(advice: Advice) -> None:
    named = {source for reason in advice.reasons for source in reason.sources}
    for lines in (advice.red_flags, advice.next_steps, advice.later_steps, advice.notes, advice.figures):
        named |= {source for line in lines for source in line.sources}
    named |= {source for case in advice.options for line in (*case.pros, *case.cons) for source in line.sources}
    plan = advice.plan
    named |= {*plan.answer.sources} | {source for row in plan.rows for source in row.sources}
    named |= {source for line in (*plan.lines, *([plan.other] if plan.other else [])) for source in line.sources}
    assert sorted(note.id for note in advice.sources) == sorted(named)
    assert all(note.grade_means and note.dated and note.accessed for note in advice.sources)


def test_the_margin_is_told_only_when_the_points_decided(advice: Advice) -> None:
    said, contest = advice.recommendation, advice.trace.contest
    if said.margin is not None:
        assert said.margin == contest.margin
        assert contest.order[0] == said.option
    elif contest.order[:1] == (said.option,) and len(contest.order) > 1:
        assert "by_margin" not in {p.confidence for p in advice.trace.proposals if p.standing == "recommended"}


def test_an_answer_that_does_not_apply_is_set_aside_in_a_sentence(shipped_advisor: Advisor) -> None:
    answers: dict[str, Raw] = {"situation": "planning", "license": "counselor", "dea": "all_states"}
    advice = shipped_advisor.advise(answers)
    question = shipped_advisor.questionnaire.question("dea")
    template = shipped_advisor.rulebase.wording["set_aside"]
    assert advice.trace.set_aside == ("dea",)
    assert advice.set_aside == (template.replace("{question}", question.text),)


def test_without_any_answer_the_advice_is_to_find_out_more(shipped_advisor: Advisor) -> None:
    advice = shipped_advisor.advise({})
    assert advice.recommendation.option == shipped_advisor.rulebase.decision.fallback
    assert advice.recommendation.confidence == "provisional"
    assert advice.disclosures
    assert advice.proofs is None
    assert {line.question for line in advice.unknowns} >= {"situation", "license"}
