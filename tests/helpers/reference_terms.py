"""The reference evaluator's arithmetic: clauses and conditions in three truth values, and formulas over intervals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeAlias

Value: TypeAlias = bool | int | str
Truth: TypeAlias = bool | None
Interval: TypeAlias = tuple[Fraction, Fraction]


@dataclass
class Knowledge:
    """What is known so far: values of facts, and `not_sure` or `skip` where the user said that instead."""

    values: dict[str, Value] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)

    def clause(self, clause: Mapping[str, Any]) -> Truth:
        """One row of the README's table of clauses."""
        fact = clause["fact"]
        has = fact in self.values
        if "known" in clause:
            return bool(has == clause["known"])
        if "said" in clause:
            return bool(self.said.get(fact) == clause["said"])
        if not has:
            return None
        value: Any = self.values[fact]
        if "is" in clause:
            return bool(value == clause["is"])
        if "one_of" in clause:
            return value in clause["one_of"]
        if "at_least" in clause:
            return bool(value >= clause["at_least"])
        return bool(value <= clause["at_most"])

    def condition(self, when: Mapping[str, Any] | None) -> Truth:
        """True, false or unknown: every clause of `all`, one of `any`, and none of `none`."""
        if not when:
            return True
        parts = [self.clause(one) for one in when.get("all", [])]
        for one in when.get("none", []):
            truth = self.clause(one)
            parts.append(None if truth is None else not truth)
        if when.get("any"):
            found = [self.clause(one) for one in when["any"]]
            parts.append(True if True in found else None if None in found else False)
        return False if False in parts else None if None in parts else True


def interval_of(
    term: Mapping[str, Any], tables: Mapping[str, Any], values: Mapping[str, Value], exact: Mapping[str, Interval]
) -> Interval | None:
    """The low and high end of a formula, or None when something it needs is not known.

    `exact` holds the unrounded ends of earlier figures.
    """
    ((op, body),) = term.items()
    if op == "value":
        return _ends(body)
    if op == "input":
        given = values.get(body["fact"])
        return _ends(body["value"]) if given is None else (Fraction(given), Fraction(given))
    if op == "fact":
        return (Fraction(values[body]), Fraction(values[body])) if body in values else None
    if op == "figure":
        return exact.get(body)
    if op == "table":
        rows = {_word(row): ends for row, ends in tables[body].items()}
        row = _word(values.get(body, "unknown"))
        return _ends(rows[row]) if row in rows else None
    parts = [interval_of(part, tables, values, exact) for part in body]
    result = parts[0]
    for part in parts[1:]:
        if result is None or part is None:
            return None
        result = _combine(op, result, part)
    return result


def _word(row: Value) -> str:
    return str(row).lower() if isinstance(row, bool) else str(row)


def _ends(body: Any) -> Interval:
    low, high = body if isinstance(body, list) else (body, body)
    return Fraction(low), Fraction(high)


def _combine(op: str, a: Interval, b: Interval) -> Interval | None:
    if op == "add":
        return a[0] + b[0], a[1] + b[1]
    if op == "subtract":
        return a[0] - b[1], a[1] - b[0]
    if op == "longest":
        return max(a[0], b[0]), max(a[1], b[1])
    if op == "shortest":
        return min(a[0], b[0]), min(a[1], b[1])
    if op == "divide":
        if b[0] <= 0 <= b[1]:
            return None
        b = (1 / b[1], 1 / b[0])
    corners = [x * y for x in a for y in b]
    return min(corners), max(corners)
