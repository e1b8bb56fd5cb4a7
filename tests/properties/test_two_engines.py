"""The solver finds what the engine finds: for the same answers, and when answers change."""

from __future__ import annotations

import re
import tempfile
from ast import literal_eval
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from advisor.advice import Advisor, default_advisor
from advisor.errors import ContradictoryRulesError, EngineError
from advisor.loading.answers import check_answers
from advisor.model.answers import Raw
from advisor.model.trace import Trace
from advisor.proving import changes
from advisor.proving.agreement import differences
from advisor.proving.changes import Goal
from advisor.proving.prover import Prover
from advisor.proving.search import search
from tests.helpers.effort import share
from tests.helpers.provers import ONE_PROCESS, shipped_prover
from tests.helpers.strategies import PlainAnswers, answers_for, any_answers
from tests.properties.generated_files import Folders
from tests.properties.generated_rules import EXTRAS, FALLBACK, MAINS, rule_bases
from tests.properties.views import is_conflict
from tests.unit.proving.brute_force import Holds, Many, members, minimal_sets, size_of_the_task

ANSWERS = st.deferred(lambda: answers_for(default_advisor().questionnaire))
SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)
SETS_PER_BASE = 4
TRIED = 150  # ways to answer that are tried one by one


def check_shipped(answers: PlainAnswers) -> None:
    """With the numbers that are taken; those of the person's own stand in a program of their own."""
    own = {one.question for one in default_advisor().rulebase.inputs}
    checked = check_answers({k: v for k, v in answers.items() if k not in own}, default_advisor().questionnaire)
    assert differences(shipped_prover(), checked, default_advisor().trace(checked)) == ()


def load(texts: Folders) -> tuple[Advisor, Prover | None]:
    """The advisor, and the prover unless some answers make rules contradict each other."""
    with tempfile.TemporaryDirectory() as root:
        advisor = Advisor.load(*texts.write(Path(root)))
    try:
        return advisor, Prover(advisor.rulebase, advisor.questionnaire)
    except ContradictoryRulesError as refused:
        event("rules contradict each other")
        witness = re.search(r"With (.*?): rule ", str(refused))
        assert witness is not None
        given = {} if witness[1] == "no answer" else dict(one.split(": ") for one in witness[1].split("; "))
        lists = {q: literal_eval(value) if value.startswith("[") else value for q, value in given.items()}
        with pytest.raises(EngineError) as bad:
            advisor.trace(lists)
        assert is_conflict(bad.value)
        return advisor, None


def check_generated(texts: Folders, data: st.DataObject) -> None:
    advisor, prover = load(texts)
    for _ in range(SETS_PER_BASE if prover else 0):
        answers = check_answers(data.draw(any_answers(advisor.questionnaire)), advisor.questionnaire)
        assert prover is not None
        assert differences(prover, answers, advisor.trace(answers)) == ()


def check_changes(texts: Folders, data: st.DataObject) -> None:
    advisor, prover = load(texts)
    if prover is None:
        return
    questionnaire = advisor.questionnaire
    answers = check_answers(data.draw(any_answers(questionnaire)), questionnaire)
    trace = advisor.trace(answers)
    order = list(data.draw(st.permutations(list(questionnaire.by_id))))
    while size_of_the_task(questionnaire, tuple(order)) > TRIED:
        order.pop()
    only = tuple(name for name in questionnaire.by_id if name in order)
    goal, holds = data.draw(goals(advisor, trace))
    up_to = data.draw(st.integers(1, 3))
    tried = minimal_sets(questionnaire, answers, advisor.trace, holds, up_to, only)
    found = {one: f.option for f in search(prover, answers, goal, up_to=up_to, only=only).found for one in members(f)}
    event(f"sets: {min(len(tried), 3)}{' or more' if len(tried) > 2 else ''}")
    tied = {name for variable in prover.encoding.variables if variable.joint for name in variable.name.split("+")}
    assert found.items() <= tried.items()
    assert without_numbers(found, tied) == without_numbers(tried, tied)
    if not tied:
        assert found == tried


def without_numbers(found: dict[Many, str], tied: set[str]) -> set[tuple[frozenset[tuple[str, ...]], str]]:
    """The sets with no numbers for questions that figures tie together: of these the solver gives examples."""
    return {
        (frozenset((c[0],) if c[0] in tied else (c[0], c[1], str(c[2])) for c in some), option)
        for some, option in found.items()
    }


@st.composite
def goals(draw: st.DrawFn, advisor: Advisor, trace: Trace) -> tuple[Goal, Holds]:
    """Something that is not so now, and how a trace shows that it is."""
    option = draw(st.sampled_from([*MAINS, FALLBACK]))
    extra = draw(st.sampled_from(EXTRAS))
    rule = draw(st.sampled_from([one.id for one in advisor.rulebase.active]))
    flag = draw(st.sampled_from(["RF1", "RF2"]))
    now = trace.recommended
    has = (extra in trace.add_ons, rule in {f.rule for f in trace.firings}, flag in {f.id for f in trace.red_flags})
    kinds: list[tuple[Goal, Holds]] = [
        (changes.another_option(now), lambda after: after.recommended != now),
        (changes.option(option), lambda after: after.recommended == option),
        (changes.add_on(extra, added=not has[0]), lambda after: (extra in after.add_ons) is not has[0]),
        (changes.firing(rule, fires=not has[1]), lambda after: (rule in {f.rule for f in after.firings}) is not has[1]),
        (changes.flag(flag, raised=not has[2]), lambda after: (flag in {f.id for f in after.red_flags}) is not has[2]),
    ]
    return draw(st.sampled_from(kinds))


@pytest.mark.long
@ONE_PROCESS
@settings(max_examples=share(60), derandomize=True, suppress_health_check=SLOW)
@given(ANSWERS)
def test_both_engines_agree_on_the_shipped_rules(answers: PlainAnswers) -> None:
    check_shipped(answers)


@settings(max_examples=share(40), derandomize=True, suppress_health_check=SLOW)
@given(rule_bases(), st.data())
def test_both_engines_agree_on_made_up_rules(texts: Folders, data: st.DataObject) -> None:
    check_generated(texts, data)


@settings(max_examples=share(25), derandomize=True, suppress_health_check=SLOW)
@given(rule_bases(), st.data())
def test_minimal_changes_of_made_up_rules_are_those_found_by_trying(texts: Folders, data: st.DataObject) -> None:
    check_changes(texts, data)


OWN_NUMBERS: tuple[dict[str, Raw], ...] = (
    {
        "brings": "one_plan", "license": "counselor", "setup": ["platform"], "plan_trouble": "rate_cut",
        "rate_new": 100, "rate_old": 120, "rate_direct": 112, "clients_on_plan": 10, "direct_word": "open",
        "contract_whose": "theirs", "biller_share": 0, "missed_share": 20, "refill_months": 3,
    },
    {
        "brings": "start_own", "license": "psychologist", "independent": "yes", "months_saved": 5,
        "monthly_bills": 4000, "sessions_wanted": 20, "start_platform_pay": 80, "rate_direct": 100,
        "own_wait_months": 3, "claim_lag_days": 20, "biller_share": 9, "set_up_cost": 3000,
    },
)  # fmt: skip


@pytest.mark.long
@ONE_PROCESS
@pytest.mark.parametrize("answers", OWN_NUMBERS, ids=lambda answers: answers["brings"])
def test_both_engines_agree_with_numbers_of_the_persons_own(answers: dict[str, Raw]) -> None:
    advisor = default_advisor()
    checked = advisor.checked(answers)

    assert advisor.challenger.agreement(checked, advisor.trace(checked)).tests > 0


@pytest.mark.long
@ONE_PROCESS
def test_a_program_with_the_numbers_that_are_taken_does_not_fit_other_numbers() -> None:
    advisor = default_advisor()
    checked = advisor.checked(OWN_NUMBERS[0])

    assert differences(shipped_prover(), checked, advisor.trace(checked)) != ()


@ONE_PROCESS
@pytest.mark.slow
@settings(max_examples=10_000, derandomize=True, suppress_health_check=SLOW)
@given(ANSWERS)
def test_both_engines_agree_on_the_shipped_rules_for_thousands_of_answer_sets(answers: PlainAnswers) -> None:
    check_shipped(answers)


@pytest.mark.slow
@settings(max_examples=1_500, derandomize=True, suppress_health_check=SLOW)
@given(rule_bases(), st.data())
def test_both_engines_agree_on_thousands_of_made_up_rule_bases(texts: Folders, data: st.DataObject) -> None:
    check_generated(texts, data)


@pytest.mark.slow
@settings(max_examples=1_000, derandomize=True, suppress_health_check=SLOW)
@given(rule_bases(), st.data())
def test_minimal_changes_of_many_made_up_rules_are_those_found_by_trying(texts: Folders, data: st.DataObject) -> None:
    check_changes(texts, data)
