"""`advisor sensitivity`: how much the advice for some answers hangs on weights, single rules and weaker evidence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.given_advice import case_options, read_case, show
from advisor.cli.shared_options import as_of_option

if TYPE_CHECKING:
    import datetime


@click.command(
    epilog="Exit codes: 0 all is well; 1 the advice, answers or rules are wrong, and why is said; 2 wrong usage."
)
@click.argument("advice", type=click.Path(path_type=Path, allow_dash=True))
@as_of_option
@case_options
def sensitivity(
    advice: Path,
    format_: str,
    output: Path | None,
    as_of: datetime.date | None,
    rules: Path | None,
    questionnaires: Path | None,
) -> None:
    """Show how much ADVICE hangs on judgments: an answers file, or saved advice (made with `advisor advise
    --format json`); `-` reads standard input.

    It tells how far each weight could move before another option would be recommended, which single rules the advice
    hangs on, and whether it holds without weaker evidence. JSON holds the exact numbers.

    \b
    Examples:
      advisor sensitivity answers.yaml
      advisor sensitivity advice.json --format json
      advisor advise answers.yaml --format json | advisor sensitivity -
    """
    from advisor.explaining.sensitivity import sensitivity as found_in
    from advisor.rendering.sensitivity_text import render_sensitivity
    from advisor.terminal.device import width

    case = read_case(advice, as_of, rules, questionnaires)
    made, answers = case.advisor, case.answers
    found = found_in(made.rulebase, case.trace, lambda struck: made.trace(answers, struck))
    show(found, format_, lambda: render_sensitivity(found, made.rulebase.wording, width()), output)
