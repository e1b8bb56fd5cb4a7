"""`advisor interview`: questions in the terminal, then advice."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.audit.log_options import kept_log, log_options
from advisor.cli.clock import now, today
from advisor.cli.shared_options import advisor_for, as_of_option, rules_options, trust_option
from advisor.model.safe_text import one_line

if TYPE_CHECKING:
    import datetime

    from advisor.model.answers import Answers
    from advisor.terminal.advice_desk import AdviceWanted


@click.command()
@click.option("--answers", type=click.Path(path_type=Path, dir_okay=False), help="Start from the answers in this file.")
@click.option("--save", type=click.Path(path_type=Path, dir_okay=False), help="Keep your answers in this file.")
@click.option("--plain", is_flag=True, help="Numbered choices, one line at a time; good for screen readers.")
@click.option(
    "--order",
    type=click.Choice(("telling", "file")),
    default="telling",
    show_default=True,
    help="Pass over questions that can no longer change your advice (telling), or ask all that are yours (file).",
)
@click.option(
    "--ledger",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write to this file which questions were asked or skipped, and why.",
)
@click.option(
    "--receipt",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the receipt of the advice to this file, for `advisor receipt verify`.",
)
@as_of_option
@log_options
@trust_option
@rules_options
def interview(
    answers: Path | None, save: Path | None, plain: bool, order: str, ledger: Path | None, receipt: Path | None,
    as_of: datetime.date | None, folder: Path | None, mask: Path | None, log_private: bool,
    trust: tuple[Path, ...], rules: Path | None, questionnaires: Path | None,
) -> None:  # fmt: skip
    """Answer questions and get advice.

    You can go back, say "not sure", skip, stop at any time and go on later. Once nothing that is left can change your
    advice, you are told so.

    With --log, a receipt of each advice, or why there is none, is kept in a folder before anything is shown.

    \b
    Examples:
      advisor interview
      advisor interview --save answers.yaml
      advisor interview --answers answers.yaml --plain
      advisor interview --receipt receipt.json --log decisions
    """
    from advisor.loading.questionnaire import load_questionnaire
    from advisor.terminal.advice_book import AdviceBook
    from advisor.terminal.background import PATIENCE, Background, GuideToCome, PathToCome
    from advisor.terminal.device import in_sentences, width
    from advisor.terminal.interview_flow import run_interview

    if receipt is not None and not receipt.absolute().parent.is_dir():
        raise click.UsageError("--receipt: there is no such folder. Make the folder first")
    # A pipe waits for the look ahead, so that the same answers always lead the same way.
    patience = PATIENCE if sys.stdin.isatty() else float("inf")
    for path in (ledger, receipt):
        if path is not None and path.is_file():
            click.echo(f"{one_line(str(path))} is there already; it will be replaced.", err=True)
    questionnaire = load_questionnaire(questionnaires)
    background = Background(lambda: advisor_for(rules, questionnaires, trust))
    book = AdviceBook(background.advisor, now, receipt, kept_log(folder, mask, log_private))

    def show_advice(given: Answers) -> str:
        from advisor.rendering import RENDERER_BY_NAME

        return RENDERER_BY_NAME["text"](book.advise(given), width(), False)

    def desk() -> AdviceWanted:
        from advisor.terminal.advice_desk import AdviceDesk

        return AdviceDesk(background.advisor, width, book.advise, plain=plain or in_sentences(os.environ))

    with background:
        try:
            outcome = run_interview(
                questionnaire,
                path_of=PathToCome(background, questionnaire, patience),
                answers_file=answers,
                save_file=save,
                plain=plain,
                guide=GuideToCome(background, patience) if order == "telling" else None,
                desk=desk,
                shown=background.start,
                as_of=as_of or today(),
                ledger_file=ledger,
                book=book,
                show_advice=show_advice,
            )
        except Exception as bad:
            book.failed(bad)
            raise
        book.end()
    sys.exit(0 if outcome is not None else 130)
