"""Writes a new rule into its page: a draft that loads, with the next free id of its kind."""

from __future__ import annotations

import datetime
import re
import textwrap
from pathlib import Path

import click

from advisor.errors import Place, Problem, RuleBaseError
from advisor.model.answers import nearest
from advisor.model.rule import Rule
from advisor.model.rulebase import RuleBase
from advisor.model.safe_text import shown

_DRAFT = """\
id: {rule_id}
title: Say in one line what this rule advises
status: draft
since: "{version}"
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


def scaffold(base: RuleBase, folder: Path, page_id: str, kind: str) -> tuple[str, Path]:
    """Write a draft into a page, behind the page's last rule of the kind, and return its id and the page's path.

    Raises click.BadParameter for a page that is not there or holds no rules written in full, or a kind that no such
    rule has, and click.FileError when the page cannot be written.
    """
    pages = {page: [rule for rule in rules_of(base, page) if "then" in rule.lines] for page in base.pages}
    pages = {page: found for page, found in pages.items() if found}
    if page_id not in pages:
        hint = nearest(page_id, list(pages)) or f"The pages are {', '.join(pages)}"
        raise click.BadParameter(f"there is no page `{shown(page_id)}` of rules. {hint}", param_hint="PAGE")
    peers = [rule for found in pages.values() for rule in found if kind_of(rule) == kind]
    if not peers:
        kinds = sorted({kind_of(rule) for found in pages.values() for rule in found})
        raise click.BadParameter(
            f"no rule is of the kind `{shown(kind)}`; the kinds are {', '.join(kinds)}", param_hint="KIND"
        )
    first = peers[0]
    behind = next((rule for rule in reversed(pages[page_id]) if kind_of(rule) == kind), pages[page_id][-1])
    asked = next(spec for spec in base.facts.values() if spec.origin == "answer" and spec.kind == "one")
    rule_id = _next_id(base, kind)
    text = _DRAFT.format(
        rule_id=rule_id,
        version=base.about.version,
        fact=asked.id,
        value=asked.values[0],
        other=asked.values[1],
        then=_then(base, first.stratum),
        claim=first.claims[0],
        source=first.sources[0],
        review_by=_a_year_after(base.about.dated),
    )
    path = folder / base.pages[page_id].file
    _insert(path, behind, text)
    return rule_id, path


def _insert(path: Path, behind: Rule, text: str) -> None:
    """Write a rule into a page behind another one, indented as that one is."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        first = lines[behind.line - 1]
        room = " " * (len(first) - len(first.lstrip(" -")))
        entry = textwrap.indent(text, room).replace(room, f"{room[:-2]}- ", 1)
        end = behind.line - 1 + behind.text.count("\n")
        path.write_text("".join([*lines[:end], "\n", entry, *lines[end:]]), encoding="utf-8")
    except OSError as bad:
        raise click.FileError(str(path), bad.strerror or "it cannot be written") from None


def rules_of(base: RuleBase, page_id: str) -> list[Rule]:
    """The rules of a page in reading order."""
    return [base.by_id[rule_id] for rule_id in base.pages[page_id].rules]


def kind_of(rule: Rule) -> str:
    """What the id of a rule begins with, such as WGH."""
    return rule.id.split("-")[0]


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
