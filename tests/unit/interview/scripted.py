"""An asker that answers from a script, and remembers what it was asked and told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from advisor.interview.asker import GivenAnswer, Menu, Move, Outcome, QuestionPlace
from advisor.model.answer_check import parse_answer
from advisor.model.answers import Answer, Raw
from advisor.model.questionnaire import Question

Step: TypeAlias = Raw | Move


class ScriptedAsker:
    """Takes one step of the script for each question, menu or line; Move.END when the script is over."""

    def __init__(self, script: Iterable[Step]) -> None:
        self._script = list(script)
        self.asked: list[str] = []
        self.preselected: list[Answer | None] = []
        self.progress: list[QuestionPlace] = []
        self.menus: list[Menu] = []
        self.told: list[str] = []

    @property
    def unused(self) -> list[Step]:
        """The steps that were not taken."""
        return self._script

    def ask(self, question: Question, preselected: Answer | None, progress: QuestionPlace) -> Outcome:
        self.asked.append(question.id)
        self.preselected.append(preselected)
        self.progress.append(progress)
        step = self._next()
        if isinstance(step, Move):
            return step
        parse_answer(question, step)
        return GivenAnswer(step)

    def choose(self, menu: Menu) -> str | Move:
        self.menus.append(menu)
        step = self._next()
        assert isinstance(step, (str, Move)), step
        assert isinstance(step, Move) or step in [option.id for option in menu.options], (step, menu)
        return step

    def line(self, text: str, default: str) -> str | Move:
        step = self._next()
        assert isinstance(step, (str, Move)), step
        return step

    def tell(self, text: str) -> None:
        self.told.append(text)

    def _next(self) -> Step:
        return self._script.pop(0) if self._script else Move.END
