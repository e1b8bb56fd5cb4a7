"""What no completed questionnaire can bring about with the shipped rules, and what some can."""

from __future__ import annotations

import pytest

from advisor.advice import default_advisor
from advisor.errors import ContradictoryRulesError
from advisor.model.rule import Conclude
from advisor.model.rulebase import RuleBase
from advisor.proving.encode_rules import CONFLICTING, CONTRADICTORY, is_
from advisor.proving.prover import Prover
from tests.helpers.effort import every
from tests.helpers.provers import ONE_PROCESS, shipped_prover
from tests.helpers.rulebases import asking, derived, number, on, rule, rulebase

pytestmark = ONE_PROCESS


def base() -> RuleBase:
    return default_advisor().rulebase


def can_be(*atoms: str) -> bool:
    """Whether some way to answer the questions makes these atoms true, no rule being struck."""
    return shipped_prover().solver.possible(atoms, shipped_prover().struck_atoms)


def test_no_way_to_answer_makes_two_rules_conclude_different_values() -> None:
    assert shipped_prover().solver.knows(CONFLICTING)
    assert not can_be(CONFLICTING, CONTRADICTORY)


@pytest.mark.parametrize(("bound", "clash"), [(10, True), (9, False)])
def test_two_rules_that_can_conclude_different_values_are_found(bound: int, clash: bool) -> None:
    asked = asking(number("sessions", 0, 80))
    made = rulebase(
        asked,
        rule("MANY", Conclude("tight", False), all=[on("sessions", at_least=10)]),
        rule("FEW", Conclude("tight", True), all=[on("sessions", at_most=bound)]),
        derived=[derived("tight")],
    )
    if clash:
        with pytest.raises(ContradictoryRulesError, match="FEW"):
            Prover(made, asked)
        return
    prover = Prover(made, asked)
    assert not prover.solver.possible([CONFLICTING, CONTRADICTORY], prover.struck_atoms)


def test_the_fallback_is_never_ruled_out() -> None:
    assert not can_be(is_(f"out.{base().decision.fallback}", True))


@pytest.mark.slow
@pytest.mark.parametrize("option", [option.id for option in default_advisor().rulebase.main_options])
def test_an_option_that_is_ruled_out_neither_leads_nor_is_recommended(option: str) -> None:
    out = is_(f"out.{option}", True)
    assert not can_be(out, f'lead("{option}")')
    assert not can_be(out, f'recommended("{option}")')


@pytest.mark.slow
@pytest.mark.parametrize("option", [option.id for option in default_advisor().rulebase.main_options])
def test_every_main_option_can_be_recommended(option: str) -> None:
    assert can_be(f'recommended("{option}")')


@pytest.mark.slow
@pytest.mark.parametrize("flag", sorted({f.id for r in default_advisor().rulebase.active for f in r.red_flags()}))
def test_every_red_flag_can_be_raised(flag: str) -> None:
    assert can_be(f'raised("{flag}")')


@pytest.mark.long
def test_every_rule_can_fire() -> None:
    assert [rule.id for rule in base().active[:: every() ** 2] if not can_be(f'fires("{rule.id}")')] == []


def test_the_runner_up_is_never_the_recommendation() -> None:
    options = [option.id for option in base().main_options]
    assert [one for one in options if can_be(f'recommended("{one}")', f'runner_up("{one}")')] == []
