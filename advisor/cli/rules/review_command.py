"""`advisor rules review`: what is to be looked at in a rule base, and what people made of its rules."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from advisor.cli.clock import today
from advisor.cli.shared_options import day_named, rules_options, trust_option, write_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from advisor.audit.model.judgment import Review
    from advisor.audit.model.log import LogLine
    from advisor.audit.model.rules_review import RulesReview
    from advisor.model.rulebase import RuleBase

_FOLDER = click.Path(path_type=Path, file_okay=False)
_DAYS_AHEAD = 60


@click.command()
@click.argument("receipts", nargs=-1, type=click.Path(path_type=Path))
@click.option("--log", "folder", type=_FOLDER, help="A decision log to count overrides in.")
@click.option("--within", type=click.IntRange(0, 3650), default=_DAYS_AHEAD, show_default=True,
              help="So many days ahead what is due is told.")  # fmt: skip
@click.option("--as-of", callback=day_named, metavar="DATE", help="The day to count from.  [default: today]")
@click.option("--format", "format_", type=click.Choice(("text", "csv", "json", "html")), default="text",
              show_default=True, help="How to show it.")  # fmt: skip
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), help="Write to this file.")
@trust_option
@rules_options
def review(
    receipts: tuple[Path, ...], folder: Path | None, within: int, as_of: datetime.date | None, format_: str,
    output: Path | None, trust: tuple[Path, ...], rules: Path | None, questionnaires: Path | None,
) -> None:  # fmt: skip
    """List what is to be looked at: pages without an approval, or changed since; rules and sources to be read again.

    An approval counts when its key is named with --trust. A source should be read again by the earliest day of the
    rules that rest on it. With RECEIPTS or --log, the rules come first that people judged, by how often they were
    overridden: in the judgments beside RECEIPTS, in a log, or in both.

    RECEIPTS are files, or folders whose `*.json` receipts are taken. A judgment that stands in several places, and a
    copy of one, counts once, and so does a receipt when it is counted how often a rule fired.

    \b
    Examples:
      advisor rules review
      advisor rules review --trust ann.key.pub --within 90 --format html --output review.html
      advisor rules review ./receipts --log decisions
    """
    from advisor.audit.approving.approvals import standings
    from advisor.audit.keeping import judgments as kept
    from advisor.audit.rules_review import rules_review
    from advisor.loading.resources import shipped
    from advisor.loading.rulebase import load_both

    base = load_both(rules, questionnaires)[1]
    judged = kept.review(_lines(receipts, folder)) if receipts or folder is not None else None
    there = standings(base, rules or shipped("rules"), trust)
    write_out(_shown(rules_review(base, there, as_of or today(), within, judged), base, format_), output)


def _shown(found: RulesReview, base: RuleBase, format_: str) -> str:
    from advisor.audit.rendering.rules_review import review_csv, review_html, review_text
    from advisor.rendering.json_format import canonical_json
    from advisor.terminal.device import width

    if format_ == "json":
        return canonical_json(found)
    if format_ != "text":
        return review_csv(found) if format_ == "csv" else review_html(found)
    judged = [*_judged(found.judged, base), ""] if found.judged is not None else []
    return "\n".join([*judged, *review_text(found, width())]) + "\n"


def _judged(found: Review, base: RuleBase) -> Iterator[str]:
    """The rules that people judged, the most overridden first."""
    from advisor.model.safe_text import shown

    if found.rules:
        yield "overridden  accepted  commented  fired  rule"
    for row in found.rules:
        rule = base.by_id.get(row.rule)
        title = rule.title if rule is not None else "(not in these rules)"
        counts = f"{row.overridden:>10}  {row.accepted:>8}  {row.commented:>9}  {row.fired:>5}"
        yield f"{counts}  {shown(row.rule)}  {title}"
    if found.unnamed_overrides:
        yield f"Overrides that name no rule: {found.unnamed_overrides}."
    if not found.rules and not found.unnamed_overrides:
        yield "Nobody has judged a rule yet."


def _lines(receipts: tuple[Path, ...], folder: Path | None) -> Iterator[LogLine | dict[str, Any]]:
    import json

    from advisor.audit.keeping.judgments import Judgments
    from advisor.audit.keeping.log import DecisionLog
    from advisor.cli.audit.receipt_files import receipt_bytes_of, rulebook_for
    from advisor.errors import DataError, Place, Problem
    from advisor.verifier import problems

    files = [each for file in receipts for each in (sorted(file.glob("*.json")) if file.is_dir() else [file])]
    for file in files:
        raw, name = receipt_bytes_of(file)
        if file not in receipts and not _is_receipt(raw):
            continue
        wrong = next(problems(raw, rulebook=rulebook_for(raw, file)), None)
        if wrong is not None:
            raise DataError(Problem(Place(name), wrong))
        receipt = json.loads(raw)
        yield receipt
        yield from Judgments(file, receipt["envelope_digest"]).lines()
    if folder is not None:
        yield from DecisionLog(folder).lines()


def _is_receipt(raw: bytes) -> bool:
    """Whether bytes from a folder say that they are a receipt, whole, small or masked."""
    import json

    from advisor.audit.keeping.kept import FORMATS
    from advisor.verifier import refusal

    if refusal(raw):
        return any(form.encode() in raw for form in FORMATS)
    data = json.loads(raw)
    return isinstance(data, dict) and data.get("format") in FORMATS
