"""Freezes a run into a trace."""

from __future__ import annotations

from typing import Literal

from advisor.inference.engine import Engine
from advisor.inference.run import Run
from advisor.model.rule import Weigh
from advisor.model.trace import (
    ContestRecord,
    FlagRecord,
    Outcome,
    Proposal,
    QuestionnaireId,
    RuleBaseId,
    TallyLine,
    TieBreak,
    Trace,
    Versions,
)


def trace_of(
    run: Run, engine: Engine, advisor_version: str, confirmed_by: Literal["rules_as_written"] | None = None
) -> Trace:
    """The trace of a finished run. Models are built without validation: the run's own types already hold."""
    base, choice = run.base, run.choice
    if choice is None:
        raise ValueError("the run is not finished")
    ruled_out = {option for option in run.totals if run.values.get(f"out.{option}") is True}
    return Trace.model_construct(
        format="1",
        rulebase=RuleBaseId(id=base.about.id, version=base.about.version, digest=base.digest),
        questionnaire=QuestionnaireId(
            id=run.questionnaire.id, version=run.questionnaire.version, digest=run.questionnaire.digest
        ),
        versions=Versions(
            advisor=advisor_version, engine=engine.name, engine_version=engine.version, confirmed_by=confirmed_by
        ),
        as_of=run.answers.as_of,
        answers={answer.question: answer.said if answer.value is None else answer.value for answer in run.answers},
        set_aside=run.set_aside,
        facts=tuple(run.facts.values()),
        firings=tuple(run.firings),
        red_flags=_red_flags(run),
        tallies=_tallies(run),
        totals=dict(run.totals),
        contest=ContestRecord(
            branch=str(run.values.get("branch", "")),
            order=run.standing.order,
            points={option: run.totals[option] for option in run.standing.order},
            margin=run.standing.margin,
            tie_breaks=tuple(TieBreak(rule=r, before=b, after=a) for r, b, a in run.standing.tie_breaks),
        ),
        proposals=tuple(
            Proposal.model_construct(
                option=recommend.option,
                rule=rule.id,
                priority=recommend.priority,
                confidence=recommend.confidence,
                standing=_standing(recommend.option, ruled_out, choice.winner, choice.second),
            )
            for recommend, rule in choice.proposals
        ),
        recommended=choice.winner,
        runner_up=choice.second,
        confidence=choice.confidence,
        add_ons=tuple(option.id for option in base.options.values() if run.values.get(f"add_on.{option.id}") is True),
    )


def _standing(option: str, ruled_out: set[str], winner: str, second: str) -> Outcome:
    if option in ruled_out:
        return "ruled_out"
    return "recommended" if option == winner else "runner_up" if option == second else "passed_over"


def _red_flags(run: Run) -> tuple[FlagRecord, ...]:
    return tuple(
        FlagRecord(id=name.removeprefix("flag."), severity=fact.value, rules=fact.by)
        for name, fact in run.facts.items()
        if isinstance(fact.value, int) and fact.value > 0 and name.startswith("flag.")
    )


def _tallies(run: Run) -> tuple[TallyLine, ...]:
    return tuple(
        TallyLine.model_construct(option=option, rule=rule.id, criterion=action.criterion, points=points)
        for rule in run.rules
        for action in rule.actions
        if isinstance(action, Weigh)
        for option, points in action.points.items()
    )
