"""Bases in which some answers make rules contradict each other are refused, with those answers."""

from __future__ import annotations

import pytest

from advisor.audit.comparing.two_bases import TwoBases
from advisor.errors import ContradictoryRulesError, EngineError
from advisor.loading.answers import check_answers
from advisor.model.answers import Raw
from advisor.model.questionnaire import Contradiction
from advisor.model.rule import Conclude, Rule
from advisor.model.rulebase import RuleBase
from advisor.proving.prover import Prover
from advisor.rule_desk import check_rulebase
from tests.helpers.provers import ONE_PROCESS, shipped_prover
from tests.helpers.rulebases import asking, derived, on, one, rule, rulebase, when
from tests.unit.proving.made import engine_of

A, B, C = one("a", "x", "y"), one("b", "x", "y"), one("c", "x", "y")
ASKED = asking(A, B, C)


def concludes(name: str, value: str, **clauses: list[object]) -> Rule:
    return rule(name, Conclude("r", value), **clauses)  # type: ignore[arg-type]


def base_of(*rules: Rule, asked: object = ASKED) -> RuleBase:
    return rulebase(asked, *rules, derived=[derived("r", "p", "q", otherwise="p")])  # type: ignore[arg-type]


CLASHING = base_of(concludes("A1", "p", all=[on("a", is_="x")]), concludes("B1", "q", all=[on("b", is_="x")]))


def test_a_base_with_a_contradiction_is_refused_with_the_answers_and_the_rules() -> None:
    with pytest.raises(ContradictoryRulesError, match=r"With a: x; b: x: rule A1 .* r = p; rule B1 .* r = q"):
        Prover(CLASHING, ASKED)


def test_the_engine_finds_no_advice_for_those_answers() -> None:
    given: dict[str, Raw] = {"a": "x", "b": "x"}
    with pytest.raises(EngineError):
        engine_of(CLASHING, ASKED)(check_answers(given, ASKED))


def test_the_check_of_rules_names_it() -> None:
    found = [one for one in check_rulebase(CLASHING, ASKED) if one.check == "contradictory_rules"]
    assert len(found) == 1
    assert "With a: x; b: x" in found[0].message


def test_nothing_is_said_of_a_change_that_makes_rules_contradict_each_other() -> None:
    sound = base_of(concludes("A1", "p", all=[on("a", is_="x")]))
    for pair in (((sound, ASKED), (CLASHING, ASKED)), ((CLASHING, ASKED), (sound, ASKED))):
        with pytest.raises(ContradictoryRulesError, match="With a: x; b: x"):
            TwoBases(*pair)
    with pytest.raises(ContradictoryRulesError, match="With a: x; b: x"):
        TwoBases((CLASHING, ASKED), (CLASHING, ASKED))


@pytest.mark.parametrize(
    "base",
    [
        base_of(concludes("A1", "p", all=[on("a", is_="x")]), concludes("B1", "p", all=[on("b", is_="x")])),
        base_of(concludes("A1", "p", all=[on("a", is_="x")]), concludes("B1", "q", all=[on("a", is_="y")])),
        base_of(concludes("A1", "q", all=[on("a", is_="x")])),
    ],
    ids=["the same value", "never both", "another value than otherwise"],
)
def test_rules_that_agree_whatever_is_answered_are_taken(base: RuleBase) -> None:
    Prover(base, ASKED)


def test_answers_that_cannot_be_true_together_make_no_contradiction() -> None:
    clash = Contradiction("both", ("a", "b"), when([on("a", is_="x"), on("b", is_="x")]), "Not both.")
    asked = asking(A, B, C, contradictions=[clash])
    Prover(base_of(*CLASHING.rules, asked=asked), asked)


@ONE_PROCESS
def test_the_shipped_rules_never_contradict_each_other() -> None:
    assert shipped_prover().compared > 0  # making it refuses what contradicts itself
