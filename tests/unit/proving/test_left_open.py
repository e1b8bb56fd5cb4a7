"""Numbers that are left open: their tests come out in every way that whole numbers can, and in no other."""

from __future__ import annotations

import datetime

import pytest

from advisor.advice import default_advisor
from advisor.model.answers import Raw
from advisor.proving.changes import after, another_option, firing
from advisor.proving.encode_answers import ordered
from advisor.proving.literals import Literal
from advisor.proving.search import search
from advisor.proving.solver import Solver
from tests.helpers.people import TODAY

TESTS = (Literal("x", "ge", (30,)), Literal("x", "le", (10,)), Literal("x", "ge", (0,)))


def test_tests_of_a_number_left_open_come_out_as_for_some_number() -> None:
    solver = Solver("\n".join(["there.", *ordered("x", TESTS, "there")]))
    at_least_30, at_most_10, at_least_0 = (test.text for test in TESTS)
    assert not solver.possible([at_least_30, at_most_10])
    assert not solver.possible([at_least_30], [at_least_0])
    assert solver.possible([at_most_10, at_least_0])
    assert solver.possible([], [at_least_30, at_most_10])


def test_a_number_that_is_not_there_passes_no_test() -> None:
    solver = Solver("\n".join(["{ there }.", *ordered("x", TESTS, "there")]))
    assert not any(solver.possible([test.text], ["there"]) for test in TESTS)


def test_a_runway_and_months_saved_that_differ_still_lead_to_advice() -> None:
    answers: dict[str, Raw] = {"brings": "start_own", "runway": "under_1", "months_saved": 6}
    assert default_advisor().advise(answers).recommendation.option


@pytest.mark.long
def test_a_set_that_changes_what_an_open_figure_reads_holds_when_the_rules_are_run() -> None:
    advisor = default_advisor()
    answers = advisor.checked(
        {"brings": "start_own", "license": "psychologist", "setup": ["cash"], "control": "must", "client_source": "own"}
    )
    now = advisor.trace(answers).recommended
    only = ("start_savings", "monthly_bills", "caqh")
    found = search(advisor.challenger.prover(answers), answers, another_option(now), up_to=2, only=only).found
    tied = [one for one in found if {change.question for change in one.changes} == {"start_savings", "monthly_bills"}]
    assert tied
    for one in found:
        trace = advisor.trace(after(answers, one.changes, advisor.questionnaire))
        assert trace.recommended == one.option != now
        assert not any(change.span for change in one.changes)


@pytest.mark.long
def test_a_date_leads_somewhere_only_by_a_day_that_does() -> None:
    advisor = default_advisor()
    given: dict[str, Raw] = {"brings": "leave_job", "license": "counselor", "setup": ["job"], "notice_given": "yes"}
    answers = advisor.checked(given, TODAY)
    assert "QUE-117" not in {fired.rule for fired in advisor.trace(answers).firings}  # the last day is not told
    goal = firing("QUE-117", fires=True)  # the last day is past
    (one,) = search(advisor.challenger.prover(answers), answers, goal, up_to=1, only=("last_day",)).found
    (change,) = one.changes
    assert datetime.date.fromisoformat(str(change.members[0])) < TODAY
    trace = advisor.trace(after(answers, one.changes, advisor.questionnaire))
    assert "QUE-117" in {fired.rule for fired in trace.firings}
    assert trace.recommended == one.option
