"""Writes the rules as a program: what makes each fire, what facts they conclude, and what is so when none does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from advisor.model.facts import FactSpec
from advisor.model.rule import Action, Add, NextStep, PlanRow, RedFlag, Rule, Say
from advisor.model.rulebase import RuleBase
from advisor.proving.encode_answers import answered, body, known
from advisor.proving.literals import Literal, failing, holding, thresholds

CONFLICTING = "conflicting"
"""The atom that says rules conclude different values of some fact."""

_PLANNED: Mapping[str, type[Action]] = {"step": NextStep, "row": PlanRow, "script": Say}

CONTRADICTORY = "contradictory"
"""The atom that lets in cases in which rules contradict each other; to be assumed false but for looking for them."""


def fires(rule: str) -> str:
    """The atom that says a rule fires."""
    return f'fires("{rule}")'


def is_(fact: str, value: object) -> str:
    """The atom that says a derived fact has a value."""
    word = str(value).lower() if isinstance(value, bool) else str(value)
    return f'is("{fact}","{word}")'


def firing(rules: Sequence[Rule]) -> Iterator[str]:
    """When each rule fires: every clause of `all` true, one of `any`, each of `none` false, and it is not struck."""
    for rule in rules:
        common = [holding(c).text for c in rule.when.all] + [failing(c).text for c in rule.when.none]
        live = f'not struck("{rule.id}")'
        yield f'{{ struck("{rule.id}") }}.'
        if rule.when.any:
            yield from (f"{fires(rule.id)}{body(*common, holding(c).text, live)}." for c in rule.when.any)
        else:
            yield f"{fires(rule.id)}{body(*common, live)}."


def concluding(base: RuleBase, literals: Mapping[str, Sequence[Literal]]) -> Iterator[str]:
    """The facts that rules conclude or take by default, and the tests they pass. Two values at once are a conflict."""
    values: dict[str, dict[object, None]] = {}
    for rule in base.active:
        for fact, value in rule.concluded():
            yield f"{is_(fact, value)} :- {fires(rule.id)}."
            yield f'concluded("{fact}") :- {fires(rule.id)}.'
            values.setdefault(fact, {})[value] = None
    for spec in base.facts.values():
        if spec.origin != "rule" and spec.otherwise is None:
            continue
        if spec.otherwise is not None:
            yield f'{is_(spec.id, spec.otherwise)} :- not concluded("{spec.id}").'
            values.setdefault(spec.id, {})[spec.otherwise] = None
        yield from _fact(spec, list(values.get(spec.id, ())), literals.get(spec.id, ()))


def _fact(spec: FactSpec, values: Sequence[object], literals: Sequence[Literal]) -> Iterator[str]:
    for value in values:
        yield f"{known(spec.id)} :- {is_(spec.id, value)}."
        for literal in literals:
            if literal.op not in ("known", "unknown", "said", "not_said") and literal.passes(value):  # type: ignore[arg-type]
                yield f"{literal.text} :- {is_(spec.id, value)}."
    if len(values) > 1:
        atoms = "; ".join(is_(spec.id, value) for value in values)
        yield f'conflict("{spec.id}") :- 2 {{ {atoms} }}.'


def numbers_needed(literal: Literal) -> set[int]:
    """The whole numbers that `thresholds` asks about."""
    found: set[int] = set()
    for value in literal.values:
        found |= {int(value), int(value) + 1}
    return found


def tested(literals: Sequence[Literal], fact: str, at_least: str) -> Iterator[str]:
    """The tests that a number of the machine's passes. It always has a value."""
    yield f"{known(fact)}."
    for literal in literals:
        if literal.op not in ("known", "unknown"):
            yield from (f"{literal.text} :- {way}." for way in thresholds(literal, at_least))


def scores(base: RuleBase, literals: Mapping[str, Sequence[Literal]]) -> Iterator[str]:
    """The sums of `add` points, as far as rules or figures test them."""
    for fact in (f for f in base.facts if f.startswith("score.")):
        wanted = literals.get(fact, ())
        terms = [
            f"{a.points},{i},{j}: {fires(rule.id)}"
            for i, rule in enumerate(base.active)
            for j, a in enumerate(rule.actions)
            if isinstance(a, Add) and f"score.{a.to}" == fact
        ]
        for number in sorted(set().union(*(numbers_needed(li) for li in wanted))):
            yield f'sum("{fact}",{number}) :- {number} <= #sum {{ {"; ".join(terms)} }}.'
        yield from tested(wanted, fact, f'sum("{fact}",{{}})')


def flags(base: RuleBase, literals: Mapping[str, Sequence[Literal]]) -> Iterator[str]:
    """The red flags, each at the severity of the gravest rule that raises it."""
    for rule in base.active:
        for action in rule.actions:
            if isinstance(action, RedFlag):
                yield f'flag("{action.id}",{action.severity}) :- {fires(rule.id)}.'
                yield f'raised("{action.id}") :- {fires(rule.id)}.'
                yield f'warns("{rule.id}") :- {fires(rule.id)}.'
    for fact in (f for f in base.facts if f.startswith("flag.")):
        name = fact.removeprefix("flag.")
        for number in sorted(set().union(*(numbers_needed(li) for li in literals.get(fact, ())))):
            if number <= 0:
                yield f'severity("{name}",{number}).'
            levels = {a.severity for r in base.active for a in r.actions if isinstance(a, RedFlag) and a.id == name}
            yield from (f'severity("{name}",{number}) :- flag("{name}",{s}).' for s in sorted(levels) if s >= number)
        yield from tested(literals.get(fact, ()), fact, f'severity("{name}",{{}})')


def planned(base: RuleBase) -> Iterator[str]:
    """The rules that give a step, a row of the plan, or words to say."""
    for rule in base.active:
        for part, kind in _PLANNED.items():
            if any(isinstance(action, kind) for action in rule.actions):
                yield f'{part}("{rule.id}") :- {fires(rule.id)}.'


def contradicting() -> Iterator[str]:
    """No case in which rules conclude different values of a fact is looked at, unless it is asked for."""
    yield f"{CONFLICTING} :- conflict(F)."
    yield f"{{ {CONTRADICTORY} }}."
    yield f":- {CONFLICTING}, not {CONTRADICTORY}."


def unknown_share(base: RuleBase, literals: Sequence[Literal]) -> Iterator[str]:
    """The percent of the branch's decisive questions without an answer, rounded down, as far as rules test it."""
    for number in sorted(set().union(*(numbers_needed(li) for li in literals))):
        if number <= 0:
            yield f"unknown_share({number})."
            continue
        for branch, contest in base.decision.contests.items():
            asked = len(contest.decisive)
            needed = -(-number * asked // 100)  # the fewest that make so many percent
            if 0 < needed <= asked:
                there = "; ".join(answered(question) for question in contest.decisive)
                yield f"unknown_share({number}) :- {is_('branch', branch)}, {{ {there} }} {asked - needed}."
    yield from tested(literals, "unknown_share", "unknown_share({})")
