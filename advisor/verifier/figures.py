"""What the formula of a figure comes to, exactly."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from advisor.verifier.canonical import Json
from advisor.verifier.conditions import Known

MOST = 10**60  # figures beyond are no figures of anybody's, and would take forever


def ends_of(
    term: Json, figure: Json, known: Known, exact: dict[str, Any], likely: bool = False
) -> tuple[Fraction, Fraction] | None:
    """The low and the high end of a figure's formula, or None when there are none; with `likely` those that it comes to
    when each value takes what is likely, where that is stated."""
    op = term["op"]
    if op == "input" and type(given := known.values.get(term["name"])) is int:
        return Fraction(given), Fraction(given)
    if op in ("value", "input"):
        middle = term.get("likely") if likely else None
        return (Fraction(middle or term["low"]), Fraction(middle or term["high"]))
    if op == "figure":
        found: tuple[Fraction, Fraction] | None = exact.get(term["name"])
        return found
    if op == "fact":
        number = known.values.get(term["name"])
        return (Fraction(number), Fraction(number)) if type(number) is int else None
    if op == "table":
        value = known.values.get(term["name"], "unknown")
        choice = str(value).lower() if isinstance(value, bool) else str(value)
        row = figure["tables"][term["name"]].get(choice)
        middle = figure["likely_rows"].get(term["name"], {}).get(choice) if likely else None
        return (Fraction(middle or row[0]), Fraction(middle or row[1])) if row else None
    result, *others = [ends_of(part, figure, known, exact, likely) for part in term["parts"]]
    for other in others:
        if result is None or other is None:
            return None
        result = _combined(op, result, other)
        if result is not None and max(abs(end.numerator) + end.denominator for end in result) > MOST:
            raise ValueError("a figure grows beyond all bounds")
    return result


def _combined(op: str, a: tuple[Fraction, Fraction], b: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction] | None:
    if op == "add":
        return a[0] + b[0], a[1] + b[1]
    if op == "subtract":
        return a[0] - b[1], a[1] - b[0]
    if op == "longest":
        return max(a[0], b[0]), max(a[1], b[1])
    if op == "shortest":
        return min(a[0], b[0]), min(a[1], b[1])
    if op == "divide" and b[0] <= 0 <= b[1]:
        return None
    products = [x * y if op == "multiply" else x / y for x in a for y in b]
    return min(products), max(products)
