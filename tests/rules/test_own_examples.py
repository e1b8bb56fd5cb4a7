"""Every rule does what its own examples say, alone in the real engine."""

from __future__ import annotations

import pytest

from advisor.advice import Advisor, default_advisor
from advisor.model.rule import Rule
from advisor.rule_desk import RuleAlone


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in default_advisor().rulebase.rules])
def test_the_rule_does_what_its_examples_say(rule: Rule, shipped_advisor: Advisor) -> None:
    expected = {example.name: example.fires for example in rule.examples}

    base = shipped_advisor.rulebase
    alone = RuleAlone(base, rule)
    found = {example.name: alone.fires(example.given, example.said) for example in rule.examples}

    assert found == expected


def test_each_rule_is_shown_firing_and_silent_under_names_that_differ(shipped_advisor: Advisor) -> None:
    for rule in shipped_advisor.rulebase.rules:
        names = [example.name for example in rule.examples]
        assert {example.fires for example in rule.examples} == {True, False}, rule.id
        assert len(set(names)) == len(names), rule.id
