"""Keeps advice in a folder and reads it back, for the commands and for the menu after the advice."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import click

from advisor.advice import Advisor
from advisor.errors import DataError
from advisor.handouts.first_days import with_days
from advisor.handouts.follow_up import settled_rows, still_open
from advisor.handouts.plan_diff import plan_diff
from advisor.keeping.content import content, days_kept, tells_of_record
from advisor.keeping.folder import make_folder, read_note, update_folder
from advisor.loading.saved_advice import read_advice
from advisor.model.advice import Advice
from advisor.model.answers import Answers
from advisor.model.kept import Kept
from advisor.model.kept_files import ADVICE, NOTE
from advisor.model.plan_page import PlanPage
from advisor.model.safe_text import one_line, shown
from advisor.private_files import free_name
from advisor.terminal.device import width
from advisor.terminal.kept_words import kept_words

_NAME = "credentialing-plan"
FOLDER = Path(_NAME)
"""Where a plan is kept unless something else is said."""


def taken(folder: Path) -> bool:
    """Whether there is something in the folder, something else under its name, or no looking into it."""
    try:
        return folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir())))
    except OSError:
        return True


def folder_named(typed: str) -> Path:
    """The folder that was typed, with a home folder in place of `~`. Raises click.BadParameter for what names none."""
    try:
        folder = Path(typed).expanduser()
    except RuntimeError:
        raise click.BadParameter(f"`{shown(typed)}` names no home folder that is known") from None
    if not folder.resolve().name:
        raise click.BadParameter(f"`{shown(typed)}` is no folder to write into. Give a name, such as {_NAME}")
    return folder if folder.name else folder.resolve()


def replaceable(folder: Path) -> bool:
    """Whether the folder holds what was kept before."""
    return _note(folder) is not None


def free_folder(beside: Path, day: datetime.date | None) -> Path:
    """A folder that is free: the name itself, or with the day behind it, or with a number behind that too."""
    if not taken(beside):
        return beside
    return free_name(beside.with_name(f"{beside.name}-{day.isoformat()}") if day else beside, taken)


def keep_at(advisor: Advisor, advice: Advice, answers: Answers, folder: Path, replace: bool) -> str:
    """Write the folder and say what was written. When there is something in it, what was kept there gives way
    (`replace`), or it is a folder with the day in its name beside it, which is then for the same person.

    Raises DataError when what is to be replaced was not kept by this program, and click.ClickException.
    """
    if replace and taken(folder):
        return put_in_place(advisor, advice, answers, folder)
    where, kept = free_folder(folder, answers.as_of), _note(folder)
    before = _before(folder, kept) if kept else None
    made = content(advisor, advice, answers, kept=kept, before=before, plan=_plan(advisor, advice, kept, before))
    written(where, lambda: make_folder(where, made.files, made.kept))
    return kept_words(where, made.files, made.missing, tells_of_record(answers, advisor.questionnaire), width())


def put_in_place(advisor: Advisor, advice: Advice, answers: Answers, folder: Path, plan: PlanPage | None = None) -> str:
    """Write what is kept in place of what was kept in the folder, and say what was written; `plan` is the plan to show
    when some of it is done. Raises DataError when it was not kept by this program, and click.ClickException.
    """
    kept = read_note(folder)
    last = _before(folder, kept)
    if plan is None:
        plan = _plan(advisor, advice, kept, last)
    made = content(advisor, advice, answers, kept=kept, before=last, plan=plan)
    theirs: list[str] = []
    written(folder, lambda: theirs.extend(update_folder(folder, made.files, made.kept)))
    record = tells_of_record(answers, advisor.questionnaire)
    return kept_words(folder, made.files, made.missing, record, width(), theirs)


def written(folder: Path, write: Callable[[], None]) -> None:
    """Write something there. Raises click.ClickException when that cannot be done."""
    try:
        write()
    except OSError as bad:
        reason = bad.strerror or str(bad) or "it cannot be written"
        raise click.ClickException(f"{one_line(str(folder))}: {reason}. Nothing was kept") from None


def kept_advice(folder: Path) -> tuple[Kept, Advice]:
    """The note of a folder and the advice kept in it, with the days that its rows keep from earlier plans.

    Raises DataError when one of the two is not as it was written.
    """
    kept = read_note(folder)
    return kept, _with_days(read_advice(folder / ADVICE, kept=True), kept)


def open_plan(kept: Kept, advice: Advice) -> Advice:
    """The advice with the plan as it is shown: without the rows that are settled."""
    same = plan_diff(advice.plan, advice.plan)
    return advice.model_copy(update={"plan": still_open(advice.plan, same, settled_rows(advice.plan, kept.progress))})


def _before(folder: Path, kept: Kept) -> Advice | None:
    """The advice kept there, unless it is spoiled or of another version; then no date is kept or called off."""
    with suppress(DataError):
        return _with_days(read_advice(folder / ADVICE, kept=True), kept)
    return None


def _with_days(advice: Advice, kept: Kept) -> Advice:
    return advice.model_copy(update={"plan": with_days(advice.plan, kept.days, advice.headings)})


def _plan(advisor: Advisor, advice: Advice, kept: Kept | None, before: Advice | None) -> PlanPage | None:
    """The plan to show after one that was kept: with the days kept, without what is settled; None: the advice's own."""
    if kept is None or before is None:
        return None
    plan = with_days(advice.plan, days_kept(advisor, before, advice, kept.progress), advice.headings)
    return still_open(plan, plan_diff(before.plan, plan), settled_rows(before.plan, kept.progress))


def _note(folder: Path) -> Kept | None:
    """The note of what was kept there before, if there is one that can be read."""
    if not (folder / NOTE).is_file():
        return None
    with suppress(DataError):
        return read_note(folder)
    return None
