"""Which figures rules test, what they read, and how each test of theirs comes out for every input."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod
from typing import TypeAlias

from advisor.errors import ProofError
from advisor.model.condition import Value
from advisor.model.questionnaire import Question, Questionnaire
from advisor.model.rule import Add, Conclude
from advisor.model.rulebase import Figure, RuleBase, Term
from advisor.proving.literals import Literal, cuts, failing, holding
from advisor.proving.ranges import Box, Inputs, NoValue, Unbounded, evaluate, rounded, row_of

MOST_ROWS = 20_000  # combinations of the facts that one figure reads

Combination: TypeAlias = Mapping[str, Value | None]


@dataclass(frozen=True)
class Plan:
    """One figure that rules test, straight or through another: what it reads, and the literals on its two ends.

    `numbers` are number questions (a box of whole numbers); `others` are the other facts with the groups of values
    that the formula cannot tell apart (None: unknown).
    """

    figure: Figure
    inner: tuple[str, ...]
    numbers: tuple[str, ...]
    others: Mapping[str, tuple[tuple[Value | None, ...], ...]]
    literals: tuple[Literal, ...]

    @cached_property
    def steps(self) -> tuple[Literal, ...]:
        """The literals `x >= n` that tell everything apart that the plan's literals tell apart."""
        compared = [li for li in self.literals if li.op not in ("known", "unknown")]
        found = {Literal(li.fact, "ge", (cut,)) for li in compared for cut in cuts([li])}
        return tuple(sorted(found))

    def combinations(self) -> Iterator[tuple[Combination, tuple[Literal, ...]]]:
        """Each combination of the other facts, with the literals that say so."""
        names = list(self.others)
        for groups in product(*self.others.values()):
            known = {name: group[0] for name, group in zip(names, groups, strict=True)}
            yield known, tuple(_literal(name, group) for name, group in zip(names, groups, strict=True))


def _literal(fact: str, group: tuple[Value | None, ...]) -> Literal:
    values = tuple(value for value in group if value is not None)
    return Literal(fact, "in", values) if values else Literal(fact, "unknown")


class Figures:
    """The figures of a rule base as far as rules test them."""

    def __init__(self, base: RuleBase, questionnaire: Questionnaire, literals: Sequence[Literal]) -> None:
        """Raises ProofError for a figure that reads too many facts at once."""
        self._base, self._questionnaire = base, questionnaire
        self._by_id = {figure.id: figure for figure in base.figures}
        self.plans: dict[str, Plan] = {}
        wanted = list(literals)
        for figure in reversed(base.figures):  # later figures read earlier ones
            own = tuple(li for li in dict.fromkeys(wanted) if li.fact in (f"{figure.id}.low", f"{figure.id}.high"))
            if own or any(figure.id in plan.inner for plan in self.plans.values()):
                plan = self.plans[figure.id] = self._plan(figure, own)
                wanted += [side for clause in figure.when.clauses() for side in (holding(clause), failing(clause))]
                wanted += [literal for _, row in plan.combinations() for literal in row]

    def _plan(self, figure: Figure, own: tuple[Literal, ...]) -> Plan:
        inner: dict[str, None] = {}
        numbers: dict[str, None] = {}
        tabled: dict[str, list[tuple[Figure, Term]]] = {}
        for owner, leaf in self._leaves(figure, inner):
            question = self._questionnaire.question_of_fact.get(leaf.name)
            if question is not None and question.kind == "number" and leaf.name == question.id:
                numbers[leaf.name] = None
            else:
                tabled.setdefault(leaf.name, []).append((owner, leaf))
        others = {fact: self._groups(fact, uses) for fact, uses in tabled.items()}
        if prod(len(groups) for groups in others.values()) > MOST_ROWS:
            raise ProofError(f"the figure `{figure.id}` reads too many facts at once to reason about")
        return Plan(figure, tuple(inner), tuple(numbers), others, own)

    def _leaves(self, figure: Figure, inner: dict[str, None]) -> Iterator[tuple[Figure, Term]]:
        """The leaves that read facts, through inner figures too; `inner` collects those."""
        for leaf in figure.formula.leaves():
            name = leaf.name if leaf.op == "figure" else leaf.name.rpartition(".")[0]
            if name in self._by_id and (leaf.op == "figure" or leaf.name.endswith((".low", ".high"))):
                inner[name] = None
                yield from self._leaves(self._by_id[name], inner)
            elif leaf.op in ("fact", "table"):
                yield figure, leaf

    def _groups(self, fact: str, uses: list[tuple[Figure, Term]]) -> tuple[tuple[Value | None, ...], ...]:
        """The values of a fact, those together that every use takes alike; those that give no value are left out."""
        groups: dict[tuple[object, ...], list[Value | None]] = {}
        for value in (*self.values_of(fact), None):
            taken: list[object] = []
            for figure, leaf in uses:
                if leaf.op == "table":
                    taken.append(figure.tables[fact].get(row_of(value)))
                else:
                    taken.append(value if type(value) is int else None)
            if None not in taken:
                groups.setdefault(tuple(taken), []).append(value)
        return tuple(split for group in groups.values() for split in _known_apart(tuple(group)))

    def values_of(self, fact: str) -> tuple[Value, ...]:
        """Every value that a fact can have when figures are made."""
        base, question = self._base, self._questionnaire.question_of_fact.get(fact)
        if question is not None and fact == f"{question.id}.count":
            return tuple(range(1, len(question.choices) + 1))
        if fact.startswith("score."):
            points = [
                a.points for r in base.active for a in r.actions if isinstance(a, Add) and f"score.{a.to}" == fact
            ]
            low, high = sum(p for p in points if p < 0), sum(p for p in points if p > 0)
            return tuple(range(low, high + 1))
        spec = base.facts[fact]
        if spec.origin != "rule" or spec.values:
            return spec.values
        found = {a.value for r in base.active for a in r.actions if isinstance(a, Conclude) and a.fact == fact}
        return tuple(sorted({*found, *(() if spec.otherwise is None else (spec.otherwise,))}))

    def outcome(self, plan: Plan, known: Combination, box: Box, literals: Sequence[Literal]) -> tuple[bool | None, ...]:
        """For each literal on the plan's figure whether it passes over a whole box; None where that is not clear.

        The first entry says whether the formula has a value at all.
        """
        try:
            low, high = rounded(evaluate(plan.figure, Inputs(self._by_id, box, known)))
        except NoValue:
            return (False,) * (len(literals) + 1)
        except Unbounded:
            return (None,) * (len(literals) + 1)
        spans = {f"{plan.figure.id}.low": low, f"{plan.figure.id}.high": high}
        return (True, *(literal.over(*spans[literal.fact]) for literal in literals))

    def box_of(self, numbers: Sequence[str]) -> dict[str, tuple[int, int]]:
        """The box of all numbers that the questions allow."""
        found: dict[str, tuple[int, int]] = {}
        for name in numbers:
            question: Question = self._questionnaire.question(name)
            found[name] = (question.minimum, question.maximum)
        return found


def _known_apart(group: tuple[Value | None, ...]) -> Iterator[tuple[Value | None, ...]]:
    """A group of values that are taken alike, with the unknown one by itself."""
    values = tuple(value for value in group if value is not None)
    if values:
        yield values
    if None in group:
        yield (None,)
