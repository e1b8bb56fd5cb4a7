"""Every set of changes found on the shipped rules is confirmed by the engine, and no part of it is enough."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from random import Random

import pytest

from advisor.advice import default_advisor
from advisor.loading.answers import check_answers
from advisor.model.answers import Answers
from advisor.model.trace import Trace
from advisor.proving import changes
from advisor.proving.changes import Change, Goal, changed
from advisor.proving.search import search
from tests.helpers.cases import Case, all_cases
from tests.helpers.effort import every, long_after
from tests.helpers.provers import ONE_PROCESS, prover_for, shipped_prover
from tests.unit.proving.brute_force import Holds, members_of, run_if_valid

pytestmark = ONE_PROCESS

CASES = all_cases()[:: 28 * every()]
GOALS = (
    "another option",
    "the runner-up",
    "another flag",
    "no such flag",
    "an add-on",
    "a rule that fires",
    "a silent rule",
)


def goal_of(name: str, trace: Trace, random: Random) -> tuple[Goal, Holds]:
    """What to look for, and how the trace of changed answers shows that it is there."""
    base = default_advisor().rulebase
    raised = {flag.id for flag in trace.red_flags}
    fires = {firing.rule for firing in trace.firings}
    flags = sorted({flag.id for rule in base.active for flag in rule.red_flags()})
    if name == "another option":
        return changes.another_option(trace.recommended), lambda after: after.recommended != trace.recommended
    if name == "the runner-up":
        return changes.option(trace.runner_up), lambda after: after.recommended == trace.runner_up
    if "flag" in name:
        there = name == "no such flag"
        flag = random.choice([one for one in flags if (one in raised) is there] or flags)
        there = flag in raised
        return changes.flag(
            flag, raised=not there
        ), lambda after: (flag in {f.id for f in after.red_flags}) is not there
    if name == "an add-on":
        extra = random.choice([option.id for option in base.options.values() if option.kind == "add_on"])
        has = extra in trace.add_ons
        return changes.add_on(extra, added=not has), lambda after: (extra in after.add_ons) is not has
    fired = name == "a rule that fires"
    rule = random.choice([one.id for one in base.active if (one.id in fires) is fired])
    return changes.firing(rule, fires=not fired), lambda after: (rule in {f.rule for f in after.firings}) is not fired


def after(answers: Answers, some: tuple[Change, ...]) -> Trace | None:
    """The trace after some changes, each to its first member; None when the answers would not do."""
    questionnaire = default_advisor().questionnaire
    entries = {answer.question: answer for answer in answers}
    new = [change.question for change in some if change.question not in entries]
    for change in some:
        entries[change.question] = changed(change, entries.get(change.question), questionnaire.by_id)
    if any(answer.value == () for answer in entries.values()):
        return None
    return run_if_valid(questionnaire, Answers.of(entries, questionnaire), new, default_advisor().trace)


def other_members(some: tuple[Change, ...], random: Random) -> tuple[Change, ...]:
    """The same changes, each to one of its members taken at random (choices of one question each to another)."""
    taken: set[tuple[str, str | int]] = set()
    found = []
    for change in some:
        member = random.choice([one for one in members_of(change) if (change.question, one) not in taken])
        taken.add((change.question, member))
        found.append(replace(change, members=(member,), span=False))
    return tuple(found)


def parts(some: tuple[Change, ...]) -> Iterator[tuple[Change, ...]]:
    """Every part of some changes, none and all left out."""
    for size in range(1, len(some)):
        yield from combinations(some, size)


@pytest.mark.parametrize("name", long_after(0, GOALS))
@pytest.mark.parametrize("case", long_after(1, CASES), ids=lambda case: case.file)
def test_each_set_found_does_it_and_no_part_of_it_does(case: Case, name: str) -> None:
    confirm(case, name, up_to=2, most=8)


@pytest.mark.slow
@pytest.mark.parametrize("name", GOALS)
@pytest.mark.parametrize("case", all_cases()[::3], ids=lambda case: case.file)
def test_each_set_of_up_to_three_changes_does_it_and_no_part_of_it_does(case: Case, name: str) -> None:
    confirm(case, name, up_to=3, most=120)


def confirm(case: Case, name: str, up_to: int, most: int) -> None:
    """Search, then try some of the sets that are found, and all parts of these, on the engine."""
    answers = check_answers(dict(case.answers), default_advisor().questionnaire)
    random = Random(f"{case.file} {name}")
    goal, holds = goal_of(name, default_advisor().trace(answers), random)
    found = search(prover_for(answers), answers, goal, up_to=up_to)
    assert found.proved_to == up_to
    assert len({one.changes for one in found.found}) == len(found.found)
    for one in random.sample(found.found, min(most, len(found.found))):
        for some in (one.changes, other_members(one.changes, random)):
            trace = after(answers, some)
            assert trace is not None, some
            assert holds(trace), some
            assert trace.recommended == one.option
        for part in parts(one.changes):
            trace = after(answers, part)
            assert trace is None or not holds(trace), (one.changes, part)


@pytest.mark.long
def test_every_single_change_that_leads_to_another_option_is_found() -> None:
    questionnaire = default_advisor().questionnaire
    answers = check_answers(dict(all_cases()[5].answers), questionnaire)
    now = default_advisor().trace(answers).recommended
    found = search(shipped_prover(), answers, changes.another_option(now), up_to=1).found
    listed = {(change.question, member) for one in found for change in one.changes for member in change.members}
    picked = [question for question in questionnaire.questions if question.kind == "one"][:: every()]
    tried = set()
    for question in picked:
        for choice in question.choices:
            trace = after(answers, (Change(question.id, "set", (choice.id,)),))
            if trace is not None and trace.recommended != now:
                tried.add((question.id, choice.id))
    assert {pair for pair in listed if questionnaire.question(pair[0]) in picked} == tried
