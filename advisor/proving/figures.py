"""Which figures rules test, what they read, and how each test of theirs comes out for every input."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count, product
from math import prod
from typing import TypeAlias

from advisor.errors import ProofError
from advisor.model.condition import Value
from advisor.model.figures import Figure, FormulaTerm
from advisor.model.questionnaire import Question, Questionnaire, days_of
from advisor.model.rule import Add, Conclude
from advisor.model.rulebase import RuleBase
from advisor.proving.literals import Literal, cuts, failing, holding
from advisor.proving.ranges import Box, Inputs, NoValue, Unbounded, evaluate, middle, rounded, row_of

ENDS = (".low", ".high", ".likely")
"""The facts of a figure, after its id."""

_ANY_DAY = 4_000_000  # days; more than there are between any two dates
MOST_ROWS = 20_000  # combinations of the facts that one figure reads
MOST_TIED = 2  # number questions that are looked at together
MOST_POINTS = 2_000_000  # of the box of those numbers; the walk along the edge of a test grows with it

Combination: TypeAlias = Mapping[str, Value | None]


@dataclass(frozen=True)
class FigurePlan:
    """One figure that rules test, straight or through another: what it reads, and the literals on its ends.

    `numbers` are number questions, and days to dates (a box of whole numbers), which are within `bounds` whenever the
    figure is made; `others` are the other facts with the groups of values
    that the formula cannot tell apart (None: unknown).
    """

    figure: Figure
    inner: tuple[str, ...]
    numbers: tuple[str, ...]
    bounds: Mapping[str, tuple[int, int]]
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


def _counts(question: Question, fact: str) -> bool:
    """Whether a fact of a question is a number that the user gives."""
    return (question.kind == "number" and fact == question.id) or (
        question.kind == "date" and fact == days_of(question.id)
    )


def _literal(fact: str, group: tuple[Value | None, ...]) -> Literal:
    values = tuple(value for value in group if value is not None)
    return Literal(fact, "in", values) if values else Literal(fact, "unknown")


class Figures:
    """The figures of a rule base as far as rules test them."""

    def __init__(self, base: RuleBase, questionnaire: Questionnaire, literals: Sequence[Literal]) -> None:
        """Raises ProofError for a figure that reads too many facts at once."""
        self._base, self._questionnaire = base, questionnaire
        self._by_id = {figure.id: figure for figure in base.figures}
        self.plans: dict[str, FigurePlan] = {}
        wanted: dict[str, dict[Literal, int]] = {}
        places = count()

        def want(found: Iterable[Literal]) -> None:
            for literal in found:
                wanted.setdefault(literal.fact, {}).setdefault(literal, next(places))

        want(literals)
        for figure in reversed(base.figures):  # later figures read earlier ones
            tests = [pair for end in ENDS for pair in wanted.get(figure.id + end, {}).items()]
            own = tuple(literal for literal, _ in sorted(tests, key=lambda pair: pair[1]))
            if own or any(figure.id in plan.inner for plan in self.plans.values()):
                plan = self.plans[figure.id] = self._plan(figure, own)
                want(side for clause in figure.when.clauses() for side in (holding(clause), failing(clause)))
                want(literal for _, row in plan.combinations() for literal in row)

    def _plan(self, figure: Figure, own: tuple[Literal, ...]) -> FigurePlan:
        inner: dict[str, None] = {}
        numbers: dict[str, None] = {}
        tabled: dict[str, list[tuple[Figure, FormulaTerm]]] = {}
        for owner, leaf in self._leaves(figure, inner):
            question = self._questionnaire.question_of_fact.get(leaf.name)
            if question is not None and _counts(question, leaf.name):
                numbers[leaf.name] = None
            else:
                tabled.setdefault(leaf.name, []).append((owner, leaf))
        others = {fact: self._groups(fact, uses) for fact, uses in tabled.items()}
        if prod(len(groups) for groups in others.values()) > MOST_ROWS:
            raise ProofError(f"the figure `{figure.id}` reads too many facts at once to reason about")
        return FigurePlan(figure, tuple(inner), tuple(numbers), self._bounds(figure, inner, numbers), others, own)

    def _bounds(self, figure: Figure, inner: Iterable[str], numbers: Iterable[str]) -> dict[str, tuple[int, int]]:
        """The numbers that the figure is made for: those that its conditions, and those of inner figures, let in."""
        found = self.box_of(tuple(numbers))
        for clause in (c for one in (figure, *(self._by_id[name] for name in inner)) for c in one.when.all):
            low, high = found.get(clause.fact, (0, 0))
            if clause.fact in found and clause.test == "at_least":
                found[clause.fact] = max(low, int(clause.values[0])), high
            elif clause.fact in found and clause.test == "at_most":
                found[clause.fact] = low, min(high, int(clause.values[0]))
        return found

    @cached_property
    def hanging(self) -> tuple[FigurePlan, ...]:
        """The figures whose tests hang on the numbers that they read."""
        return tuple(
            plan
            for plan in self.plans.values()
            if plan.numbers
            and any(None in self.outcome(plan, known, plan.bounds, plan.steps) for known, _ in plan.combinations())
        )

    @cached_property
    def loose(self) -> tuple[FigurePlan, ...]:
        """The hanging figures that are too tangled with others to be worked out: how their tests come out is left open.

        Worked out are those that share all their numbers or none with every other one, read no days, and read two
        numbers only where these have few enough values together.
        """
        sets = [{*plan.numbers} for plan in self.hanging]
        return tuple(
            plan
            for plan, mine in zip(self.hanging, sets, strict=True)
            if len(mine) > MOST_TIED
            or (
                len(mine) > 1 and prod(high - low + 1 for low, high in self.box_of(plan.numbers).values()) > MOST_POINTS
            )
            or not mine <= self._questionnaire.by_id.keys()
            or any(mine & other and mine != other for other in sets)
        )

    def _leaves(self, figure: Figure, inner: dict[str, None]) -> Iterator[tuple[Figure, FormulaTerm]]:
        """The leaves that read facts, through inner figures too; `inner` collects those."""
        for leaf in figure.formula.leaves():
            name = leaf.name if leaf.op == "figure" else leaf.name.rpartition(".")[0]
            if name in self._by_id and (leaf.op == "figure" or leaf.name.endswith(ENDS)):
                inner[name] = None
                yield from self._leaves(self._by_id[name], inner)
            elif leaf.op in ("fact", "table"):
                yield figure, leaf

    def _groups(self, fact: str, uses: list[tuple[Figure, FormulaTerm]]) -> tuple[tuple[Value | None, ...], ...]:
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

    def outcome(
        self, plan: FigurePlan, known: Combination, box: Box, literals: Sequence[Literal]
    ) -> tuple[bool | None, ...]:
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
        if any(literal.fact.endswith(".likely") for literal in literals):
            probable = evaluate(plan.figure, Inputs(self._by_id, box, known), likely=True)
            spans[f"{plan.figure.id}.likely"] = middle(probable)
        return (True, *(literal.over(*spans[literal.fact]) for literal in literals))

    def ends(self, plan: FigurePlan, known: Combination, box: Box) -> dict[str, int]:
        """The ends of a figure at one point; none where it has no value."""
        inputs = Inputs(self._by_id, box, known)
        try:
            low, high = rounded(evaluate(plan.figure, inputs))
            probable = middle(evaluate(plan.figure, inputs, likely=True))
        except NoValue:
            return {}
        return dict(zip((plan.figure.id + end for end in ENDS), (low[0], high[0], probable[0]), strict=True))

    def box_of(self, numbers: Sequence[str]) -> dict[str, tuple[int, int]]:
        """The box of all numbers that the questions allow."""
        found: dict[str, tuple[int, int]] = {}
        for name in numbers:
            question = self._questionnaire.question_of_fact[name]
            days = name == days_of(question.id)
            found[name] = (-_ANY_DAY, _ANY_DAY) if days else (question.minimum, question.maximum)
        return found


def _known_apart(group: tuple[Value | None, ...]) -> Iterator[tuple[Value | None, ...]]:
    """A group of values that are taken alike, with the unknown one by itself."""
    values = tuple(value for value in group if value is not None)
    if values:
        yield values
    if None in group:
        yield (None,)
