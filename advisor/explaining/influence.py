"""How far each question reaches through the rules, worked out once per rule base."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from advisor.model.condition import Knowledge, Value
from advisor.model.questionnaire import Questionnaire
from advisor.model.rule import Rule, Weigh
from advisor.model.rulebase import RuleBase


@dataclass(frozen=True)
class Influence:
    """Which questions stand behind which facts, and what a single answer is worth in points."""

    base: RuleBase
    questionnaire: Questionnaire

    @cached_property
    def points(self) -> Mapping[str, Mapping[Value, Mapping[str, int]]]:
        """Points per option that one answer gives by itself: by question, answer and option.

        Counts the weigh rules that read that answer and nothing else.
        """
        table: dict[str, dict[Value, dict[str, int]]] = {}
        for question in self.questionnaire.questions:
            if question.kind != "one":
                continue
            rules = self._weighing_alone.get(question.id, [])
            table[question.id] = {
                choice.id: _sum_points(rules, Knowledge({question.id: choice.id})) for choice in question.choices
            }
        return table

    @cached_property
    def _weighing_alone(self) -> Mapping[str, list[Rule]]:
        """The weigh rules that read one fact and nothing else, by that fact."""
        found: dict[str, list[Rule]] = {}
        for rule in self.base.active:
            if any(isinstance(action, Weigh) for action in rule.actions) and len(facts := rule.when.facts()) == 1:
                found.setdefault(facts[0], []).append(rule)
        return found


def _sum_points(rules: list[Rule], known: Knowledge) -> dict[str, int]:
    sums: dict[str, int] = {}
    for rule in rules:
        if rule.when.truth(known) is True:
            for action in rule.actions:
                if isinstance(action, Weigh):
                    for option, points in action.points.items():
                        sums[option] = sums.get(option, 0) + points
    return sums
