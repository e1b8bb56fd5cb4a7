"""Lays a receipt beside one that was made anew, or beside what today's rules would quote."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from advisor.audit.recording.seal import plain
from advisor.model.answers import day_of
from advisor.model.json_diff import ABSENT, differences
from advisor.model.safe_text import shown


def recorded_day(content: Mapping[str, Any]) -> datetime.date | None:
    """The day as of which masked advice was given; None when it names none, or the day was erased."""
    advice = content.get("advice")
    trace = advice.get("trace") if isinstance(advice, dict) else None
    day = trace.get("as_of") if isinstance(trace, dict) else None
    return day_of(day) if isinstance(day, str) else None


def of_these(rules: list[Any], found: Mapping[str, Any]) -> list[Any]:
    """Of some quoted rules those that masked advice quotes; all of them when it cannot be known which those are."""
    rows = [found.get(key) for key in ("rules", "evaluations")]
    for part, name in zip(rows, ("id", "rule"), strict=True):
        names = [one.get(name) if isinstance(one, dict) else None for one in part] if isinstance(part, list) else [None]
        if all(isinstance(one, str) for one in names):
            return [rule for rule in rules if rule["id"] in names]
    return rules


def plain_all(models: Any) -> Any:
    """A model, or each of several, as plain JSON data."""
    return [plain(one) for one in models] if isinstance(models, tuple) else plain(models)


def compared(found: dict[str, Any], made: dict[str, Any]) -> Iterator[str]:
    """Where a content differs from one made anew, but for the versions of the program."""
    then, now = (_version(content) for content in (found, made))
    other = "" if then == now else f" (version {then} of the program is said to have made it, and this is {now})"
    for problem in differ("content", _without_versions(found), _without_versions(made)):
        yield problem + other


def _version(content: dict[str, Any]) -> str:
    versions = content.get("versions")
    return shown(str(versions.get("advisor"))) if isinstance(versions, dict) else "?"


def _without_versions(content: dict[str, Any]) -> dict[str, Any]:
    rest = {key: value for key, value in content.items() if key != "versions"}
    advice = rest.get("advice")
    if isinstance(advice, dict):
        rest["advice"] = advice = {key: value for key, value in advice.items() if key != "approvals"}
    if isinstance(advice, dict) and isinstance(advice.get("trace"), dict):
        trace = {key: value for key, value in advice["trace"].items() if key != "versions"}
        rest["advice"] = {**advice, "trace": trace}
    return rest


def differ(path: str, found: Any, expected: Any) -> Iterator[str]:
    """Each place where two pieces of plain JSON data differ, with what stands there and what should."""
    for one in differences(found, expected, (path,)):
        if one.before is ABSENT or one.after is ABSENT:
            yield f"{one.place}: it is {'missing' if one.before is ABSENT else 'too much'}"
        else:
            order = " in the order" if one.moved else ""
            yield (
                f"{one.place}: the receipt has{order} {shown(str(one.before))}, made anew it is {shown(str(one.after))}"
            )
