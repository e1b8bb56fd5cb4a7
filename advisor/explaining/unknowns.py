"""What is not known, and how far each missing answer could move the points."""

from __future__ import annotations

from advisor.explaining.influence import Influence
from advisor.explaining.view import View
from advisor.model.advice import UnknownLine
from advisor.model.questionnaire import Question


def unknowns(view: View, influence: Influence) -> tuple[UnknownLine, ...]:
    """The questions that apply and have no answer; those that could move the result most come first.

    `could_move` is the most points by which one answer could shift the first two options of the contest against
    each other, counting only rules that read that answer alone.
    """
    contest = view.base.decision.contests.get(view.trace.contest.branch)
    decisive = contest.decisive if contest else ()
    of_fact = view.questionnaire.question_of_fact
    answered = {of_fact[fact].id for fact in view.values if fact in of_fact}
    lines = []
    for place, question in enumerate(view.questionnaire.questions):
        if question.id in answered or not question.asked or question.when.truth(view.known) is not True:
            continue
        move = _could_move(view, influence, question)
        matters = question.id in decisive or move > 0
        lines.append(((not matters, -move, place), _unknown(view, question, matters, move)))
    return tuple(line for _, line in sorted(lines, key=lambda pair: pair[0]))


def _could_move(view: View, influence: Influence, question: Question) -> int:
    order = view.trace.contest.order
    if len(order) < 2:
        return 0
    shifts = [s.get(order[0], 0) - s.get(order[1], 0) for s in influence.points.get(question.id, {}).values()]
    return max((abs(shift) for shift in shifts), default=0)


def _unknown(view: View, question: Question, matters: bool, move: int) -> UnknownLine:
    said = next((view.said[fact] for fact in question.facts() if fact in view.said), "not_asked")
    effect = view.words("unknown_matters", question=question.text) if matters else ""
    return UnknownLine.model_construct(
        question=question.id, text=question.text, why_unknown=said, matters=matters, could_move=move, effect=effect
    )
