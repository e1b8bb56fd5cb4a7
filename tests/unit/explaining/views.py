"""Views of made-up rule bases, for the explainers to read."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.explaining.influence import Influence
from advisor.explaining.view import View
from advisor.model.answers import Raw
from advisor.model.questionnaire import Questionnaire
from advisor.model.rule import Recommend, Rule, Weigh
from advisor.model.rulebase import RuleBase
from tests.helpers.rulebases import on, rule, traced

WORDING = {
    "flip": 'If "{question}" were "{choice}", it would be {option}.',
    "unknown_matters": 'Your answer to "{question}" matters.',
    "severity.1": "Watch",
    "severity.2": "Act",
    "severity.3": "Stop",
}


def view_of(base: RuleBase, questionnaire: Questionnaire, answers: Mapping[str, Raw]) -> View:
    """What the explainers see of some answers, after a run of the real engine."""
    return View(base, questionnaire, traced(base, questionnaire, answers))


def influence_of(view: View) -> Influence:
    """How the questions of a view's rule base reach through its rules."""
    return Influence(view.base, view.questionnaire)


def by_points() -> tuple[Rule, ...]:
    """Decide rules by which whoever leads is recommended, as far as the points say."""
    return tuple(
        rule(
            f"D-{option}", Recommend(option, 50, "by_margin"), all=[on("lead.option", is_=option)], stratum="decide"
        )
        for option in ("left", "right", "middle")
    )  # fmt: skip


def points(rule_id: str, fact: str, value: str, why: str = "Because.", **given: int) -> Rule:
    """A rule by which one answer gives points to options."""
    return rule(rule_id, Weigh("cash", given), all=[on(fact, is_=value)], stratum="weigh", why=why)
