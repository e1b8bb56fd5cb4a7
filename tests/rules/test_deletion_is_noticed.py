"""Taking a rule away is noticed: by the list of claims, and by the advice that some case gets."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from advisor.advice import Advisor, default_advisor
from advisor.checking import Desk
from advisor.checking.claims import claims_out_of_step
from advisor.model.advice import Advice
from advisor.model.rule import Action, AddOn, Ask, Call, NextStep, Note, RedFlag, Rule, RuleOut, Weigh
from advisor.model.rulebase import RuleBase
from tests.helpers.cases import advice_for, all_cases

SEED, PICKED = 40, 40
SHOWN = (AddOn, Ask, Call, NextStep, Note, RedFlag, RuleOut, Weigh)  # what such a rule does is seen in the advice
WHAT_NO_ONE_READS = {
    "trace",
    "rulebase",
    "questionnaire",
    "headings",
    "sources",
    "review_by",
    "disclosures",
}  # parts of the advice that change with the bare list of rules, or say the same to everyone


def _picked(*doing: type[Action]) -> list[Rule]:
    active = sorted(default_advisor().rulebase.active, key=lambda rule: rule.id)
    fitting = [rule for rule in active if not doing or any(isinstance(action, doing) for action in rule.actions)]
    return random.Random(SEED).sample(fitting, PICKED)


def _without(base: RuleBase, rule: Rule) -> RuleBase:
    return replace(base, rules=tuple(other for other in base.rules if other is not rule))


def _findings(base: RuleBase, advisor: Advisor) -> list[str]:
    desk = Desk(base, advisor.questionnaire, lambda rule: lambda given, said: True)
    return [finding.message for finding in claims_out_of_step(desk)]


def test_every_rule_encodes_an_item_that_lists_it(shipped_advisor: Advisor) -> None:
    listed = {place for claim in shipped_advisor.rulebase.claims.values() for place in claim.rules}

    assert [rule.id for rule in shipped_advisor.rulebase.active if rule.id not in listed] == []


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in _picked()])
def test_the_claims_miss_a_rule_that_is_gone(rule: Rule, shipped_advisor: Advisor) -> None:
    missing = _findings(_without(shipped_advisor.rulebase, rule), shipped_advisor)

    assert any(rule.id in message for message in missing)


@pytest.mark.slow
@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in _picked(*SHOWN)])
def test_some_case_gets_other_advice_without_the_rule(rule: Rule, shipped_advisor: Advisor) -> None:
    changed = Advisor(_without(shipped_advisor.rulebase, rule), shipped_advisor.questionnaire)
    touched = [case for case in all_cases() if rule.id in {f.rule for f in advice_for(case).trace.firings}]

    assert any(_shown(changed.advise(case.answers)) != _shown(advice_for(case)) for case in touched)


def _shown(advice: Advice) -> str:
    return advice.model_dump_json(exclude=WHAT_NO_ONE_READS)
