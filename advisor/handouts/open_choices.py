"""Which choices are open to a person: those that an answer to the question they came with can lead to."""

from __future__ import annotations

from collections import Counter

from advisor.model.advice import Advice
from advisor.model.rule import Recommend
from advisor.model.rulebase import RuleBase


def open_choices(advice: Advice, base: RuleBase) -> tuple[str, ...]:
    """The main options that are not ruled out and that can be the answer here, in the order of the advice.

    These are what is recommended, what comes second, the fallback, those with points in their own contest, and what a
    enough cases recommend of the page that leads and of the page that was asked.
    """
    said, plan = advice.recommendation, advice.plan
    pages = {plan.answer.page, plan.answer.asked}
    named = {said.option, said.runner_up, base.decision.fallback, plan.other.option if plan.other else ""}
    cases = Counter(
        action.option
        for rule in base.rules
        if rule.page in pages
        for action in rule.actions
        if isinstance(action, Recommend)
    )
    enough = base.decision.kept.open_percent * cases.total()
    named |= {option for option, count in cases.items() if count * 100 >= enough}
    contest = base.decision.contests.get(advice.trace.contest.branch)
    compared = contest.options if contest else ()
    mains = [case for case in advice.options if case.kind == "main" and not case.ruled_out_why]
    return tuple(case.option for case in mains if case.option in named or (case.arithmetic and case.option in compared))
