"""What is not known and how far it could move the points, and which single answers would change who leads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from advisor.explaining.view import View
from advisor.model.advice import FlipLine, UnknownLine
from advisor.model.condition import Knowledge, Value
from advisor.model.questionnaire import Question, Questionnaire
from advisor.model.rule import Conclude, Rule, Weigh
from advisor.model.rulebase import RuleBase

FLIPS = 2  # shown at most


@dataclass(frozen=True)
class Influence:
    """Which questions each rule base lets move the points, worked out once per rule base.

    `points[question][answer]` are the points per option of the weigh rules that read nothing else but that answer.
    `read` are the questions that any rule reads, straight or through derived facts; `pure` those of them that only
    such weigh rules read, so that changing the answer changes the points and nothing else.
    """

    base: RuleBase
    questionnaire: Questionnaire

    @cached_property
    def points(self) -> Mapping[str, Mapping[Value, Mapping[str, int]]]:
        """Points per option of the weigh rules that read one answer alone, by question and answer."""
        table: dict[str, dict[Value, dict[str, int]]] = {}
        for question in self.questionnaire.questions:
            if question.kind != "one":
                continue
            rules = [rule for rule in self._weighing if rule.when.facts() == (question.id,)]
            for choice in question.choices:
                known = Knowledge({question.id: choice.id})
                sums: dict[str, int] = {}
                for rule in rules:
                    if rule.when.truth(known) is True:
                        for action in rule.actions:
                            if isinstance(action, Weigh):
                                for option, points in action.points.items():
                                    sums[option] = sums.get(option, 0) + points
                table.setdefault(question.id, {})[choice.id] = sums
        return table

    @cached_property
    def _weighing(self) -> tuple[Rule, ...]:
        return tuple(r for r in self.base.active if any(isinstance(a, Weigh) for a in r.actions))

    @cached_property
    def _sources(self) -> Mapping[str, frozenset[str]]:
        """The questions behind each fact, through the rules that conclude it."""
        found: dict[str, set[str]] = {f: {q.id} for f, q in self.questionnaire.question_of_fact.items()}
        for figure in self.base.figures:
            behind = {*figure.when.facts(), *figure.tables}
            for end in ("low", "high"):
                found[f"{figure.id}.{end}"] = set().union(*(found.get(f, set()) for f in behind)) if behind else set()
        changed = True
        while changed:
            changed = False
            for rule in self.base.active:
                behind = set().union(*(found.get(f, set()) for f in rule.when.facts()))
                for action in rule.actions:
                    if isinstance(action, Conclude) and not behind <= found.setdefault(action.fact, set()):
                        found[action.fact] |= behind
                        changed = True
        return {fact: frozenset(questions) for fact, questions in found.items()}

    @cached_property
    def read(self) -> frozenset[str]:
        """Questions that some rule before the plan reads."""
        return frozenset(
            q
            for rule in self.base.active
            if rule.stratum in ("constrain", "weigh", "decide")
            for fact in rule.when.facts()
            for q in self._sources.get(fact, ())
        )

    @cached_property
    def pure(self) -> frozenset[str]:
        """Questions whose answer does nothing before the plan but add points by itself, or break ties."""
        impure: set[str] = set()
        for rule in self.base.active:
            if rule.stratum == "plan" or (rule in self._weighing and len(rule.when.facts()) == 1):
                continue
            for fact in rule.when.facts():
                impure |= self._sources.get(fact, frozenset())
        decisive = {c for contest in self.base.decision.contests.values() for c in contest.decisive}
        return frozenset(self.points) - impure - (decisive & impure)


def unknowns(view: View, influence: Influence) -> tuple[UnknownLine, ...]:
    """The questions that apply and have no answer; those that could move the result most come first.

    `could_move` is the most points by which one answer could shift the first two options of the contest against
    each other, counting only rules that read that answer alone.
    """
    contest = view.base.decision.contests.get(view.trace.contest.branch)
    decisive = contest.decisive if contest else ()
    lines = []
    for place, question in enumerate(view.questionnaire.questions):
        if any(fact in view.values for fact in question.facts()) or question.when.truth(view.known) is not True:
            continue
        move = _could_move(view, influence, question)
        matters = question.id in decisive or move > 0
        rank = (not matters, -move, place)
        lines.append((rank, _unknown(view, question, matters, move)))
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


def flips(view: View, influence: Influence) -> tuple[FlipLine, ...]:
    """Single changed answers after which another option would lead, the smallest shift past the leader first.

    Only when the points decided, and only answers that do nothing but add points, so that the arithmetic is exact:
    the new leader must be ahead by more than the tie-break distance.
    """
    trace = view.trace
    order = trace.contest.order
    if len(order) < 2 or not _points_decided(view):
        return ()
    found = []
    for question in view.questionnaire.questions:
        now = view.values.get(question.id)
        if question.id not in influence.pure or now is None:
            continue
        table = influence.points[question.id]
        for choice in question.choices:
            if choice.id == now:
                continue
            leader, lead = _leader(trace.contest.points, table[now], table[choice.id])
            if leader != trace.recommended and lead > view.base.decision.close_within:
                found.append((lead, question, choice.id, leader))
    return tuple(_flip(view, q, choice, leader) for _, q, choice, leader in _first_per_question(found))


def _first_per_question(
    found: list[tuple[int, Question, str, str]],
) -> Iterator[tuple[int, Question, str, str]]:
    seen: set[str] = set()
    for item in sorted(found, key=lambda f: (f[0], f[1].id, f[2])):
        if item[1].id not in seen and len(seen) < FLIPS:
            seen.add(item[1].id)
            yield item


def _points_decided(view: View) -> bool:
    won = [p for p in view.trace.proposals if p.standing == "recommended"]
    return bool(won) and won[0].confidence == "by_margin" and view.trace.recommended == view.trace.contest.order[0]


def _leader(points: Mapping[str, int], now: Mapping[str, int], then: Mapping[str, int]) -> tuple[str, int]:
    new = {option: sum_ - now.get(option, 0) + then.get(option, 0) for option, sum_ in points.items()}
    ranked = sorted(new, key=lambda option: -new[option])
    return ranked[0], new[ranked[0]] - new[ranked[1]]


def _flip(view: View, question: Question, choice: str, leader: str) -> FlipLine:
    text = view.words("flip", question=question.text, choice=question.choice(choice).label, option=view.name(leader))
    return FlipLine(question=question.id, choice=choice, option=leader, text=text)
