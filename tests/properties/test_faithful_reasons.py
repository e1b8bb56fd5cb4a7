"""Every printed reason matters and is enough: measured on cases and generated answers, and told in the report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from advisor.advice import default_advisor
from advisor.proving.figures import ENDS
from tests.helpers.cases import all_cases
from tests.helpers.effort import every, share
from tests.helpers.faithful import PROPERTY, said
from tests.helpers.faithfulness import Faithfulness, Finding, Score, Verdict, score
from tests.helpers.provers import ONE_PROCESS, shipped_prover
from tests.helpers.strategies import PlainAnswers, answers_for

pytestmark = ONE_PROCESS

TAKEN = frozenset(one.question for one in default_advisor().rulebase.inputs)
"""Questions whose answers replace numbers that are taken; the checker's program holds these as they are."""
ANSWERS = st.deferred(lambda: answers_for(default_advisor().questionnaire)).map(
    lambda answers: {name: value for name, value in answers.items() if name not in TAKEN}
)
PARTS = 3  # the cases are dealt out to so many tests, so that workers share them
SLOW_PARTS, SLOW_SETS = 8, 125  # a thousand sets in all

BY_NATURE: Mapping[tuple[str, Verdict], str] = {
    ("WGH-037", "held"): (
        "It reads only that some contracts are held. For someone whose situation is to hold own contracts both other "
        "answers contradict the situation, so no change of that answer alone is possible."
    ),
}
"""The rules that cannot be necessary, by how the test ends for them, with the reason. All others must be, each time."""

Record = Callable[[str, object], None]


@cache
def _checker() -> Faithfulness:
    return Faithfulness(default_advisor(), shipped_prover())


def _judge(found: Iterable[tuple[Finding, ...]], record_property: Record) -> None:
    result = score(found)
    record_property(PROPERTY, result.model_dump_json())
    worse = [one for one in result.unfaithful if not _by_nature(one.finding)]
    assert not worse, "\n".join(said(result.model_copy(update={"unfaithful": tuple(worse)})))


def _by_nature(finding: Finding) -> bool:
    """Whether a rule cannot be shown necessary: by a reason written down, or as its figure is left open."""
    named = (finding.rule, finding.verdict) in BY_NATURE
    open_figure = finding.verdict == "held" and _reads_left_open(finding.rule)
    return finding.sufficient and (named or open_figure)


def _reads_left_open(rule: str) -> bool:
    """Whether a rule tests a figure that is too tangled with others for a search to work out which numbers turn it."""
    prover = _checker().prover
    left_open = {plan.figure.id + end for plan in prover.encoding.figures.loose for end in ENDS}
    return not left_open.isdisjoint(prover.base.by_id[rule].when.facts())


def _generated(sets: int, number: int) -> list[tuple[Finding, ...]]:
    found: list[tuple[Finding, ...]] = []

    @seed(number)
    @settings(max_examples=sets, database=None, suppress_health_check=list(HealthCheck))
    @given(ANSWERS)
    def look(answers: PlainAnswers) -> None:
        found.append(_checker().findings(answers))

    look()
    return found


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_every_printed_reason_of_the_cases_is_necessary_and_sufficient(part: int, record_property: Record) -> None:
    taken = {one.question for one in default_advisor().rulebase.inputs}
    cases = [
        case for case in all_cases() if taken.isdisjoint(case.answers)
    ]  # the checker's program holds these numbers
    _judge(
        (_checker().findings(case.answers) for case in cases[part :: 2 * PARTS * every() * every()]),
        record_property,
    )


@pytest.mark.long
@pytest.mark.parametrize("part", range(2)[:: every()])
def test_every_printed_reason_for_generated_answers_is_necessary_and_sufficient(
    part: int, record_property: Record
) -> None:
    _judge(_generated(share(8), part), record_property)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(SLOW_PARTS))
def test_every_printed_reason_for_a_thousand_answer_sets_is_necessary_and_sufficient(
    part: int, record_property: Record
) -> None:
    _judge(_generated(SLOW_SETS, 1000 + part), record_property)


@pytest.mark.long
def test_the_rules_that_cannot_be_necessary_are_still_there() -> None:
    held = {finding.rule for finding in _checker().findings({"situation": "own_contracts", "own_panels": "some"})
            if finding.verdict == "held"}  # fmt: skip
    assert held == {rule for rule, verdict in BY_NATURE if verdict == "held"}


@pytest.mark.long
def test_the_score_of_a_test_comes_back_from_the_report() -> None:
    result = score([_checker().findings({"runway": "under_1"})])
    assert Score.model_validate_json(result.model_dump_json()) == result
