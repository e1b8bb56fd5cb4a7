"""`advisor log report`: what a decision log holds as a whole, and a sample of it to review."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.clock import today
from advisor.cli.shared_options import day_named, write_out

if TYPE_CHECKING:
    import datetime

    from advisor.audit.model.log_report import LogReport

_SAMPLE, _SEED = 10, "1"


@click.command(epilog="Exit codes: 0 all was read; 1 something could not be, and why is said; 2 wrong usage.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--sample", type=click.IntRange(min=0), default=_SAMPLE, show_default=True,
              help="So many pieces of advice are drawn for review.")  # fmt: skip
@click.option("--seed", default=_SEED, show_default=True, help="Any word; the same one draws the same advice.")
@click.option("--as-of", callback=day_named, metavar="DATE", help="The day for what has expired.  [default: today]")
@click.option("--format", "format_", type=click.Choice(("text", "csv", "json")), default="text", show_default=True,
              help="How to show it; csv has a row for each piece of advice.")  # fmt: skip
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), help="Write to this file.")
def report(
    folder: Path, sample: int, seed: str, as_of: datetime.date | None, format_: str, output: Path | None
) -> None:  # fmt: skip
    """Count what the log in FOLDER holds: what was asked and advised, how sure, warnings, judgments, refusals, and what
    has expired; and draw advice for review.

    Which advice is drawn follows from the seed and the digests of the records alone, so anybody can draw it again.

    \b
    Examples:
      advisor log report decisions
      advisor log report decisions --sample 25 --seed 2027-Q1 --format csv --output log.csv
    """
    from advisor.audit.log_report import log_report

    found = log_report(folder, as_of or today(), sample=sample, seed=seed)
    write_out(_shown(found, format_), output)
    if found.unread:
        raise SystemExit(1)


def _shown(found: LogReport, format_: str) -> str:
    from advisor.audit.rendering.log_report import log_report_csv, log_report_text
    from advisor.rendering.json_format import canonical_json
    from advisor.terminal.device import width

    if format_ == "text":
        return "\n".join(log_report_text(found, width())) + "\n"
    return log_report_csv(found) if format_ == "csv" else canonical_json(found)
