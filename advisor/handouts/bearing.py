"""Which answers bear on a plan: those that its rules rest on, also through what other rules made of them."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.model.advice import Advice
from advisor.model.questionnaire import Question, Questionnaire
from advisor.model.rulebase import RuleBase


def bearing(advice: Advice, base: RuleBase, questionnaire: Questionnaire) -> tuple[Question, ...]:
    """The answered questions on which something in the plan rests, in the order asked; none that was set aside."""
    matched = {firing.rule: tuple(firing.matched) for firing in advice.trace.firings}
    records = {record.fact: record for record in advice.trace.facts}
    figures = {figure.id: figure for figure in base.figures}
    named = (fact for rule in _rules(advice) for fact in _facts_of(rule, matched, base))
    left = [told for fact in named for told in questionnaire.told_by(fact)]
    seen: set[str] = set()
    while left:
        fact = left.pop()
        if fact in seen:
            continue
        seen.add(fact)
        record = records.get(fact)
        if record is not None and record.origin == "rule":
            left += [other for rule in record.by for other in matched.get(rule, ())]
        elif record is not None and record.origin == "figure":
            left += [other for figure in record.by if figure in figures for other in figures[figure].facts()]
    asked = {question.id for fact, question in questionnaire.question_of_fact.items() if fact in seen}
    answered = advice.trace.answers.keys() - set(advice.trace.set_aside)
    return tuple(question for question in questionnaire.questions if question.id in asked & answered)


def _rules(advice: Advice) -> Iterator[str]:
    """The rules of what the plan says, each as often as it says something."""
    plan = advice.plan
    yield from plan.answer.rules
    yield from (line.rule for line in plan.lines)
    yield from (row.rule for row in plan.rows)


def _facts_of(rule: str, matched: dict[str, tuple[str, ...]], base: RuleBase) -> Iterator[str]:
    """The facts that a rule matched, and those that its words may put in."""
    yield from matched.get(rule, ())
    for template in base.by_id[rule].templates():
        yield from (*template.slots, *template.open_slots)
