"""`advisor interview`: questions in the terminal, then advice."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.shared_options import advisor_for, rules_options

if TYPE_CHECKING:
    from advisor.model.answers import Answers


@click.command()
@click.option("--answers", type=click.Path(path_type=Path, dir_okay=False), help="Start from the answers in this file.")
@click.option("--save", type=click.Path(path_type=Path, dir_okay=False), help="Keep your answers in this file.")
@click.option("--plain", is_flag=True, help="Numbered choices, one line at a time; good for screen readers.")
@rules_options
def interview(
    answers: Path | None, save: Path | None, plain: bool, rules: Path | None, questionnaires: Path | None
) -> None:
    """Answer questions and get advice.

    You can go back, say "not sure", skip, stop at any time and go on later.

    \b
    Examples:
      advisor interview
      advisor interview --save answers.yaml
      advisor interview --answers answers.yaml --plain
    """
    from advisor.cli.interview_flow import run_interview
    from advisor.cli.terminal import width
    from advisor.loading.questionnaire import load_questionnaire

    def show_advice(given: Answers) -> str:
        from advisor.rendering import RENDERER_BY_NAME

        return RENDERER_BY_NAME["text"](advisor_for(rules, questionnaires).advise(given), width())

    outcome = run_interview(
        load_questionnaire(questionnaires), answers_file=answers, save_file=save, plain=plain, show_advice=show_advice
    )
    sys.exit(0 if outcome is not None else 130)
