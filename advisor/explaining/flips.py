"""Single answers that, if changed, would change the main option: found by arithmetic, and only where that is exact."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.explaining.influence import Influence
from advisor.explaining.view import View
from advisor.model.advice import FlipLine
from advisor.model.condition import Clause, Knowledge, Value
from advisor.model.contest import Standing, settle_contest
from advisor.model.questionnaire import Question
from advisor.model.rule import BreakTie, Rule

MOST = 2  # shown at most


def flips(view: View, influence: Influence) -> tuple[FlipLine, ...]:
    """Changed answers after which another option is recommended, the widest lead first, one per question.

    Only when the points decided, and only for answers whose every other use in weighing, ruling out, breaking ties
    and proposing stays silent whatever they are: then taking the old points off and putting the new ones on, and
    asking tie-breakers and decide rules again, is all that changes. An answer that contradicts another, or after
    which another answer would be set aside or come back, is left out.
    """
    if not _points_decided(view):
        return ()
    found: list[tuple[int, Question, str, str]] = []
    for question in view.questionnaire.questions:
        now = view.values.get(question.id)
        if now is None or question.id not in influence.points or not _stands_alone(view, influence, question):
            continue
        for choice in influence.points[question.id]:
            if choice == now:
                continue
            standing = _standing(view, influence, question, now, choice)
            if standing.order[0] == view.trace.recommended and not _asked_again(influence, question):
                continue
            winner = _winner(view, influence, question, choice, standing)
            if winner != view.trace.recommended and _can_be_said(view, question, choice):
                found.append((-standing.margin, question, str(choice), winner))
    return tuple(_line(view, *item) for item in _best(found))


def _points_decided(view: View) -> bool:
    won = [p for p in view.trace.proposals if p.standing == "recommended"]
    order = view.trace.contest.order
    return len(order) > 1 and bool(won) and won[0].confidence == "by_margin" and view.trace.recommended == order[0]


def _stands_alone(view: View, influence: Influence, question: Question) -> bool:
    """Whether every other decider behind which the question stands is silent for a reason of its own.

    Decide rules that read the very answer, and nothing else that depends on it, are worked out anew instead.
    """
    return all(
        _silent(view, influence, rule, question) or _read_plainly(influence, rule, question)
        for rule in influence.readers[question.id]
    )


def _silent(view: View, influence: Influence, rule: Rule, question: Question) -> bool:
    def apart(clause: Clause) -> bool:
        machine = clause.fact.startswith(("lead.", "tally."))
        return not machine and question.id not in influence.behind.get(clause.fact, ())

    when, known = rule.when, view.known
    return (
        any(apart(c) and c.truth(known) is not True for c in when.all)
        or any(apart(c) and c.truth(known) is not False for c in when.none)
        or (bool(when.any) and all(apart(c) and c.truth(known) is not True for c in when.any))
    )


def _read_plainly(influence: Influence, rule: Rule, question: Question) -> bool:
    touched = [f for f in rule.when.facts() if question.id in influence.behind.get(f, ())]
    again = rule.stratum == "decide" or any(isinstance(action, BreakTie) for action in rule.actions)
    return again and all(fact == question.id for fact in touched)


def _standing(view: View, influence: Influence, question: Question, now: Value, then: Value) -> Standing:
    """The contest with one answer's points taken off, another's put on, and the tie-breakers asked again."""
    table = influence.points[question.id]
    points = {
        option: total - table[now].get(option, 0) + table[then].get(option, 0)
        for option, total in view.trace.contest.points.items()
    }
    options = [o for o in view.base.decision.contests[view.trace.contest.branch].options if o in points]
    close = view.base.decision.close_within
    first, second, *_ = sorted(points.values(), reverse=True)
    if first - second > close:
        return settle_contest(options, points, (), close)
    known = Knowledge({**view.values, question.id: then}, view.said)
    ties = [pair for pair in influence.tie_breakers if pair[0].when.truth(known) is True]
    return settle_contest(options, points, ties, close)


def _asked_again(influence: Influence, question: Question) -> bool:
    """Whether a decide rule reads the answer, or more of the lead than who leads."""
    return bool(influence.asked_when_deciding & {question.id, "lead.second", "lead.margin"})


def _winner(view: View, influence: Influence, question: Question, choice: Value, standing: Standing) -> str:
    """The option recommended once the answer and the lead have changed: the decide rules are asked again."""
    changed: dict[str, Value] = {
        question.id: choice,
        "lead.option": standing.order[0],
        "lead.second": standing.order[1],
        "lead.margin": standing.margin,
    }
    known = Knowledge({**view.values, **changed}, view.said)
    for rule, proposal, facts in influence.proposals:
        if view.values[f"out.{proposal.option}"]:
            continue
        if rule.id in view.fired_ids if facts.isdisjoint(changed) else rule.when.truth(known) is True:
            return proposal.option
    return view.base.decision.fallback


def _can_be_said(view: View, question: Question, choice: Value) -> bool:
    """Whether the changed answer fits the others and leaves the rest of the questions as they are."""
    known = Knowledge({**view.values, question.id: choice}, view.said)
    if any(contradiction.when.truth(known) is True for contradiction in view.questionnaire.contradictions):
        return False
    return all(
        (other.when.truth(known) is False) is (other.id in view.trace.set_aside)
        for other in view.questionnaire.questions
        if other.id in view.trace.answers
    )


def _best(found: list[tuple[int, Question, str, str]]) -> Iterator[tuple[Question, str, str]]:
    seen: set[str] = set()
    for _, question, choice, winner in sorted(found, key=lambda f: (f[0], f[1].id, f[2])):
        if question.id not in seen and len(seen) < MOST:
            seen.add(question.id)
            yield question, choice, winner


def _line(view: View, question: Question, choice: str, winner: str) -> FlipLine:
    text = view.words("flip", question=question.text, choice=question.choice(choice).label, option=view.name(winner))
    return FlipLine(question=question.id, choice=choice, option=winner, text=text)
