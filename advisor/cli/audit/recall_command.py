"""`advisor recall`: all kept advice that rests on a source, a claim or a rule, or that has expired."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.clock import today
from advisor.cli.given_advice import FORMATS, show
from advisor.cli.shared_options import day_named

if TYPE_CHECKING:
    import datetime

    from advisor.audit.model.recall import Reason

_PATH = click.Path(path_type=Path, exists=True)


@click.command(epilog="Exit codes: 0 all was looked through; 1 something could not be, and why is said; 2 wrong usage.")
@click.argument("places", type=_PATH, nargs=-1, required=True, metavar="LOG_OR_RECEIPT...")
@click.option(
    "--source", help="Advice for which a rule that cites this source fired, or that shows a figure which does."
)
@click.option("--claim", help="The same for a claim, such as K027.")
@click.option("--rule", help="Advice for which this rule fired.")
@click.option("--expired", is_flag=True, help="Advice that rests on something to be read again before a date.")
@click.option("--as-of", callback=day_named, metavar="DATE", help="That date, such as 2027-01-31; else today.")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True,
              help="How to show it; json holds everything.")  # fmt: skip
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), help="Write to this file.")
def recall(
    places: tuple[Path, ...], source: str | None, claim: str | None, rule: str | None, expired: bool,
    as_of: datetime.date | None, format_: str, output: Path | None,
) -> None:  # fmt: skip
    """Find all advice that rests on a source, a claim or a rule, or has expired, with what to tell each person.

    Looks through logs, receipts, and folders of them; give one of --source, --claim, --rule and --expired. In a folder,
    files that are neither are passed over. Of masked advice, what remains is looked through. What cannot be looked
    through is listed, since advice in it may have to be recalled as well.

    \b
    Examples:
      advisor recall decisions --source article.erin
      advisor recall decisions receipt.json --rule WGH-024
      advisor recall receipts --expired --as-of 2027-06-30 --format json
    """
    from advisor.advice import default_advisor
    from advisor.audit.keeping.kept import sought_in
    from advisor.audit.recall import recall as found_in
    from advisor.audit.rendering.recall_text import render_recall
    from advisor.model.rule_ids import rule_id
    from advisor.terminal.device import width

    asked: dict[Reason, str | None] = {
        "source": source, "claim": claim, "rule": rule_id(rule) if rule else rule,
        "expired": (as_of or today()).isoformat() if expired else None,
    }  # fmt: skip
    given = [(reason, subject) for reason, subject in asked.items() if subject is not None]
    if len(given) != 1:
        raise click.UsageError("give one of --source, --claim, --rule and --expired")
    if as_of is not None and not expired:
        raise click.UsageError("--as-of goes with --expired")
    wording = default_advisor().rulebase.wording
    found = found_in(sought_in(places, *given[0]), *given[0], wording)
    show(found, format_, lambda: render_recall(found, wording, width()), output)
    if found.not_searched:
        raise SystemExit(1)
