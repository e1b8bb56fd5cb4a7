"""Runs one set of answers through the strata and records everything in a trace."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from advisor.errors import EngineError
from advisor.inference.engine import Engine, Session
from advisor.inference.program import Program
from advisor.model.answers import Answers, applying, knowledge_of
from advisor.model.condition import Knowledge, Value
from advisor.model.contest import ChosenOption, ContestStanding, choose, settle_contest
from advisor.model.facts import STRATA, Stratum
from advisor.model.figures import work_out
from advisor.model.questionnaire import Questionnaire
from advisor.model.rule import Add, BreakTie, Recommend, RedFlag, Rule, Weigh
from advisor.model.rulebase import RuleBase
from advisor.model.trace import FactRecord, Firing, Origin


@dataclass(slots=True)
class Run:
    """What one session found, in the order found."""

    base: RuleBase
    questionnaire: Questionnaire
    answers: Answers
    set_aside: tuple[str, ...]
    values: dict[str, Value]
    said: dict[str, str]
    facts: dict[str, FactRecord] = field(default_factory=dict)
    firings: list[Firing] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    figures: dict[str, tuple[int, int]] = field(default_factory=dict)
    standing: ContestStanding = field(default_factory=lambda: ContestStanding((), 0, ()))
    choice: ChosenOption | None = None
    totals: dict[str, int] = field(default_factory=dict)


def run(base: RuleBase, program: Program, engine: Engine, questionnaire: Questionnaire, answers: Answers) -> Run:
    """Fire the rules on some answers.

    Answers to questions that are known not to apply are set aside, and private texts are left out of the record: rules
    can only ask whether they were given. Raises EngineError when two rules conclude
    different values for a fact, or the engine misbehaves.
    """
    kept, set_aside = applying(answers.without_private(questionnaire), questionnaire)
    known = knowledge_of(kept, questionnaire)
    state = Run(base, questionnaire, kept, set_aside, dict(known.values), dict(known.said))
    runner = _Runner(state, program)
    with engine.session() as session:
        runner.session = session
        runner.settle_answers()
        for stratum in STRATA:
            runner.fire(stratum)
            runner.finish(stratum)
    return state


class _Runner:
    """Carries one run through the strata; `session` is the engine's."""

    session: Session

    def __init__(self, state: Run, program: Program) -> None:
        self.state, self.base, self.program = state, state.base, program
        self.known = Knowledge(state.values, state.said)

    def settle_answers(self) -> None:
        state, of_fact = self.state, self.state.questionnaire.question_of_fact
        for fact in self.program.answer_facts:
            value, said, by = state.values.get(fact), state.said.get(fact), (of_fact[fact].id,)
            if value is None and said is None:
                self._leave(fact, "answer", by, "answers")
            else:
                self._settle(fact, value, "answer", by, "answers", said)

    def fire(self, stratum: Stratum) -> None:
        state = self.state
        for rule_id in self.session.fire(stratum):
            compiled = self.program.by_id[rule_id]
            if compiled.rule.stratum != stratum:
                raise EngineError(f"rule {rule_id} of stratum {compiled.rule.stratum} fired late, in {stratum}")
            state.rules.append(compiled.rule)
            state.firings.append(
                Firing.model_construct(
                    n=len(state.rules),
                    rule=rule_id,
                    version=compiled.rule.version,
                    stratum=stratum,
                    matched={fact: state.values.get(fact) for fact in compiled.matched(self.known)},
                    concluded=dict(compiled.concluded),
                    did=compiled.did,
                )
            )
            for fact, value in compiled.concluded:
                self._conclude(fact, value, compiled.rule)

    def finish(self, stratum: Stratum) -> None:
        """End a stratum: the values that rules left open, then the sums and choices, then what stays unknown."""
        facts = self.state.facts
        for spec in self.program.left_by_rules[stratum]:
            if spec.id not in facts:
                if spec.otherwise is None:
                    self._leave(spec.id, "rule", (), stratum)
                else:
                    self._settle(spec.id, spec.otherwise, "default", (), stratum)
        if stratum == "derive":
            self._scores()
            self._figures()
            self._unknown_share()
        elif stratum == "constrain":
            self._flags()
        elif stratum == "weigh":
            self._tallies()
        elif stratum == "decide":
            self._decide()
        for spec in self.program.finished_in[stratum]:
            if spec.id not in facts:
                self._leave(spec.id, spec.origin, (), stratum)

    def _leave(self, fact: str, origin: Origin, by: tuple[str, ...], stratum: str) -> None:
        """Settle that nothing is known of a fact: so it is with most facts of most people."""
        self.state.facts[fact] = _unknown(fact, origin, by, stratum)
        if fact in self.session.tested_unknown:
            self.session.put_unknown(fact, None)

    def _settle(
        self, fact: str, value: Value | None, origin: Origin, by: tuple[str, ...], stratum: str, said: str | None = None
    ) -> None:
        self.state.facts[fact] = _record(fact, value, said, origin, by, stratum)
        if value is None:
            self.session.put_unknown(fact, said)
        else:
            self.state.values[fact] = value
            self.session.put(fact, value)

    def _machine(self, fact: str, value: Value, by: tuple[str, ...], stratum: str) -> None:
        self._settle(fact, value, "machine", by, stratum)

    def _conclude(self, fact: str, value: Value, rule: Rule) -> None:
        there = self.state.facts.get(fact)
        if there is None:
            self._settle(fact, value, "rule", (rule.id,), rule.stratum)
            return
        if there.value != value:
            first = ", ".join(there.by)
            raise EngineError(
                f"{rule.file}:{rule.line}: rule {rule.id} concludes {fact} = {value}, "
                f"but {first or 'a default'} concluded {there.value}. Mend one of the rules"
            )
        by = tuple(sorted({*there.by, rule.id}))
        self.state.facts[fact] = there.model_copy(update={"origin": "rule", "by": by})

    def _scores(self) -> None:
        adds: dict[str, list[tuple[str, int]]] = {name: [] for name in self.program.scores}
        for rule in self.state.rules:
            for action in rule.actions:
                if isinstance(action, Add):
                    adds[f"score.{action.to}"].append((rule.id, action.points))
        for name, added in adds.items():
            self._machine(name, sum(points for _, points in added), tuple(rule for rule, _ in added), "derive")

    def _figures(self) -> None:
        for figure, ends in work_out(self.base.figures, self.known):
            self.state.figures[figure.id] = (ends[f"{figure.id}.low"], ends[f"{figure.id}.high"])
            for fact, value in ends.items():
                self._settle(fact, value, "figure", (figure.id,), "derive")

    def _unknown_share(self) -> None:
        contest = self.base.decision.contests.get(str(self.state.values.get("branch")))
        asked = contest.decisive if contest else ()
        missing = [q for q in asked if not self._answered(q)]
        share = Fraction(100 * len(missing), len(asked)).__floor__() if asked else 0
        self._machine("unknown_share", share, tuple(missing), "derive")

    def _answered(self, question: str) -> bool:
        facts = self.state.questionnaire.question(question).facts()
        return any(fact in self.state.values for fact in facts)

    def _flags(self) -> None:
        raised: dict[str, list[tuple[int, str]]] = {}
        for rule in self.state.rules:
            for action in rule.actions:
                if isinstance(action, RedFlag):
                    raised.setdefault(f"flag.{action.id}", []).append((action.severity, rule.id))
        for fact in self.program.flags:
            found = raised.get(fact, [])
            highest = max((severity for severity, _ in found), default=0)
            self._machine(fact, highest, tuple(sorted(rule for _, rule in found)), "constrain")

    def _tallies(self) -> None:
        totals = {option.id: 0 for option in self.base.main_options}
        by: dict[str, list[str]] = {option: [] for option in totals}
        for rule in self.state.rules:
            for action in rule.actions:
                if isinstance(action, Weigh):
                    for option, points in action.points.items():
                        totals[option] += points
                        by[option].append(rule.id)
        self.state.totals = totals
        for option, points in totals.items():
            self._machine(f"tally.{option}", points, tuple(sorted(by[option])), "weigh")
        contest = self.base.decision.contests.get(str(self.state.values.get("branch")))
        options = [o for o in contest.options if not self.state.values[f"out.{o}"]] if contest else []
        ties = [(r, a) for r in self.state.rules for a in r.actions if isinstance(a, BreakTie)]
        self.state.standing = standing = settle_contest(options, totals, ties, self.base.decision.close_within)
        for name, place in (("lead.option", 0), ("lead.second", 1)):
            if len(standing.order) > place:
                self._machine(name, standing.order[place], tuple(rule for rule, _, _ in standing.tie_breaks), "weigh")
        if len(standing.order) > 1:
            self._machine("lead.margin", standing.margin, (), "weigh")

    def _decide(self) -> None:
        state = self.state
        proposals = [(a, r) for r in state.rules for a in r.actions if isinstance(a, Recommend)]
        out = frozenset(option for option in state.totals if state.values.get(f"out.{option}") is True)
        state.choice = choice = choose(proposals, out, state.standing, self.base.decision, state.totals)
        by = (choice.rule.id,) if choice.rule else ()
        self._machine("advice.option", choice.winner, by, "decide")
        self._machine("advice.second", choice.second, (), "decide")
        self._machine("advice.confidence", choice.confidence, by, "decide")
        if choice.confidence == "provisional" and state.standing.order:
            self._machine("advice.lean", state.standing.order[0], (), "decide")


def _record(
    fact: str, value: Value | None, said: str | None, origin: Origin, by: tuple[str, ...], stratum: str
) -> FactRecord:
    return FactRecord.model_construct(fact=fact, value=value, said=said, origin=origin, by=by, stratum=stratum)


@lru_cache(maxsize=20_000)
def _unknown(fact: str, origin: Origin, by: tuple[str, ...], stratum: str) -> FactRecord:
    """The record of a fact of which nothing is known, made once."""
    return _record(fact, None, None, origin, by, stratum)
