"""Asks line by line with numbered choices: for screen readers, for pipes, and for terminals that cannot do more."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TextIO, TypeVar

import click

from advisor.errors import AnswerProblem
from advisor.interview.asker import GivenAnswer, Menu, Move, Outcome, QuestionPlace
from advisor.model.answer_check import parse_answer
from advisor.model.answers import Answer
from advisor.model.condition import NOT_SURE, SKIP
from advisor.model.questionnaire import Choice, Question, Term
from advisor.terminal import messages
from advisor.terminal.device import width, wrap
from advisor.terminal.typed_choice import NoSuchChoice, fitting, read_one, read_several

T = TypeVar("T")

_LETTERS: Mapping[str, str | Move] = {
    "n": NOT_SURE, "s": SKIP, "b": Move.BACK, "r": Move.REVIEW, "q": Move.STOP,
}  # fmt: skip
_WORDS: Mapping[str, str | Move] = {
    "not sure": NOT_SURE, "skip": SKIP, "back": Move.BACK, "review": Move.REVIEW, "quit": Move.STOP, "stop": Move.STOP,
}  # fmt: skip
_HELP = ("?", "help")
_PATIENCE = 25  # lines in a row that lead nowhere, from a pipe that cannot read our messages
_LONGEST_LINE = 10_000
_TOO_MANY = 60  # choices that are not read out before something is typed to find one
_ALL = "all"


class _Wrong(ValueError):
    """What was typed fits no answer; the text says why."""


class PlainAsker:
    """The Asker that only writes lines and reads lines; `shown` is called whenever a prompt stands."""

    def __init__(
        self, stdin: TextIO, stdout: TextIO, glossary: Mapping[str, Term], shown: Callable[[], None] = lambda: None
    ) -> None:
        self._stdin, self._stdout, self._glossary = stdin, stdout, glossary
        self._shown = shown
        self._explained = False
        with suppress(AttributeError, ValueError):
            stdin.reconfigure(errors="replace")  # type: ignore[attr-defined]  # not every stream has it

    def ask(self, question: Question, preselected: Answer | None, progress: QuestionPlace) -> Outcome:
        """Write the question with its choices and read lines until one fits."""
        if not self._explained:
            self.tell(messages.HOW_TO_ANSWER)
            self._explained = True
        self.tell(messages.progress_words(progress))
        self._put(question, preselected)

        def read(line: str) -> Outcome | None:
            if line in _HELP:
                self.tell(messages.help_words(question, self._glossary))
                self._put(question, preselected)
                return None
            if found := _with_word(question, line):
                self._choices(question, found)
                return None
            return self._understood(question, preselected, progress, line)

        outcome: Outcome = self._until(messages.PLAIN_ANSWER, read)
        if isinstance(outcome, GivenAnswer):
            words = messages.answer_words(question, parse_answer(question, outcome.raw))
            self.tell(messages.YOU_SAID.format(answer=words))
        return outcome

    def choose(self, menu: Menu) -> str | Move:
        """Write a numbered menu and read lines until one fits."""
        self._write(menu.text)
        for number, option in enumerate(menu.options, 1):
            self._write(option.label, f"{number}. ")
            if option.note:
                self._write(option.note, "    ")
        ids = [option.id for option in menu.options]
        if menu.default in ids:
            self._write(messages.PLAIN_DEFAULT.format(number=ids.index(menu.default) + 1))

        def read(line: str) -> str | Move:
            move = {**_LETTERS, **_WORDS}.get(line.casefold())
            if move is Move.STOP or (move is Move.BACK and menu.can_go_back):
                return Move(move)
            if not line and menu.default not in ids:
                raise _Wrong(messages.PLAIN_EMPTY_MENU)
            return read_one(line, menu.options, shortest=1) if line else menu.default

        picked: str | Move = self._until(messages.PLAIN_CHOICE, read)
        self._write("")
        return picked

    def line(self, text: str, default: str) -> str | Move:
        """Read one line of text."""
        self._write(f"{text}\n{messages.PLAIN_LINE_DEFAULT.format(default=default)}")
        moves = {"b": Move.BACK, "q": Move.STOP}
        return self._until(messages.PLAIN_CHOICE, lambda line: moves.get(line, line or default))

    def tell(self, text: str) -> None:
        """Write a text, wrapped, and an empty line."""
        self._write(f"{text}\n")

    def _put(self, question: Question, preselected: Answer | None) -> None:
        self._write(question.text)
        if question.kind == "several":
            self._write(messages.PLAIN_SEVERAL)
        if len(question.choices) > _TOO_MANY:
            such = question.choices[0].label.rstrip("?").split()[-1]
            self._write(messages.PLAIN_MANY.format(count=len(question.choices), such=such))
        else:
            self._choices(question, question.choices)
        if not question.choices:
            self._write(messages.entry_hint(question))
        if question.none_choice is not None:
            self._write(messages.PLAIN_NONE.format(label=question.none_choice.label))
        self._write(f"n. {messages.NOT_SURE}")
        self._write(f"s. {messages.SKIP}")
        if preselected is not None:
            words = messages.answer_words(question, preselected)
            self._write(messages.PLAIN_EARLIER.format(answer=words))

    def _choices(self, question: Question, some: Sequence[Choice]) -> None:
        for choice in some:
            self._write(choice.label, f"{question.choices.index(choice) + 1}. ")
            if choice.help:
                self._write(choice.help, "    ")

    def _understood(
        self, question: Question, preselected: Answer | None, progress: QuestionPlace, line: str
    ) -> Outcome:
        if not line:
            if preselected is None:
                raise _Wrong(messages.PLAIN_EMPTY)
            plain = preselected.plain()
            return GivenAnswer(tuple(plain) if isinstance(plain, list) else plain)
        words = _LETTERS if question.kind == "text" else {**_LETTERS, **_WORDS}
        word = words.get(line.casefold())
        if word is Move.BACK and not progress.can_go_back:
            raise _Wrong(messages.PLAIN_FIRST)
        if isinstance(word, Move):
            return word
        return GivenAnswer(word or _typed(question, line))

    def _until(self, prompt: str, read: Callable[[str], T | None]) -> T | Move:
        """Read lines until one is understood; Move.END when there are no more."""
        tries = 0
        while tries < _PATIENCE or self._stdin.isatty():
            line = self._line(prompt)
            if isinstance(line, Move):
                return line
            try:
                understood = read(line)
            except (_Wrong, NoSuchChoice) as wrong:
                self.tell(messages.NOTE.format(note=wrong))
                understood = None
            if understood is not None:
                return understood
            tries += 1
        self.tell(messages.TOO_MANY_WRONG)
        return Move.END

    def _line(self, prompt: str) -> str | Move:
        click.echo(prompt, nl=False, file=self._stdout)
        self._shown()
        try:
            line = self._stdin.readline(_LONGEST_LINE)
        except KeyboardInterrupt:
            self._write("")
            return Move.STOP
        if not self._stdin.isatty():
            self._write("")
        if not line:
            self.tell(messages.END_OF_INPUT)
            return Move.END
        return line.strip()

    def _write(self, text: str, opening: str = "") -> None:
        click.echo("\n".join(wrap(text, width(self._stdout), opening, " " * len(opening))), file=self._stdout)


def _with_word(question: Question, line: str) -> tuple[Choice, ...]:
    """The choices of a long list that fit what was typed to find one; none where that picks or is a command."""
    typed, choices = line.casefold(), question.choices
    if len(choices) <= _TOO_MANY or not typed or typed in (*_LETTERS, *_WORDS):
        return ()
    if all(word.isdigit() for word in typed.replace(",", " ").split()):
        return ()
    if typed == _ALL:
        return choices
    if any(typed == choice.label.casefold() for choice in choices):
        return ()
    return tuple(choices[i] for i in fitting(line, choices))


def _typed(question: Question, line: str) -> str | tuple[str, ...]:
    """A raw answer that fits the question. Raises _Wrong or NoSuchChoice."""
    if question.kind == "one":
        return read_one(line, question.choices)
    if question.kind == "several":
        picked = read_several(line, question.choices)
        alone = next((question.choice(c).label for c in picked if question.choice(c).exclusive), None)
        if alone is not None and len(picked) > 1:
            raise _Wrong(messages.PLAIN_ALONE.format(label=alone))
        return picked
    none = question.none_choice
    if none is not None and line.casefold() in ("none", none.label.casefold()):
        return none.id
    try:
        parse_answer(question, line)
    except AnswerProblem as problem:
        raise _Wrong(messages.problem_words(problem)) from None
    return line
