"""Each rule that runs is seen firing in a whole run of the engine: in some case, or in a person of its own examples."""

from __future__ import annotations

from functools import cache

import pytest

from advisor.advice import default_advisor
from advisor.model.answers import Answers
from tests.helpers.cases import advice_for, all_cases
from tests.helpers.page_people import firing_people


@cache
def _fired(person: Answers) -> frozenset[str]:
    return frozenset(firing.rule for firing in default_advisor().trace(person).firings)


@pytest.fixture(scope="module")
def in_no_case() -> list[str]:
    fired = {firing.rule for case in all_cases() for firing in advice_for(case).trace.firings}
    return sorted({rule.id for rule in default_advisor().rulebase.active} - fired)


@pytest.mark.long
def test_most_rules_that_decide_fire_in_a_case_and_all_others_in_people_of_their_page(in_no_case: list[str]) -> None:
    deciding = {rule.id for rule in default_advisor().rulebase.active if rule.stratum != "plan"}
    assert 2 * len(deciding & {*in_no_case}) < len(deciding)
    people = firing_people()
    assert [rule for rule in in_no_case if not any(rule in _fired(person) for person in people[rule])] == []


@pytest.mark.long
def test_no_rule_fires_that_is_not_stable() -> None:
    fired = {firing.rule for case in all_cases() for firing in advice_for(case).trace.firings}

    assert fired <= {rule.id for rule in default_advisor().rulebase.active}
