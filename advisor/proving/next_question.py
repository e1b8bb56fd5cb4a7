"""Tells which open questions can still change the advice, the most telling first, and which can change nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from advisor.model.answers import Answers
from advisor.model.path import to_come, turns
from advisor.model.questionnaire import Questionnaire
from advisor.model.rule import Recommend, Rule, RuleOut, Weigh
from advisor.model.scope import Scope
from advisor.proving.outlook import Outlook, outlook
from advisor.proving.prover import Prover
from advisor.proving.reach import Reach, stakes

# These shape the order in which open questions are named only, never the advice.
_WHOLE = 1_000_000_000  # one point, so that scores are whole numbers
_SPARING = Fraction(3, 10)  # what it counts that an answer can rule a rule out at once
_SETTLES = 8  # the force of a rule that proposes an option or rules one out, in points


@dataclass(frozen=True, slots=True)
class Ahead:
    """What lies ahead after some answers, on every screen: whatever is said to the questions that can be answered and
    have no answer, those that were answered "not sure" or skipped among them.

    `deciding` are the open questions that can still change the main option, the case that answers, the add-ons, the
    warnings or the steps, the most telling first; `detail` are those that can only change how sure we are, the lines
    around (the ranking, reasons, notes) and how a line reads; `idle` can change nothing. `asked` are those of the open
    questions that an interview asks, now or later.
    """

    outlook: Outlook
    deciding: tuple[str, ...]
    detail: tuple[str, ...]
    idle: tuple[str, ...]
    asked: frozenset[str]


class Order:
    """The order of questions for the rules of one prover."""

    def __init__(self, prover: Prover) -> None:
        self.prover = prover
        self._reach = Reach(prover.base, prover.questionnaire)
        self._scope = Scope(prover.base, prover.questionnaire)

    def ahead(self, answers: Answers) -> Ahead:
        """What lies ahead after some answers."""
        questionnaire = self.prover.questionnaire
        valued = Answers(tuple(answer for answer in answers if answer.value is not None), answers.as_of)
        found = outlook(self.prover, valued)
        still_open = [name for name in turns(questionnaire, valued) if name not in self.prover.held]
        behind = self._reach.behind(found, still_open)
        scores = self._scores(found, behind)
        deciding = tuple(sorted((q for q in still_open if q in scores), key=lambda q: -scores[q]))
        touched = self._reach.in_words(found, behind).union(*(behind.get(rule, ()) for rule in found.undecided))
        detail = tuple(q for q in still_open if q not in scores and q in touched)
        idle = tuple(q for q in still_open if q not in scores and q not in touched)
        asked = frozenset(to_come(questionnaire, answers, self._scope.path(answers).questions))
        return Ahead(found, deciding, detail, idle, asked)

    def _scores(self, found: Outlook, behind: Mapping[str, frozenset[str]]) -> dict[str, int]:
        """How much each question can still do.

        Each rule that may change the advice counts for the open questions that it hangs on: less when it hangs on many,
        and more for an answer that is likely to rule it out at once, since that spares the other questions.
        """
        scores: dict[str, int] = {}
        for rule in self.prover.base.active:
            names = behind.get(rule.id)
            if names and rule.id in found.undecided and stakes(found, rule):
                force, spared = _force(rule), self._spares[rule.id]
                for name in names:
                    part = _WHOLE // len(names) ** 2 + spared.get(name, 0)
                    scores[name] = scores.get(name, 0) + force * part
        return scores

    @cached_property
    def _spares(self) -> Mapping[str, Mapping[str, int]]:
        """For each rule and each question it reads straight, what the share of answers counts that keep it silent."""
        questionnaire = self.prover.questionnaire
        return {
            rule.id: {name: int(share * _SPARING * _WHOLE) for name, share in _spared(rule, questionnaire)}
            for rule in self.prover.base.active
        }


def _spared(rule: Rule, questionnaire: Questionnaire) -> Iterator[tuple[str, Fraction]]:
    for clause, wanted in [(c, True) for c in rule.when.all] + [(c, False) for c in rule.when.none]:
        question = questionnaire.question_of_fact.get(clause.fact)
        if question is not None:
            passing = Fraction(1, 2)
            if question.kind == "one" and clause.test in ("is", "one_of"):
                passing = Fraction(len(clause.values), len(question.choices))
            yield question.id, 1 - passing if wanted else passing


def _force(rule: Rule) -> int:
    """How much a rule's firing counts in the order of questions."""
    force = 1
    for action in rule.actions:
        if isinstance(action, Recommend | RuleOut):
            force = max(force, _SETTLES)
        elif isinstance(action, Weigh):
            points = [*action.points.values(), 0]
            force = max(force, max(points) - min(points))
    return force
