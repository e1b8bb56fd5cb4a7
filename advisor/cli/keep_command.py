"""`advisor keep` and `advisor open`: puts a plan with all that goes with it into a folder, and shows it again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.clock import today
from advisor.cli.shared_options import advisor_for, as_of_option, read_stdin, rules_options, trust_option, write_out

if TYPE_CHECKING:
    import datetime

_OUT = click.Path(path_type=Path, file_okay=False)


@click.command(
    epilog="Exit codes: 0 it is kept; 1 the answers or the folder are wrong, and why is said; 2 wrong usage."
)
@click.argument("answers", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--to", "folder", type=_OUT, required=True, help="The folder to write.")
@click.option("--replace", is_flag=True, help="Put it in place of what was kept in that folder before.")
@click.option("--proofs", is_flag=True, help="Prove what would change the advice, too; takes half a minute.")
@as_of_option
@trust_option
@rules_options
def keep(
    answers: Path,
    folder: Path,
    replace: bool,
    proofs: bool,
    as_of: datetime.date | None,
    trust: tuple[Path, ...],
    rules: Path | None,
    questionnaires: Path | None,
) -> None:
    """Keep the advice for a file of ANSWERS in a folder, with everything that goes with it.

    It gets plan.html and plan.pdf to read and print, plan.ics with the dates for your calendar, letters to send,
    your answers, and the advice for this program. Only you can read it. When there is something in the folder, a
    folder with the day in its name is made beside it, or with --replace what was kept there is replaced; other files
    there are never touched.

    \b
    Examples:
      advisor keep answers.yaml --to my-plan
      advisor keep answers.yaml --to my-plan --replace
    """
    from advisor.loading.answers import answers_from_bytes, read_answers
    from advisor.terminal.kept_folder import folder_named, keep_at

    day = as_of or today()
    folder = folder_named(str(folder))
    made = advisor_for(rules, questionnaires, trust)
    if str(answers) == "-":
        given = answers_from_bytes(read_stdin(), "standard input", made.questionnaire, as_of=day)
    else:
        given = read_answers(answers, made.questionnaire, as_of=day)
    advice = made.advise(given, proofs=proofs)
    click.echo(keep_at(made, advice, given, folder, replace))


@click.command("open", epilog="Exit codes: 0 it was shown; 1 the folder holds no kept advice; 2 wrong usage.")
@click.argument("folder", type=_OUT)
@click.option("--full", is_flag=True, help="Show everything: the plan page whole, then all that stands behind it.")
def open_folder(folder: Path, full: bool) -> None:
    """Show the plan that is kept in FOLDER again, as it was given, without the steps that are done.

    \b
    Example:
      advisor open my-plan
    """
    from advisor.rendering import RENDERER_BY_NAME
    from advisor.terminal.device import width
    from advisor.terminal.kept_folder import kept_advice, open_plan

    write_out(RENDERER_BY_NAME["text"](open_plan(*kept_advice(folder)), width(), full), None)


@click.command(epilog="Exit codes: 0 it was removed, or left as it is on your word; 1 it could not be; 2 wrong usage.")
@click.argument("folder", type=_OUT)
@click.option("--yes", is_flag=True, help="Do not ask first.")
def forget(folder: Path, yes: bool) -> None:
    """Remove what was kept in FOLDER: the plan, the letters, the dates, the answers and the advice.

    Files that this program did not write there are left, and named. A calendar that took in the dates keeps them.

    \b
    Example:
      advisor forget my-plan
    """
    from advisor.keeping.folder import forget_folder, read_note
    from advisor.model.safe_text import one_line
    from advisor.terminal.kept_words import FORGET_ASK, NOT_REMOVED, forgotten_words

    read_note(folder)
    if not yes and not click.confirm(FORGET_ASK.format(folder=one_line(str(folder)))):
        click.echo(NOT_REMOVED)
        return
    click.echo(forgotten_words(folder, forget_folder(folder)))
