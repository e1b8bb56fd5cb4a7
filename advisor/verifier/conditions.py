"""What is known, when a condition holds, and what an answer to a question says."""

from __future__ import annotations

from datetime import date
from typing import Any

from advisor.verifier.canonical import Json

Truth = Any  # true, false, or None for unknown


class Known:
    """What is known: values of facts, and what the user said instead of a value."""

    def __init__(self) -> None:
        self.values: dict[str, Json] = {}
        self.said: dict[str, str] = {}

    def clause(self, clause: Json) -> Truth:
        """One clause: true, false or unknown."""
        fact, test, values = clause["fact"], clause["test"], clause["values"]
        if test == "known":
            return (fact in self.values) is values[0]
        if test == "said":
            return bool(self.said.get(fact) == values[0])
        if fact not in self.values:
            return None
        value = self.values[fact]
        if test == "at_least":
            return bool(value >= values[0])
        if test == "at_most":
            return bool(value <= values[0])
        return any(type(value) is type(one) and value == one for one in values)

    def when(self, when: Json) -> Truth:
        """A whole condition: false as soon as a part is false, else unknown as soon as one is unknown."""
        parts: list[Truth] = [self.clause(one) for one in when["all"]]
        for one in when["none"]:
            truth = self.clause(one)
            parts.append(None if truth is None else not truth)
        if when["any"]:
            any_of = [self.clause(one) for one in when["any"]]
            parts.append(True if True in any_of else None if None in any_of else False)
        return False if False in parts else None if None in parts else True


def facts_of(question: Json) -> list[str]:
    """The facts that a question's answer gives."""
    name = question["id"]
    if question["kind"] == "several":
        return [f"{name}.{choice['id']}" for choice in question["wording"]["choices"]] + [f"{name}.count"]
    also = [f"{name}.given"] if question["wording"]["none_choice"] else []
    return [name, *also, *([f"{name}.days"] if question["kind"] == "date" else [])]


def values_of(question: Json, value: Json, as_of: Json) -> dict[str, Json]:
    """The facts of one answer, given on the day `as_of` (or null), with their values."""
    name, wording = question["id"], question["wording"]
    if question["kind"] == "several":
        values: dict[str, Json] = {f"{name}.{one['id']}": one["id"] in value for one in wording["choices"]}
        return {**values, f"{name}.count": len(value)}
    if wording["none_choice"] and value == wording["none_choice"]["id"]:
        return {f"{name}.given": False}
    values = {name: value, f"{name}.given": True} if wording["none_choice"] else {name: value}
    if question["kind"] == "date" and not question["private"] and as_of:
        values[f"{name}.days"] = (date.fromisoformat(value) - date.fromisoformat(as_of)).days
    return values


def fits(question: Json, value: Json) -> bool:
    """Whether a value is one that the question allows."""
    kind, wording = question["kind"], question["wording"]
    choices = [choice["id"] for choice in wording["choices"]]
    if wording["none_choice"] and value == wording["none_choice"]["id"]:
        return True
    if kind == "one":
        return value in choices
    if kind == "several":
        alone = isinstance(value, list) and len(value) > 1 and any(one in value for one in question["alone"])
        return isinstance(value, list) and bool(value) and not alone and value == [c for c in choices if c in value]
    if kind == "number":
        return type(value) is int and wording["minimum"] <= value <= wording["maximum"]
    if question["private"]:
        return bool(value == "(private)")
    if kind == "text":
        return isinstance(value, str) and 0 < len(value) <= wording["max_length"]
    try:
        return bool(wording["earliest"] <= date.fromisoformat(value).isoformat() == value <= wording["latest"])
    except (TypeError, ValueError):
        return False
