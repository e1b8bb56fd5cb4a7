"""Which rules a test of the evidence leaves out, by what they do and by the grades of their sources."""

from __future__ import annotations

from advisor.model.rule import Recommend, Rule
from advisor.model.rulebase import RuleBase
from advisor.model.sensitivity import KINDS, Ablation, Grades


def struck_by(ablation: Ablation, base: RuleBase) -> frozenset[str]:
    """The ids of the active rules that an ablation strikes, whether they fired or not.

    A rule is struck whole, also when only one of its actions is of a kind that the ablation is about; but never one
    that recommends an option: a test of the evidence asks what the same cases decide.
    """
    kinds = tuple(KINDS[kind] for kind in ablation.kinds)
    return frozenset(
        rule.id
        for rule in base.active
        if any(isinstance(action, kinds) for action in rule.actions)
        and not any(isinstance(action, Recommend) for action in rule.actions)
        and meant(ablation.grades, rule, base) is not ablation.keeps
    )


def meant(grades: Grades, rule: Rule, base: RuleBase) -> bool:
    """Whether the sources of a rule have the grades asked for; a rule without sources has no grade at all."""
    found = {base.sources[source].grade for source in rule.sources}
    some = not grades.any_source or not found.isdisjoint(grades.any_source)
    return some and (not grades.every_source or found.issubset(grades.every_source))
