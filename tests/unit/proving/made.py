"""Small rule bases with figures, and engines for them, for the tests of the solver."""

from __future__ import annotations

from advisor.inference.durable_engine import DurableEngine
from advisor.inference.program import compile_rules
from advisor.inference.run import run
from advisor.inference.to_trace import trace_of
from advisor.loading.answers import check_answers
from advisor.model.answers import Answers, Raw
from advisor.model.condition import ALWAYS, Condition
from advisor.model.figures import Figure, FormulaTerm
from advisor.model.questionnaire import Questionnaire
from advisor.model.rule import Recommend, Rule
from advisor.model.rulebase import RuleBase
from advisor.model.template import Template
from advisor.model.trace import Trace
from advisor.proving.changes import Goal
from advisor.proving.prover import Prover
from advisor.proving.search import search
from tests.helpers.rulebases import rule
from tests.unit.proving.brute_force import Engine, Holds, Many, members, minimal_sets


def term(op: str, *parts: FormulaTerm) -> FormulaTerm:
    """An operator over parts."""
    return FormulaTerm(op, parts)


def fact(name: str) -> FormulaTerm:
    """A number fact as a leaf."""
    return FormulaTerm("fact", name=name)


def figure(name: str, formula: FormulaTerm, when: Condition = ALWAYS) -> Figure:
    """A figure without tables."""
    words = Template.of("{low}")
    return Figure(name, "", name, "months", when, {}, formula, words, words, (), (), False, 1)


def proposes(rule_id: str, option: str, priority: int, **clauses: list[object]) -> Rule:
    """A decide rule that proposes an option."""
    return rule(rule_id, Recommend(option, priority, "clear"), stratum="decide", **clauses)  # type: ignore[arg-type]


def engine_of(base: RuleBase, questionnaire: Questionnaire) -> Engine:
    """The engine that the advisor runs on, for a made-up base."""
    program = compile_rules(base)
    engine = DurableEngine(program)

    def traced(answers: Answers) -> Trace:
        return trace_of(run(base, program, engine, questionnaire, answers), engine, "0")

    return traced


def both(
    base: RuleBase, questionnaire: Questionnaire, given: dict[str, Raw], goal: Goal, holds: Holds, up_to: int = 3
) -> tuple[dict[Many, str], dict[Many, str]]:
    """The minimal sets that the solver finds, and those found by trying everything, with the options."""
    answers = check_answers(given, questionnaire)
    names = tuple(questionnaire.by_id)
    want = minimal_sets(questionnaire, answers, engine_of(base, questionnaire), holds, up_to, names)
    found = search(Prover(base, questionnaire), answers, goal, up_to=up_to).found
    return {one: f.option for f in found for one in members(f)}, want
