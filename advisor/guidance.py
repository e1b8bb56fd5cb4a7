"""The use case of the interview that asks what matters: the solver says what is passed over and what is settled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from advisor.errors import ProofError
from advisor.interview.guide import FileOrder, HowSettled, WayAhead
from advisor.model.answers import Answers
from advisor.model.questionnaire import Question
from advisor.model.scope import Scope
from advisor.proving.next_question import Ahead
from advisor.proving.outlook import OPTION

if TYPE_CHECKING:
    from advisor.advice import Advisor

Looking: TypeAlias = Callable[[Answers], Ahead]
"""What lies ahead after some answers. Raises ProofError."""


def telling_order(advisor: Advisor) -> TellingOrder:
    """The guide that asks what can still change an advisor's advice."""
    scope, told = Scope(advisor.rulebase, advisor.questionnaire), bool(advisor.rulebase.decision.came_with)

    def known(answers: Answers) -> bool:
        return scope.path(answers).whole and not (told and scope.may_speak(answers) is None)

    return TellingOrder(advisor.challenger.ahead, known)


class TellingOrder:
    """The guide that keeps to the order of the pages, passes over what can change nothing, and proves what is settled.

    What it proves holds for every way to answer the open questions, leaving some without an answer included.
    """

    def __init__(self, ahead: Looking, known: Callable[[Answers], bool] = lambda _: True) -> None:
        """`ahead` looks ahead; `known` says whether it is known what the person came with, and so which rules bear."""
        self._look, self._known = ahead, known

    def course(self, answers: Answers, last: str | None, waiting: Sequence[Question]) -> WayAhead:
        """What to ask next: the first question that waits and can change a line of the advice.

        Core questions come without a look ahead. So do all others where the solver can say nothing, and nothing is
        then proved.
        """
        if any(question.core for question in waiting) or not self._known(answers):
            return FileOrder().course(answers, last, waiting)
        try:
            ahead = self._look(answers)
        except ProofError:
            return FileOrder().course(answers, last, waiting)
        idle = frozenset(ahead.idle)
        rest = (question.id for question in waiting if question.id not in idle)
        return WayAhead(next(rest, None), _settled(ahead), frozenset(ahead.deciding), idle)


def _settled(ahead: Ahead) -> HowSettled:
    """How much is settled."""
    if ahead.outlook.all_settled:
        return HowSettled.OUTCOME
    if not ahead.asked & frozenset(ahead.deciding):
        return HowSettled.ASKED
    return HowSettled.MAIN if ahead.outlook.settled(*OPTION) else HowSettled.NOT_YET
