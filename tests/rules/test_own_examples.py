"""Every rule does what its own examples say, by itself in the real engine: so each is seen firing, and silent."""

from __future__ import annotations

import pytest

from advisor.advice import Advisor, default_advisor
from advisor.rule_desk import RulesAlone
from tests.helpers.effort import long_but_every

PAGES = sorted(default_advisor().rulebase.pages)


@pytest.fixture(scope="module")
def trial(shipped_advisor: Advisor) -> RulesAlone:
    return RulesAlone(shipped_advisor.rulebase)


@pytest.mark.parametrize("page", long_but_every(5, PAGES))
def test_each_rule_of_a_page_does_what_its_examples_say(page: str, shipped_advisor: Advisor, trial: RulesAlone) -> None:
    base = shipped_advisor.rulebase
    wrong = [
        f"{rule.id}: {example.name}"
        for rule in (base.by_id[rule_id] for rule_id in base.pages[page].rules)
        for fires in [trial.alone(rule)]
        for example in rule.examples
        if fires(example.given, example.said) is not example.fires
    ]

    assert wrong == []


def test_every_rule_stands_on_a_page(shipped_advisor: Advisor) -> None:
    base = shipped_advisor.rulebase
    assert sorted(rule for page in base.pages.values() for rule in page.rules) == sorted(base.by_id)


def test_each_rule_is_shown_firing_and_silent_under_names_that_differ(shipped_advisor: Advisor) -> None:
    for rule in shipped_advisor.rulebase.rules:
        names = [example.name for example in rule.examples]
        assert {example.fires for example in rule.examples} == {True, False}, rule.id
        assert len(set(names)) == len(names), rule.id
