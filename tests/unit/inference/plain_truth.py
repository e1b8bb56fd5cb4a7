"""What must fire, worked out from the conditions alone, and random rule bases to compare it with the engine on."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from advisor.inference.engine import Engine
from advisor.model.condition import Clause, Knowledge, Value
from advisor.model.facts import FactSpec
from advisor.model.questionnaire import Questionnaire
from advisor.model.rule import Conclude, Rule
from advisor.model.rulebase import RuleBase
from tests.helpers.rulebases import asking, derived, number, on, one, rule, rulebase, text

CHOICES = ("a", "b", "c", "ab")


@dataclass(frozen=True)
class Case:
    """A rule base of two strata, what is known of the facts before they are fired, and all the facts there are."""

    base: RuleBase
    questionnaire: Questionnaire
    known: Knowledge
    answered: tuple[str, ...]


def expected(case: Case) -> list[set[str]]:
    """The rules that must fire in `derive` and then in `constrain`."""
    known: dict[str, Value] = dict(case.known.values)
    found: list[set[str]] = []
    for stratum in ("derive", "constrain"):
        rules = [r for r in case.base.active if r.stratum == stratum]
        fired: set[str] = set()
        grown = True
        while grown:
            now = {r.id for r in rules if r.when.truth(Knowledge(known, case.known.said)) is True}
            known.update(pair for r in rules if r.id in now for pair in r.concluded())
            grown = now != fired
            fired = now
        found.append(fired)
        known.update(_defaults(case.base, known, stratum))
    return found


def _defaults(base: RuleBase, known: Mapping[str, Value], stratum: str) -> dict[str, Value]:
    return {
        spec.id: spec.otherwise
        for spec in base.facts.values()
        if spec.finished == stratum and spec.otherwise is not None and spec.id not in known
    }


def seen(case: Case, engine: Engine, order: random.Random) -> list[list[str]]:
    """The rules that do fire in `derive` and then in `constrain`, with the answers put in a random order."""
    known: dict[str, Value] = dict(case.known.values)
    facts = [*case.answered]
    order.shuffle(facts)
    by_id = case.base.by_id
    found: list[list[str]] = []
    with engine.session() as session:

        def put(fact: str) -> None:
            if fact in known:
                session.put(fact, known[fact])
            else:
                session.put_unknown(fact, case.known.said.get(fact))

        for fact in facts:
            put(fact)
        for stratum in ("derive", "constrain"):
            fired: list[str] = []
            for rule_id in session.fire("derive" if stratum == "derive" else "constrain"):
                fired.append(rule_id)
                for fact, value in by_id[rule_id].concluded():
                    if fact not in known:
                        known[fact] = value
                        put(fact)
            found.append(fired)
            late = [spec.id for spec in case.base.facts.values() if spec.finished == stratum and spec.id not in known]
            known.update(_defaults(case.base, known, stratum))
            order.shuffle(late)
            for fact in late:
                put(fact)
    return found


def random_case(dice: random.Random) -> Case:
    """A few answers of every kind, and rules that test them in every way, alone, together and several times over."""
    questions = [
        *(one(f"c{i}", *CHOICES) for i in range(3)),
        *(number(f"n{i}", -9, 9) for i in range(3)),
        text("t0"),
    ]
    made = [derived(f"d{i}", otherwise=dice.choice([None, False])) for i in range(4)]
    made += [derived(f"e{i}", *CHOICES, otherwise=dice.choice([None, "a"])) for i in range(2)]
    questionnaire = asking(*questions)
    answers = [spec for spec in rulebase(questionnaire).facts.values() if spec.origin == "answer"]
    rules = [_random_rule(dice, n, "derive", answers, made) for n in range(dice.randint(1, 14))]
    rules += [_random_rule(dice, n, "constrain", [*answers, *made], []) for n in range(dice.randint(1, 10))]
    base = rulebase(questionnaire, *rules, derived=made)
    values: dict[str, Value] = {}
    said: dict[str, str] = {}
    for spec in answers:
        way = dice.random()
        if way < 0.7:
            values[spec.id] = _value(dice, spec)
        elif way < 0.9:
            said[spec.id] = dice.choice(["not_sure", "skip"])
    return Case(base, questionnaire, Knowledge(values, said), tuple(spec.id for spec in answers))


def _value(dice: random.Random, spec: FactSpec) -> Value:
    return dice.randint(-9, 9) if spec.kind == "number" else dice.choice(spec.values or ("words",))


def _random_rule(dice: random.Random, n: int, stratum: str, settled: list[FactSpec], growing: list[FactSpec]) -> Rule:
    """A rule over settled facts in every way, and over growing ones only for values that no default gives."""

    def clauses(most: int, specs: Iterable[FactSpec], negated: bool) -> list[Clause]:
        pool = list(specs)
        return [_clause(dice, dice.choice(pool), negated) for _ in range(dice.randint(0, most))]

    positive = [*settled, *settled, *growing]
    every = clauses(3, positive, False)
    some = clauses(3, positive, False) if dice.random() < 0.4 else []
    none = clauses(2, settled, True) if dice.random() < 0.5 else []
    if not (every or some or none):
        every = [_clause(dice, dice.choice(settled), False)]
    if stratum == "constrain":
        return rule(f"{stratum}-{n}", all=every, any=some, none=none, stratum="constrain")
    spec = growing[n % len(growing)]
    return rule(
        f"{stratum}-{n}", Conclude(spec.id, "b" if spec.kind == "one" else True), all=every, any=some, none=none
    )


def _clause(dice: random.Random, spec: FactSpec, negated: bool) -> Clause:
    if spec.origin == "rule" and not negated:
        return on(spec.id, is_="b" if spec.kind == "one" else True)
    way = dice.random()
    if spec.kind == "mark" or way < 0.2:
        if spec.origin == "answer" and dice.random() < 0.5:
            return on(spec.id, said=dice.choice(["not_sure", "skip"]))
        return on(spec.id, known=dice.random() < 0.5)
    if spec.kind == "number" and way < 0.7:
        limit = dice.randint(-9, 9)
        return on(spec.id, at_least=limit) if way < 0.45 else on(spec.id, at_most=limit)
    if way < 0.6:
        return on(spec.id, is_=_value(dice, spec))
    return on(spec.id, one_of=sorted({_value(dice, spec), _value(dice, spec)}, key=str))
