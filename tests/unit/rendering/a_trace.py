"""A trace made by hand that fits the advice made by hand."""

from __future__ import annotations

from typing import Any, Literal

from advisor.model.trace import (
    ContestRecord,
    FactRecord,
    Firing,
    FlagRecord,
    Plain,
    Proposal,
    QuestionnaireId,
    RuleBaseId,
    TallyLine,
    TieBreak,
    Trace,
    Versions,
)

Origin = Literal["answer", "default", "rule", "figure", "machine"]


def a_trace(**changes: Any) -> Trace:
    """Staged 4, direct 1, delegated 3: delegated is within 2 points of the top, and a tie-breaker keeps staged."""
    trace = Trace(
        rulebase=RuleBaseId(id="credentialing", version="1.0", digest="0123456789abcdef" * 4),
        questionnaire=QuestionnaireId(id="credentialing", version="1.1", digest="f" * 64),
        versions=Versions(advisor="1.0.0", engine="durable-rules", engine_version="2.0.28"),
        answers={"situation": "planning", "runway": "one_to_two", "hiring": "not_sure", "payers": ("medicaid",)},
        set_aside=("notice",),
        facts=FACTS,
        firings=FIRINGS,
        red_flags=(FlagRecord(id="RF10", severity=3, rules=("RED-028",)),),
        tallies=(
            TallyLine(option="staged", rule="WGH-001", criterion="cash", points=3),
            TallyLine(option="staged", rule="WGH-002", criterion="growth", points=1),
            TallyLine(option="direct", rule="WGH-001", criterion="cash", points=-1),
            TallyLine(option="direct", rule="WGH-002", criterion="growth", points=2),
            TallyLine(option="delegated", rule="WGH-001", criterion="cash", points=3),
        ),
        totals={"staged": 4, "direct": 1, "delegated": 3, "exit": 0},
        contest=ContestRecord(
            branch="start", order=("staged", "delegated", "direct"), points={"staged": 4, "delegated": 3, "direct": 1},
            margin=1, tie_breaks=(TieBreak(rule="TIE-001", before=("staged", "delegated"), after=("staged",)),),
        ),
        proposals=(
            Proposal(option="exit", rule="DEC-002", priority=10, confidence="clear", standing="ruled_out"),
            Proposal(option="staged", rule="DEC-001", priority=50, confidence="by_margin", standing="recommended"),
        ),
        recommended="staged",
        runner_up="direct",
        confidence="lean",
        add_ons=("government_enrollment",),
    )  # fmt: skip
    return trace.model_copy(update=changes)


def _fact(
    fact: str, value: Plain | None, origin: Origin, *by: str, said: str | None = None, stratum: str = "derive"
) -> FactRecord:
    return FactRecord(fact=fact, value=value, said=said, origin=origin, by=by, stratum=stratum)


def _fired(rule: str, stratum: str, matched: dict[str, Plain | None], *did: str) -> Firing:
    return Firing(n=1, rule=rule, version=1, stratum=stratum, matched=matched, concluded={}, did=did)


FACTS = (
    _fact("situation", "planning", "answer", "situation"),
    _fact("runway", "one_to_two", "answer", "runway"),
    _fact("hiring", None, "answer", "hiring", said="not_sure"),
    _fact("payers.medicaid", True, "answer", "payers"),
    _fact("branch", "start", "rule", "DER-001"),
    _fact("cash_gap.low", 1, "figure", "cash_gap"),
    _fact("limited_license", False, "default"),
    _fact("unknown_share", 10, "machine", "hiring"),
    _fact("out.exit", True, "rule", "CON-001", stratum="constrain"),
    _fact("out.direct", False, "default", stratum="constrain"),
    _fact("flag.RF10", 3, "machine", "RED-028", stratum="constrain"),
    _fact("add_on.government_enrollment", True, "rule", "ADD-001", stratum="constrain"),
    _fact("tally.staged", 4, "machine", "WGH-001", "WGH-002", stratum="weigh"),
    _fact("lead.option", "staged", "machine", "TIE-001", stratum="weigh"),
    _fact("advice.option", "staged", "machine", "DEC-001", stratum="decide"),
    _fact("advice.second", "direct", "machine", stratum="decide"),
    _fact("advice.lean", None, "machine", stratum="decide"),
)

FIRINGS = (
    _fired("DER-001", "derive", {"situation": "planning"}, "conclude branch = start"),
    _fired("CON-001", "constrain", {"branch": "start"}, "rule out exit"),
    _fired("RED-028", "constrain", {"runway": "one_to_two", "branch": "start"}, "raise RF10 at severity 3"),
    _fired("ADD-001", "constrain", {"payers.medicaid": True}, "add on government_enrollment"),
    _fired("WGH-001", "weigh", {"runway": "one_to_two"}, "weigh cash: delegated +3, direct -1, staged +3"),
    _fired("WGH-002", "weigh", {"hiring": None, "branch": "start"}, "weigh growth: direct +2, staged +1"),
    _fired("TIE-001", "weigh", {"branch": "start"}, "break ties at order 1: staged before delegated"),
    _fired("DEC-001", "decide", {"lead.option": "staged"}, "propose staged at priority 50 (by_margin)"),
    _fired("DEC-002", "decide", {"situation": "planning"}, "propose exit at priority 10 (clear)"),
    _fired("STP-001", "plan", {"advice.option": "staged"}, "give a next step"),
)
