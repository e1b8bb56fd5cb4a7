"""`advisor interview`: questions in the terminal, then advice."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.shared_options import advisor_for, rules_options

if TYPE_CHECKING:
    from advisor.cli.advice_desk import Desk
    from advisor.model.answers import Answers


@click.command()
@click.option("--answers", type=click.Path(path_type=Path, dir_okay=False), help="Start from the answers in this file.")
@click.option("--save", type=click.Path(path_type=Path, dir_okay=False), help="Keep your answers in this file.")
@click.option("--plain", is_flag=True, help="Numbered choices, one line at a time; good for screen readers.")
@click.option(
    "--order",
    type=click.Choice(("telling", "file")),
    default="telling",
    show_default=True,
    help="Which question comes next: the one that can still change most, or the next one in the file.",
)
@click.option(
    "--ledger",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write to this file which questions were asked or skipped, and why.",
)
@rules_options
def interview(
    answers: Path | None, save: Path | None, plain: bool, order: str, ledger: Path | None, rules: Path | None,
    questionnaires: Path | None,
) -> None:  # fmt: skip
    """Answer questions and get advice.

    You can go back, say "not sure", skip, stop at any time and go on later. Once nothing that is left can change your
    advice, you are told so.

    \b
    Examples:
      advisor interview
      advisor interview --save answers.yaml
      advisor interview --answers answers.yaml --plain
    """
    from advisor.cli.background import Background, GuideToCome
    from advisor.cli.interview_flow import run_interview
    from advisor.cli.terminal import width
    from advisor.loading.questionnaire import load_questionnaire

    background = Background(lambda: advisor_for(rules, questionnaires))

    def show_advice(given: Answers) -> str:
        from advisor.rendering import RENDERER_BY_NAME

        return RENDERER_BY_NAME["text"](background.advisor().advise(given, proofs=True), width())

    def desk() -> Desk:
        from advisor.cli.advice_desk import AdviceDesk

        return AdviceDesk(background.advisor(), width)

    outcome = run_interview(
        load_questionnaire(questionnaires),
        answers_file=answers,
        save_file=save,
        plain=plain,
        guide=GuideToCome(background) if order == "telling" else None,
        desk=desk,
        shown=background.start,
        ledger_file=ledger,
        show_advice=show_advice,
    )
    sys.exit(0 if outcome is not None else 130)
