"""Taking a rule away is noticed: by the ids that were published, by the claims, and by what people are told or advised.

`published_ids.txt` has the ids of each version that was published; rules added since stand in it from the next one on.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from advisor.advice import Advisor
from advisor.checking import CheckDesk
from advisor.checking.claims import claims_out_of_step
from advisor.explaining.build import Explainer
from advisor.loading.encoding import encoded
from advisor.model.advice import Advice
from advisor.model.rule import Add, BreakTie, Conclude, Recommend, Rule
from advisor.model.rulebase import RuleBase
from tests.helpers.cases import advice_for, all_cases, decided, on_the_page, told
from tests.helpers.page_people import firing_people
from tests.helpers.people import TODAY

SEED, PICKED = 40, 20
DECIDING = (Add, BreakTie, Conclude, Recommend)
SPARE_SAYING, SPARE_DECIDING = (
    0.02,
    0.25,
)  # shares of rules whose work others do: two roads to one fact, one row for two
OVERLAID = {"STT-65", "MOR-42", "WHO-12"}  # another row of the same key, or case, speaks in their place
_LINES = (Path(__file__).parent / "published_ids.txt").read_text("utf-8").splitlines()
VERSIONS = [line.split()[0] for line in _LINES]
PUBLISHED = [rule for line in _LINES for rule in line.split()[1:]]


def _without(base: RuleBase, rule: Rule) -> RuleBase:
    return replace(base, rules=tuple(other for other in base.rules if other is not rule))


def _missing(there: Collection[str], base: RuleBase) -> list[str]:
    """The rules that were published and are neither among those there nor retired."""
    return [rule for rule in PUBLISHED if rule not in there and rule not in base.retired]


def test_every_rule_that_was_published_is_there_or_retired(shipped_advisor: Advisor) -> None:
    assert len(set(PUBLISHED)) == len(PUBLISHED)
    assert _missing(shipped_advisor.rulebase.by_id, shipped_advisor.rulebase) == []


def test_each_rule_of_a_published_version_is_missed_when_it_is_gone(shipped_advisor: Advisor) -> None:
    base = shipped_advisor.rulebase
    there = set(base.by_id)
    for rule in base.rules:
        if rule.since in VERSIONS:
            there.remove(rule.id)
            assert _missing(there, base) == [rule.id]
            there.add(rule.id)


def test_an_item_misses_the_last_rule_that_encodes_it(shipped_advisor: Advisor) -> None:
    base = shipped_advisor.rulebase
    lonely = [(claim, claim.rules[0]) for claim in base.claims.values() if len(claim.rules) == 1]
    found = [(claim, base.by_id[rule]) for claim, rule in lonely if rule in base.by_id]
    assert len(found) > PICKED
    for claim, rule in random.Random(SEED).sample(found, PICKED):
        desk = CheckDesk(
            encoded(_without(base, rule)), shipped_advisor.questionnaire, lambda rule: lambda given, said: True
        )
        bare = f"`{claim.id}` is encoded by no rule and does not say why (`not_encoded`)"
        assert bare in [finding.message for finding in claims_out_of_step(desk)]


@pytest.fixture(scope="module")
def explainer(shipped_advisor: Advisor) -> Explainer:
    return Explainer(shipped_advisor.rulebase, shipped_advisor.questionnaire)


def _unnoticed(rules: Iterable[Rule], advisor: Advisor, explainer: Explainer) -> list[str]:
    """The rules without which no one is told or advised anything else: neither in a case nor in the rule's people."""
    return [rule.id for rule in rules if not any(_heard(advisor, explainer, rule))]


def _heard(advisor: Advisor, explainer: Explainer, rule: Rule) -> Iterator[bool]:
    struck = frozenset({rule.id})
    for person in firing_people()[rule.id]:
        without = explainer.explain(advisor.trace(person, struck))
        yield _what_matters(without) != _what_matters(advisor.advise(person))
    for case in all_cases():
        if rule.id in {firing.rule for firing in advice_for(case).trace.firings}:
            without = explainer.explain(advisor.trace(case.answers, struck, as_of=TODAY))
            yield _what_matters(without) != _what_matters(advice_for(case))


def _what_matters(advice: Advice) -> object:
    """What is decided and what is said, without ids, counts and sources."""
    return decided(advice), told(advice), on_the_page(advice)


def _saying(advisor: Advisor) -> list[Rule]:
    """The rules that tell people something or count for an option: what they do is seen in the advice."""
    active = sorted(advisor.rulebase.active, key=lambda rule: rule.id)
    return [rule for rule in active if not all(isinstance(action, DECIDING) for action in rule.actions)]


@pytest.mark.long
def test_a_rule_that_is_gone_is_missed_by_someone(shipped_advisor: Advisor, explainer: Explainer) -> None:
    picked = random.Random(SEED).sample(_saying(shipped_advisor), PICKED)
    unnoticed = _unnoticed(picked, shipped_advisor, explainer)

    assert sorted(set(unnoticed) - OVERLAID) == []


@pytest.mark.slow
def test_every_rule_that_is_gone_is_missed_by_someone(shipped_advisor: Advisor, explainer: Explainer) -> None:
    saying = _saying(shipped_advisor)
    deciding = [rule for rule in shipped_advisor.rulebase.active if rule not in saying]
    said, decided_ = (_unnoticed(rules, shipped_advisor, explainer) for rules in (saying, deciding))

    assert len(set(said) - OVERLAID) <= SPARE_SAYING * len(saying), said
    assert len(decided_) <= SPARE_DECIDING * len(deciding), decided_
