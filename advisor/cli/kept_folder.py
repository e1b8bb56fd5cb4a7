"""Keeps advice in a folder and reads it back, for the commands and for the menu after the advice."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import click

from advisor.advice import Advisor
from advisor.cli.kept_words import kept_words
from advisor.cli.saved_advice import read_advice
from advisor.cli.terminal import width
from advisor.errors import DataError
from advisor.keeping.content import content, tells_of_record
from advisor.keeping.folder import NOTE, make_folder, read_note, update_folder
from advisor.model.advice import Advice
from advisor.model.answers import Answers
from advisor.model.kept import ADVICE, Kept
from advisor.model.plan_page import PlanPage

_NAME = "credentialing-plan"


def taken(folder: Path) -> bool:
    """Whether there is something in the folder, or something else under its name."""
    return folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir())))


def replaceable(folder: Path) -> bool:
    """Whether the folder holds what was kept before."""
    return _note(folder) is not None


def free_folder(day: datetime.date | None = None, beside: Path = Path(_NAME)) -> Path:
    """A folder that is not there: the name itself, or with the day behind it, or with a number behind that too."""
    dated = beside.with_name(f"{beside.name}-{day.isoformat()}") if day else beside
    number, free = 1, beside if not taken(beside) else dated
    while taken(free):
        number += 1
        free = dated.with_name(f"{dated.name}-{number}")
    return free


def keep_at(advisor: Advisor, advice: Advice, answers: Answers, folder: Path, target: Path | None) -> str:
    """Write the folder and say what was written. `target` is the folder, when it is free or to be replaced, or None
    for one with the day in its name beside it, which is then for the same person.

    Raises DataError when what is to be replaced was not kept by this program, and click.FileError.
    """
    if target is not None and taken(folder):
        return put_in_place(advisor, advice, answers, folder)
    where = target or free_folder(answers.as_of, folder)
    made = content(advisor, advice, answers, kept=_note(folder))
    written(where, lambda: make_folder(where, made.files, made.kept))
    return kept_words(where, made.files, made.missing, tells_of_record(answers, advisor.questionnaire), width())


def put_in_place(advisor: Advisor, advice: Advice, answers: Answers, folder: Path, plan: PlanPage | None = None) -> str:
    """Write what is kept in place of what was kept in the folder, and say what was written; `plan` is the plan to show
    when some of it is done. Raises DataError when it was not kept by this program, and click.FileError.
    """
    kept, last = read_note(folder), None
    with suppress(DataError):  # spoiled, or of another version: then no date is taken out of the calendar
        last = read_advice(folder / ADVICE)
    made = content(advisor, advice, answers, kept=kept, before=last, plan=plan)
    written(folder, lambda: update_folder(folder, made.files, made.kept))
    return kept_words(folder, made.files, made.missing, tells_of_record(answers, advisor.questionnaire), width())


def written(folder: Path, write: Callable[[], None]) -> None:
    """Write something there. Raises click.FileError when that cannot be done."""
    try:
        write()
    except OSError as bad:
        raise click.FileError(str(folder), bad.strerror or str(bad) or "it cannot be written") from None


def kept_advice(folder: Path) -> tuple[Kept, Advice]:
    """The note of a folder and the advice kept in it. Raises DataError when one of the two is not as it was written."""
    return read_note(folder), read_advice(folder / ADVICE)


def _note(folder: Path) -> Kept | None:
    """The note of what was kept there before, if there is one that can be read."""
    if not (folder / NOTE).is_file():
        return None
    with suppress(DataError):
        return read_note(folder)
    return None
