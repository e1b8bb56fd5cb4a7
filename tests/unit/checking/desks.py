"""Desks with made-up rule bases on them, for one check at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from advisor.checking import CheckDesk, Finding
from advisor.model.questionnaire import Questionnaire
from advisor.model.rulebase import RuleBase
from advisor.rule_desk import RulesAlone

Check: TypeAlias = Callable[[CheckDesk], Iterator[Finding]]


def findings(check: Check, base: RuleBase, questionnaire: Questionnaire) -> list[tuple[str, int, str]]:
    """What a check finds: file, line and message of each finding; rules fire in the real engine."""
    desk = CheckDesk(base, questionnaire, RulesAlone(base).alone)
    return [(found.file, found.line, found.message) for found in check(desk)]
