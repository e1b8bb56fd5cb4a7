"""Writes the file of a new rule: a draft that loads, with the next free id of its topic."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import click

from advisor.errors import Place, Problem, RuleBaseError
from advisor.model.rulebase import RuleBase

_DRAFT = """\
id: {rule_id}
title: Say in one line what this rule advises
version: 1
status: draft
since: "{version}"
stratum: {stratum}
when:
  all:
    - {{fact: {fact}, is: "{value}"}}
then:
{then}
why: >-
  Your answer was {{{fact}}}. Say here, in one or two plain sentences, what follows from that.
claims: [{claim}]
sources: [{source}]
review_by: {review_by}
examples:
  - {{name: say when it fires, given: {{{fact}: "{value}"}}, expect: fires}}
  - {{name: say when it stays silent, given: {{{fact}: "{other}"}}, expect: silent}}
"""

_THEN = {
    "derive": "  conclude: {{fact: {fact}, value: true}}",
    "constrain": "  rule_out: {{options: [{option}]}}",
    "weigh": "  weigh: {{criterion: {criterion}, points: {{{option}: 1}}}}",
    "decide": "  recommend: {{option: {option}, priority: 900, confidence: provisional}}",
    "plan": "  next_step: {{order: 99, timing: When you have time, text: Say what to do.}}",
}


def scaffold(base: RuleBase, folder: Path, topic: str, slug: str) -> Path:
    """Write `<folder>/<topic>/<slug>.yaml` and return its path.

    Raises click.BadParameter for a topic that no rule has, a slug that is no slug, or a file that is there, and
    click.FileError when it cannot be written.
    """
    peers = [rule for rule in base.rules if rule.file.split("/")[0] == topic]
    if not peers:
        topics = sorted({rule.file.split("/")[0] for rule in base.rules})
        raise click.BadParameter(f"there is no topic `{topic}`; the topics are {', '.join(topics)}", param_hint="TOPIC")
    if not re.fullmatch(r"[a-z0-9]+(?:[-_][a-z0-9]+)*", slug):
        raise click.BadParameter("use small letters, digits and hyphens", param_hint="SLUG")
    path = folder / topic / f"{slug}.yaml"
    if path.exists():
        raise click.BadParameter(f"{path} is there already", param_hint="SLUG")
    first = peers[0]
    asked = next(spec for spec in base.facts.values() if spec.origin == "answer" and spec.kind == "one")
    text = _DRAFT.format(
        rule_id=_next_id(base, first.id.split("-")[0]),
        version=base.about.version,
        stratum=first.stratum,
        fact=asked.id,
        value=asked.values[0],
        other=asked.values[1],
        then=_then(base, first.stratum),
        claim=first.claims[0],
        source=first.sources[0],
        review_by=_a_year_after(base.about.dated),
    )
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as bad:
        raise click.FileError(str(path), bad.strerror or "it cannot be written") from None
    return path


def _a_year_after(dated: str) -> str:
    try:
        return (datetime.date.fromisoformat(dated) + datetime.timedelta(days=365)).isoformat()
    except ValueError:
        problem = Problem(Place("rulebase.yaml", 0, "dated"), f"`{dated}` is not a date", "a date like 2027-11-23")
        raise RuleBaseError(problem) from None


def _then(base: RuleBase, stratum: str) -> str:
    made = [spec for spec in base.facts.values() if spec.origin == "rule" and spec.kind == "yes_no"]
    derived = next((spec.id for spec in made if spec.finished == stratum), "")
    if stratum == "derive" and not derived:
        return "  add: {to: points, points: 1}"
    return _THEN[stratum].format(fact=derived, option=base.main_options[0].id, criterion=next(iter(base.criteria)))


def _next_id(base: RuleBase, prefix: str) -> str:
    used = [*base.by_id, *base.retired]
    numbers = [int(i.split("-")[1]) for i in used if re.fullmatch(rf"{prefix}-\d+", i)]
    return f"{prefix}-{max(numbers, default=0) + 1:03d}"
