"""Compares what the engine traced with what the solver finds for the same answers, atom by atom."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.model.answers import Answers
from advisor.model.condition import Value
from advisor.model.trace import Trace
from advisor.proving.encode_rules import is_
from advisor.proving.prover import Prover


def differences(prover: Prover, answers: Answers, trace: Trace) -> tuple[str, ...]:
    """Everything on which the two differ, a line each; none when they agree.

    Compared are the rules that fire, the value of every derived fact, every test of every fact, the sums of points
    between any two options that the program asks about, the red flags, the add-ons, the order of the contest, the
    recommendation, the runner-up and the confidence. `answers` are those the trace was made from, before any was set
    aside. Raises ProofError when the solver finds no answer set at all.
    """
    atoms = prover.model(prover.assume(answers))
    found = [
        *_sets("rules that fire", _names(atoms, "fires"), {firing.rule for firing in trace.firings}),
        *_facts(prover, trace, atoms),
        *_tests(prover, trace, atoms),
        *_sums(prover, trace, atoms),
        *_sets("red flags", _names(atoms, "flag"), _flags(prover, trace)),
        *_sets("add-ons", _names(atoms, "added"), set(trace.add_ons)),
        *_sets("order", _names(atoms, "before"), _order(trace)),
        *_sets("recommendation", _names(atoms, "recommended"), {trace.recommended}),
        *_sets("runner-up", _names(atoms, "runner_up"), {trace.runner_up}),
        *_sets("confidence", _names(atoms, "sure"), {trace.confidence}),
    ]
    return tuple(found)


def _names(atoms: frozenset[str], predicate: str) -> set[str]:
    start = f"{predicate}("
    return {atom[len(start) : -1].replace('"', "") for atom in atoms if atom.startswith(start)}


def _sets(what: str, solver: set[str], engine: set[str]) -> Iterator[str]:
    if solver != engine:
        more, fewer = sorted(solver - engine), sorted(engine - solver)
        yield f"{what}: the solver alone has {more or 'nothing'}, the engine alone {fewer or 'nothing'}"


def _flags(prover: Prover, trace: Trace) -> set[str]:
    """Every severity at which a fired rule raises a flag, as the program has them."""
    from_rules = {firing.rule for firing in trace.firings}
    found = set()
    for rule in prover.base.active:
        if rule.id in from_rules:
            found |= {f"{flag.id},{flag.severity}" for flag in rule.red_flags()}
    return found


def _order(trace: Trace) -> set[str]:
    order = trace.contest.order
    return {f"{one},{other}" for i, one in enumerate(order) for other in order[i + 1 :]}


def _facts(prover: Prover, trace: Trace, atoms: frozenset[str]) -> Iterator[str]:
    values = {record.fact: record.value for record in trace.facts if record.value is not None}
    for spec in prover.base.facts.values():
        concluded = (spec.origin == "rule" or spec.otherwise is not None) and spec.id in values
        if concluded and is_(spec.id, values[spec.id]) not in atoms:
            yield f"fact {spec.id}: the engine has {values[spec.id]}, the solver something else"


def _tests(prover: Prover, trace: Trace, atoms: frozenset[str]) -> Iterator[str]:
    records: dict[str, tuple[Value | None, str | None]] = {r.fact: (r.value, r.said) for r in trace.facts}
    for fact, literals in prover.encoding.literals.items():
        value, said = records.get(fact, (None, None))
        for literal in literals:
            passes = literal.passes(value, said)
            if passes is not (literal.text in atoms):
                yield f"test {literal.text}: {passes} for the engine, which has {fact} = {value}"


def _sums(prover: Prover, trace: Trace, atoms: frozenset[str]) -> Iterator[str]:
    for one, other, by in prover.encoding.differences:
        ahead = trace.totals[one] - trace.totals[other] >= by
        if ahead is not (f'ahead("{one}","{other}",{by})' in atoms):
            yield f"sums: {one} against {other} by {by}: {ahead} for the engine, {not ahead} for the solver"
