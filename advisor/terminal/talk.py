"""Puts the questions until the user agrees with every answer: contradictions, going back, review, and leaving."""

from __future__ import annotations

from pathlib import Path

from advisor.errors import AnswerProblem
from advisor.interview.asker import Asker, GivenAnswer, Menu, MenuLine, Move, QuestionPlace
from advisor.interview.parts import Conflict, Pair
from advisor.interview.session import Interview
from advisor.model.answers import Raw
from advisor.model.questionnaire import Question
from advisor.model.safe_text import one_line
from advisor.terminal import messages
from advisor.terminal.drafts import Keeper
from advisor.terminal.settling import ADVICE, Settling
from advisor.terminal.stop_signals import StopSignals

_ON = ""  # the review lines that are no questions
_NOW = "."


class Talk:
    """One interview with one user. `reviewing` is set to show the answers before anything else is asked."""

    def __init__(self, session: Interview, asker: Asker, keeper: Keeper, draft: Path, signals: StopSignals) -> None:
        self.session, self.keeper = session, keeper
        self.reviewing = False
        self._asker, self._draft, self._signals = asker, draft, signals
        self._settling = Settling()
        self._begun = False

    def until_agreed(self) -> bool:
        """Ask until the user has reviewed the answers or stops once all is settled; False when the user leaves."""
        if not self._begun:
            self._tell_changes()
        self._begun = True
        while True:
            try:
                agreed = self._step()
            except KeyboardInterrupt:
                agreed = self._stopped(Move.STOP)
            if agreed is not None:
                return agreed

    def stopped(self) -> None:
        """The user leaves after the advice: tell where the answers are, if they are kept."""
        if self.keeper.keeping:
            self._asker.tell(messages.SAVED.format(path=one_line(str(self.keeper.path))))

    def _step(self) -> bool | None:
        """One question, menu or review: True when all is agreed, False to leave, None to go on."""
        self.session.refresh()
        if self.session.conflict is not None and not self.session.reopened:
            return self._resolve(self.session.conflict)
        question = self.session.current
        if question is None or (self.reviewing and not self.session.reopened):
            return self._review()
        if not self.session.reopened:
            offered = self._settling.offer(self.session, self._asker)
            if isinstance(offered, Move) or offered == ADVICE:
                return self._stopped(offered) if isinstance(offered, Move) else True
        outcome = self._asker.ask(question, self.session.preselected, self._progress(question))
        if isinstance(outcome, GivenAnswer):
            self.take(outcome.raw)
        elif outcome is Move.BACK:
            self.session.back()
            self._asker.tell(messages.WENT_BACK)
        else:
            return self._review() if outcome is Move.REVIEW else self._stopped(outcome)
        return None

    def _progress(self, question: Question) -> QuestionPlace:
        session = self.session
        answered, left = session.answers.get(question.id) is not None, session.remaining
        return QuestionPlace(
            section=session.questionnaire.section_titles[question.section],
            position=session.position,
            left=None if left is None else left + answered,
            can_go_back=session.can_go_back,
            can_review=len(session.answers) > 0,
            mattering=session.mattering,
        )

    def take(self, raw: Raw) -> None:
        """Take an answer to the current question, keep it, and tell what it drops or brings back, or why it cannot be
        meant: the question is then still the current one."""
        with self._signals.held():
            try:
                self.session.answer(raw)
            except AnswerProblem as wrong:
                self._asker.tell(messages.problem_words(wrong))
                return
            failed = self.keeper.keep(self.session.answers, self.session.questionnaire)
        if failed:
            path = one_line(str(self.keeper.path))
            self._asker.tell(messages.CANNOT_SAVE.format(path=path, reason=self.keeper.failure))
        self._tell_changes()

    def _tell_changes(self) -> None:
        for heading, pairs in ((messages.DROPPED, self.session.dropped), (messages.RESTORED, self.session.restored)):
            if pairs:
                self._asker.tell("\n".join([heading, *(_pair_words(pair) for pair in pairs)]))

    def _resolve(self, conflict: Conflict) -> bool | None:
        options = tuple(
            MenuLine(
                question.id, question.text, messages.YOU_SAID.format(answer=messages.answer_words(question, answer))
            )
            for question, answer in conflict.pairs
        )
        current = self.session.current
        text = messages.CONFLICT.format(text=conflict.contradiction.text)
        picked = self._asker.choose(Menu(text, options, current.id if current else ""))
        if isinstance(picked, Move):
            return self._stopped(picked)
        self.session.edit(picked)
        return None

    def _review(self) -> bool | None:
        if not len(self.session.answers):
            self._asker.tell(messages.REVIEW_EMPTY)
            return None
        finished = self.session.finished
        picked = self._asker.choose(self._review_menu(finished=finished))
        if isinstance(picked, Move) and picked is not Move.BACK:
            return self._stopped(picked)
        self.reviewing = False
        if picked is Move.BACK:
            self.session.back()
        elif picked == _NOW:
            return True
        elif picked == _ON:
            return finished or None
        else:
            self.session.edit(str(picked))
            self.reviewing = not finished  # when all was answered, what the change asks for comes first
        return None

    def _review_menu(self, *, finished: bool) -> Menu:
        on = messages.REVIEW_ADVICE if finished else messages.go_on(self.session.remaining)
        options = [MenuLine(_ON, on)]
        if not finished and self.session.settled.may_stop:
            options.append(MenuLine(_NOW, messages.SETTLED_ADVICE))
        for line in self.session.review():
            words = messages.YOU_SAID.format(answer=messages.answer_words(line.question, line.answer))
            note = words if line.applies else f"{words} {messages.REVIEW_UNSURE}"
            options.append(MenuLine(line.question.id, line.question.text, note))
        text = messages.review_words(finished=finished, passed_over=len(self.session.passed_over))
        return Menu(text, tuple(options), _ON, can_go_back=finished)

    def _stopped(self, move: Move) -> bool | None:
        """False to leave; None when the user would rather go on than lose the answers."""
        if not len(self.session.answers):
            self._asker.tell(messages.STOPPED)
            return False
        if not self.keeper.keeping:
            picked = Move.END if move is Move.END else self._offer_to_keep()
            if picked == "stay":
                return None
            if picked != "keep":
                self._asker.tell(messages.NOT_SAVED)
                return False
            self.keeper = Keeper(self._draft)
        self.keeper.keep(self.session.answers, self.session.questionnaire)
        kept = messages.SAVED.format(path=one_line(str(self.keeper.path)))
        self._asker.tell(kept if self.keeper.keeping else messages.NOT_SAVED)
        return False

    def _offer_to_keep(self) -> str | Move:
        options = (
            MenuLine("stay", messages.LEAVE_STAY),
            MenuLine("keep", messages.LEAVE_SAVE.format(path=one_line(str(self._draft)))),
            MenuLine("lose", messages.LEAVE_LOSE),
        )
        return self._asker.choose(Menu(messages.LEAVE, options, "stay"))


def _pair_words(pair: Pair) -> str:
    question, answer = pair
    return f"- {question.text} {messages.answer_words(question, answer)}"
