"""Writes the questionnaire as a program: which states each question can be in, and which tests they pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from advisor.model.condition import Condition
from advisor.model.questionnaire import Question, Questionnaire, days_of
from advisor.proving.figures import ENDS, FigurePlan, Figures
from advisor.proving.literals import Literal, cuts, failing, holding, thresholds
from advisor.proving.numbers import NumberGroup
from advisor.proving.states import Part, Picks, Variable

DATED = "dated"
"""The atom that says that the day of the advice is known, from which days are counted."""


def kept(question: str) -> str:
    """The atom that says the answer to a question counts (it is not set aside)."""
    return f'kept("{question}")'


def free(question: str) -> str:
    """The atom that says a question is still to be asked."""
    return f'free("{question}")'


def answered(question: str) -> str:
    """The atom that says a question has a value that counts."""
    return f'answered("{question}")'


def known(fact: str) -> str:
    """The atom that says a fact has a value."""
    return f'known("{fact}")'


def body(*parts: str) -> str:
    """A rule's body, or nothing when there are no parts."""
    return f" :- {', '.join(parts)}" if parts else ""


def truths(when: Condition, true: str, false: str) -> Iterator[str]:
    """The rules that make one atom hold when a condition is true and another when it is false (Kleene)."""
    common = [holding(c).text for c in when.all] + [failing(c).text for c in when.none]
    if when.any:
        yield from (f"{true}{body(*common, holding(c).text)}." for c in when.any)
    else:
        yield f"{true}{body(*common)}."
    yield from falsehood(when, false)


def falsehood(when: Condition, false: str) -> Iterator[str]:
    """The rules that make an atom hold when a condition is false (Kleene)."""
    if when.any:
        yield f"{false}{body(*(failing(c).text for c in when.any))}."
    yield from (f"{false} :- {failing(c).text}." for c in when.all)
    yield from (f"{false} :- {holding(c).text}." for c in when.none)


def asking(questionnaire: Questionnaire) -> Iterator[str]:
    """Which answers are set aside, since their questions do not apply, and which cannot be true together."""
    for question in questionnaire.questions:
        q = question.id
        yield f"{{ {free(q)} }}."
        yield f'{kept(q)} :- not aside("{q}").'
        if next(question.when.clauses(), None) is None:
            continue
        yield from falsehood(question.when, f'aside("{q}")')
        # An answer that would be set aside is the same as none, so an open question gets none.
        yield f':- {free(q)}, given("{q}"), aside("{q}").'
    for contradiction in questionnaire.contradictions:
        name = f'clash("{contradiction.id}")'
        common = [holding(c).text for c in contradiction.when.all] + [failing(c).text for c in contradiction.when.none]
        if contradiction.when.any:
            yield from (f"{name}{body(*common, holding(c).text)}." for c in contradiction.when.any)
        else:
            yield f"{name}{body(*common)}."
        yield f":- {name}."


def one_state(variable: Variable, literals: Mapping[str, Sequence[Literal]]) -> Iterator[str]:
    """A variable is in one of its states; each passes the tests that its answers pass."""
    atoms = "; ".join(variable.atom(i) for i in range(len(variable.states)))
    yield f"{{ {atoms} }} = 1."
    for i, state in enumerate(variable.states):
        for question, part in zip(variable.questions, state, strict=True):
            yield from _part(variable.atom(i), question, part, literals)


def _part(atom: str, question: Question, part: Part, literals: Mapping[str, Sequence[Literal]]) -> Iterator[str]:
    values = dict(part.values)
    if part.valued or part.said != "none":
        yield f'given("{question.id}") :- {atom}.'
    if part.valued:
        yield f"{answered(question.id)} :- {atom}, {kept(question.id)}."
    if question.kind == "date" and question.id in values:
        yield f"{known(days_of(question.id))} :- {atom}, {kept(question.id)}, {DATED}."
    for fact in question.facts():
        if fact in values:
            yield f"{known(fact)} :- {atom}, {kept(question.id)}."
        for literal in literals.get(fact, ()):
            tells = literal.op == "said" or _compares(literal)
            if tells and literal.passes(values.get(fact), part.said):
                yield f"{literal.text} :- {atom}, {kept(question.id)}."


def counting(questionnaire: Questionnaire, literals: Mapping[str, Sequence[Literal]]) -> Iterator[str]:
    """The days to the dates that are given: any number, once the day of the advice is known."""
    yield f"{{ {DATED} }}."
    for question in questionnaire.questions:
        if question.kind == "date":
            fact = days_of(question.id)
            yield from ordered(fact, literals.get(fact, ()), known(fact))


def _compares(literal: Literal) -> bool:
    return literal.op not in ("known", "unknown", "said", "not_said")


def knowing(literals: Mapping[str, Sequence[Literal]]) -> Iterator[str]:
    """The tests of whether a fact has a value, and of what was not said."""
    for fact, wanted in literals.items():
        for literal in wanted:
            if literal.op == "known":
                yield f"{literal.text} :- {known(fact)}."
            elif literal.op == "unknown":
                yield f"{literal.text} :- not {known(fact)}."
            elif literal.op == "not_said":
                yield f"{literal.text} :- not {Literal(fact, 'said', literal.values).text}."


def picking(picks: Picks, literals: Mapping[str, Sequence[Literal]]) -> Iterator[str]:
    """A several-choice question: unanswered, or at least one choice, and one alone if it excludes the others."""
    q = picks.question.id
    words = "".join(f'; said("{q}","{word}")' for word in picks.says)
    yield f'{{ valued("{q}"); unsaid("{q}"){words} }} = 1.'
    yield f'given("{q}") :- not unsaid("{q}").'
    yield f'{answered(q)} :- valued("{q}"), {kept(q)}.'
    for choice in picks.read:
        yield f'{{ {picks.picked(choice)} }} :- valued("{q}").'
    for number in range(1, picks.most + 1):
        before = f", {picks.rest_at_least(number - 1)}" if number > 1 else ""
        yield f'{{ {picks.rest_at_least(number)} }} :- valued("{q}"){before}.'
    each = [picks.picked(c) for c in picks.read] + [picks.rest_at_least(n) for n in range(1, picks.most + 1)]
    yield f':- valued("{q}"), not 1 {{ {"; ".join(each)} }}.'
    for choice in picks.read:
        if choice in picks.exclusive:
            yield f":- {picks.picked(choice)}, 2 {{ {'; '.join(each)} }}."
    yield from _pick_tests(picks, literals, each)


def _pick_tests(picks: Picks, literals: Mapping[str, Sequence[Literal]], each: Sequence[str]) -> Iterator[str]:
    q = picks.question.id
    there = f'valued("{q}"), {kept(q)}'
    for fact in picks.question.facts():
        yield f"{known(fact)} :- {there}."
        choice = fact.removeprefix(f"{q}.")
        for literal in literals.get(fact, ()):
            if literal.op == "said" and literal.values[0] in picks.says:
                yield f'{literal.text} :- said("{q}","{literal.values[0]}"), {kept(q)}.'
            elif _compares(literal) and fact == f"{q}.count":
                yield from (f"{literal.text} :- {there}, {way}." for way in _count_ways(literal, each))
            elif _compares(literal):
                if literal.passes(True):
                    yield f"{literal.text} :- {there}, {picks.picked(choice)}."
                if literal.passes(False):
                    yield f"{literal.text} :- {there}, not {picks.picked(choice)}."


def _count_ways(literal: Literal, each: Sequence[str]) -> Iterator[str]:
    atoms = "; ".join(each)
    bound = int(literal.values[0])
    if literal.op in ("ge", "gt"):
        yield f"{bound + (literal.op == 'gt')} {{ {atoms} }}"
    elif literal.op in ("le", "lt"):
        yield f"{{ {atoms} }} {bound - (literal.op == 'lt')}"
    elif literal.op == "in":
        yield from (f"{int(v)} {{ {atoms} }} {int(v)}" for v in literal.values)
    else:
        yield ", ".join(f"not {int(v)} {{ {atoms} }} {int(v)}" for v in literal.values)


def figuring(figures: Figures, tied: Mapping[str, tuple[Variable, NumberGroup]]) -> Iterator[str]:
    """The figures that rules test: when they are made, and how each test of them comes out."""
    for plan in figures.plans.values():
        name = plan.figure.id
        made, there, due = f'made("{name}")', f'there("{name}")', f'due("{name}")'
        needs = [known(number) for number in plan.numbers] + [f'made("{inner}")' for inner in plan.inner]
        yield from truths(plan.figure.when, due, f'undue("{name}")')
        yield f"{made}{body(due, there, *needs)}."
        yield from (f"{known(name + end)} :- {made}." for end in ENDS)
        if plan in figures.loose:
            yield f"{there}."
            yield from _left_open(plan, made)
            continue
        variable = tied[plan.numbers[0]][0] if plan in figures.hanging else None
        for combination, literals in plan.combinations():
            row = [literal.text for literal in literals]
            for atoms, point in _points(variable, plan):
                box = {number: (point[number], point[number]) for number in plan.numbers}
                there_is, *passed = figures.outcome(plan, combination, box, plan.literals)
                if there_is:
                    yield f"{there}{body(*row, *atoms)}."
                    for literal, passes in zip(plan.literals, passed, strict=True):
                        if passes and _compares(literal):
                            yield f"{literal.text}{body(made, *row, *atoms)}."


def _left_open(plan: FigurePlan, made: str) -> Iterator[str]:
    """How the tests of a figure come out that is not worked out: any way in which numbers can."""
    for end in ENDS:
        fact = plan.figure.id + end
        yield from ordered(fact, [literal for literal in plan.literals if literal.fact == fact], made)


def least(fact: str, number: int) -> str:
    """The atom that says that a number which is left open is at least so large."""
    return f'least("{fact}",{number})'


def ordered(fact: str, literals: Sequence[Literal], there: str) -> Iterator[str]:
    """The tests of a number that may be any whole number when it is `there`."""
    compared = [literal for literal in literals if _compares(literal)]
    numbers = sorted(cuts(compared))
    for number, smaller in zip(numbers, [None, *numbers], strict=False):
        before = () if smaller is None else (least(fact, smaller),)
        yield f"{{ {least(fact, number)} }}{body(*before)}."
    for literal in compared:
        at_least = f'least("{fact}",{{}})'
        yield from (f"{literal.text}{body(there, way)}." for way in thresholds(literal, at_least))


def _points(variable: Variable | None, plan: FigurePlan) -> Iterator[tuple[tuple[str, ...], Mapping[str, int]]]:
    """The numbers to try, each with the atom that says so; any will do when the figure's tests do not hang on them."""
    if variable is None:
        yield (), {name: low for name, (low, _) in plan.bounds.items()}
        return
    for i, state in enumerate(variable.states):
        if all(part.whole_span for part in state):
            yield (variable.atom(i),), {part.question: int(part.members[0]) for part in state}
