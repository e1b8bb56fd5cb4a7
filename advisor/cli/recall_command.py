"""`advisor recall`: all logged advice that rests on a source or a rule, or that has expired."""

from __future__ import annotations

from pathlib import Path

import click

from advisor.cli.given_advice import FORMATS, show

_PATH = click.Path(path_type=Path, exists=True)


@click.command(epilog="Exit codes: 0 all is well; 1 a file is wrong, and why is said; 2 wrong usage.")
@click.argument("places", type=_PATH, nargs=-1, required=True, metavar="LOG_OR_RECEIPT...")
@click.option("--source", help="Advice for which a rule that cites this source fired.")
@click.option("--rule", help="Advice for which this rule fired.")
@click.option("--expired", is_flag=True, help="Advice that rests on something to be read again before a date.")
@click.option("--as-of", metavar="DATE", help="That date, such as 2027-01-31; today if it is not given.")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True,
              help="How to show it; json holds everything.")  # fmt: skip
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), help="Write to this file.")
def recall(
    places: tuple[Path, ...], source: str | None, rule: str | None, expired: bool, as_of: str | None, format_: str,
    output: Path | None,
) -> None:  # fmt: skip
    """Find all advice that rests on a source or a rule, or has expired, with what to tell each person.

    Looks through logs, receipts, and folders of them; give one of --source, --rule and --expired. In a folder, files
    that are neither are passed over, and so is logged advice of which parts were masked.

    \b
    Examples:
      advisor recall log --source article.erin
      advisor recall log receipt.json --rule WGH-024
      advisor recall receipts --expired --as-of 2027-06-30 --format json
    """
    from datetime import UTC, datetime

    from advisor.advice import default_advisor
    from advisor.auditing.kept import receipts_in
    from advisor.cli.terminal import width
    from advisor.recall import recall as found_in
    from advisor.rendering.recall_text import render_recall

    if (source is not None) + (rule is not None) + expired != 1:
        raise click.UsageError("give one of --source, --rule and --expired")
    if as_of is not None and not expired:
        raise click.UsageError("--as-of goes with --expired")
    wording, receipts = default_advisor().rulebase.wording, receipts_in(places)
    if source is not None:
        found = found_in(receipts, "source", source, wording)
    elif rule is not None:
        found = found_in(receipts, "rule", rule.upper(), wording)
    else:
        found = found_in(receipts, "expired", as_of or datetime.now(UTC).strftime("%Y-%m-%d"), wording)
    show(found, format_, lambda: render_recall(found, wording, width()), output)
