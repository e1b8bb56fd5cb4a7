"""How far each question reaches through the rules, worked out once per rule base."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from advisor.model.condition import Knowledge, Value
from advisor.model.questionnaire import Questionnaire
from advisor.model.rule import Add, BreakTie, Conclude, Recommend, RedFlag, Rule, RuleOut, Weigh
from advisor.model.rulebase import RuleBase, Term


@dataclass(frozen=True)
class Influence:
    """Which questions stand behind which facts, and what a single answer is worth in points."""

    base: RuleBase
    questionnaire: Questionnaire

    @cached_property
    def points(self) -> Mapping[str, Mapping[Value, Mapping[str, int]]]:
        """Points per option that one answer gives by itself: by question, answer and option.

        Counts the weigh rules that read that answer and nothing else.
        """
        table: dict[str, dict[Value, dict[str, int]]] = {}
        for question in self.questionnaire.questions:
            if question.kind != "one":
                continue
            rules = [rule for rule in self._weighing if rule.when.facts() == (question.id,)]
            table[question.id] = {
                choice.id: _sum_points(rules, Knowledge({question.id: choice.id})) for choice in question.choices
            }
        return table

    @cached_property
    def _weighing(self) -> tuple[Rule, ...]:
        return tuple(r for r in self.base.active if any(isinstance(a, Weigh) for a in r.actions))

    @cached_property
    def behind(self) -> Mapping[str, frozenset[str]]:
        """The questions behind each fact, straight or through rules, sums and figures (leads and tallies left out)."""
        found: dict[str, set[str]] = {f: {q.id} for f, q in self.questionnaire.question_of_fact.items()}
        changed = True
        while changed:
            changed = False
            for made, read in self._derivations:
                questions = set().union(*(found.get(fact, set()) for fact in read))
                if not questions <= found.setdefault(made, set()):
                    found[made] |= questions
                    changed = True
        return {fact: frozenset(questions) for fact, questions in found.items()}

    @cached_property
    def _derivations(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        pairs = [(fact, rule.when.facts()) for rule in self.base.active for fact in _made_by(rule)]
        for figure in self.base.figures:
            read = (*figure.when.facts(), *_inputs(figure.formula))
            pairs += [(f"{figure.id}.{end}", read) for end in ("low", "high")]
        return tuple(pairs)

    @cached_property
    def deciders(self) -> tuple[Rule, ...]:
        """The rules that move points, rule options out, break ties or propose options."""
        kinds = (Weigh, RuleOut, BreakTie, Recommend)
        return tuple(r for r in self.base.active if any(isinstance(a, kinds) for a in r.actions))

    @cached_property
    def tie_breakers(self) -> tuple[tuple[Rule, BreakTie], ...]:
        """Every tie-breaker with its rule."""
        return tuple((r, a) for r in self.deciders for a in r.actions if isinstance(a, BreakTie))

    @cached_property
    def proposals(self) -> tuple[tuple[Rule, Recommend, frozenset[str]], ...]:
        """Every proposal with its rule and the facts that rule reads, the first to win first."""
        found = [
            (r, a, frozenset(r.when.facts())) for r in self.deciders for a in r.actions if isinstance(a, Recommend)
        ]
        return tuple(sorted(found, key=lambda one: (one[1].priority, one[0].id)))

    @cached_property
    def asked_when_deciding(self) -> frozenset[str]:
        """The facts that decide rules read."""
        return frozenset(fact for _, _, facts in self.proposals for fact in facts)

    @cached_property
    def readers(self) -> Mapping[str, tuple[Rule, ...]]:
        """By question, the deciders that it stands behind, less the weigh rules that read its answer alone."""
        readers: dict[str, list[Rule]] = {question.id: [] for question in self.questionnaire.questions}
        for rule in self.deciders:
            weighs = any(isinstance(action, Weigh) for action in rule.actions)
            for question in {q for fact in rule.when.facts() for q in self.behind.get(fact, ())}:
                if not (weighs and rule.when.facts() == (question,)):
                    readers[question].append(rule)
        return {question: tuple(rules) for question, rules in readers.items()}


def _sum_points(rules: list[Rule], known: Knowledge) -> dict[str, int]:
    sums: dict[str, int] = {}
    for rule in rules:
        if rule.when.truth(known) is True:
            for action in rule.actions:
                if isinstance(action, Weigh):
                    for option, points in action.points.items():
                        sums[option] = sums.get(option, 0) + points
    return sums


def _made_by(rule: Rule) -> Iterator[str]:
    for action in rule.actions:
        if isinstance(action, Conclude):
            yield action.fact
        elif isinstance(action, RuleOut):
            yield from (f"out.{option}" for option in action.options)
        elif isinstance(action, RedFlag):
            yield f"flag.{action.id}"
        elif isinstance(action, Add):
            yield f"score.{action.to}"


def _inputs(term: Term) -> tuple[str, ...]:
    if term.op in ("fact", "table"):
        return (term.name,)
    if term.op == "figure":
        return (f"{term.name}.low",)
    return tuple(fact for part in term.parts for fact in _inputs(part))
