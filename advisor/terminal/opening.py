"""Opens an interview: picks up an unfinished one, or asks whether answers may be kept."""

from __future__ import annotations

import datetime
import os
from dataclasses import dataclass
from pathlib import Path

from advisor.errors import AnswersError, Place, Problem
from advisor.interview.asker import Asker, Menu, MenuLine, Move
from advisor.model.answers import Answers
from advisor.model.questionnaire import Questionnaire
from advisor.model.safe_text import one_line
from advisor.terminal import messages
from advisor.terminal.claim import claimed
from advisor.terminal.drafts import IN_USE, Keeper, Recovered, recover


@dataclass(frozen=True, slots=True)
class Start:
    """The answers to begin with, and where to keep them; `resumed` when they are from an earlier sitting."""

    answers: Answers
    keeper: Keeper
    resumed: bool = False


def open_interview(
    asker: Asker,
    questionnaire: Questionnaire,
    draft: Path,
    *,
    answers_file: Path | None,
    save_file: Path | None,
    as_of: datetime.date | None = None,
) -> Start | None:
    """How the interview starts; None when the user stops here.

    Raises AnswersError when `answers_file` is wrong, or `save_file` is in no folder or in use by another interview.
    """
    if save_file is not None and not save_file.absolute().parent.is_dir():
        raise AnswersError(Problem(Place(str(save_file)), "there is no such folder", fix="Make the folder first"))
    given = Answers()
    if answers_file is not None:
        from advisor.loading.answers import read_answers

        given = read_answers(answers_file, questionnaire, as_of=as_of, check_contradictions=False)
    path = save_file or draft
    found: Answers | Move | None = None
    same = answers_file is not None and answers_file.resolve() == path.resolve()
    unfinished = not same and os.path.exists(path) and os.path.getsize(path) > 0
    free = claimed(path)
    if not free and save_file is not None:
        raise AnswersError(Problem(Place(str(save_file)), IN_USE, "a file of its own for each interview"))
    asker.tell(questionnaire.title)
    if not free:
        asker.tell(messages.DRAFT_IN_USE.format(path=one_line(str(path))))
        return Start(given, Keeper(None))
    if unfinished:
        found = _pick_up(asker, questionnaire, path, answers_file, as_of)
        if isinstance(found, Answers):
            return Start(found, Keeper(path), resumed=True)
        if isinstance(found, Move):
            return None
    asker.tell(questionnaire.intro)
    if save_file is not None or unfinished:
        return Start(given, Keeper(path))
    agreed = _consent(asker, draft)
    return None if agreed is None else Start(given, Keeper(draft if agreed else None))


def _consent(asker: Asker, draft: Path) -> bool | None:
    """Whether the draft may be written; None when the user stops."""
    options = (MenuLine("yes", messages.CONSENT_YES), MenuLine("no", messages.CONSENT_NO))
    picked = asker.choose(Menu(messages.CONSENT.format(path=one_line(str(draft))), options, "yes"))
    return None if isinstance(picked, Move) else picked == "yes"


def _pick_up(
    asker: Asker, questionnaire: Questionnaire, path: Path, answers_file: Path | None, as_of: datetime.date | None
) -> Answers | Move | None:
    """The answers to go on with; None to start over in the same file, Move.STOP to leave it alone."""
    try:
        found = recover(path, questionnaire, as_of)
    except AnswersError as bad:
        reason = one_line("; ".join(problem.message for problem in bad.problems))
        text = messages.UNREADABLE.format(path=one_line(str(path)), reason=reason)
        options = (MenuLine("stop", messages.STOP_NOW), MenuLine("over", messages.UNREADABLE_REPLACE))
        picked = asker.choose(Menu(text, options, "stop"))
        return None if picked == "over" else Move.STOP
    if not len(found.answers) and not found.problems:
        return None
    text = messages.RESUME.format(count=messages.counted_answers(len(found.answers)), path=one_line(str(path)))
    over = messages.RESUME_START_OVER
    if answers_file is not None:
        over = messages.RESUME_USE_FILE.format(file=one_line(str(answers_file)))
    options = (MenuLine("on", messages.RESUME_GO_ON), MenuLine("over", over))
    picked = asker.choose(Menu(text, options, "on"))
    if picked == "over":
        try:
            Keeper(path).drop()
        except OSError as bad:
            asker.tell(messages.CANNOT_WRITE.format(reason=bad.strerror or bad, path=one_line(str(path))))
        return None
    if picked == "on":
        _name_problems(asker, found)
        return found.answers
    return Move.STOP


def _name_problems(asker: Asker, found: Recovered) -> None:
    if found.problems:
        lines = [
            one_line(f"{problem.place.key} {problem.message}. {problem.fix}".strip()) for problem in found.problems
        ]
        asker.tell("\n".join([messages.BAD_ANSWERS, *lines]))
