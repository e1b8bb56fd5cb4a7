"""Asks on a full terminal: arrow keys, type to filter, going back, help behind `?`; nothing is told by color alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

import click

from advisor.errors import AnswerProblem
from advisor.interview.asker import GivenAnswer, Menu, Move, Outcome, QuestionPlace
from advisor.model.answer_check import parse_answer
from advisor.model.answers import Answer
from advisor.model.condition import NOT_SURE, SKIP
from advisor.model.questionnaire import Question, Term
from advisor.terminal import messages
from advisor.terminal.choice_list import ChoiceList, Row
from advisor.terminal.device import Terminal, size_of, wrap
from advisor.terminal.first_paint import painted, quiet_keys
from advisor.terminal.frames import Line, Size, list_frame, paragraphs
from advisor.terminal.screen import Screen

if TYPE_CHECKING:
    from advisor.terminal.toolkit import Device, Picked

_FEWEST_ROWS = 5


class RichAsker:
    """The Asker for a terminal that can move its cursor; `shown` is called whenever a screen stands."""

    def __init__(
        self,
        stdin: TextIO,
        stdout: TextIO,
        terminal: Terminal,
        glossary: Mapping[str, Term],
        shown: Callable[[], None] = lambda: None,
    ) -> None:
        self._stdin, self._stdout, self._terminal, self._glossary = stdin, stdout, terminal, glossary
        self._shown = shown
        self._device: Device | None = None

    @contextmanager
    def attached(self) -> Iterator[None]:
        """Hold the terminal for a whole interview."""
        with quiet_keys(self._stdin):
            yield

    def ask(self, question: Question, preselected: Answer | None, progress: QuestionPlace) -> Outcome:
        """Put one question on the screen; when it is answered, leave only the question and the answer."""
        moves = {Move.STOP} | ({Move.BACK} if progress.can_go_back else set())
        screen = Screen(
            self._size,
            lambda size: _question_head(question, progress, size),
            _keys(question, progress),
            messages.help_words(question, self._glossary),
            frozenset(moves | ({Move.REVIEW} if progress.can_review else set())),
        )
        answering = self._pick_answer if question.choices else self._type_answer
        outcome = answering(screen, question, _chosen(preselected))
        if isinstance(outcome, GivenAnswer):
            answer = parse_answer(question, outcome.raw)
            self.tell(f"{question.text}\n{messages.YOU_SAID.format(answer=messages.answer_words(question, answer))}")
        return outcome

    def choose(self, menu: Menu) -> str | Move:
        """Put a menu on the screen."""
        choices = ChoiceList([Row(option.id, option.label, option.note) for option in menu.options])
        choices.go_to(menu.default)
        keys = [messages.KEY_MOVE, messages.KEY_FILTER, messages.KEY_PICK]
        keys += [messages.KEY_BACK_LEFT] if menu.can_go_back else []
        screen = self._screen(menu.text, keys, can_go_back=menu.can_go_back)
        picked = self._pick(screen, choices)
        return picked if isinstance(picked, (str, Move)) else picked[0]

    def line(self, text: str, default: str) -> str | Move:
        """Ask for one line of text."""
        screen = self._screen(text, [messages.KEY_PICK, messages.KEY_BACK_TAB], can_go_back=True)
        typed = self._enter(screen, (), default, _not_empty, prose=True)
        return typed.strip() if isinstance(typed, str) else typed if isinstance(typed, Move) else typed[0]

    def tell(self, text: str) -> None:
        """Print a text, wrapped, and an empty line."""
        click.echo("\n".join([*wrap(text, self._size().columns), ""]), file=self._stdout)

    def _size(self) -> Size:
        """The room for a screen; one row stays free so that nothing scrolls away."""
        columns, rows = size_of(self._stdout)
        return Size(columns, max(_FEWEST_ROWS, rows - 1))

    def _pick(self, screen: Screen, choices: ChoiceList) -> Picked:
        if self._device is None:
            size = self._size()
            with painted(list_frame(screen.head(size), choices, screen.keys, size).lines, self._stdout):
                self._device = self._open()
        from advisor.terminal.list_screen import pick

        try:
            return pick(self._device, screen, choices)
        except EOFError:
            return Move.END

    def _enter(
        self, screen: Screen, rows: Sequence[Row], start: str, check: Callable[[str], str], *, prose: bool
    ) -> Picked:
        from advisor.terminal.entry_screen import enter_line

        self._device = self._device or self._open()
        try:
            return enter_line(self._device, screen, rows, start, check, prose=prose)
        except EOFError:
            return Move.END

    def _open(self) -> Device:
        from advisor.terminal.toolkit import open_device

        return open_device(self._stdin, self._stdout, color=self._terminal.color, shown=self._shown)

    def _screen(self, text: str, keys: list[str], *, can_go_back: bool) -> Screen:
        moves = {Move.STOP, Move.BACK} if can_go_back else {Move.STOP}
        return Screen(
            self._size,
            lambda size: [*paragraphs("question", text, size), ("", "")],
            [*keys, messages.KEY_STOP],
            "",
            frozenset(moves),
        )

    def _pick_answer(self, screen: Screen, question: Question, chosen: tuple[str, ...]) -> Outcome:
        rows = [Row(choice.id, choice.label, choice.help, alone=choice.exclusive) for choice in question.choices]
        rows += [Row(NOT_SURE, messages.NOT_SURE, apart=True), Row(SKIP, messages.SKIP, apart=True)]
        picked = self._pick(screen, ChoiceList(rows, several=question.kind == "several", chosen=chosen))
        if isinstance(picked, Move):
            return picked
        single = isinstance(picked, str) or question.kind == "one" or picked[0] in (NOT_SURE, SKIP)
        return GivenAnswer(picked[0] if single else picked)

    def _type_answer(self, screen: Screen, question: Question, chosen: tuple[str, ...]) -> Outcome:
        none = question.none_choice
        rows = [Row(none.id, none.label)] if none else []
        rows += [Row(NOT_SURE, messages.NOT_SURE), Row(SKIP, messages.SKIP)]

        listed = {row.label.casefold(): row.id for row in rows}

        def check(line: str) -> str:
            if line.strip().casefold() in listed:
                return ""
            try:
                parse_answer(question, line)
            except AnswerProblem as problem:
                return _not_empty(line) or messages.problem_words(problem)
            return ""

        typed = self._enter(screen, rows, "".join(chosen), check, prose=question.kind == "text")
        if isinstance(typed, str):
            return GivenAnswer(listed.get(typed.strip().casefold(), typed))  # a listed answer may be typed too
        return typed if isinstance(typed, Move) else GivenAnswer(typed[0])


def _not_empty(line: str) -> str:
    return "" if line.strip() else messages.EMPTY_LINE


def _chosen(answer: Answer | None) -> tuple[str, ...]:
    if answer is None:
        return ()
    if answer.value is None:
        return (answer.said,)
    return answer.value if isinstance(answer.value, tuple) else (str(answer.value),)


def _question_head(question: Question, progress: QuestionPlace, size: Size) -> list[Line]:
    head = [*paragraphs("section", messages.progress_words(progress), size)]
    head += [("", ""), *paragraphs("question", question.text, size)]
    if question.kind == "several":
        head += paragraphs("", messages.SEVERAL, size)
    elif not question.choices:
        head += paragraphs("", messages.entry_hint(question), size)
    return [*head, ("", "")]


def _keys(question: Question, progress: QuestionPlace) -> list[str]:
    if question.choices:
        keys = [messages.KEY_MOVE, messages.KEY_FILTER]
        keys += [messages.KEY_TICK] if question.kind == "several" else []
    else:
        keys = [messages.KEY_ROWS]
    keys.append(messages.KEY_ENTER)
    if progress.can_go_back:
        keys.append(messages.KEY_BACK_LEFT if question.choices else messages.KEY_BACK_TAB)
    keys.append(messages.KEY_HELP_TEXT if question.kind == "text" else messages.KEY_HELP)
    keys += [messages.KEY_REVIEW] if progress.can_review else []
    return [*keys, messages.KEY_STOP]
