"""Writes a rule base and its questionnaire as one answer-set program with one answer set for each way to answer.

The program has no variables to speak of: every atom is a fact, a test, a rule or an option by name, so that it can be
read beside the rules and solved by any system that reads the ASP-Core-2 language with choices and sums.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from advisor.model.condition import Clause, Condition
from advisor.model.questionnaire import DAYS, Questionnaire
from advisor.model.rule import AddOn
from advisor.model.rulebase import RuleBase
from advisor.proving import encode_answers, encode_choice, encode_rules
from advisor.proving.encode_answers import least
from advisor.proving.figures import ENDS, Figures
from advisor.proving.literals import Literal, cuts, failing, holding
from advisor.proving.numbers import NumberGroup, Signature, tied
from advisor.proving.states import Picks, Variable, joint_variable, picks_of, variable_of

SHOWN = (
    "recommended/1", "answers/1", "sure/1", "before/2", "ranked/1", "flag/2", "added/1", "warns/1", "step/1", "row/1",
    "script/1", "fires/1",
)  # fmt: skip


@dataclass(frozen=True)
class Group:
    """A variable of number questions that figures tie together, with the state of each way their tests come out."""

    numbers: NumberGroup
    state_of: Mapping[Signature, int]


@dataclass(frozen=True)
class Encoding:
    """The program's text, and what it is about: the variables and picks that answers set, every test of every fact, and
    the differences of points (one option, another, at least so many) that it asks about.
    """

    text: str
    variables: tuple[Variable, ...]
    picks: tuple[Picks, ...]
    groups: Mapping[str, Group]
    literals: Mapping[str, tuple[Literal, ...]]
    differences: tuple[tuple[str, str, int], ...]
    figures: Figures

    @cached_property
    def left_open(self) -> tuple[tuple[str, str, int], ...]:
        """The atoms that say that a number which is left open is at least so large, with its fact and that number."""
        facts = [fact for fact in self.literals if fact.endswith(DAYS)]
        facts += [plan.figure.id + end for plan in self.figures.loose for end in ENDS]
        return tuple(
            (least(fact, number), fact, number)
            for fact in facts
            for number in sorted(cuts([li for li in self.literals.get(fact, ()) if li.op not in ("known", "unknown")]))
        )


@dataclass(frozen=True)
class ProgramDraft:
    """What there is to write: the rules and questions, the figures that are tested, and every test of every fact."""

    base: RuleBase
    questionnaire: Questionnaire
    figures: Figures
    literals: Mapping[str, tuple[Literal, ...]]


def encode(base: RuleBase, questionnaire: Questionnaire, never: Sequence[Clause] = ()) -> Encoding:
    """Write the active rules of a checked rule base, for the cases in which none of the clauses `never` holds.

    Raises ProofError for figures too large to reason about.
    """
    draft = drafted(base, questionnaire, map(holding, never))
    found = written(draft, *variables_of(draft, tied(draft.figures)))
    barred = "".join(f":- {holding(clause).text}.\n" for clause in never)
    return replace(found, text=found.text + barred)


def drafted(base: RuleBase, questionnaire: Questionnaire, also: Iterable[Literal] = ()) -> ProgramDraft:
    """What there is to write for a rule base, with tests that something else asks for `also`.

    Raises ProofError for figures too large to reason about.
    """
    plain = [*_literals(base, questionnaire), *also]
    figures = Figures(base, questionnaire, plain)
    extra = [li for p in figures.plans.values() for li in (*_clauses(p.figure.when), *_rows(figures, p.figure.id))]
    return ProgramDraft(base, questionnaire, figures, _by_fact([*plain, *extra]))


def written(draft: ProgramDraft, variables: tuple[Variable, ...], groups: Mapping[str, Group]) -> Encoding:
    """Write the program over these variables."""
    base, questionnaire, figures, literals = draft.base, draft.questionnaire, draft.figures, draft.literals
    picks = tuple(picks_of(q, literals) for q in questionnaire.questions if q.kind == "several")
    ties = {name: (v, groups[v.name].numbers) for v in variables if v.name in groups for name in v.name.split("+")}
    answer_literals = {fact: literals.get(fact, ()) for q in questionnaire.questions for fact in q.facts()}
    points = encode_choice.PointSums(base)
    lines: list[str] = [
        "% The questions and their answers.",
        *encode_answers.asking(questionnaire),
        *(line for v in variables for line in encode_answers.one_state(v, answer_literals)),
        *(line for p in picks for line in encode_answers.picking(p, answer_literals)),
        "% The rules and the facts they conclude.",
        *encode_rules.firing(base.active),
        *encode_rules.concluding(base, literals),
        *encode_answers.knowing(literals),
        *encode_answers.counting(questionnaire, literals),
        "% Sums, figures and flags.",
        *encode_rules.scores(base, literals),
        *encode_answers.figuring(figures, ties),
        *encode_rules.unknown_share(base, literals.get("unknown_share", ())),
        *encode_rules.flags(base, literals),
        *encode_rules.planned(base),
        *_added(base),
        "% Points, contests and the choice.",
        *encode_choice.tallies(base, points, literals),
        *encode_choice.contests(base, points, literals),
        *encode_choice.decision(base, points, literals),
        *points.sums(),
        *encode_rules.contradicting(),
        "#show.",
        *(f"#show {atom}." for atom in SHOWN),
    ]
    return Encoding("\n".join(dict.fromkeys(lines)) + "\n", variables, picks, groups, literals, points.asked, figures)


def variables_of(
    draft: ProgramDraft, together: Sequence[tuple[str, ...]], *also: Figures
) -> tuple[tuple[Variable, ...], dict[str, Group]]:
    """The variables that answers set, with the groups of number questions that stand `together`.

    `also` are the figures of a second rule base, whose tests the groups tell apart too.
    """
    questionnaire, literals = draft.questionnaire, draft.literals
    in_group = {name: names for names in together for name in names}
    variables: list[Variable] = []
    groups: dict[str, Group] = {}
    for question in questionnaire.questions:
        names = in_group.get(question.id)
        if question.kind == "several" or (names and question.id != names[0]):
            continue
        if names is None:
            variables.append(variable_of(question, literals))
            continue
        numbers = NumberGroup(names, draft.figures, literals, *also)
        witnesses = numbers.within({})
        made = joint_variable(tuple(questionnaire.question(n) for n in names), literals, witnesses.values())
        first = len(made.states) - len(witnesses)
        groups[made.name] = Group(numbers, {signature: first + i for i, signature in enumerate(witnesses)})
        variables.append(made)
    return tuple(variables), groups


def _clauses(when: Condition) -> Iterator[Literal]:
    for clause in when.clauses():
        yield holding(clause)
        yield failing(clause)


def _literals(base: RuleBase, questionnaire: Questionnaire) -> Iterator[Literal]:
    for rule in base.active:
        yield from (holding(clause) for clause in (*rule.when.all, *rule.when.any))
        yield from (failing(clause) for clause in rule.when.none)
    for question in questionnaire.questions:
        yield from _clauses(question.when)
    for contradiction in questionnaire.contradictions:
        yield from _clauses(contradiction.when)


def _rows(figures: Figures, figure: str) -> Iterator[Literal]:
    yield from (literal for _, row in figures.plans[figure].combinations() for literal in row)


def _by_fact(literals: Iterable[Literal]) -> dict[str, tuple[Literal, ...]]:
    found: dict[str, dict[Literal, None]] = {}
    for literal in literals:
        found.setdefault(literal.fact, {})[literal] = None
        if literal.op == "not_said":  # what was not said is told from what was
            found[literal.fact][Literal(literal.fact, "said", literal.values)] = None
    return {fact: tuple(wanted) for fact, wanted in found.items()}


def _added(base: RuleBase) -> Iterator[str]:
    options = dict.fromkeys(a.option for r in base.active for a in r.actions if isinstance(a, AddOn))
    yield from (f'added("{o}") :- {encode_rules.is_(f"add_on.{o}", True)}.' for o in options)
