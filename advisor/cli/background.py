"""Makes the advisor ready while the first question is being answered, so that the interview opens at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from advisor.interview.guide import Course, FileOrder, Guide
from advisor.model.answers import Answers
from advisor.model.questionnaire import Question

if TYPE_CHECKING:
    from advisor.advice import Advisor


class Background:
    """Loads an advisor in a thread of its own, once; `load` may fail, and `advisor` then fails as it did."""

    def __init__(self, load: Callable[[], Advisor]) -> None:
        self._load = load
        self._thread: threading.Thread | None = None
        self._advisor: Advisor | None = None
        self._guide: Guide = FileOrder()
        self._failure: Exception | None = None

    def start(self) -> None:
        """Begin to load, if that has not begun."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, daemon=True)
            self._thread.start()

    def advisor(self) -> Advisor:
        """The advisor, once it is loaded. Raises RuleBaseError or QuestionnaireError as `load` did."""
        self._wait()
        if self._advisor is None:
            raise self._failure or RuntimeError("the advisor was not loaded")
        return self._advisor

    def guide(self) -> Guide:
        """The telling order; the order of the questionnaire when the rules are broken or too large to reason about."""
        self._wait()
        return self._guide

    def _wait(self) -> None:
        self.start()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        try:
            self._advisor = self._load()
            from advisor.guidance import telling_order

            self._guide = telling_order(self._advisor)
        except Exception as failure:  # whoever needs what is missing gets it raised
            self._failure = failure


class GuideToCome:
    """The guide of a Background: before the first answer nothing has to be loaded, since all orders begin alike."""

    def __init__(self, background: Background) -> None:
        self._background = background

    def course(self, answers: Answers, last: str | None, waiting: Sequence[Question]) -> Course:
        """The order of the questionnaire before the first answer, and then that of the guide, waited for."""
        guide: Guide = self._background.guide() if len(answers) else FileOrder()
        return guide.course(answers, last, waiting)
