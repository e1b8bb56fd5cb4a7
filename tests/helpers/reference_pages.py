"""The rules of parsed pages, each written out in full: naive, and made from rules/README.md and no other code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

STRATUM_OF = {
    "add": "derive", "rule_out": "constrain", "red_flag": "constrain", "weigh": "weigh", "break_tie": "weigh",
    "recommend": "decide", "next_step": "plan", "ask": "plan", "call": "plan", "note": "plan",
}  # fmt: skip


def rules_of(pages: Iterable[Mapping[str, Any]], facts: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every rule of every page with its status, its stratum, and the clauses of its page before its own."""
    declared = {fact["id"]: fact["stratum"] for fact in facts}
    for page in pages:
        spoken = page.get("speaks_to", {})
        for rule in page.get("rules", []):
            own = rule.get("when", {})
            when = {name: [*spoken.get(name, []), *own.get(name, [])] for name in ("all", "any", "none")}
            when = {name: clauses for name, clauses in when.items() if clauses}
            stratum = rule.get("stratum") or _stratum(rule["then"], declared)
            yield {"status": "stable", **rule, "when": when, "stratum": stratum}


def _stratum(then: Mapping[str, Any], declared: Mapping[str, str]) -> str:
    """The stratum of what a rule does; the rule states it where that leaves it open, as an add-on alone does."""
    if "conclude" in then:
        every = then["conclude"] if isinstance(then["conclude"], list) else [then["conclude"]]
        return declared[every[0]["fact"]]
    return next(STRATUM_OF[action] for action in then if action in STRATUM_OF)
