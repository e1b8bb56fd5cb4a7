"""Keeps answers in a file while they are given, and reads back as much as still fits."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from advisor.errors import AnswerProblem, AnswersError, Place, Problem
from advisor.loading.answers import answers_text, raw_of
from advisor.loading.resources import read_bytes
from advisor.loading.yaml_reader import decode, read_yaml
from advisor.model.answer_check import out_of_order, parse_answer
from advisor.model.answers import Answer, Answers, nearest
from advisor.model.questionnaire import Questionnaire
from advisor.model.safe_text import shown, unpasted
from advisor.private_files import delete_file, write_private
from advisor.terminal.claim import claimed, released

STATE_DIR = "ADVISOR_STATE_DIR"
IN_USE = "another interview keeps its answers there"
_HEADED = re.compile(r"# Answers to the questionnaire `([^`\n]*)`")


@dataclass(frozen=True, slots=True)
class Recovered:
    """The answers in a file that fit the questionnaire, and what was wrong with the others."""

    answers: Answers
    problems: tuple[Problem, ...]


class Keeper:
    """Where answers are kept while they are given; with no path, nowhere."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.failure = ""

    @property
    def keeping(self) -> bool:
        """Whether what was answered last is in the file."""
        return self.path is not None and not self.failure

    def drop(self) -> None:
        """Remove the answers from the file, unless another interview keeps its own there. Raises OSError."""
        if self.path is not None and claimed(self.path):
            delete_file(self.path)
            released(self.path)

    def keep(self, answers: Answers, questionnaire: Questionnaire) -> bool:
        """Write the answers, if that was agreed to; whether a failure is new (`failure` then says why)."""
        if self.path is None:
            return False
        before, self.failure = self.failure, ""
        try:
            if claimed(self.path):
                write_answers(self.path, answers, questionnaire)
                claimed(self.path)  # it is another file now
            else:
                self.failure = IN_USE
        except OSError as bad:
            self.failure = bad.strerror or str(bad)
        return bool(self.failure) and not before


def draft_path(environ: Mapping[str, str]) -> Path:
    """Where an unfinished interview is kept: the user's application folder, or the folder ADVISOR_STATE_DIR names."""
    return Path(environ.get(STATE_DIR) or click.get_app_dir("credentialing-advisor")) / "draft.yaml"


def write_answers(path: Path, answers: Answers, questionnaire: Questionnaire) -> None:
    """Put the answers in place of the file as `write_private` does; a missing folder is made. Raises OSError."""
    write_private(path, answers_text(answers, questionnaire), make_folder=True)


def recover(path: Path, questionnaire: Questionnaire, as_of: datetime.date | None = None) -> Recovered:
    """Every answer in the file that still fits its question, on the day `as_of`.

    Raises AnswersError when it is no answer file at all.
    """
    name = str(path)
    text = unpasted(decode(read_bytes(path, AnswersError), name, AnswersError))
    heading = _HEADED.match(text)
    if heading is not None and heading[1] != questionnaire.id:
        found = f"these are answers to another questionnaire, `{shown(heading[1])}`"
        raise AnswersError(Problem(Place(name, 1), found, f"answers to `{questionnaire.id}`"))
    node = read_yaml(text, name, AnswersError)
    if node is None:
        return Recovered(Answers(), ())
    if node.kind != "map":
        raise AnswersError(Problem(Place(name, node.line), "this is not a list of answers"))
    entries: dict[str, Answer] = {}
    problems: list[Problem] = []
    for key, value in node.pairs:
        place = Place(name, key.line, shown(key.text))
        question = questionnaire.by_id.get(key.text)
        if question is None:
            hint = nearest(key.text, list(questionnaire.by_id))
            problems.append(Problem(place, "there is no question with this id", fix=hint))
            continue
        try:
            answer = parse_answer(question, raw_of(value), as_of)
            wrong = out_of_order(answer, entries, questionnaire)
            if wrong is not None:
                raise wrong
            entries[key.text] = answer
        except AnswerProblem as bad:
            problems.append(bad.at(place))
    return Recovered(Answers.of(entries, questionnaire, as_of), tuple(problems))
