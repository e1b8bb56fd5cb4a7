"""Closes an interview: the answers go to a file of the user's choice, or every copy of them goes."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from pathlib import Path

import click

from advisor.errors import DataError
from advisor.interview.asker import Asker, Menu, MenuLine, Move
from advisor.loading.answers import answers_text
from advisor.model.answers import Answers
from advisor.model.kept_files import ANSWERS
from advisor.model.questionnaire import Questionnaire
from advisor.model.safe_text import one_line
from advisor.private_files import free_name
from advisor.terminal import kept_words, messages
from advisor.terminal.drafts import Keeper, write_answers

_ANSWERS = Path("credentialing-answers.yaml")


class Ending(Enum):
    """What the user wants after the advice."""

    DONE = "done"
    CHANGE = "change"


def close_interview(
    asker: Asker, keeper: Keeper, answers: Answers, questionnaire: Questionnaire, *, copied: bool = False
) -> Ending:
    """Ask where to keep the answers, and remove the draft; stopping here leaves the draft as it is.

    `copied` says whether a receipt or a log holds them in any case.
    """
    while True:
        here = free_name(_ANSWERS)
        options = (
            MenuLine("here", messages.KEEP_HERE.format(path=here)),
            MenuLine("elsewhere", messages.KEEP_ELSEWHERE),
            MenuLine("change", messages.KEEP_CHANGE),
            MenuLine("not", messages.KEEP_NOT),
        )
        picked = asker.choose(Menu(messages.KEEP, options, "here"))
        if picked == "change":
            return Ending.CHANGE
        if picked == "not":
            drop_draft(asker, keeper)
            asker.tell(messages.NOT_SAVED if copied else messages.KEPT_NOT)
            return Ending.DONE
        if isinstance(picked, Move):
            if keeper.keeping:
                asker.tell(messages.SAVED.format(path=one_line(str(keeper.path))))
            return Ending.DONE
        if _save(
            asker,
            keeper,
            answers,
            questionnaire,
            here if picked == "here" else _typed_name(asker, messages.KEEP_WHERE, here),
        ):
            return Ending.DONE


def save_answers(asker: Asker, keeper: Keeper, answers: Answers, questionnaire: Questionnaire) -> Path | None:
    """Put the answers in a file of the user's choice, and remove the draft; None when the user thinks better of it."""
    while True:
        here = free_name(_ANSWERS)
        options = (
            MenuLine("here", messages.KEEP_HERE.format(path=here)),
            MenuLine("elsewhere", messages.KEEP_ELSEWHERE),
        )
        picked = asker.choose(Menu(messages.KEEP, options, "here", can_go_back=True))
        if isinstance(picked, Move):
            return None
        path = here if picked == "here" else _typed_name(asker, messages.KEEP_WHERE, here)
        if _save(asker, keeper, answers, questionnaire, path):
            return path


def keep_plan(asker: Asker, keep: Callable[[Path, bool], str], day: datetime.date | None) -> tuple[str, Path] | None:
    """Ask for a folder, let `keep` write the plan with all that goes with it there; what was written, and where.

    `keep` takes the folder, and whether what was kept there gives way; if not, and something is there, it writes a
    folder with the `day` in its name beside it.
    """
    from advisor.terminal.kept_folder import FOLDER, folder_named, free_folder, replaceable, taken

    typed = asker.line(kept_words.KEEP_FOLDER, str(FOLDER))
    if isinstance(typed, Move):
        return None
    try:
        folder = folder_named(typed)
    except click.BadParameter as wrong:
        asker.tell(wrong.message)
        return None
    replace, where = False, folder
    if taken(folder):
        where = free_folder(folder, day)
        options = [MenuLine("dated", kept_words.KEEP_DATED.format(folder=one_line(str(where))))]
        if replaceable(folder):
            options.append(MenuLine("replace", kept_words.KEEP_REPLACE))
        options.append(MenuLine("not", kept_words.KEEP_NOT))
        there = kept_words.KEEP_THERE.format(folder=one_line(str(folder)))
        picked = asker.choose(Menu(there, tuple(options), "dated", can_go_back=True))
        if isinstance(picked, Move) or picked == "not":
            asker.tell(kept_words.NOT_KEPT)
            return None
        if picked == "replace":
            replace, where = True, folder
    try:
        return keep(folder, replace), where
    except (DataError, click.ClickException) as bad:
        asker.tell(one_line(bad.message if isinstance(bad, click.ClickException) else str(bad)))
    return None


def in_folder(folder: Path, answers: Answers, questionnaire: Questionnaire) -> Path | None:
    """The file of answers in a kept folder, if it holds just these."""
    path = folder / ANSWERS
    with suppress(OSError, UnicodeDecodeError):
        if path.is_file() and path.read_bytes().decode() == answers_text(answers, questionnaire):
            return path
    return None


def _save(asker: Asker, keeper: Keeper, answers: Answers, questionnaire: Questionnaire, path: Path | None) -> bool:
    """Write the answers, remove the draft, and say so; whether it was done."""
    if path is None or not _written(asker, path, answers, questionnaire):
        return False
    if keeper.path is not None and keeper.path.resolve() != path.resolve():
        drop_draft(asker, keeper)
    asker.tell(messages.KEPT.format(path=one_line(str(path))))
    return True


def _typed_name(asker: Asker, question: str, default: Path) -> Path | None:
    """A name the user typed; None to choose again."""
    typed = asker.line(question, str(default))
    if isinstance(typed, Move):
        return None
    path = Path(typed).expanduser()
    if not path.exists():
        return path
    options = (MenuLine("other", messages.KEEP_OTHER_NAME), MenuLine("replace", messages.KEEP_REPLACE))
    picked = asker.choose(Menu(messages.KEEP_EXISTS.format(path=one_line(str(path))), options, "other"))
    return path if picked == "replace" else None


def _written(asker: Asker, path: Path, answers: Answers, questionnaire: Questionnaire) -> bool:
    try:
        write_answers(path, answers, questionnaire)
    except OSError as bad:
        asker.tell(messages.CANNOT_WRITE.format(reason=bad.strerror or bad, path=one_line(str(path))))
        return False
    return True


def drop_draft(asker: Asker, keeper: Keeper) -> None:
    """Remove the draft, and say so if that cannot be done."""
    if keeper.path is None:
        return
    try:
        keeper.drop()
    except OSError as bad:
        asker.tell(messages.CANNOT_WRITE.format(reason=bad.strerror or bad, path=one_line(str(keeper.path))))
