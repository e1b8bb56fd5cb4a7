"""The menu after the advice: why, why not, what would change it, what if, go back, show all, save, and leave."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TextIO

import click

from advisor.errors import AdvisorError, AnswerProblem
from advisor.interview.asker import Asker, GivenAnswer, Menu, MenuLine, Move, QuestionPlace
from advisor.interview.session import Interview
from advisor.model.answers import Answers, Raw
from advisor.model.questionnaire import Question
from advisor.model.safe_text import one_line
from advisor.terminal import messages
from advisor.terminal.advice_desk import AdviceWanted
from advisor.terminal.drafts import Keeper
from advisor.terminal.keeping import Ending, close_interview, drop_draft, in_folder, keep_plan, save_answers
from advisor.terminal.ledger_words import ledger_words
from advisor.terminal.talk import Talk


class AdviceMenu:
    """The menu of one interview.

    `ask_to_keep` is False when the answers are kept in a file that the user named; `copied` says whether a receipt or
    a log holds them by now.
    """

    def __init__(
        self,
        asker: Asker,
        talk: Talk,
        desk: AdviceWanted,
        stdout: TextIO,
        *,
        ask_to_keep: bool,
        copied: Callable[[], bool] = lambda: False,
    ) -> None:
        self._asker, self._talk, self._desk, self._stdout = asker, talk, desk, stdout
        self._ask_to_keep, self._copied = ask_to_keep, copied
        self._saved = False
        self._folder: Path | None = None  # in which the plan was kept last
        self._latest = ""

    def run(self) -> Ending:
        """Show the first part of the advice and then what the user asks for; DONE to leave, CHANGE to go back."""
        ending: Ending | None = None
        self._show(lambda: self._desk.short(self._answers))
        while ending is None:
            try:
                ending = self._step()
            except KeyboardInterrupt:
                ending = self._leave(Move.STOP)
        return ending

    @property
    def _answers(self) -> Answers:
        return self._talk.session.answers

    def _step(self) -> Ending | None:
        picked = self._asker.choose(self._menu())
        if isinstance(picked, Move) or picked == "leave":
            return self._leave(picked)
        if picked == "back":
            self._talk.reviewing = self._talk.session.finished
            return Ending.CHANGE
        doing = {
            "why": self._why, "why_not": self._why_not, "changes": self._changes, "what_if": self._what_if,
            "own_number": self._own_number, "all": self._all, "keep": self._keep, "save": self._save,
            "skipped": self._skipped,
        }  # fmt: skip
        self._latest = picked
        doing[picked]()
        return None

    def _menu(self) -> Menu:
        left = self._talk.session.remaining
        finish = messages.AFTER_FINISH if left is None else messages.AFTER_FINISH_LEFT.format(left=left)
        options = [
            MenuLine("keep", messages.AFTER_KEEP),
            MenuLine("why", messages.AFTER_WHY),
            MenuLine("all", messages.AFTER_ALL),
            MenuLine("why_not", messages.AFTER_WHY_NOT),
            MenuLine("changes", messages.AFTER_CHANGES),
            MenuLine("what_if", messages.AFTER_WHAT_IF),
            *([MenuLine("own_number", messages.AFTER_OWN_NUMBER)] if self._own_numbers() else []),
            MenuLine("back", messages.AFTER_CHANGE if left == 0 else finish),
            MenuLine("save", messages.AFTER_SAVE),
            MenuLine("skipped", messages.AFTER_SKIPPED),
            MenuLine("leave", messages.AFTER_LEAVE),
        ]
        return Menu(messages.AFTER, tuple(options), self._latest or options[0].id)

    def _why(self) -> None:
        self._about(messages.PICK_WHY, self._desk.parts(self._answers), self._desk.why)

    def _why_not(self) -> None:
        self._about(messages.PICK_WHY_NOT, self._desk.others(self._answers), self._desk.why_not)

    def _about(self, text: str, options: tuple[MenuLine, ...], tell: Callable[[Answers, str], str]) -> None:
        picked = self._asker.choose(Menu(text, options, options[0].id, can_go_back=True))
        if not isinstance(picked, Move):
            self._try_to_show(lambda: tell(self._answers, picked))

    def _changes(self) -> None:
        self._try_to_show(lambda: self._desk.changes(self._answers))

    def _all(self) -> None:
        self._show(lambda: self._desk.full(self._answers))

    def _skipped(self) -> None:
        self._asker.tell(ledger_words(self._talk.session))

    def _own_numbers(self) -> tuple[Question, ...]:
        """The questions that nobody is asked: a number is taken until the user gives one."""
        return tuple(question for question in self._talk.session.questionnaire.questions if not question.asked)

    def _own_number(self) -> None:
        answers = self._answers
        options = tuple(MenuLine(q.id, q.text, _said(q, answers) or messages.TAKEN_BY_US) for q in self._own_numbers())
        picked = self._asker.choose(Menu(messages.PICK_OWN_NUMBER, options, options[0].id, can_go_back=True))
        if not isinstance(picked, Move):
            self._ask_and_try(self._talk.session.questionnaire.question(picked))

    def _what_if(self) -> None:
        question = self._picked_question()
        if question is not None:
            self._ask_and_try(question)

    def _ask_and_try(self, question: Question) -> None:
        session = self._talk.session
        title = session.questionnaire.section_titles[question.section]
        progress = QuestionPlace(title, 1, 1, can_go_back=True, can_review=False, heading=messages.WHAT_IF_HEADING)
        outcome = self._asker.ask(question, session.answers.get(question.id), progress)
        if isinstance(outcome, GivenAnswer):
            self._try(question, outcome.raw)

    def _picked_question(self) -> Question | None:
        session = self._talk.session
        options = [
            MenuLine(line.question.id, line.question.text, _said(line.question, session.answers))
            for line in session.review()
            if line.applies
        ]
        answered = [option.id for option in options]
        options += [MenuLine(q.id, q.text, messages.NOT_YET_SAID) for q in session.path if q.id not in answered]
        picked = self._asker.choose(Menu(messages.PICK_WHAT_IF, tuple(options), options[0].id, can_go_back=True))
        return None if isinstance(picked, Move) else session.questionnaire.question(picked)

    def _try(self, question: Question, raw: Raw) -> None:
        """Show what another answer would do, and keep it if the user says so."""
        session = self._talk.session
        trial = Interview(session.questionnaire, session.answers, as_of=session.as_of)
        trial.edit(question.id)
        try:
            conflict = trial.answer(raw)
        except AnswerProblem as wrong:
            self._asker.tell(messages.problem_words(wrong))
            return
        if conflict is not None:
            self._asker.tell(messages.WHAT_IF_CONFLICT.format(text=conflict.contradiction.text))
            return
        shown = self._try_to_show(lambda: self._desk.what_if(session.answers, trial.answers))
        if not shown or trial.answers == session.answers:
            return
        options = (MenuLine("no", messages.WHAT_IF_KEEP_NO), MenuLine("yes", messages.WHAT_IF_KEEP_YES))
        if self._asker.choose(Menu(messages.WHAT_IF_KEEP, options, "no", can_go_back=True)) == "yes":
            session.edit(question.id)
            self._talk.take(raw)
            self._asker.tell(messages.WHAT_IF_KEPT)
            self._show(lambda: self._desk.short(self._answers))

    def _keep(self) -> None:
        """Write the plan and all that goes with it into a folder that the user names."""
        session = self._talk.session
        kept = keep_plan(
            self._asker, lambda folder, replace: self._desk.keep(session.answers, folder, replace), session.as_of
        )
        if kept is not None:
            said, self._folder = kept
            click.echo(said, file=self._stdout)

    def _save(self) -> None:
        keeper, session = self._talk.keeper, self._talk.session
        path = save_answers(self._asker, keeper, session.answers, session.questionnaire)
        if path is not None:
            self._talk.keeper = Keeper(path)
            self._saved = True

    def _leave(self, how: str | Move) -> Ending:
        """Leave; unless the user breaks off, or the answers are in a file already, ask where to keep them."""
        session, keeper = self._talk.session, self._talk.keeper
        if not self._ask_to_keep or self._saved:
            self._asker.tell(messages.KEPT.format(path=one_line(str(keeper.path))))
            return Ending.DONE
        there = in_folder(self._folder, session.answers, session.questionnaire) if self._folder else None
        if there is not None:
            if keeper.path is not None and keeper.path.resolve() != there.resolve():
                drop_draft(self._asker, keeper)
            self._asker.tell(messages.KEPT.format(path=one_line(str(there))))
            return Ending.DONE
        if how is Move.END or (isinstance(how, Move) and keeper.keeping):
            self._talk.stopped()
            return Ending.DONE
        return close_interview(self._asker, keeper, session.answers, session.questionnaire, copied=self._copied())

    def _show(self, text: Callable[[], str]) -> None:
        self._asker.tell(messages.WORKING)
        click.echo(text(), file=self._stdout)

    def _try_to_show(self, text: Callable[[], str]) -> bool:
        """Show what was asked about the advice; what goes wrong there is said, and the advice stands."""
        try:
            self._show(text)
        except AdvisorError as wrong:
            self._asker.tell(messages.CANNOT_TELL.format(reason=one_line(str(wrong))))
            return False
        return True


def _said(question: Question, answers: Answers) -> str:
    answer = answers.get(question.id)
    return "" if answer is None else messages.YOU_SAID.format(answer=messages.answer_words(question, answer))
