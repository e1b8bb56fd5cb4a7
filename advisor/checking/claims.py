"""Claims and rules that do not name each other: an item that nothing encodes, or a stale link."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.checking.finding import Desk, Finding
from advisor.model.rulebase import RuleBase


def claims_out_of_step(desk: Desk) -> Iterator[Finding]:
    """`claims.yaml` must list exactly the stable rules that name the claim, or say why none does.

    Drafts and deprecated rules do not run, so they encode nothing. Sources must exist.
    """
    base = desk.base
    naming: dict[str, set[str]] = {}
    for rule in base.active:
        for claim in rule.claims:
            naming.setdefault(claim, set()).add(rule.id)
    for entry in base.claims.values():
        listed = {rule for rule in entry.rules if "." not in rule}
        elsewhere = [place for place in entry.rules if "." in place]
        for rule_id in sorted(listed - naming.get(entry.id, set())):
            yield _finding(
                entry.line, f"`{entry.id}` lists the rule {rule_id}, which {_fault(base, entry.id, rule_id)}"
            )
        for rule_id in sorted(naming.get(entry.id, set()) - listed):
            yield _finding(entry.line, f"`{entry.id}` is named by {rule_id} but does not list it")
        for place in elsewhere:
            if place.split("#")[0] not in base.files:
                yield _finding(entry.line, f"`{entry.id}` lists `{place}`, which is not in the rule base")
        if not entry.rules and not entry.not_encoded:
            yield _finding(entry.line, f"`{entry.id}` is encoded by no rule and does not say why (`not_encoded`)")
        if entry.rules and entry.not_encoded:
            yield _finding(entry.line, f"`{entry.id}` is encoded, but says why it is not (`not_encoded`)")
        for source in entry.sources:
            if source not in base.sources:
                yield _finding(entry.line, f"`{entry.id}` names the source `{source}`, which is not in sources.yaml")


def _fault(base: RuleBase, claim: str, rule_id: str) -> str:
    rule = base.by_id.get(rule_id)
    if rule is None:
        return "is not in the rule base"
    return f"is {rule.status} and does not run" if claim in rule.claims else "does not name it"


def _finding(line: int, message: str) -> Finding:
    return Finding("claims", "claims.yaml", line, message)
