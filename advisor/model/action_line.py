"""Says an action of a rule in one line."""

from __future__ import annotations

from advisor.model.rule import (
    Action,
    Add,
    AddOn,
    Ask,
    BreakTie,
    CaseAnswer,
    Conclude,
    Line,
    NextStep,
    Note,
    PlanRow,
    Recommend,
    RedFlag,
    RuleOut,
    Say,
    Weigh,
)


def line_of(action: Action) -> str:
    """An action in one line, for traces and rule pages, such as `weigh cash: delegated +3, direct -3`."""
    if isinstance(action, Conclude):
        value = str(action.value).lower() if isinstance(action.value, bool) else str(action.value)
        return f"conclude {action.fact} = {value}"
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
    if isinstance(action, NextStep):
        return f"give a next step at order {action.order}"
    if isinstance(action, CaseAnswer):
        return f"answer the question of page {action.page}"
    if isinstance(action, PlanRow):
        return "give a row of the plan"
    if isinstance(action, Line):
        return f"give a line: {action.part.replace('_', ' ')}"
    if isinstance(action, Say):
        return f"give words for {action.to.source}"
    if isinstance(action, Ask):
        return f"give a question for the {action.to}"
    return "give a note" if isinstance(action, Note) else "name whom to call"
