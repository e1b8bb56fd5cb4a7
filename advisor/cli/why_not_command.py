"""`advisor why-not`: what stood in the way of an option, an add-on, a red flag, a rule or a fact."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.given_advice import read_case, show
from advisor.cli.why_command import reader_options

if TYPE_CHECKING:
    import datetime

    from advisor.rendering.why_in_words import Audience


@click.command("why-not", epilog="Exit codes: 0 it is explained; 1 the input is wrong, and why is said; 2 wrong usage.")
@click.argument("advice", type=click.Path(path_type=Path, allow_dash=True))
@click.argument("item")
@reader_options
def why_not(
    advice: Path, item: str, audience: Audience, format_: str, output: Path | None, as_of: datetime.date | None,
    rules: Path | None, questionnaires: Path | None,
) -> None:  # fmt: skip
    """Explain why ITEM is not part of ADVICE: what ruled it out, what was missing, who won instead, and
    the smallest changes of answers that would bring it about.

    ADVICE is a file of answers, or advice saved with `advisor advise --format json`; `-` reads standard input. ITEM is
    the id of an option, a red flag, a rule, a fact, a figure or a question.

    \b
    Examples:
      advisor why-not answers.yaml direct
      advisor why-not advice.json RF4
      advisor why-not advice.json WGH-024 --for auditor
      advisor why-not - exit --format json < advice.json
    """
    from advisor.loading.saved_advice import not_saved_advice
    from advisor.rendering.why_not_text import render_why_not
    from advisor.terminal.device import width

    case = read_case(advice, as_of, rules, questionnaires)
    try:
        found = case.advisor.challenger.why_not(case.answers, case.trace, item)
    except LookupError as missing:
        if not case.saved:
            raise
        raise not_saved_advice(advice, "", f"a part is missing: {missing}") from None
    wording = case.advisor.rulebase.wording
    show(found, format_, lambda: render_why_not(found, wording, width(), audience), output)
