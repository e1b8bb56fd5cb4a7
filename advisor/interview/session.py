"""Leads through a questionnaire: next question, answer, back, edit, review; no terminal, no file and no clock in it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from advisor.errors import CallError
from advisor.interview.counting import most_to_ask, to_ask
from advisor.interview.guide import FileOrder, Guide, HowSettled, WayAhead
from advisor.interview.parts import AnsweredLine, Conflict, Pair, begun_with, conflict_in
from advisor.interview.record import Record
from advisor.model.answer_check import out_of_order, parse_answer
from advisor.model.answers import Answer, Answers, Raw, knowledge_of, nearest
from advisor.model.calls import must_be
from advisor.model.condition import Knowledge, Truth, Value
from advisor.model.entries import filled_in, own
from advisor.model.ledger import Ledger
from advisor.model.path import Path, PathOf, Turn, to_come
from advisor.model.questionnaire import Question, Questionnaire
from advisor.model.safe_text import shown


class Interview:
    """An interview in progress.

    Ask `current`, hand what the user said to `answer`, and go on until `finished`; the guide says what to ask next.
    `back` and `edit` open an earlier question again; `preselected` is then what was said before. An answer that can no
    longer apply is set aside and named in `dropped`; should it apply again, it comes back and is named in `restored`.
    While `conflict` is not None some answers cannot all be true: `edit` one of its questions, or answer `current`,
    which is then one of them.
    """

    def __init__(
        self,
        questionnaire: Questionnaire,
        answers: Iterable[Answer] = (),
        guide: Guide | None = None,
        *,
        path_of: PathOf | None = None,
        resumed: bool = False,
        as_of: datetime.date | None = None,
        at: str | None = None,
    ) -> None:
        """`answers` were given before, in an earlier sitting if `resumed`, or else in a file. `path_of` says which
        questions are put to whom (default: all, in the order of the questionnaire).

        `as_of` is the day of the interview, from which past and future are told (None: no day is known). `at` is the
        answered question that `back` had opened, to take an interview up where it stood: `back` then leads on from it.
        Raises CallError when there is no answer to it, and for what is no questionnaire, answer or guide.
        """
        before = begun_with(questionnaire, answers, guide, as_of, at)
        self.questionnaire, self.as_of = questionnaire, as_of
        self.conflict: Conflict | None = None
        self.dropped: tuple[Pair, ...] = ()
        self.restored: tuple[Pair, ...] = ()
        self._given: dict[str, Answer] = {}
        self._aside: dict[str, Answer] = {}
        self._truths: dict[str, Truth] = {}
        self._to_come: Mapping[str, Turn] = {}
        self._path_of: PathOf = path_of or (lambda _: Path(questionnaire.put))
        self._path = Path((), whole=False)
        self._open: str | None = None
        self._editing = False
        self._latest = ""
        self._since_settled: set[str] = set()
        self._settled: Mapping[str, Answer] = before
        self._guide: Guide = guide or FileOrder()
        self._course: WayAhead | None = None
        self._record = Record(dict.fromkeys(self._settled, "from_draft" if resumed else "from_file"))
        self._settle(self._settled)
        if at is not None:
            if at not in self._given:
                raise CallError(f"`{shown(at)}` has no answer, so it cannot stand open. Leave `at` out")
            self._open = at

    @property
    def answers(self) -> Answers:
        """Everything said so far, without what was set aside."""
        return Answers.of(self._given, self.questionnaire, self.as_of)

    @property
    def current(self) -> Question | None:
        """The question to ask now; None when all worth asking are answered and it is time to review."""
        if self._open is not None:
            return self.questionnaire.question(self._open)
        if self.conflict is not None:
            involved = [question.id for question, _ in self.conflict.pairs]
            return self.questionnaire.question(self._latest if self._latest in involved else involved[-1])
        ahead = self._ahead().next
        return None if ahead is None else self.questionnaire.question(ahead)

    @property
    def preselected(self) -> Answer | None:
        """What was said before to the current question, if anything."""
        current = self.current
        return None if current is None else self._given.get(current.id)

    @property
    def finished(self) -> bool:
        """Whether no question is left to ask and no answers contradict each other."""
        return self.current is None

    @property
    def path(self) -> tuple[Question, ...]:
        """The questions that apply, given the answers so far, in the order of the questionnaire."""
        return tuple(question for question in self.questionnaire.questions if self._truths[question.id] is True)

    @property
    def remaining(self) -> int | None:
        """The most questions that can still be asked, the current one among them if it has no answer; None while an
        answer can still add questions."""
        if not self._path.whole:
            return None
        current, idle = self.current, self._ahead().idle
        left = to_ask(self.questionnaire, self._to_come, idle)
        if current is None or current.id in self._given or current.kind != "one":
            return left
        return min(left, most_to_ask(self.questionnaire, self._path_of, self._given, current, idle, self.as_of))

    @property
    def mattering(self) -> int | None:
        """How many of those that remain can still change the outcome, at the most; None when that is not known."""
        deciding, remaining = self._ahead().deciding, self.remaining
        if deciding is None:
            return None
        matter = sum(name in deciding for name in self._to_come)
        return matter if remaining is None else min(matter, remaining)

    @property
    def unsettling(self) -> int:
        """How many questions that are not asked any more, or were not told, can still change the outcome."""
        return len(self._ahead().deciding or ()) - (self.mattering or 0)

    @property
    def passed_over(self) -> tuple[Question, ...]:
        """The questions that apply and are not asked, since it is proved that they can change no line of advice."""
        idle = self._ahead().idle
        return tuple(question for question in self._waiting() if question.id in idle)

    @property
    def settled(self) -> HowSettled:
        """How much of the outcome is proved to stay."""
        return self._ahead().settled

    @property
    def position(self) -> int:
        """The place of the current question among those answered, in the order asked, counted from 1."""
        return len(self._answered_before_current()) + 1

    @property
    def reopened(self) -> bool:
        """Whether `edit` or `back` opened the current question."""
        return self._open is not None

    @property
    def can_go_back(self) -> bool:
        """Whether `back` leads anywhere."""
        return self._editing or bool(self._answered_before_current())

    def answer(self, raw: Raw) -> Conflict | None:
        """Take the answer to the current question; a Conflict when it cannot be true beside earlier answers.

        A conflicting answer is kept until one of the two is changed. Raises AnswerProblem when the answer does not fit
        the question, and CallError when no question is open; the interview is then as it was.
        """
        question = self.current
        if question is None:
            raise CallError("every question is answered. Use `edit` to change an answer")
        taken = parse_answer(question, raw, self.as_of)
        if (wrong := out_of_order(taken, self._given, self.questionnaire)) is not None:
            raise wrong
        self._latest = question.id
        self._record.ask(question.id)
        if question.id in self._given:
            self._record.forget()
        self._since_settled.add(question.id)
        self._close()
        self._settle({**self._given, question.id: taken})
        return self.conflict

    def back(self) -> Question | None:
        """Leave an edit, or else open the question asked before the current one; the question that is current then."""
        if self._editing:
            self._close()
        elif earlier := self._answered_before_current():
            self._open = earlier[-1].id
        return self.current

    def edit(self, question_id: str) -> Question:
        """Open a question that is answered or applies; `back` then leaves it. Raises CallError for any other."""
        must_be(str, question_id=question_id)
        question = self.questionnaire.by_id.get(question_id)
        if question is None:
            hint = nearest(question_id, list(self.questionnaire.by_id)) or "`questionnaire.by_id` has them all"
            raise CallError(f"there is no question `{shown(question_id)}`. {hint}")
        if question_id not in self._given and self._truths[question_id] is not True:
            raise CallError(
                f"the question `{question_id}` has no answer and is not known to apply. Answer those before it"
            )
        self._open, self._editing = question_id, True
        return question

    def review(self) -> tuple[AnsweredLine, ...]:
        """Every answer that was asked for by itself, in the order of the questionnaire."""
        return tuple(AnsweredLine(*pair, self._truths[pair[0].id]) for pair in self._pairs(self._own(self._given)))

    def refresh(self) -> None:
        """Ask once more what could not be told for good when it was asked."""
        if not self._path.whole:
            self._find_path()
        if self._course is not None and self._course.provisional:
            self._course = None

    def ledger(self) -> Ledger:
        """What became of every question so far, why, and on what proof."""
        self._ahead()
        return self._record.ledger(self.questionnaire, self.answers, self._path)

    def _ahead(self) -> WayAhead:
        """What the guide says, once for the same answers; while answers contradict each other, nothing is known."""
        if self._course is None:
            self._course = WayAhead(None)
            if self.conflict is None:
                last = self._latest if self._latest in self._given else None
                self._course = self._guide.course(self.answers, last, self._waiting())
            latest = [self._latest] if self._latest in self._given else []
            self._record.note(self._course, (*(key for key in self._given if key not in latest), *latest))
        return self._course

    def _waiting(self) -> tuple[Question, ...]:
        """The questions to be put that apply and have no answer, in the order of the path."""
        names = (name for name in self._path.questions if self._to_come.get(name) is Turn.NOW)
        return tuple(map(self.questionnaire.question, names))

    def _find_path(self) -> None:
        found = self._path_of(self.answers)
        if found != self._path or self._course is None:
            self._path, self._course = found, None
            self._to_come = to_come(self.questionnaire, self.answers, found.questions)

    def _close(self) -> None:
        self._open, self._editing = None, False

    def _answered_before_current(self) -> list[Question]:
        """In the order asked; those that were answered from the start come first, in the order of the questionnaire."""
        current, given = self.current, self._own(self._given)
        answered = self._record.in_order(self.questionnaire)
        order = [key for key in answered if key in given and self._truths[key] is True]
        if current is not None and current.id in order:
            order = order[: order.index(current.id)]
        return [self.questionnaire.question(key) for key in order]

    def _own(self, given: Mapping[str, Answer]) -> dict[str, Answer]:
        """What was given by itself, and does not follow from entries."""
        return own(self.questionnaire, given)

    def _settle(self, entries: Mapping[str, Answer]) -> None:
        """Keep the entries that may apply, set the rest aside, and take back what applies again."""
        entries = filled_in(self.questionnaire, entries, self._given)
        kept: dict[str, Answer] = {}
        values: dict[str, Value] = {}
        said: dict[str, str] = {}
        known = Knowledge(values, said)
        for question in self.questionnaire.questions:
            # `when` reads only earlier questions, so one pass in their order is exact.
            truth = self._truths[question.id] = question.when.truth(known)
            answer = entries.get(question.id)
            if answer is not None and truth is False:
                self._aside[question.id] = answer
            if answer is None and truth is True:
                answer = self._aside.get(question.id)
            if answer is not None and truth is not False:
                kept[question.id] = answer
                self._aside.pop(question.id, None)
                gained = knowledge_of(Answers((answer,)), self.questionnaire)
                values.update(gained.values)
                said.update(gained.said)
        self._given = kept
        self._course = None
        self._find_path()
        self.conflict = conflict_in(self.questionnaire, self._given, known)
        self._compare()

    def _compare(self) -> None:
        """Name what was dropped and restored since the answers last made sense together."""
        self.dropped = self.restored = ()
        if self.conflict is not None:
            return
        before, now = self._own(self._settled), self._own(self._given)
        self.dropped = self._pairs({key: before[key] for key in before if key not in self._given})
        told = {*self._settled, *self._since_settled}
        self.restored = self._pairs({key: now[key] for key in now if key not in told})
        self._settled = self._given
        self._since_settled.clear()

    def _pairs(self, entries: Mapping[str, Answer]) -> tuple[Pair, ...]:
        return tuple((q, entries[q.id]) for q in self.questionnaire.questions if q.id in entries)
