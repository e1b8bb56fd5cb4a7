"""One rule as a page to read: what it does, why, on whose word, and its examples."""

from __future__ import annotations

import json

from advisor.cli.rules.overviews import conditions
from advisor.model.action_line import line_of
from advisor.model.rule import Rule
from advisor.model.rulebase import RuleBase
from advisor.terminal.device import width, wrap


def page(rule: Rule, base: RuleBase) -> str:
    """The rule as text, wrapped to the terminal; only the name of its file is never broken."""
    room = width()
    lines = wrap(rule.title, room, f"{rule.id}  ", "  ")
    standing = f"{rule.stratum}, {rule.status} since {rule.since}, version {rule.version}, review by {rule.review_by}"
    lines += [*wrap(standing, room), f"file {rule.file}", "", "When"]
    lines += [line for text in conditions(rule.when) for line in wrap(text, room, "  ", "    ")]
    lines.append("Then")
    for action in rule.actions:
        lines += wrap(line_of(action), room, "  ", "    ")
    lines.append("Why, as the user reads it")
    lines += wrap(rule.why.source, room, "  ")
    for caveat in rule.caveats:
        lines += wrap(f"Caveat: {caveat}", room, "  ", "    ")
    lines.append("Claims")
    for claim_id in rule.claims:
        claim = base.claims[claim_id]
        hedge = f" (hedge: {claim.hedge})" if claim.hedge else ""
        lines += wrap(f"{claim.id}: {claim.says}{hedge}", room, "  ", "    ")
    lines.append("Sources")
    for source_id in rule.sources:
        source = base.sources[source_id]
        grade = base.wording[f"grades.{source.grade}"]
        text = f"{source.id}: {source.title}; {source.publisher}; dated {source.dated}; read {source.accessed}; {grade}"
        lines += wrap(text, room, "  ", "    ")
    lines.append("Examples")
    for example in rule.examples:
        given = {**example.given, **example.said}
        facts = ", ".join(f"{fact} = {str(value).lower()}" for fact, value in given.items()) or "nothing known"
        verb = "fires" if example.fires else "stays silent"
        lines += wrap(f"{example.name}: {verb} on {facts}", room, "  ", "    ")
    return "\n".join(lines)


def as_json(rule: Rule, base: RuleBase) -> str:
    """The rule as JSON, with its claims and sources in full."""
    shown = {
        "id": rule.id,
        "title": rule.title,
        "version": rule.version,
        "status": rule.status,
        "since": rule.since,
        "stratum": rule.stratum,
        "file": rule.file,
        "digest": rule.digest,
        "when": {
            "all": [str(c) for c in rule.when.all],
            "any": [str(c) for c in rule.when.any],
            "none": [str(c) for c in rule.when.none],
        },
        "then": [line_of(action) for action in rule.actions],
        "why": rule.why.source,
        "caveats": list(rule.caveats),
        "claims": [{"id": c, "says": base.claims[c].says, "hedge": base.claims[c].hedge} for c in rule.claims],
        "sources": [
            {"id": s, "title": base.sources[s].title, "grade": base.sources[s].grade, "dated": base.sources[s].dated}
            for s in rule.sources
        ],
        "review_by": rule.review_by,
        "examples": [
            {"name": e.name, "given": {**e.given, **e.said}, "expect": "fires" if e.fires else "silent"}
            for e in rule.examples
        ],
    }
    return json.dumps(shown, indent=2, ensure_ascii=False)
