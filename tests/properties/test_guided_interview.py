"""Laws of the interview that asks what matters, on a shipped page and on small made-up rules."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import product
from math import prod
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from advisor.advice import Advisor
from advisor.errors import AdvisorError, ContradictionError, EngineError
from advisor.guidance import TellingOrder, telling_order
from advisor.interview.guide import HowSettled
from advisor.interview.session import Interview
from advisor.loading.answers import check_answers
from advisor.model.answer_check import parse_answer
from advisor.model.answers import Answer, Answers, Raw, applies
from advisor.model.questionnaire import Question, Questionnaire
from advisor.model.rule import AddOn, Conclude, NextStep, PlanRow, Recommend, RedFlag, Say, Time, Weigh
from advisor.model.rule import CaseAnswer as Case
from advisor.model.rulebase import RuleBase
from advisor.model.scope import Scope
from advisor.model.template import Template
from advisor.model.trace import Trace
from advisor.proving.next_question import Order
from advisor.proving.prover import Prover
from tests.helpers.effort import share
from tests.helpers.paged import ASKED, PAGED, advisor_of
from tests.helpers.rulebases import asking, derived, number, on, one, rule, rulebase, several, when
from tests.helpers.strategies import Plain, PlainAnswers, values_for
from tests.properties.generated_files import Folders
from tests.properties.generated_rules import rule_bases
from tests.unit.proving.brute_force import answer_of, values_of
from tests.unit.proving.made import engine_of

ADVISOR = advisor_of("letter")
QUESTIONNAIRE = ADVISOR.questionnaire
SCOPE = Scope(ADVISOR.rulebase, QUESTIONNAIRE)
PATH = SCOPE.path(ADVISOR.checked({"brings": "letter"})).questions
READ = frozenset(
    QUESTIONNAIRE.question_of_fact[fact].id
    for rule in ADVISOR.rulebase.active
    for fact in (*rule.when.facts(), *(slot for text in rule.templates() for slot in (*text.slots, *text.open_slots)))
    if fact in QUESTIONNAIRE.question_of_fact
)
"""The questions that any rule of the page reads, in a condition or in words."""


def _any(question: Question) -> st.SearchStrategy[Plain]:
    return st.one_of(
        values_for(question), values_for(question), values_for(question), st.sampled_from(["not_sure", "skip"])
    )


SAID: st.SearchStrategy[PlainAnswers] = st.fixed_dictionaries(
    {"brings": st.just("letter"), **{name: _any(QUESTIONNAIRE.question(name)) for name in PATH if name != "brings"}}
)
"""Answers of people who came with a letter to all that they can be asked."""
MOST_WAYS = 500  # ways to go on that are tried one by one


def outcome(base: RuleBase, trace: Trace) -> tuple[object, ...]:
    """What is settled once nothing that remains can change it: the main option and the case that answers, the add-ons,
    the warnings, the steps, the rows of the plan and the words to say."""
    fired = {firing.rule for firing in trace.firings}
    kinds = (RedFlag, NextStep, PlanRow, Say)
    said = {rule.id for rule in base.active if any(isinstance(a, kinds) for a in rule.actions)}
    chosen = next((p.rule for p in trace.proposals if p.standing == "recommended"), None)
    case = chosen if chosen and any(isinstance(a, Case) for a in base.by_id[chosen].actions) else None
    return trace.recommended, case, frozenset(trace.add_ons), frozenset(fired & said)


def guided() -> Interview:
    """An interview on the page, led by its rules."""
    return Interview(QUESTIONNAIRE, (), telling_order(ADVISOR), path_of=SCOPE.path)


def play(session: Interview, said: Mapping[str, Raw]) -> Iterator[Question]:
    """Answer every question with what is said, or not sure, until the end; yields each one before it is answered."""
    for _ in range(len(session.questionnaire.questions) + 1):
        question = session.current
        if question is None:
            return
        yield question
        if session.answer(said.get(question.id, "not_sure")) is not None:
            session.answer("skip")
    raise AssertionError("the interview does not end")


@given(SAID)
@settings(max_examples=share(8))
def test_it_asks_only_what_applies_and_the_ledger_agrees(said: PlainAnswers) -> None:
    session = guided()
    asked = []
    for question in play(session, said):
        assert applies(question, session.answers, QUESTIONNAIRE) is True
        if question.id not in asked:
            asked.append(question.id)
    assert asked[:2] == ["brings", "also"]
    assert set(asked) <= {*PATH}
    ledger = session.ledger()
    assert [entry.question for entry in ledger] == list(QUESTIONNAIRE.by_id)
    given_ones = {answer.question for answer in session.answers}
    in_order = sorted((e.order, e.question) for e in ledger if e.order is not None)
    assert [name for _, name in in_order] == [name for name in asked if name in given_ones]
    assert {e.question for e in ledger if e.what == "asked"} == given_ones
    assert {e.question for e in ledger if e.what == "cannot_matter"} >= {q.id for q in session.passed_over}
    assert [e for e in ledger if e.what in ("left", "not_reached")] == []


@pytest.mark.long
@given(SAID)
@settings(max_examples=share(3))
def test_the_same_answers_lead_through_the_same_questions(said: PlainAnswers) -> None:
    def run() -> tuple[list[str], str]:
        session = guided()
        return [question.id for question in play(session, said)], session.ledger().json()

    assert run() == run()


@given(SAID, st.data())
@settings(max_examples=share(8))
def test_when_it_offers_to_stop_nothing_that_remains_can_change_the_outcome(
    said: PlainAnswers, data: st.DataObject
) -> None:
    advisor, session = ADVISOR, guided()
    for _ in play(session, said):
        if session.settled.may_stop:
            break
    assume(session.conflict is None)
    assert {*SCOPE.core} <= {answer.question for answer in session.answers}
    standing = advisor.challenger.standing(session.answers)
    assert standing.settled is (session.settled is HowSettled.OUTCOME)
    assert session.unsettling == len(standing.deciding)
    settled = outcome(advisor.rulebase, advisor.trace(session.answers))
    for _ in range(5):
        rest = Interview(QUESTIONNAIRE, session.answers, path_of=SCOPE.path)
        left = rest.remaining
        assert left is not None
        while (question := rest.current) is not None:
            raw = data.draw(st.one_of(st.just("not_sure"), values_for(question), values_for(question)))
            if rest.answer(raw) is not None:
                rest.edit(question.id)
                rest.answer("not_sure")
        assert outcome(advisor.rulebase, advisor.trace(rest.answers)) == settled
        assert len(rest.answers) - len(session.answers) <= left
        if session.settled is HowSettled.OUTCOME:  # then no answer that would not be asked for changes it either
            more = Answers.of({a.question: a for a in (*rest.answers, *_not_asked(rest, data))}, QUESTIONNAIRE)
            try:
                assert outcome(advisor.rulebase, advisor.trace(more)) == settled
            except ContradictionError:
                continue


def _not_asked(session: Interview, data: st.DataObject) -> Iterator[Answer]:
    """Answers to all that was not asked, or answered "not sure" or skipped, but to what the person came with."""
    for question in QUESTIONNAIRE.questions:
        answer = session.answers.get(question.id)
        is_open = answer is None or answer.value is None
        if is_open and question.id in READ and question.id not in ADVISOR.rulebase.decision.came_with:
            yield parse_answer(question, data.draw(values_for(question)))


@given(SAID)
@settings(max_examples=share(12))
def test_never_more_questions_follow_than_the_number_said(said: PlainAnswers) -> None:
    session = guided()
    least = len(QUESTIONNAIRE.questions)
    asked = 0
    for _ in play(session, said):
        left = session.remaining
        if session.conflict is None and not session.reopened and left is not None:
            least = min(least, asked + left)
        asked += 1
    assume(len(session.answers) == asked)  # nothing was dropped or asked again
    assert asked <= least <= len(PATH)


@pytest.mark.long
@given(SAID, st.data())
@settings(max_examples=share(8))
def test_no_answer_to_what_is_passed_over_changes_a_line_of_advice(said: PlainAnswers, data: st.DataObject) -> None:
    advisor, session = ADVISOR, guided()
    for _ in play(session, said):
        pass
    assume(session.conflict is None)
    lines = _lines(advisor, session.answers)
    for question in session.passed_over:
        answer = parse_answer(question, data.draw(values_for(question)))
        more = Answers.of({a.question: a for a in (*session.answers, answer)}, QUESTIONNAIRE)
        try:
            assert _lines(advisor, more) == lines
        except ContradictionError:
            continue  # such an answer would not be taken


def _lines(advisor: Advisor, answers: Answers) -> object:
    """All that the advice says, without what it was told and what it was not."""
    return advisor.advise(answers).model_dump(exclude={"trace", "unknowns"})


HIRES, PLANS = one("hires", "yes", "no"), several("plans", "red", "blue")
ROOM = number("room", 0, 3, when=when(all=[on("hires", is_="yes")]))
SMALL = asking(one("start", "here", "there"), HIRES, ROOM, PLANS)
MADE = rulebase(
    SMALL,
    rule("D1", Conclude("tight", True), all=[on("room", at_most=1)]),
    rule("W1", Weigh("cash", {"left": 4}), all=[on("start", is_="here")], stratum="weigh"),
    rule("W2", Weigh("cash", {"right": 3}), all=[on("tight", is_=True)], stratum="weigh"),
    rule("W3", Weigh("cash", {"right": 2}), all=[on("plans.red", is_=True)], stratum="weigh"),
    rule("C1", RedFlag("F1", 2, Template.of("Stop.")), all=[on("start", is_="there")],
         none=[on("plans.blue", is_=True)], stratum="constrain"),
    rule("C2", AddOn("extra"), all=[on("hires", is_="yes"), on("start", is_="there")], stratum="constrain"),
    rule("S1", PlanRow(Time("today"), Template.of("Go."), Template.of("gone")), all=[on("plans.count", at_least=2)],
         stratum="plan"),
    rule("S2", Say(Template.of("them"), "call", Template.of("Hi.")), all=[on("hires", is_="no")],
         none=[on("plans.red", is_=True)], stratum="plan"),
    rule("P1", Recommend("left", 3, "clear"), all=[on("lead.option", is_="left")], stratum="decide"),
    rule("P2", Recommend("right", 2, "clear"), all=[on("lead.option", is_="right")], stratum="decide"),
    derived=[derived("tight", otherwise=False)],
)  # fmt: skip


def completions(
    questionnaire: Questionnaire, answers: Answers, besides: Collection[str] = frozenset()
) -> Iterator[Answers]:
    """Every way to answer the questions without an answer, leaving any of them without one, in which all count; those
    `besides` get none."""
    given_ones = {answer.question: answer for answer in answers}
    missing = [question for question in questionnaire.questions if question.id not in {*given_ones, *besides}]
    for values in product(*([None, *values_of(question)] for question in missing)):
        more = {q.id: answer_of(q, value) for q, value in zip(missing, values, strict=True) if value is not None}
        session = Interview(questionnaire, Answers.of({**given_ones, **more}, questionnaire))
        if session.conflict is None:
            kept = {answer.question for answer in session.answers}
            if kept >= {*more}:
                yield session.answers


def is_a_right_stop(
    base: RuleBase,
    questionnaire: Questionnaire,
    guide: TellingOrder,
    trace: Callable[[Answers], Trace],
    answers: Answers,
) -> bool:
    """Whether all is settled after some answers; fails when it is and some completion ends otherwise."""
    session = Interview(questionnaire, answers, guide)
    if session.settled is not HowSettled.OUTCOME:
        return False
    ends = {outcome(base, trace(whole)) for whole in completions(questionnaire, session.answers)}
    assert len(ends) == 1, session.answers.plain()
    return True


def test_on_a_small_base_every_stop_is_right_and_none_is_missed_by_trying_all() -> None:
    guide = TellingOrder(Order(Prover(MADE, SMALL)).ahead)
    trace = engine_of(MADE, SMALL)
    everything = list(completions(SMALL, Answers()))
    for answers in everything:
        ends = {outcome(MADE, trace(whole)) for whole in completions(SMALL, answers)}
        assert is_a_right_stop(MADE, SMALL, guide, trace, answers) is (len(ends) == 1), answers.plain()
    assert {trace(answers).recommended for answers in everything} == {"left", "right"}


@given(st.data())
@settings(max_examples=share(16))
def test_on_a_base_of_pages_what_is_settled_is_so_for_whoever_came_with_the_same(data: st.DataObject) -> None:
    """The prover of the pages that can speak finds what trying all finds; `rate` and `spare` open or change nothing."""
    scope, trace, said = Scope(PAGED, ASKED), engine_of(PAGED, ASKED), PlainAnswers()
    for name in data.draw(st.sets(st.sampled_from(["also", "rare", "kind", "due", "plan"]))):
        said[name] = data.draw(_any(ASKED.question(name)))
    said["brings"] = data.draw(st.sampled_from(["cut", "letter", "neither"]))
    answers = Interview(ASKED, check_answers(said, ASKED)).answers
    found = Order(Prover(PAGED, ASKED, scope.may_speak(answers))).ahead(answers)
    valued = Answers(tuple(answer for answer in answers if answer.value is not None))
    ends = {outcome(PAGED, trace(one)) for one in completions(ASKED, valued, {"also", "rate", "spare", "license"})}
    assert found.outlook.all_settled is (len(ends) == 1), answers.plain()
    assert not {"brings", "also"} & {*found.deciding, *found.detail, *found.idle}
    assert ("rate" in found.detail) is ("C2" in found.outlook.names(found.outlook.possible, "fires"))
    assert {"spare", "license"} <= {*found.idle, *(answer.question for answer in valued)}


@given(rule_bases(), st.data())
@settings(max_examples=share(10), suppress_health_check=list(HealthCheck))
def test_on_made_up_bases_every_stop_is_right_by_trying_all(texts: Folders, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        try:
            advisor = Advisor.load(*texts.write(Path(folder)))
            guide = telling_order(advisor)
        except AdvisorError:
            assume(False)
    asked = advisor.questionnaire
    session = Interview(asked, (), guide)
    for question in _until_settled(session):
        assume(session.answer(data.draw(values_for(question))) is None)
    missing = [question for question in asked.questions if session.answers.get(question.id) is None]
    assume(prod(1 + len(values_of(question)) for question in missing) <= MOST_WAYS)
    try:
        is_a_right_stop(advisor.rulebase, asked, guide, advisor.trace, session.answers)
    except EngineError:
        assume(False)  # two rules that conclude different values of one fact


def _until_settled(session: Interview) -> Iterator[Question]:
    while (question := session.current) is not None and session.settled is not HowSettled.OUTCOME:
        yield question
