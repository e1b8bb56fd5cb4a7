"""Finds answers with which rules conclude different values of one fact, so that there is no advice for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from advisor.errors import ContradictoryRulesError
from advisor.model.answers import Answers
from advisor.model.rulebase import RuleBase
from advisor.proving.encode_rules import CONFLICTING, CONTRADICTORY, fires, is_
from advisor.proving.sharing import NEW, OLD
from advisor.proving.solver import Solver


def refuse_contradictory(
    base: RuleBase, solver: Solver, off: Iterable[str], answers_in: Callable[[frozenset[str]], Answers], name: str = ""
) -> None:
    """Raises ContradictoryRulesError when some answers make rules contradict each other, with few answers that do.

    `off` are atoms assumed false, without which there are answers only; `name` stands before the names of the atoms of
    this rule base.
    """
    wanted, off = [name + CONFLICTING, CONTRADICTORY], list(off)
    atoms = solver.find(wanted, off) if solver.knows(name + CONFLICTING) else None
    if atoms is None:
        return
    for answer in answers_in(atoms):  # leave out what is not needed
        without = [*off, *(f'{one}given("{answer.question}")' for one in ("", OLD, NEW))]
        fewer = solver.find(wanted, without)
        if fewer is not None:
            atoms, off = fewer, without
    said = "; ".join(f"{question}: {value}" for question, value in answers_in(atoms).plain().items())
    rules = "; ".join(_clashes(base, atoms, name))
    raise ContradictoryRulesError(f"some answers make rules contradict each other. With {said or 'no answer'}: {rules}")


def _clashes(base: RuleBase, atoms: frozenset[str], name: str) -> Iterator[str]:
    """The rules that conclude one of several values of a fact."""
    for fact, spec in base.facts.items():
        values = {value for rule in base.active for one, value in rule.concluded() if one == fact} | {spec.otherwise}
        if sum(bool({name + is_(fact, value), is_(fact, value)} & atoms) for value in values) < 2:
            continue
        for rule in base.active:
            if {name + fires(rule.id), fires(rule.id)} & atoms:
                for value in (value for one, value in rule.concluded() if one == fact):
                    yield f"rule {rule.id} ({rule.file}:{rule.line}) concludes {fact} = {value}"
