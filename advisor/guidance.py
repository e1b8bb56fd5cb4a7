"""The use case of the interview that asks what matters: the rules and the solver lead through the questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from advisor.errors import ProofError
from advisor.interview.guide import Course, FileOrder, Settled
from advisor.model.answers import Answers
from advisor.model.questionnaire import Question, Questionnaire
from advisor.model.rulebase import RuleBase
from advisor.proving.next_question import Ahead
from advisor.proving.outlook import OPTION
from advisor.proving.reach import Reach

if TYPE_CHECKING:
    from advisor.advice import Advisor

Looking: TypeAlias = Callable[[Answers, str | None], Ahead]
"""What lies ahead after some answers and the question asked last. Raises ProofError."""


def telling_order(advisor: Advisor) -> TellingOrder:
    """The guide that asks what can still change an advisor's advice. Raises ProofError for rules too large for it."""
    return TellingOrder(advisor.rulebase, advisor.questionnaire, advisor.challenger.ahead)


class TellingOrder:
    """The guide that asks first what can still change most, and proves what is settled.

    What it proves holds for every way to answer the open questions, leaving some without an answer included.
    """

    def __init__(self, base: RuleBase, questionnaire: Questionnaire, ahead: Looking) -> None:
        """`ahead` looks ahead with the rules of `base` and the questions of `questionnaire`."""
        self._look = ahead
        self._reach = Reach(base, questionnaire)

    def course(self, answers: Answers, last: str | None, waiting: Sequence[Question]) -> Course:
        """What to ask next: what can change the outcome, then what adds detail; what can do neither is passed over.

        Questions to be asked before any stop come first, without a look ahead. Where the solver can say nothing, all
        that waits is asked in the order of the questionnaire.
        """
        opening = next((question for question in waiting if question.before_stop), None)
        if opening is not None:
            return Course(opening.id)
        try:
            ahead = self._look(answers, last)
        except ProofError:
            return FileOrder().course(answers, last, waiting)
        idle = frozenset(ahead.idle) - self._reach.in_figures(ahead.outlook, ahead.idle)
        rest = (question.id for question in waiting if question.id not in idle)
        return Course(ahead.next or next(rest, None), _settled(ahead), frozenset(ahead.deciding), idle)


def _settled(ahead: Ahead) -> Settled:
    """How much is settled."""
    if ahead.outlook.all_settled:
        return Settled.OUTCOME
    if not ahead.asked & frozenset(ahead.deciding):
        return Settled.ASKED
    return Settled.MAIN if ahead.outlook.settled(*OPTION) else Settled.NOT_YET
