"""The use case of the rule author: lay a rule base on the desk, and fire single rules on given facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from advisor.checking import Desk, Finding, check
from advisor.errors import ContradictoryRulesError, ProofError
from advisor.inference.durable_engine import DurableEngine
from advisor.inference.program import Program, compile_rule
from advisor.model.condition import Value
from advisor.model.facts import earlier
from advisor.model.questionnaire import Questionnaire
from advisor.model.rule import Rule
from advisor.model.rulebase import RuleBase

_COUNTED = ("flag.", "score.", "tally.", "unknown_share")


def check_rulebase(base: RuleBase, questionnaire: Questionnaire) -> tuple[Finding, ...]:
    """Every defect that the checks find, examples run in the real engine, and answers that no rules agree about."""
    found = check(Desk(base, questionnaire, lambda rule: RuleAlone(base, rule).fires))
    return (*found, *_contradictory_rules(base, questionnaire))


def _contradictory_rules(base: RuleBase, questionnaire: Questionnaire) -> Iterator[Finding]:
    """Answers that make rules contradict each other, or that the solver cannot find out whether there are any."""
    from advisor.proving.prover import Prover  # the solver is loaded only when it is wanted

    try:
        Prover(base, questionnaire)
    except ContradictoryRulesError as wrong:
        yield Finding("contradictory_rules", "rules", 0, f"{wrong}. Mend one of them")
    except ProofError as wrong:
        message = f"it cannot be proved that no answers make rules contradict each other: {wrong}"
        yield Finding("contradictory_rules", "rules", 0, message)


class RuleAlone:
    """One rule by itself in the real engine, to be tried on facts given to it."""

    def __init__(self, base: RuleBase, rule: Rule) -> None:
        compiled = compile_rule(rule)
        self._rule, self._facts = rule, base.facts
        self._tested = sorted({test.fact for variant in compiled.variants for test in variant})
        self._engine = DurableEngine(Program((compiled,), base.facts))

    def fires(self, given: Mapping[str, Value], said: Mapping[str, str]) -> bool:
        """Whether it fires on some facts and nothing else. Facts of earlier strata that are not given are unknown, or
        what `otherwise` says; sums that are not given are zero."""
        with self._engine.session() as session:
            for fact in self._tested:
                spec = self._facts[fact]
                settled = earlier(spec.finished, self._rule.stratum)
                if fact in given:
                    session.put(fact, given[fact])
                elif settled and spec.otherwise is not None:
                    session.put(fact, spec.otherwise)
                elif settled and fact.startswith(_COUNTED):
                    session.put(fact, 0)
                elif settled:
                    session.put_unknown(fact, said.get(fact))
            return list(session.fire(self._rule.stratum)) == [self._rule.id]
