"""`advisor advise`: a file of answers in, advice out."""

from __future__ import annotations

from pathlib import Path

import click

from advisor.cli.shared_options import advisor_for, read_stdin, rules_options, write_out

FORMATS = ("text", "markdown", "json")


@click.command(
    epilog="Exit codes: 0 advice was given; 1 the answers or rules are wrong, and why is said; 2 wrong usage."
)
@click.argument("answers", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True, help="How to show it."
)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), help="Write to this file.")
@click.option("--quick", is_flag=True, help="Leave out the proofs: the advice is the same, in about half the time.")
@rules_options
def advise(
    answers: Path, format_: str, output: Path | None, quick: bool, rules: Path | None, questionnaires: Path | None
) -> None:
    """Give advice for a file of ANSWERS, YAML or JSON; `-` reads them from standard input.

    A file may be partial: what is missing counts as not known, never as no. A second engine checks the advice, proves
    what is settled whatever the missing answers are, and finds the smallest changes that lead elsewhere.

    \b
    Examples:
      advisor advise answers.yaml
      advisor advise answers.yaml --format markdown --output advice.md
      advisor advise - --format json < answers.json
    """
    from advisor.loading.answers import answers_from_bytes, read_answers
    from advisor.rendering import RENDERER_BY_NAME

    made = advisor_for(rules, questionnaires)
    if str(answers) == "-":
        given = answers_from_bytes(read_stdin(), "standard input", made.questionnaire)
    else:
        given = read_answers(answers, made.questionnaire)
    from advisor.cli.terminal import width

    write_out(RENDERER_BY_NAME[format_](made.advise(given, proofs=not quick), width()), output)
