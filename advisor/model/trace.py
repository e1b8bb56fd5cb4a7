"""The trace: every fact, firing, tally and decision of one piece of advice, complete enough to recompute it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict

_set = object.__setattr__

Plain: TypeAlias = bool | int | str
Origin: TypeAlias = Literal["answer", "default", "rule", "figure", "machine"]
Outcome: TypeAlias = Literal["recommended", "runner_up", "passed_over", "ruled_out"]


class Frozen(BaseModel):
    """Base of everything the library hands out: frozen, and strict about unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)

    if not TYPE_CHECKING:

        @classmethod
        def model_construct(cls, _fields_set=None, **values):
            """A model from values known to be right, by field name, all of them given: much faster than pydantic's own
            (which fills in defaults and aliases), and equal to a validated one."""
            made = cls.__new__(cls)
            _set(made, "__dict__", values)
            _set(made, "__pydantic_fields_set__", set(values))
            _set(made, "__pydantic_extra__", None)
            _set(made, "__pydantic_private__", None)
            return made


class FactRecord(Frozen):
    """One fact of the session. `value` is None when it is unknown, and `said` may tell why.

    `origin` is where it came from: an answer, a default (`otherwise`), a rule, a figure, or the machine's own
    sums and choices; `by` names the question, the rules or the figure.
    """

    fact: str
    value: Plain | None
    said: str | None = None
    origin: Origin
    by: tuple[str, ...]
    stratum: str


class Firing(Frozen):
    """One rule that fired: the facts it matched (None: matched as unknown) and what it did."""

    n: int
    rule: str
    version: int
    stratum: str
    matched: dict[str, Plain | None]
    concluded: dict[str, Plain]
    did: tuple[str, ...]


class FlagRecord(Frozen):
    """A red flag that was raised, at its highest severity, by these rules."""

    id: str
    severity: int
    rules: tuple[str, ...]


class TallyLine(Frozen):
    """Points that one rule gave one option."""

    option: str
    rule: str
    criterion: str
    points: int


class TieBreak(Frozen):
    """One tie-breaker that was applied: the options it met and those it left."""

    rule: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class ContestRecord(Frozen):
    """Who competed in the branch, in final order, by how many points, and what broke a near-tie."""

    branch: str
    order: tuple[str, ...]
    points: dict[str, int]
    margin: int
    tie_breaks: tuple[TieBreak, ...]


class Proposal(Frozen):
    """An option that a decide rule proposed, and what became of it."""

    option: str
    rule: str
    priority: int
    confidence: str
    standing: Outcome


class RuleBaseId(Frozen):
    """Which rule base: its version and the SHA-256 over its files."""

    id: str
    version: str
    digest: str


class QuestionnaireId(Frozen):
    """Which questionnaire: its version and the SHA-256 over its files."""

    id: str
    version: str
    digest: str


class Versions(Frozen):
    """The engine and the package that ran. `confirmed_by` is what worked out a second time which rules fire, and agreed
    on all of them: a reading of the rules as they are written; None where nothing did."""

    advisor: str
    engine: str
    engine_version: str
    confirmed_by: Literal["rules_as_written"] | None = None


class Trace(Frozen):
    """Everything that led to one piece of advice. The same answers and rules give the same trace, byte for byte.

    `as_of` is the day on which the answers are taken to be given; None when no day was named.
    """

    format: Literal["1"] = "1"
    rulebase: RuleBaseId
    questionnaire: QuestionnaireId
    versions: Versions
    as_of: datetime.date | None = None
    answers: dict[str, str | int | tuple[str, ...]]
    set_aside: tuple[str, ...]
    facts: tuple[FactRecord, ...]
    firings: tuple[Firing, ...]
    red_flags: tuple[FlagRecord, ...]
    tallies: tuple[TallyLine, ...]
    totals: dict[str, int]
    contest: ContestRecord
    proposals: tuple[Proposal, ...]
    recommended: str
    runner_up: str
    confidence: str
    add_ons: tuple[str, ...]
