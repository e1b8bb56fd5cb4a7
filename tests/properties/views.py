"""What a trace and the reference evaluator say, in the same plain words, so that they can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from advisor.advice import Advisor, default_advisor
from advisor.errors import EngineError
from advisor.loading.answers import check_answers
from advisor.model.questionnaire import Questionnaire
from advisor.model.trace import Trace
from tests.helpers.reference_engine import Outcome, ReferenceBase
from tests.helpers.strategies import PlainAnswers

View = dict[str, object]
CONFLICT: View = {"conflict": "two rules conclude different values"}


@cache
def shipped_reference() -> ReferenceBase:
    """The reference evaluator on the shipped rules."""
    advisor = default_advisor()
    return ReferenceBase.of_loaded(advisor.rulebase, advisor.questionnaire)


def by_engine(advisor: Advisor, answers: PlainAnswers) -> View:
    """What the engine finds, or CONFLICT."""
    try:
        trace = advisor.trace(answers)
    except EngineError as bad:
        if not is_conflict(bad):
            raise
        return CONFLICT
    return view_of_trace(trace, advisor.questionnaire)


def is_conflict(error: EngineError) -> bool:
    """Whether two rules concluded different values, which is an error of the rules and not of the engine."""
    return "Mend one of the rules" in str(error)


def by_reference(base: ReferenceBase, answers: PlainAnswers, questionnaire: Questionnaire) -> View:
    """What the reference evaluator finds, or CONFLICT; what follows from entries is filled in before rules are run."""
    told = check_answers(answers, questionnaire, check_contradictions=False).plain()
    try:
        return view_of_outcome(base.run(told), questionnaire)
    except ValueError:
        return CONFLICT


def view_of_trace(trace: Trace, questionnaire: Questionnaire) -> View:
    """A trace in plain words; texts and dates only as known, since nothing else may be asked of them."""
    return {
        "set aside": sorted(trace.set_aside),
        "facts": _without_marks({f.fact: f.value for f in trace.facts if f.value is not None}, questionnaire),
        "said": {f.fact: f.said for f in trace.facts if f.said is not None},
        "fired": {firing.rule: firing.stratum for firing in trace.firings},
        "flags": {flag.id: flag.severity for flag in trace.red_flags},
        "points": sorted((line.option, line.rule, line.criterion, line.points) for line in trace.tallies),
        "totals": trace.totals,
        "order": trace.contest.order,
        "margin": trace.contest.margin,
        "tie breaks": [(tie.rule, tie.before, tie.after) for tie in trace.contest.tie_breaks],
        "recommended": trace.recommended,
        "runner-up": trace.runner_up,
        "confidence": trace.confidence,
        "add-ons": sorted(trace.add_ons),
    }


def view_of_outcome(outcome: Outcome, questionnaire: Questionnaire) -> View:
    """The reference evaluator's outcome in the same words."""
    return {
        "set aside": sorted(outcome.set_aside),
        "facts": _without_marks(outcome.knowledge.values, questionnaire),
        "said": outcome.knowledge.said,
        "fired": outcome.fired,
        "flags": outcome.flags,
        "points": sorted(outcome.lines),
        "totals": outcome.totals,
        "order": outcome.contest.order,
        "margin": outcome.contest.margin,
        "tie breaks": [(tie.rule, tie.before, tie.after) for tie in outcome.contest.tie_breaks],
        "recommended": outcome.choice.recommended,
        "runner-up": outcome.choice.runner_up,
        "confidence": outcome.choice.confidence,
        "add-ons": sorted(outcome.add_ons),
    }


def _without_marks(values: Mapping[str, object], questionnaire: Questionnaire) -> dict[str, object]:
    marks = {question.id for question in questionnaire.questions if question.kind in ("text", "date")}
    return {fact: "known" if fact in marks else value for fact, value in values.items()}
