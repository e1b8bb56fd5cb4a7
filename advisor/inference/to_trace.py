"""Freezes a run into a trace."""

from __future__ import annotations

from advisor.inference.engine import Engine
from advisor.inference.run import Run
from advisor.model.condition import Value
from advisor.model.rule import (
    Action,
    Add,
    AddOn,
    Ask,
    BreakTie,
    Call,
    Conclude,
    NextStep,
    Note,
    Recommend,
    RedFlag,
    RuleOut,
    Weigh,
)
from advisor.model.trace import (
    ContestRecord,
    FactRecord,
    Firing,
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


def trace_of(run: Run, engine: Engine, advisor_version: str) -> Trace:
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
        versions=Versions(advisor=advisor_version, engine=engine.name, engine_version=engine.version),
        answers={answer.question: answer.said if answer.value is None else answer.value for answer in run.answers},
        set_aside=run.set_aside,
        facts=_facts(run),
        firings=_firings(run),
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


def _facts(run: Run) -> tuple[FactRecord, ...]:
    make = FactRecord.model_construct
    return tuple(
        make(fact=name, value=fact.value, said=fact.said, origin=fact.origin, by=fact.by, stratum=fact.stratum)
        for name, fact in run.facts.items()
    )


def _firings(run: Run) -> tuple[Firing, ...]:
    return tuple(
        Firing.model_construct(
            n=n,
            rule=fired.rule.id,
            version=fired.rule.version,
            stratum=fired.rule.stratum,
            matched=fired.matched,
            concluded=dict(fired.rule.concluded()),
            did=tuple(_did(action) for action in fired.rule.actions),
        )
        for n, fired in enumerate(run.fired, 1)
    )


def _did(action: Action) -> str:
    """An action in one line, such as `weigh cash: delegated +3, direct -3`."""
    if isinstance(action, Conclude):
        return f"conclude {action.fact} = {_shown(action.value)}"
    if isinstance(action, Add):
        return f"add {action.points:+d} to {action.to}"
    if isinstance(action, RuleOut):
        return "rule out " + ", ".join(action.options)
    if isinstance(action, RedFlag):
        return f"raise {action.id} at severity {action.severity}"
    if isinstance(action, AddOn):
        return f"add on {action.option}"
    if isinstance(action, Weigh):
        return f"weigh {action.criterion}: " + ", ".join(f"{o} {p:+d}" for o, p in sorted(action.points.items()))
    if isinstance(action, BreakTie):
        return f"break ties at order {action.order}: " + " before ".join(" or ".join(tier) for tier in action.tiers)
    if isinstance(action, Recommend):
        return f"propose {action.option} at priority {action.priority} ({action.confidence})"
    return {
        NextStep: "give a next step",
        Ask: "give a question to ask",
        Call: "name whom to call",
        Note: "give a note",
    }[type(action)]


def _shown(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _red_flags(run: Run) -> tuple[FlagRecord, ...]:
    return tuple(
        FlagRecord(id=name.removeprefix("flag."), severity=fact.value, rules=fact.by)
        for name, fact in run.facts.items()
        if name.startswith("flag.") and isinstance(fact.value, int) and fact.value > 0
    )


def _tallies(run: Run) -> tuple[TallyLine, ...]:
    return tuple(
        TallyLine.model_construct(option=option, rule=rule.id, criterion=action.criterion, points=points)
        for rule in run.rules()
        for action in rule.actions
        if isinstance(action, Weigh)
        for option, points in action.points.items()
    )
