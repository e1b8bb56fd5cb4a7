"""`advisor follow-up`: what was due of a kept plan, what is done, what changed, and the new plan."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.clock import today
from advisor.cli.shared_options import advisor_for, as_of_option, rules_options, trust_option

if TYPE_CHECKING:
    from advisor.interview.asker import Asker
    from advisor.model.advice import Advice
    from advisor.model.progress import Progress, State


@click.command("follow-up", epilog="Exit codes: 0 all is told; 1 the folder or its answers are wrong; 2 wrong usage.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--update", is_flag=True, help="Put the new plan in place of the old one without asking.")
@as_of_option
@trust_option
@rules_options
def follow_up(
    folder: Path, update: bool, as_of: datetime.date | None, trust: tuple[Path, ...], rules: Path | None,
    questionnaires: Path | None,
) -> None:  # fmt: skip
    """Go on with the plan that is kept in FOLDER.

    At a terminal you are asked, for each step that was due, whether it is done; that is kept in the folder. Then it is
    told what was due, what has changed since (your answers, if you changed answers.yaml; the rules; facts that should
    be checked again), the plan as it is now, and how it differs from the one before. At last you can put the new plan,
    letters and dates in place of the old ones.

    \b
    Examples:
      advisor follow-up my-plan
      advisor follow-up my-plan --update
    """
    from advisor.interview.asker import Menu, MenuLine
    from advisor.keeping.folder import write_note
    from advisor.keeping.follow_up import followed_up
    from advisor.loading.answers import read_answers
    from advisor.model.kept_files import ANSWERS
    from advisor.model.safe_text import one_line
    from advisor.rendering.follow_up_text import render_follow_up
    from advisor.terminal.device import width
    from advisor.terminal.kept_folder import kept_advice, put_in_place, written
    from advisor.terminal.kept_words import REPLACE_ASK, REPLACE_NO, REPLACE_YES, changed_words
    from advisor.terminal.plain_asker import PlainAsker

    day = as_of or today()
    kept, before = kept_advice(folder)
    if kept.as_of is not None and day.isoformat() < kept.as_of:
        raise click.UsageError(f"--as-of: {one_line(str(folder))} holds a plan of {kept.as_of}, which is a later day")
    made = advisor_for(rules, questionnaires, trust)
    given = read_answers(folder / ANSWERS, made.questionnaire, as_of=day, kept=True)
    asker = PlainAsker(sys.stdin, sys.stdout, made.questionnaire.glossary) if sys.stdin.isatty() else None
    said = False
    if asker is not None:
        progress = ask_progress(asker, before, kept.progress, day)
        said = progress != kept.progress
        if said:
            kept = kept.model_copy(update={"progress": progress})
            written(folder, lambda: write_note(folder, kept))
    now = followed_up(made, before, given, kept.progress, day)
    shown = now.advice.model_copy(update={"plan": now.plan})
    click.echo(render_follow_up(now.found, shown, width(), left_out=now.left_out))
    click.echo(changed_words(folder, width()))
    if not update and asker is not None and (said or not now.found.plan.same):
        options = (MenuLine("yes", REPLACE_YES), MenuLine("no", REPLACE_NO))
        update = asker.choose(Menu(REPLACE_ASK, options, "yes")) == "yes"
    if update:
        click.echo(put_in_place(made, now.advice, given, folder, now.plan))


def ask_progress(asker: Asker, before: Advice, progress: Progress, day: datetime.date) -> Progress:
    """What is said of the rows that were due; stopping leaves the others as they were."""
    from advisor.handouts.follow_up import due
    from advisor.interview.asker import Menu, MenuLine, Move
    from advisor.terminal.kept_words import ASK, ASK_DONE, ASK_NOT_NEEDED, ASK_NOT_YET

    states: tuple[tuple[State, str], ...] = (
        ("done", ASK_DONE), ("not yet", ASK_NOT_YET), ("not needed", ASK_NOT_NEEDED),
    )  # fmt: skip
    options = tuple(MenuLine(state, label) for state, label in states)
    for now in due(before, day, progress):
        picked = asker.choose(Menu(ASK.format(when=now.row.when, do=now.row.do), options))
        if isinstance(picked, Move):
            break
        progress = next(progress.saying(now.name, state, day) for state, _ in states if state == picked)
    return progress
