"""Makes the advisor ready and looks ahead in a thread of its own, so that no question waits for either."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING

from advisor.interview.guide import FileOrder, Guide, WayAhead
from advisor.model.answer_check import parse_answer
from advisor.model.answers import Answers
from advisor.model.condition import NOT_SURE, SKIP
from advisor.model.entries import filled_in
from advisor.model.path import Path, Turn, to_come
from advisor.model.questionnaire import Question, Questionnaire

if TYPE_CHECKING:
    from advisor.advice import Advisor
    from advisor.model.scope import Scope

_SWITCH = 0.0005  # seconds after which the thread that works lets the one that draws the screen go on
PATIENCE = 0.06  # seconds that a question waits for the look ahead, once there is somebody to look


class Background:
    """Loads an advisor in a thread, once, and then looks ahead there with its guide.

    `load` may fail, and `advisor` then fails as it did. To be entered: when it is left, its work is over, so that the
    process can end at any moment.
    """

    def __init__(self, load: Callable[[], Advisor]) -> None:
        self._load = load
        self._thread: threading.Thread | None = None
        self._loaded = threading.Event()
        self._leaving = self._looking = False
        self._usual = sys.getswitchinterval()
        self._advisor: Advisor | None = None
        self._scope: Scope | None = None
        self._guide: Guide = FileOrder()
        self._failure: Exception | None = None
        self._turn = threading.Condition()
        self._wanted: _Look | None = None
        self._guessed: dict[tuple[Answers, str | None], WayAhead] = {}
        self.proved: tuple[Answers, WayAhead] | None = None  # what was found last

    def __enter__(self) -> Background:
        return self

    def __exit__(self, kind: type[BaseException] | None, bad: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def start(self) -> None:
        """Begin to load, if that has not begun."""
        if self._thread is None and not self._leaving:
            sys.setswitchinterval(_SWITCH)
            self._thread = threading.Thread(target=self._work, daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Break off the work and wait until the thread is gone: none may be inside the solver when the process ends."""
        self._leaving = True
        sys.setswitchinterval(self._usual)
        with self._turn:
            self._turn.notify_all()
        while self._thread is not None and self._thread.is_alive():
            with suppress(KeyboardInterrupt):  # who presses Ctrl-C again is leaving already
                if self._looking and self._advisor is not None:
                    self._advisor.interrupt()
                self._thread.join(0.05)

    def advisor(self) -> Advisor:
        """The advisor, once it is loaded. Raises RuleBaseError or QuestionnaireError as `load` did."""
        self.start()
        self._loaded.wait()
        if self._advisor is None:
            raise self._failure or RuntimeError("the advisor was not loaded")
        return self._advisor

    def path(self, answers: Answers, *, wait: bool) -> Path | None:
        """Which questions are put to someone; None when the rules are broken, or not loaded and there is no `wait`."""
        self.start()
        self._loaded.wait(None if wait else 0)
        return None if self._scope is None else self._scope.path(answers)

    def course(
        self, answers: Answers, last: str | None, waiting: Sequence[Question], patience: float
    ) -> WayAhead | None:
        """What the guide says, or None when it is not ready or takes longer than `patience` (seconds).

        The guide is the telling order, or that of the questions for rules that are broken.
        """
        self.start()
        if not self._loaded.wait(0 if patience < float("inf") else None):
            return None
        look = _Look(answers, last, tuple(waiting))
        look.course = self._guessed.get((answers, last))
        with self._turn:
            self._wanted = look
            self._turn.notify_all()
        if look.course is None:
            look.done.wait(patience if patience < float("inf") else None)
        return look.course

    def _work(self) -> None:
        try:
            from advisor.guidance import telling_order
            from advisor.model.scope import Scope

            advisor = self._load()
            self._guide, self._scope = telling_order(advisor), Scope(advisor.rulebase, advisor.questionnaire)
            self._advisor = advisor
        except Exception as failure:  # whoever needs what is missing gets it raised
            self._failure = failure
        self._loaded.set()
        while (look := self._next()) is not None:
            self._looking = True
            with suppress(Exception):  # the order of the questions is never worth an interview
                look.course = look.course or self._guide.course(look.answers, look.last, look.waiting)
            self._looking = False
            look.done.set()
            self._guess(look)

    def _guess(self, look: _Look) -> None:
        """While the user reads the next question, look ahead from each answer to it that can be picked."""
        self._guessed.clear()
        if look.course is not None:  # whoever wanted it may have gone on meanwhile
            self._guessed[look.answers, look.last] = look.course
            self.proved = (look.answers, look.course)
        asked = next((q for q in look.waiting if look.course and q.id == look.course.next), None)
        if asked is None or asked.kind != "one" or self._advisor is None or self._scope is None:
            return
        questionnaire = self._advisor.questionnaire
        given = {answer.question: answer for answer in look.answers}
        for raw in (*(choice.id for choice in asked.choices), NOT_SURE, SKIP):
            if self._leaving or self._wanted is not None:
                return
            answer = parse_answer(asked, raw)
            entries = filled_in(questionnaire, {**given, asked.id: answer}, given)
            answers = Answers.of(entries, questionnaire, look.answers.as_of)
            path = self._scope.path(answers).questions
            turn = to_come(questionnaire, answers, path)
            waiting = tuple(questionnaire.question(name) for name in path if turn.get(name) is Turn.NOW)
            with suppress(Exception):  # as above
                self._guessed[answers, asked.id] = self._guide.course(answers, asked.id, waiting)

    def _next(self) -> _Look | None:
        """What to look at next, the latest that was wanted; None when the work is over."""
        with self._turn:
            self._turn.wait_for(lambda: self._leaving or self._wanted is not None)
            look, self._wanted = self._wanted, None
            return None if self._leaving else look


class _Look:
    """One look ahead that is wanted."""

    def __init__(self, answers: Answers, last: str | None, waiting: tuple[Question, ...]) -> None:
        self.answers, self.last, self.waiting = answers, last, waiting
        self.course: WayAhead | None = None
        self.done = threading.Event()


class PathToCome:
    """The path of a Background that lets nobody wait while there is a core question to put: these need no rules.

    With endless `patience` it waits once there is an answer, and then the same answers always lead the same way.
    """

    def __init__(self, background: Background, questionnaire: Questionnaire, patience: float = PATIENCE) -> None:
        self._background, self._patience = background, patience
        self._questionnaire = questionnaire
        self._core = tuple(question.id for question in questionnaire.questions if question.core)

    def __call__(self, answers: Answers) -> Path:
        """The core questions (without any, all) until the rules are loaded, and then what they say."""
        opening = Path(self._core or self._questionnaire.put, whole=False)
        if not len(answers):
            return opening
        some = Turn.NOW in to_come(self._questionnaire, answers, self._core).values()
        return self._background.path(answers, wait=not some or self._patience == float("inf")) or opening


class GuideToCome:
    """The guide of a Background that lets nobody wait: until it can tell, what was proved before, or the plain order.

    What is passed over may so hang on how soon an answer is given; what is proved does not. With endless `patience` it
    waits, and then the same answers always lead the same way.
    """

    def __init__(self, background: Background, patience: float = PATIENCE) -> None:
        self._background, self._patience = background, patience
        self._latest: tuple[Answers, WayAhead] | None = None

    def course(self, answers: Answers, last: str | None, waiting: Sequence[Question]) -> WayAhead:
        """The core questions first, and then what the guide says."""
        if not len(answers) or any(question.core for question in waiting):
            return FileOrder().course(answers, last, waiting)
        found = self._background.course(answers, last, waiting, self._patience)
        if found is not None:
            self._latest = (answers, found)
            return found
        self._latest = self._background.proved or self._latest
        return self._meanwhile(answers, last, waiting)

    def _meanwhile(self, answers: Answers, last: str | None, waiting: Sequence[Question]) -> WayAhead:
        """What is proved of fewer answers holds for more; without that, all that waits is asked."""
        if self._latest is None or not {*self._latest[0]} <= {*answers}:
            return replace(FileOrder().course(answers, last, waiting), provisional=True)
        proved = self._latest[1]
        worth = (question.id for question in waiting if question.id not in proved.idle)
        given = frozenset(answer.question for answer in answers if answer.value is not None)
        deciding = None if proved.deciding is None else proved.deciding - given
        return WayAhead(next(worth, None), proved.settled, deciding, proved.idle, provisional=True)
