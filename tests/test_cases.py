"""Every case under tests/cases gets the advice that was reasoned out for it, and every piece of advice keeps the rules
that hold for all of them."""

from __future__ import annotations

import pytest

from advisor.advice import Advisor
from advisor.model.advice import Advice
from tests.helpers.cases import Case, advice_for, all_cases, bans_broken_by, printed, surprises
from tests.helpers.effort import long_but_every

CASES = all_cases()
VIGNETTES = 13
MOST_STOPS, FEWEST_ROWS, MOST_ROWS = 5, 3, 7


@pytest.fixture(params=[pytest.param(c, id=c.name, marks=pytest.mark.xdist_group(c.file)) for c in CASES])
def case(request: pytest.FixtureRequest) -> Case:
    chosen: Case = request.param
    return chosen


@pytest.fixture
def advice(case: Case) -> Advice:
    return advice_for(case)


def test_the_person_gets_the_expected_advice(case: Case, advice: Advice) -> None:
    assert surprises(case, advice) == []


@pytest.mark.parametrize("one", long_but_every(4, CASES), ids=lambda one: one.file)
def test_nothing_printed_breaks_a_ban(one: Case, shipped_advisor: Advisor) -> None:
    assert bans_broken_by(printed(advice_for(one)), shipped_advisor.rulebase.bans) == []


def _there_is_one_main_option_and_a_second_that_is_not_ruled_out(case: Case, advice: Advice) -> None:
    main = {option.option for option in advice.options if option.kind == "main"}
    standing = {case.option: case.standing for case in advice.options if case.kind == "main"}
    first, second = advice.recommendation.option, advice.recommendation.runner_up

    assert first in main
    assert second in main
    assert first != second
    assert [option for option, stands in standing.items() if stands == "recommended"] == [first]
    assert [option for option, stands in standing.items() if stands == "runner_up"] == [second]
    for option in advice.options:
        if option.option in (first, second):
            assert option.ruled_out_by == ()


def _at_most_four_reasons_each_rest_on_an_answer_of_this_person(case: Case, advice: Advice) -> None:
    assert 1 <= len(advice.reasons) <= 4
    for reason in advice.reasons:
        assert any(_comes_from_an_answer(advice, fact) for fact in reason.facts), reason.rule


def _comes_from_an_answer(advice: Advice, fact: str) -> bool:
    """Whether a fact is an answer that was given, or was worked out from one by rules or sums."""
    records = {record.fact: record for record in advice.trace.facts}
    firings = {firing.rule: firing for firing in advice.trace.firings}
    seen: set[str] = set()
    open_facts = [fact]
    while open_facts:
        name = open_facts.pop()
        record = records.get(name)
        if record is None or name in seen:
            continue
        seen.add(name)
        if record.origin == "answer" and (record.value is not None or record.said is not None):
            return True
        if record.origin == "machine" and name == "unknown_share":
            return True  # it counts the questions this person left open
        if record.origin == "machine" and name.startswith("lead."):
            return bool(advice.trace.tallies)
        open_facts += [matched for rule in record.by if rule in firings for matched in firings[rule].matched]
    return False


def _the_plan_page_keeps_what_it_promises(case: Case, advice: Advice) -> None:
    page = advice.plan
    shown = [row for row in page.rows if row.shown]

    assert page.answer.text
    assert page.answer.how_sure
    assert len(page.stops) <= MOST_STOPS
    assert len(shown) <= MOST_ROWS
    assert not case.answers.get("brings") or len(shown) >= FEWEST_ROWS
    assert all(row.when and row.do for row in page.rows)
    assert all(row.do.split()[0][0].isupper() for row in page.rows)
    assert len({row.do for row in page.rows}) == len(page.rows)
    dated = [row.due for row in shown if row.due is not None]
    assert dated == sorted(dated)


def _steps_stand_in_time_order_and_say_when_and_why(case: Case, advice: Advice) -> None:
    steps = (*advice.next_steps, *advice.later_steps)

    assert all(step.timing and step.text and step.why for step in steps)
    assert [step.order for step in steps] == sorted(step.order for step in steps)


def _nothing_is_told_twice(case: Case, advice: Advice) -> None:
    steps = [step.text for step in (*advice.next_steps, *advice.later_steps)]
    asked = [(ask.to, ask.text) for ask in advice.questions_to_ask]
    called = [(call.who, call.about) for call in advice.calls]
    noted = [note.text for note in advice.notes]

    assert len(set(steps)) == len(steps)
    assert len(set(asked)) == len(asked)
    assert len(set(called)) == len(called)
    assert len(set(noted)) == len(noted)


def _the_points_of_each_option_add_up(case: Case, advice: Advice) -> None:
    for option in advice.options:
        lines = [line.points for line in advice.trace.tallies if line.option == option.option]
        assert option.points == sum(line.points for line in option.arithmetic) == sum(lines)
        assert option.points == advice.trace.totals.get(option.option, 0)


def _the_margin_is_the_gap_between_the_first_two_of_the_contest(case: Case, advice: Advice) -> None:
    contest = advice.trace.contest
    if len(contest.order) > 1:
        first, second = contest.order[:2]
        assert contest.margin == abs(contest.points[first] - contest.points[second])


def _every_answer_of_a_case_is_one_that_could_be_asked_of_the_person(case: Case, advice: Advice) -> None:
    assert advice.trace.set_aside == ()


LAWS = (
    _there_is_one_main_option_and_a_second_that_is_not_ruled_out,
    _at_most_four_reasons_each_rest_on_an_answer_of_this_person,
    _the_plan_page_keeps_what_it_promises,
    _steps_stand_in_time_order_and_say_when_and_why,
    _nothing_is_told_twice,
    _the_points_of_each_option_add_up,
    _the_margin_is_the_gap_between_the_first_two_of_the_contest,
    _every_answer_of_a_case_is_one_that_could_be_asked_of_the_person,
)


def test_what_holds_for_all_advice_holds(case: Case, advice: Advice) -> None:
    """All laws in one test: as many tests as laws and cases would take longer to report than to run."""
    for law in LAWS:
        law(case, advice)


def test_the_thirteen_vignettes_are_all_here() -> None:
    assert sum(case.source.startswith("dossier 3.8 V") for case in CASES) == VIGNETTES


def test_case_names_are_sentences_and_differ() -> None:
    names = [case.name for case in CASES]

    assert len(set(names)) == len(names)
    assert [name for name in names if len(name.split()) < 5 or name.endswith(".")] == []


def test_cases_name_only_options_and_flags_that_exist(shipped_advisor: Advisor) -> None:
    base = shipped_advisor.rulebase
    flags = {claim for claim in base.claims if claim.startswith("RF")}
    for case in CASES:
        assert {case.option, *case.accept} - {""} <= {option.id for option in base.main_options}, case.file
        assert {*case.add_ons, *case.not_add_ons} <= set(base.options), case.file
        assert {*case.flags, *case.not_flags} <= flags, case.file
        assert set(case.points) <= set(base.options), case.file
        assert {case.leads} - {""} <= set(base.pages), case.file
