"""`advisor rules report`: the rule base as a folder of pages for the browser."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from advisor.cli.clock import today
from advisor.cli.shared_options import advisor_for, day_named, rules_options, trust_option

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.option("--to", "to", type=_FOLDER, required=True, help="The folder to write, new or empty.")
@click.option("--replace", is_flag=True, help="Write over what is in the folder.")
@click.option("--cases", type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="Files of answers, or of cases: tell which rules each exercises.")  # fmt: skip
@click.option("--within", type=click.IntRange(0, 3650), default=60, show_default=True,
              help="So many days ahead what is due is told.")  # fmt: skip
@click.option("--as-of", callback=day_named, metavar="DATE", help="The day to count from.  [default: today]")
@trust_option
@rules_options
def report(
    to: Path, replace: bool, cases: Path | None, within: int, as_of: datetime.date | None, trust: tuple[Path, ...],
    rules: Path | None, questionnaires: Path | None,
) -> None:  # fmt: skip
    """Write the rule base as a site for those who read and approve it: begin with index.html.

    Each page of rules as an expert reads it, with its approval; the weights; the order in which cases are tried; which
    question feeds which rule feeds which option; what rests on which source and grade; and what is to be looked at.
    With --cases every file in a folder is run through the rules, and each rule names the cases in which it fires. The
    pages need no network and run nothing.

    \b
    Examples:
      advisor rules report --to rules-site
      advisor rules report --to rules-site --replace --cases tests/cases --trust ann.key.pub
    """
    from advisor.audit.approving.approvals import standings
    from advisor.audit.rules_review import rules_review
    from advisor.cli.rules.site.exercised import exercised
    from advisor.cli.rules.site.site import Told, site
    from advisor.loading.resources import shipped

    if not replace and to.is_dir() and any(to.iterdir()):
        raise click.UsageError(f"{click.format_filename(to)} is not empty. Name a new folder, or give --replace")
    day = as_of or today()
    made = advisor_for(rules, questionnaires, trust)
    base = made.rulebase
    there = standings(base, rules or shipped("rules"), trust)
    told = Told(
        base, made.questionnaire, {one.approval.page: one for one in there if one.page is not None},
        rules_review(base, there, day, within), None if cases is None else exercised(made, cases, day),
    )  # fmt: skip
    count = sum(_written(to / name, text) for name, text in site(told))
    click.echo(f"Wrote {count} pages. Begin with {click.format_filename(to / 'index.html')}.")


def _written(path: Path, text: str) -> int:
    from advisor.private_files import write_private

    try:
        write_private(path, text, make_folder=True)
    except OSError as bad:
        raise click.FileError(str(path), bad.strerror or "it cannot be written") from None
    return 1
