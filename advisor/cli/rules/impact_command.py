"""`advisor rules impact` and `advisor rules keep`: what a rule change does, and rules kept under their digests."""

from __future__ import annotations

from pathlib import Path

import click

from advisor.cli.given_advice import FORMATS, show
from advisor.cli.shared_options import rules_options

_FOLDER = click.Path(path_type=Path, file_okay=False)
_QUESTIONS = "A folder used instead of the shipped questionnaire, for the {} rules."


@click.command(epilog="Exit codes: 0 all is well; 1 a file is wrong, and why is said; 2 wrong usage.")
@click.argument("old", type=_FOLDER)
@click.argument("new", type=_FOLDER)
@click.option("--old-questionnaires", type=_FOLDER, help=_QUESTIONS.format("old"))
@click.option("--new-questionnaires", type=_FOLDER, help=_QUESTIONS.format("new"))
@click.option("--log", type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="A log: run its advice again on the new rules.")  # fmt: skip
@click.option("--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True,
              help="How to show it; json holds everything.")  # fmt: skip
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), help="Write to this file.")
def impact(
    old: Path, new: Path, old_questionnaires: Path | None, new_questionnaires: Path | None, log: Path | None,
    format_: str, output: Path | None,
) -> None:  # fmt: skip
    """Compare the rules in the folders OLD and NEW: which changed, and whether the advice ever does.

    The solver goes through every way to answer. It proves that the main option, how sure it is, the add-ons, the red
    flags, the ranking and the lines of the plan stay the same, or finds a case with as few answers as it can; each
    case is run on both rule bases to confirm it. Questions and choices that only one of the two has are left out of
    this, and named.

    \b
    Examples:
      advisor rules impact ./old-rules ./rules
      advisor rules impact ./old-rules ./rules --log ./log --format json
    """
    from advisor.advice import Advisor, default_advisor
    from advisor.audit.impact import impact as found_in
    from advisor.audit.keeping.kept import kept_in
    from advisor.audit.rendering.impact_text import render_impact
    from advisor.terminal.device import width

    one, other = Advisor.load(old, old_questionnaires), Advisor.load(new, new_questionnaires)
    found = found_in(one, other, None if log is None else kept_in([log]))
    show(found, format_, lambda: render_impact(found, default_advisor().rulebase.wording, width()), output)


@click.command()
@click.argument("archive", type=_FOLDER)
@rules_options
def keep(archive: Path, rules: Path | None, questionnaires: Path | None) -> None:
    """Copy the rules and the questionnaire into the folder ARCHIVE under their digests, for replays years later.

    \b
    Examples:
      advisor rules keep ./archive
      advisor rules keep ./archive --rules ./rules --questionnaires ./questionnaires
    """
    from advisor.audit.replay import keep as kept_in

    for home in kept_in(archive, rules, questionnaires):
        click.echo(f"Kept {home}")
