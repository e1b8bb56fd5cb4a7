"""Taking a rule away is noticed: by the ids that were published, by the claims, and by the advice that some case gets.

`published_ids.txt` has the ids of each version that was published; rules added since stand in it from the next one on.
"""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from advisor.advice import Advisor, default_advisor
from advisor.checking import Desk
from advisor.checking.claims import claims_out_of_step
from advisor.loading.encoding import encoded
from advisor.model.advice import Advice
from advisor.model.rule import Action, AddOn, Ask, Call, NextStep, Note, RedFlag, Rule, RuleOut, Weigh
from advisor.model.rulebase import RuleBase
from tests.helpers.cases import advice_for, all_cases

SEED, PICKED = 40, 40
_LINES = (Path(__file__).parent / "published_ids.txt").read_text("utf-8").splitlines()
VERSIONS = [line.split()[0] for line in _LINES]
PUBLISHED = [rule for line in _LINES for rule in line.split()[1:]]
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


def _missing(base: RuleBase) -> list[str]:
    """The rules that were published and are neither there nor retired."""
    return [rule for rule in PUBLISHED if rule not in base.by_id and rule not in base.retired]


def test_every_rule_that_was_published_is_there_or_retired(shipped_advisor: Advisor) -> None:
    assert len(set(PUBLISHED)) == len(PUBLISHED)
    assert _missing(shipped_advisor.rulebase) == []


def test_each_rule_of_a_published_version_is_missed_when_it_is_gone(shipped_advisor: Advisor) -> None:
    base = shipped_advisor.rulebase
    for rule in base.rules:
        if rule.since in VERSIONS:
            assert _missing(_without(base, rule)) == [rule.id]


def test_an_item_misses_the_last_rule_that_encodes_it(shipped_advisor: Advisor) -> None:
    base = shipped_advisor.rulebase
    lonely = [(claim, claim.rules[0]) for claim in base.claims.values() if len(claim.rules) == 1]
    found = [(claim, base.by_id[rule]) for claim, rule in lonely if rule in base.by_id]
    assert len(found) > PICKED
    for claim, rule in random.Random(SEED).sample(found, PICKED):
        desk = Desk(encoded(_without(base, rule)), shipped_advisor.questionnaire, lambda rule: lambda given, said: True)
        bare = f"`{claim.id}` is encoded by no rule and does not say why (`not_encoded`)"
        assert bare in [finding.message for finding in claims_out_of_step(desk)]


@pytest.mark.slow
@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in _picked(*SHOWN)])
def test_some_case_gets_other_advice_without_the_rule(rule: Rule, shipped_advisor: Advisor) -> None:
    changed = Advisor(_without(shipped_advisor.rulebase, rule), shipped_advisor.questionnaire)
    touched = [case for case in all_cases() if rule.id in {f.rule for f in advice_for(case).trace.firings}]

    assert any(_shown(changed.advise(case.answers)) != _shown(advice_for(case)) for case in touched)


def _shown(advice: Advice) -> str:
    return advice.model_dump_json(exclude=WHAT_NO_ONE_READS)
