"""How the ids of rules are written, whatever the case in which somebody types them, and what they tell."""

from __future__ import annotations


def rule_id(word: str) -> str:
    """A typed id as the rule base writes it: capitals, but what stands behind a point (a state, people) is small."""
    entry, point, rest = word.partition(".")
    return entry.upper() + point + rest.lower()


def page_prefix(rule: str) -> str:
    """What the ids of the rules of one page begin with."""
    return rule.partition("-")[0]
