"""Each rule that runs is seen firing in some case."""

from __future__ import annotations

from advisor.advice import Advisor
from tests.helpers.cases import advice_for, all_cases


def test_every_stable_rule_fires_in_some_case(shipped_advisor: Advisor) -> None:
    fired = {firing.rule for case in all_cases() for firing in advice_for(case).trace.firings}
    stable = {rule.id for rule in shipped_advisor.rulebase.active}

    assert sorted(stable - fired) == []


def test_no_rule_fires_that_is_not_stable(shipped_advisor: Advisor) -> None:
    fired = {firing.rule for case in all_cases() for firing in advice_for(case).trace.firings}

    assert fired <= {rule.id for rule in shipped_advisor.rulebase.active}
