"""The use case of the rule author: lay a rule base on the desk, and fire single rules on given facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from advisor.checking import CheckDesk, Finding, check
from advisor.errors import ContradictoryRulesError, ProofError
from advisor.inference.durable_engine import DurableEngine
from advisor.inference.engine import Session
from advisor.inference.program import Program, compile_rule
from advisor.model.condition import Knowledge, Value
from advisor.model.facts import STRATA, Stratum
from advisor.model.figures import figures_behind, work_out
from advisor.model.questionnaire import Questionnaire
from advisor.model.rule import CaseAnswer, Recommend, Rule
from advisor.model.rulebase import RuleBase

_COUNTED = ("flag.", "score.", "tally.", "unknown_share")


def check_rulebase(base: RuleBase, questionnaire: Questionnaire) -> tuple[Finding, ...]:
    """Every defect that the checks find, examples run in the real engine, and answers that no rules agree about."""
    found = check(CheckDesk(base, questionnaire, RulesAlone(base).alone))
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


class RulesAlone:
    """The rules of a base in the real engine, each by itself: what one concludes is passed on to no other.

    The rules of a page share one engine and, for the same facts, one session; so thousands of examples are tried in
    seconds. What the rules of the page conclude from the facts of an example, the figures they make and the option of
    the page's first case that holds need not be given: they are worked out by `Condition.truth`, without the engine.
    """

    def __init__(self, base: RuleBase) -> None:
        self._base = base
        self._pages: dict[str, _PageAlone] = {}

    def alone(self, rule: Rule) -> Callable[[Mapping[str, Value], Mapping[str, str]], bool]:
        """Whether a rule fires on some facts and nothing else. Facts of earlier strata that are not given are what the
        page concludes from those given, or what `otherwise` says, or unknown; sums that are not given are zero."""
        if rule.page not in self._pages:
            self._pages[rule.page] = _PageAlone(self._base, rule.page)
        page = self._pages[rule.page]
        return lambda given, said: rule.id in page.fired(given, said)


class _PageAlone:
    """The rules of one page in one engine, and what each set of facts made fire."""

    def __init__(self, base: RuleBase, page: str) -> None:
        self._facts = base.facts
        self._rules = tuple(rule for rule in base.rules if rule.page == page)
        program = Program(tuple(compile_rule(rule) for rule in self._rules), base.facts)
        self._tested = sorted(program.tested)
        self._figures = figures_behind(self._tested, base.figures)
        self._engine = DurableEngine(program)
        self._found: dict[tuple[frozenset[tuple[str, Value]], frozenset[tuple[str, str]]], frozenset[str]] = {}

    def fired(self, given: Mapping[str, Value], said: Mapping[str, str]) -> frozenset[str]:
        """The ids of the rules that fire on some facts."""
        key = frozenset(given.items()), frozenset(said.items())
        if key not in self._found:
            self._found[key] = frozenset(self._fire(given, said))
        return self._found[key]

    def _fire(self, given: Mapping[str, Value], said: Mapping[str, str]) -> Iterator[str]:
        values = dict(given)
        with self._engine.session() as session:
            for fact in self._tested:
                if fact in given:
                    session.put(fact, given[fact])
                elif self._facts[fact].finished is None:
                    session.put_unknown(fact, said.get(fact))
            for stratum in STRATA:
                yield from session.fire(stratum)
                self._conclude(values, said, stratum)
                for fact in self._tested:
                    if fact not in given and self._facts[fact].finished == stratum:
                        self._settle(session, fact, values.get(fact), said.get(fact))

    def _settle(self, session: Session, fact: str, value: Value | None, said: str | None) -> None:
        """Put a fact in at the end of its stratum: what was found, or what it is when nothing was."""
        found = self._facts[fact].otherwise if value is None else value
        if found is None and fact.startswith(_COUNTED):
            found = 0
        if found is None:
            session.put_unknown(fact, said)
        else:
            session.put(fact, found)

    def _conclude(self, values: dict[str, Value], said: Mapping[str, str], stratum: Stratum) -> None:
        """Add what the rules of a stratum conclude from the values; figures after the first, the option in `decide`."""
        known = Knowledge(values, said)
        concluding = [rule for rule in self._rules if rule.stratum == stratum and rule.concluded()]
        changed = True
        while changed:
            changed = False
            for fact, value in [pair for r in concluding if r.when.truth(known) is True for pair in r.concluded()]:
                changed = changed or fact not in values
                values.setdefault(fact, value)
        if stratum == "derive":
            for _, ends in work_out(self._figures, known):
                for fact, number in ends.items():
                    values.setdefault(fact, number)
        elif stratum == "decide":
            cases = [rule for rule in self._rules if any(isinstance(action, CaseAnswer) for action in rule.actions)]
            first = next((r for r in sorted(cases, key=lambda r: r.line) if r.when.truth(known) is True), None)
            for action in first.actions if first else ():
                if isinstance(action, Recommend):
                    values.setdefault("advice.option", action.option)
