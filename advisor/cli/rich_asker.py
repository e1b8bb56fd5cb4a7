"""Asks on a full terminal: arrow keys, type to filter, going back, help behind `?`; nothing is told by color alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TextIO

import click
from prompt_toolkit.input.defaults import create_input
from prompt_toolkit.output import ColorDepth, Output
from prompt_toolkit.output.defaults import create_output
from prompt_toolkit.styles import Style

from advisor.cli import messages
from advisor.cli.choice_list import ChoiceList, Row
from advisor.cli.frames import Line, Size, paragraphs
from advisor.cli.screens import Device, Screen, enter_line, pick
from advisor.cli.terminal import Terminal, width, wrap
from advisor.interview.asker import Given, Menu, Move, Outcome, Progress
from advisor.model.answers import Answer, AnswerProblem, parse_answer
from advisor.model.condition import NOT_SURE, SKIP
from advisor.model.questionnaire import Question, Term

_STYLE = {
    "section": "fg:ansimagenta",
    "question": "bold",
    "here": "bold fg:ansimagenta",
    "note": "bold fg:ansired",
    "keys": "",
}


class RichAsker:
    """The Asker for a terminal that can move its cursor."""

    def __init__(self, stdin: TextIO, stdout: TextIO, terminal: Terminal, glossary: Mapping[str, Term]) -> None:
        self._stdout, self._glossary = stdout, glossary
        self._device = Device(
            create_input(stdin),
            _output(stdout),
            Style.from_dict(_STYLE),
            ColorDepth.DEPTH_4_BIT if terminal.color else ColorDepth.DEPTH_1_BIT,
        )

    @contextmanager
    def attached(self) -> Iterator[None]:
        """Keep the terminal in raw mode, so that keys pressed between two questions wait for the next one, unseen."""
        with self._device.input.raw_mode():
            yield

    def ask(self, question: Question, preselected: Answer | None, progress: Progress) -> Outcome:
        """Put one question on the screen; when it is answered, leave only the question and the answer."""
        moves = {Move.STOP} | ({Move.BACK} if progress.can_go_back else set())
        moves |= {Move.REVIEW} if progress.can_review else set()
        screen = Screen(
            lambda size: _question_head(question, progress, size),
            _keys(question, progress),
            messages.help_words(question, self._glossary),
            frozenset(moves),
        )
        outcome = self._list(question, preselected, screen) if question.choices else self._entry(question, preselected, screen)
        if isinstance(outcome, Given):
            answer = parse_answer(question, outcome.raw)
            self.tell(f"{question.text}\n{messages.YOU_SAID.format(answer=messages.answer_words(question, answer))}")
        return outcome

    def choose(self, menu: Menu) -> str | Move:
        """Put a menu on the screen."""
        choices = ChoiceList([Row(o.id, o.label, o.note) for o in menu.options])
        choices.cursor = next((i for i, row in enumerate(choices.rows) if row.id == menu.default), 0)
        keys = [messages.KEY_MOVE, messages.KEY_FILTER, messages.KEY_PICK]
        keys += [messages.KEY_BACK_LEFT] if menu.can_go_back else []
        moves = {Move.STOP, Move.BACK} if menu.can_go_back else {Move.STOP}
        screen = Screen(
            lambda size: [*paragraphs("question", menu.text, size), ("", "")], [*keys, messages.KEY_STOP], "", frozenset(moves)
        )
        try:
            picked = pick(self._device, screen, choices)
        except EOFError:
            return Move.STOP
        return picked[0] if isinstance(picked, tuple) else Move.STOP if isinstance(picked, str) else picked

    def line(self, text: str, default: str) -> str | Move:
        """Ask for one line of text."""
        screen = Screen(
            lambda size: [*paragraphs("question", text, size), ("", "")],
            [messages.KEY_PICK, messages.KEY_BACK_TAB, messages.KEY_STOP],
            "",
            frozenset({Move.STOP, Move.BACK}),
        )
        try:
            typed = enter_line(self._device, screen, (), default, lambda line: "" if line.strip() else messages.PLAIN_EMPTY_LINE, prose=True)
        except EOFError:
            return Move.STOP
        return Move.STOP if isinstance(typed, tuple) else typed.strip() if isinstance(typed, str) else typed

    def tell(self, text: str) -> None:
        """Print a text, wrapped, and an empty line."""
        click.echo("\n".join([*wrap(text, width()), ""]), file=self._stdout)

    def _list(self, question: Question, preselected: Answer | None, screen: Screen) -> Outcome:
        rows = [Row(c.id, c.label, c.help, alone=c.exclusive) for c in question.choices]
        rows += [Row(NOT_SURE, messages.NOT_SURE, apart=True), Row(SKIP, messages.SKIP, apart=True)]
        choices = ChoiceList(rows, several=question.kind == "several", chosen=_chosen(preselected))
        try:
            picked = pick(self._device, screen, choices)
        except EOFError:
            return Move.STOP
        if isinstance(picked, tuple):
            single = question.kind == "one" or picked[0] in (NOT_SURE, SKIP)
            return Given(picked[0] if single else picked)
        return Given(picked) if isinstance(picked, str) else picked

    def _entry(self, question: Question, preselected: Answer | None, screen: Screen) -> Outcome:
        rows = [Row(question.none_choice.id, question.none_choice.label)] if question.none_choice else []
        rows += [Row(NOT_SURE, messages.NOT_SURE), Row(SKIP, messages.SKIP)]
        start = "".join(_chosen(preselected))

        def check(line: str) -> str:
            if not line.strip():
                return messages.EMPTY_LINE
            try:
                parse_answer(question, line)
            except AnswerProblem as problem:
                return messages.problem_words(problem)
            return ""

        try:
            typed = enter_line(self._device, screen, rows, start, check, prose=question.kind == "text")
        except EOFError:
            return Move.STOP
        if isinstance(typed, tuple):
            return Given(typed[0])
        return Given(typed) if isinstance(typed, str) else typed


def _chosen(answer: Answer | None) -> tuple[str, ...]:
    if answer is None:
        return ()
    if answer.value is None:
        return (answer.said,)
    return answer.value if isinstance(answer.value, tuple) else (str(answer.value),)


def _question_head(question: Question, progress: Progress, size: Size) -> list[Line]:
    head = paragraphs("section", progress.section, size)
    head += paragraphs("section", messages.progress_words(progress), size)
    head += [("", ""), *paragraphs("question", question.text, size)]
    if question.kind == "several":
        head += paragraphs("", messages.SEVERAL, size)
    elif not question.choices:
        head += paragraphs("", messages.entry_hint(question), size)
    return [*head, ("", "")]


def _keys(question: Question, progress: Progress) -> list[str]:
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


def _output(stdout: TextIO) -> Output:
    """Asking the terminal where its cursor is would only slow the start; every screen begins on a fresh line."""
    output = create_output(stdout)
    if hasattr(output, "enable_cpr"):
        output.enable_cpr = False
    return output
