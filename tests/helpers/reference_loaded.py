"""A loaded rule base in the plain form that the reference evaluator reads: what is compared is how rules are evaluated.

That sections of pages are read right is held by the examples of their entries and by the tests of the loader.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from advisor.model.condition import Clause, Condition
from advisor.model.figures import Figure, FormulaTerm
from advisor.model.questionnaire import Question
from advisor.model.rule import (
    Action,
    Add,
    AddOn,
    BreakTie,
    Conclude,
    Recommend,
    RedFlag,
    Rule,
    RuleOut,
    Weigh,
)
from advisor.model.rulebase import RuleBase


def plain_rules(rules: Iterable[Rule]) -> list[dict[str, Any]]:
    """Each rule with its id, status, stratum, condition, and what it does that the evaluator heeds."""
    return [
        {"id": rule.id, "status": "stable", "stratum": rule.stratum, "when": _when(rule.when), "then": _then(rule)}
        for rule in rules
    ]


def plain_facts(base: RuleBase) -> list[dict[str, Any]]:
    """The facts that rules conclude."""
    return [
        {"id": fact.id, "stratum": fact.finished, "otherwise": "unknown" if fact.otherwise is None else fact.otherwise}
        for fact in base.facts.values()
        if fact.origin == "rule"
    ]


def plain_figures(figures: Iterable[Figure]) -> list[dict[str, Any]]:
    """Each figure with its formula, and the formula of its likely value."""
    return [
        {
            "id": figure.id, "when": _when(figure.when), "formula": _term(figure.formula), "tables": _rows(figure, {}),
            "likely": {"formula": _term(figure.formula, likely=True), "tables": _rows(figure, figure.likely_rows)},
        }
        for figure in figures
    ]  # fmt: skip


def plain_questions(questions: Iterable[Question]) -> list[dict[str, Any]]:
    """Each question with its kind, its condition and the ids of its choices."""
    return [
        {
            "id": question.id, "kind": question.kind, "when": _when(question.when),
            "choices": [{"id": choice.id} for choice in question.choices],
            **({"none_choice": {"id": question.none_choice.id}} if question.none_choice else {}),
        }
        for question in questions
    ]  # fmt: skip


def _when(when: Condition) -> dict[str, Any]:
    parts = {"all": when.all, "any": when.any, "none": when.none}
    return {name: [_clause(clause) for clause in clauses] for name, clauses in parts.items() if clauses}


def _clause(clause: Clause) -> dict[str, Any]:
    value = list(clause.values) if clause.test == "one_of" else clause.values[0]
    return {"fact": clause.fact, clause.test: value}


def _then(rule: Rule) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for action in rule.actions:
        kind, told = _action(action)
        if kind:
            found.setdefault(kind, []).append(told)
    return found


def _action(action: Action) -> tuple[str, dict[str, Any]]:
    if isinstance(action, Conclude):
        return "conclude", {"fact": action.fact, "value": action.value}
    if isinstance(action, Add):
        return "add", {"to": action.to, "points": action.points}
    if isinstance(action, RuleOut):
        return "rule_out", {"options": list(action.options)}
    if isinstance(action, RedFlag):
        return "red_flag", {"id": action.id, "severity": action.severity}
    if isinstance(action, AddOn):
        return "add_on", {"option": action.option}
    if isinstance(action, Weigh):
        return "weigh", {"criterion": action.criterion, "points": dict(action.points)}
    if isinstance(action, BreakTie):
        return "break_tie", {"order": action.order, "tiers": [list(tier) for tier in action.tiers]}
    if isinstance(action, Recommend):
        told = {"option": action.option, "priority": action.priority, "confidence": action.confidence}
        return "recommend", told
    return "", {}


def _term(term: FormulaTerm, *, likely: bool = False) -> dict[str, Any]:
    if term.op == "input":
        taken = term.likely if likely and term.likely is not None else [term.low, term.high]
        return {"input": {"fact": term.name, "value": taken}}
    if term.op == "value":
        return {"value": term.likely if likely and term.likely is not None else [term.low, term.high]}
    if term.parts:
        return {term.op: [_term(part, likely=likely) for part in term.parts]}
    return {term.op: term.name}


def _rows(figure: Figure, likely: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        table: {row: likely.get(table, {}).get(row, list(ends)) for row, ends in rows.items()}
        for table, rows in figure.tables.items()
    }
