"""Each rule that runs is seen firing in a whole run of the engine: in some case, or in a person of its own examples."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from advisor.advice import default_advisor
from tests.helpers.cases import advice_for, all_cases
from tests.helpers.page_people import firing_people


def _left_silent(rules: Iterable[str]) -> list[str]:
    """Those that fire in none of the people of their examples; nobody is run of whom all rules were seen."""
    people, seen, silent = firing_people(), set[str](), []
    for rule in rules:
        for person in people[rule]:
            if rule not in seen:
                seen.update(firing.rule for firing in default_advisor().trace(person).firings)
        if rule not in seen:
            silent.append(rule)
    return silent


@pytest.mark.long
def test_most_rules_that_decide_fire_in_a_case_and_all_others_in_people_of_their_page() -> None:
    running = {rule.id: rule.stratum for rule in default_advisor().rulebase.active}
    fired = {firing.rule for case in all_cases() for firing in advice_for(case).trace.firings}
    assert fired <= {*running}
    in_no_case = sorted({*running} - fired)
    deciding = [rule for rule in in_no_case if running[rule] != "plan"]
    assert 2 * len(deciding) < len([stratum for stratum in running.values() if stratum != "plan"])
    assert _left_silent(in_no_case) == []
