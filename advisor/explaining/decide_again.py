"""Decides once more with other points, from what was known when weighing ended to the option and the confidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor, lcm

from advisor.errors import EngineError
from advisor.model.condition import Clause, Condition, Knowledge, Truth, Value
from advisor.model.contest import choose, settle_contest
from advisor.model.rule import BreakTie, Recommend, Rule
from advisor.model.rulebase import DecisionRules, RuleBase
from advisor.model.trace import Trace

MOVED = ("tally.", "lead.")
"""How the facts begin that follow from points; all others stand when the points change."""

_AFTER = ("decide", "plan")


@dataclass(frozen=True, slots=True)
class Decided:
    """What some points lead to: the main option, the runner-up, the confidence word, and the contest behind it."""

    option: str
    second: str
    confidence: str
    order: tuple[str, ...]
    margin: Fraction


class Decider:
    """The contest and the decide rules of one session, ready to be asked again and again with other points.

    Rules of the weigh stratum cannot read points, so those that fired, tie-breakers among them, stay fired.
    """

    def __init__(self, base: RuleBase, trace: Trace) -> None:
        """Take over what the trace knew when weighing ended; decide rules that no points can wake are left out."""
        self._base = base
        kept = [f for f in trace.facts if f.stratum not in _AFTER and not f.fact.startswith(MOVED)]
        self._values: dict[str, Value] = {f.fact: f.value for f in kept if f.value is not None}
        self._said = {f.fact: f.said for f in kept if f.said is not None}
        self._out = frozenset(o.id for o in base.main_options if self._values.get(f"out.{o.id}") is True)
        contest = base.decision.contests.get(trace.contest.branch)
        self.contestants: tuple[str, ...] = tuple(o for o in contest.options if o not in self._out) if contest else ()
        fired = [base.by_id[firing.rule] for firing in trace.firings]
        self._ties = [(r, a) for r in fired for a in r.actions if isinstance(a, BreakTie)]
        known = Knowledge(self._values, self._said)
        self.rules: tuple[Rule, ...] = tuple(
            rule for rule in base.active if rule.stratum == "decide" and self._can_fire(rule.when, known)
        )

    def decide(self, totals: Mapping[str, Fraction]) -> Decided:
        """The decision for other points, by main option, in the order of the options' file.

        Raises EngineError when two rules would then conclude different values for a fact.
        """
        scale = lcm(*(points.denominator for points in totals.values()))
        whole = {option: int(points * scale) for option, points in totals.items()}
        decision = _scaled(self._base.decision, scale)
        standing = settle_contest(self.contestants, whole, self._ties, decision.close_within)
        margin = Fraction(standing.margin, scale)
        leads = dict(zip(("lead.option", "lead.second"), standing.order, strict=False))
        numbers = {f"tally.{option}": points for option, points in totals.items()}
        if len(standing.order) > 1:
            numbers["lead.margin"] = margin
        fired = self._fire({**self._values, **leads}, numbers)
        proposals = [(a, r) for r in fired for a in r.actions if isinstance(a, Recommend)]
        choice = choose(proposals, self._out, standing, decision, whole)
        return Decided(choice.winner, choice.second, choice.confidence, standing.order, margin)

    def _fire(self, values: dict[str, Value], numbers: Mapping[str, Fraction]) -> list[Rule]:
        """The decide rules that fire, each once, until no more can. What they conclude is put in `values`."""
        known = Knowledge(values, self._said)
        fired: list[Rule] = []
        waiting = list(self.rules)
        while ready := [rule for rule in waiting if _holds(rule.when, known, numbers)]:
            fired += ready
            waiting = [rule for rule in waiting if rule not in ready]
            for rule in ready:
                for fact, value in rule.concluded():
                    if values.setdefault(fact, value) != value:
                        raise EngineError(f"rule {rule.id} concludes {fact} = {value}, but there is another value")
        return fired

    def _can_fire(self, when: Condition, known: Knowledge) -> bool:
        """Whether no clause that is settled before points are counted keeps the rule silent."""

        def settled(clause: Clause) -> bool:
            spec = self._base.facts[clause.fact]
            return not clause.fact.startswith(MOVED) and spec.finished not in _AFTER

        return (
            all(c.truth(known) is True for c in when.all if settled(c))
            and all(c.truth(known) is False for c in when.none if settled(c))
            and (not when.any or any(not settled(c) or c.truth(known) is True for c in when.any))
        )


def _scaled(decision: DecisionRules, scale: int) -> DecisionRules:
    """The decision with its distances multiplied, for points that were multiplied to be whole."""
    bands = tuple((word, None if limit is None else limit * scale) for word, limit in decision.bands)
    return replace(decision, close_within=decision.close_within * scale, bands=bands)


def _holds(when: Condition, known: Knowledge, numbers: Mapping[str, Fraction]) -> bool:
    """Whether a rule fires; `numbers` are facts that need not be whole."""
    return (
        all(_truth(c, known, numbers) is True for c in when.all)
        and all(_truth(c, known, numbers) is False for c in when.none)
        and (not when.any or any(_truth(c, known, numbers) is True for c in when.any))
    )


def _truth(clause: Clause, known: Knowledge, numbers: Mapping[str, Fraction]) -> Truth:
    number = numbers.get(clause.fact)
    if number is None or clause.test == "said":
        return clause.truth(known)
    if clause.test == "known":
        return clause.values[0] is True
    if clause.test == "at_least":
        return floor(number) >= int(clause.values[0])
    if clause.test == "at_most":
        return ceil(number) <= int(clause.values[0])
    return number in clause.values
