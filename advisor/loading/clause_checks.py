"""Checks clauses against the vocabulary: facts exist, and are tested with values of their kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from advisor.errors import Place, Problem
from advisor.model.answers import nearest
from advisor.model.condition import Clause, Condition, Value
from advisor.model.facts import FactSpec


def clause_problems(when: Condition, facts: Mapping[str, FactSpec], file: str, key: str) -> Iterator[Problem]:
    """Clauses that read facts that do not exist, or test them with values of another kind."""
    for clause in when.clauses():
        fault = _clause_fault(clause, facts)
        if fault is not None:
            message, hint = fault
            yield Problem(Place(file, clause.line, f"{key}.when"), message, "", hint)


def _clause_fault(clause: Clause, facts: Mapping[str, FactSpec]) -> tuple[str, str] | None:
    spec = facts.get(clause.fact)
    if spec is None:
        return f"there is no fact `{clause.fact}`", nearest(clause.fact, list(facts))
    if clause.test == "said":
        return None if spec.origin == "answer" else (f"nobody is asked for `{clause.fact}`, so nobody says it", "")
    if clause.test == "known":
        return None
    if spec.kind == "mark":
        return f"`{clause.fact}` is a text or a date and can only be tested with known or said", ""
    if clause.test in ("at_least", "at_most") and spec.kind != "number":
        return f"`{clause.fact}` is no number", "Use is or one_of"
    for value in clause.values:
        fault = value_fault(facts, clause.fact, value)
        if fault is not None:
            return fault, nearest(str(value), [str(v) for v in spec.values])
    return None


def value_fault(facts: Mapping[str, FactSpec], fact: str, value: Value) -> str | None:
    """Why a value does not fit a fact, or None."""
    spec = facts.get(fact)
    if spec is None:
        return f"there is no fact `{fact}`"
    if spec.kind == "number":
        return None if type(value) is int else f"`{fact}` is a whole number, not `{value}`"
    if spec.kind == "yes_no":
        return None if type(value) is bool else f"`{fact}` is true or false, not `{value}`"
    if spec.kind == "one":
        fits = isinstance(value, str) and value in spec.values
        return None if fits else f"`{value}` is no value of `{fact}`"
    return None
