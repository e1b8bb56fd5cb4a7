"""`advisor receipt judge` and `advisor rules review`: what people think of advice, and of the rules behind it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from advisor.cli.clock import now
from advisor.cli.shared_options import rules_options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from advisor.audit.model.log import LogLine

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.argument("file", type=_FILE)
@click.argument("verdict", type=click.Choice(("accept", "override", "comment")))
@click.option("--by", required=True, help="Who judges.")
@click.option("--reason", required=True, help="Why.")
@click.option("--rule", "rules", multiple=True, help="A rule it is about, such as WGH-024; may be given again.")
@click.option("--log", "folder", type=_FOLDER, help="A decision log to add it to as well.")
@click.option("--key", type=_FILE, help="Sign it with this private key, made with `advisor receipt keygen`.")
def judge(
    file: Path, verdict: str, by: str, reason: str, rules: tuple[str, ...], folder: Path | None, key: Path | None
) -> None:
    """Say what a person made of the advice in the receipt in FILE: accepted it, did something else, or a comment.

    Judgments are kept in FILE.judgments.jsonl, each with the digest of the one before; the receipt stays as it is.
    `advisor receipt verify` lists them, and says who signed which. What cannot be seen is that the last ones were cut
    off: note the digest that is printed, and ask `advisor receipt verify --judgment DIGEST` for it later.

    \b
    Examples:
      advisor receipt judge receipt.json accept --by "A. Reader" --reason "It fits."
      advisor receipt judge receipt.json override --by "A. Reader" --reason "Too soon." --rule WGH-001
      advisor receipt judge receipt.json comment --by "A. Reader" --reason "Hm." --key a.key
    """
    import json

    from pydantic import ValidationError

    from advisor.audit.keeping.judgments import Judgments, judgeable_rules, signed_by
    from advisor.audit.keeping.log import DecisionLog
    from advisor.audit.model.judgment import JUDGMENT_FORMAT, Judgment
    from advisor.model.misfit import first_misfit

    receipt = json.loads(_holding(file, "what does not hold is not judged"))
    about = judgeable_rules(receipt["content"], rules)
    try:
        judgment = Judgment(
            format=JUDGMENT_FORMAT, receipt=receipt["id"], receipt_digest=receipt["envelope_digest"],
            verdict=verdict, by=by.strip(), reason=reason.strip(), rules=about, time=now(),
        )  # fmt: skip
    except ValidationError as bad:
        raise click.UsageError(f"--{first_misfit(bad).key} takes a text of 1 to 2000 characters") from None
    if key is not None:
        judgment = signed_by(judgment, key)
    line = Judgments(file, receipt["envelope_digest"]).add(judgment)
    if folder is not None:
        DecisionLog(folder).append("judgment", line.record)
    click.echo(f"Judgment {line.seq} of {receipt['id']} is kept, with the digest {line.digest}.")


@click.command()
@click.argument("file", type=_FILE)
def repair(file: Path) -> None:
    """Mend the judgments beside the receipt in FILE when the last was not wholly written, or the file is empty.

    Nobody was told that such a judgment is kept. What was written of it is moved to a file of its own, one that lacks
    only its line feed gets it, and a record of it is added. Judgments that were changed are not repaired.

    \b
    Examples:
      advisor receipt repair receipt.json
    """
    import json

    from advisor.audit.keeping.judgments import Judgments
    from advisor.cli.audit.log_commands import repair_said
    from advisor.model.safe_text import printable

    receipt = json.loads(_holding(file, "a receipt that does not hold has no judgments to mend"))
    click.echo(printable(repair_said(Judgments(file, receipt["envelope_digest"]).repair(now()))))


def _holding(file: Path, why: str) -> bytes:
    """The bytes of a receipt that holds. Raises ClickException with `why` for one that does not."""
    from advisor.cli.audit.receipt_files import receipt_bytes_of
    from advisor.model.safe_text import printable
    from advisor.verifier import problems

    raw, name = receipt_bytes_of(file)
    wrong = next(problems(raw), None)
    if wrong is not None:
        raise click.ClickException(printable(f"{name}: {wrong}; {why}"))
    return raw


@click.command()
@click.argument("receipts", nargs=-1, type=click.Path(path_type=Path))
@click.option("--log", "folder", type=_FOLDER, help="A decision log to count in.")
@rules_options
def review(receipts: tuple[Path, ...], folder: Path | None, rules: Path | None, questionnaires: Path | None) -> None:
    """List rules by how often people overrode them: in the judgments beside RECEIPTS, in a log, or in both.

    RECEIPTS are files, or folders whose `*.json` receipts are taken. A judgment that stands in several places, and a
    copy of one, counts once, and so does a receipt when it is counted how often a rule fired.

    \b
    Examples:
      advisor rules review receipt.json
      advisor rules review ./receipts
      advisor rules review --log decisions
    """
    if not receipts and folder is None:
        raise click.UsageError("give receipts that were judged, or --log with the folder of a decision log")
    from advisor.audit.keeping import judgments as kept
    from advisor.loading.rulebase import load_both
    from advisor.model.safe_text import shown

    base = load_both(rules, questionnaires)[1]
    found = kept.review(_lines(receipts, folder))
    if found.rules:
        click.echo("overridden  accepted  commented  fired  rule")
    for row in found.rules:
        rule = base.by_id.get(row.rule)
        title = rule.title if rule is not None else "(not in these rules)"
        counts = f"{row.overridden:>10}  {row.accepted:>8}  {row.commented:>9}  {row.fired:>5}"
        click.echo(f"{counts}  {shown(row.rule)}  {title}")
    if found.unnamed_overrides:
        click.echo(f"Overrides that name no rule: {found.unnamed_overrides}.")
    if not found.rules and not found.unnamed_overrides:
        click.echo("Nobody has judged a rule yet.")


def _lines(receipts: tuple[Path, ...], folder: Path | None) -> Iterator[LogLine | dict[str, Any]]:
    import json

    from advisor.audit.keeping.judgments import Judgments
    from advisor.audit.keeping.log import DecisionLog
    from advisor.cli.audit.receipt_files import receipt_bytes_of
    from advisor.errors import DataError, Place, Problem
    from advisor.verifier import problems

    files = [each for file in receipts for each in (sorted(file.glob("*.json")) if file.is_dir() else [file])]
    for file in files:
        raw, name = receipt_bytes_of(file)
        if file not in receipts and not _is_receipt(raw):
            continue
        wrong = next(problems(raw), None)
        if wrong is not None:
            raise DataError(Problem(Place(name), wrong))
        receipt = json.loads(raw)
        yield receipt
        yield from Judgments(file, receipt["envelope_digest"]).lines()
    if folder is not None:
        yield from DecisionLog(folder).lines()


def _is_receipt(raw: bytes) -> bool:
    """Whether bytes from a folder say that they are a receipt, whole or masked."""
    import json

    from advisor.audit.model.log import MASKED_FORMAT
    from advisor.audit.model.receipt import FORMAT
    from advisor.verifier import refusal

    if refusal(raw):
        return FORMAT.encode() in raw or MASKED_FORMAT.encode() in raw
    data = json.loads(raw)
    return isinstance(data, dict) and data.get("format") in (FORMAT, MASKED_FORMAT)
