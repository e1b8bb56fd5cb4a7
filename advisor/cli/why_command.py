"""`advisor why`: what the advice, or one item of it, rests on, down to the user's own answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from advisor.cli.given_advice import case_options, read_case, show
from advisor.cli.shared_options import as_of_option

if TYPE_CHECKING:
    import datetime

    from advisor.rendering.why_in_words import Audience
    from advisor.rendering.why_text import Length

F = TypeVar("F", bound=Callable[..., Any])

AUDIENCES = ("provider", "auditor")
LENGTHS = ("sentence", "paragraph", "tree")


def reader_options(command: F) -> F:
    """Adds --for, --format, --output, --rules and --questionnaires."""
    reader = click.option(
        "--for", "audience", type=click.Choice(AUDIENCES), default="provider", show_default=True,
        help="Who reads it; an auditor also sees ids, clauses, claims and sources.",
    )  # fmt: skip
    return as_of_option(case_options(reader(command)))


@click.command(epilog="Exit codes: 0 it is explained; 1 the input is wrong, and why is said; 2 wrong usage.")
@click.argument("advice", type=click.Path(path_type=Path, allow_dash=True))
@click.argument("item", required=False)
@click.option(
    "--length", type=click.Choice(LENGTHS), default="paragraph", show_default=True, help="How much to tell, as text."
)
@reader_options
def why(
    advice: Path, item: str | None, length: Length, audience: Audience, format_: str, output: Path | None,
    as_of: datetime.date | None, rules: Path | None, questionnaires: Path | None,
) -> None:  # fmt: skip
    """Explain what ADVICE rests on, or ITEM of it, in the rules' own sentences, down to your answers.

    ADVICE is a file of answers, or advice saved with `advisor advise --format json`; `-` reads standard input. ITEM is
    the id of a rule, a red flag, an option, a fact, a figure or a question.

    \b
    Examples:
      advisor why answers.yaml
      advisor why advice.json RF4 --length sentence
      advisor why answers.yaml tally.direct --length tree
      advisor why advice.json WGH-024 --for auditor
      advisor why - staged --format json < advice.json
    """
    from advisor.loading.saved_advice import not_saved_advice
    from advisor.rendering.why_text import render_why
    from advisor.terminal.device import width

    case = read_case(advice, as_of, rules, questionnaires)
    try:
        found = case.advisor.challenger.why(case.trace, item)
    except LookupError as missing:
        if not case.saved:
            raise
        raise not_saved_advice(advice, "", f"a part is missing: {missing}") from None
    wording = case.advisor.rulebase.wording
    show(found, format_, lambda: render_why(found, wording, width(), length, audience), output)
