"""The advice: a recommendation with its reasons, the case for every option, and the trace behind it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from advisor.model.approval import Approvals
from advisor.model.dates import IsoDay
from advisor.model.plan_page import PlanPage
from advisor.model.proofs import Proofs
from advisor.model.rulebase import RuleBase
from advisor.model.trace import Frozen, Plain, QuestionnaireId, RuleBaseId, Trace


class SourceNote(Frozen):
    """A source as shown beside a fact: its grade in a letter or word and in plain words, its date, when it was read."""

    id: str
    title: str
    publisher: str
    address: tuple[str, ...]
    grade: str
    grade_means: str
    dated: str
    accessed: str

    @classmethod
    def of(cls, base: RuleBase, source_id: str) -> SourceNote:
        """A source of a rule base, with what its grade means. Raises KeyError."""
        source = base.sources[source_id]
        return cls(
            id=source.id,
            title=source.title,
            publisher=source.publisher,
            address=source.address,
            grade=source.grade,
            grade_means=base.wording[f"grades.{source.grade}"],
            dated=source.dated,
            accessed=source.accessed,
        )


class Recommendation(Frozen):
    """What we advise, in one sentence, and how sure we are."""

    option: str
    title: str
    add_ons: tuple[str, ...]
    confidence: str
    headline: str
    how_sure: str
    runner_up: str
    runner_up_title: str
    margin: int | None
    lean: str | None
    tie_broken: str | None
    priority_effect: str | None


class Reason(Frozen):
    """A principal reason: a rule that fired, its sentence with the user's own answers in it, and what it rests on."""

    rule: str
    text: str
    facts: dict[str, Plain | None]
    claims: tuple[str, ...]
    sources: tuple[str, ...]
    points: dict[str, int]
    caveats: tuple[str, ...]
    leans_with_publisher: bool


class CaseLine(Frozen):
    """One point for or against an option: general (`rule` is None) or drawn from the user's answers."""

    text: str
    rule: str | None
    points: int | None
    claims: tuple[str, ...]
    sources: tuple[str, ...]


class PointLine(Frozen):
    """One line of the arithmetic of an option's points."""

    rule: str
    criterion: str
    criterion_name: str
    points: int


class OptionCase(Frozen):
    """The case for and against one option, in equal detail for all; `points` is the sum of `arithmetic`.

    In JSON the two lists are named `for` and `against`.
    """

    option: str
    title: str
    kind: str
    standing: str
    points: int
    arithmetic: tuple[PointLine, ...]
    ruled_out_by: tuple[str, ...]
    ruled_out_why: tuple[str, ...]
    summary: str
    living_with_it: str
    pros: tuple[CaseLine, ...] = Field(alias="for")
    cons: tuple[CaseLine, ...] = Field(alias="against")


class RedFlagLine(Frozen):
    """A red flag: severity 3 stop, 2 act before signing or leaving, 1 watch."""

    id: str
    severity: int
    severity_name: str
    text: str
    rule: str
    action: str
    against: tuple[str, ...]
    claims: tuple[str, ...]
    sources: tuple[str, ...]


class Step(Frozen):
    """A thing to do, with relative timing and why it helps."""

    order: int
    timing: str
    text: str
    why: str
    rule: str
    claims: tuple[str, ...]
    sources: tuple[str, ...]


class AskLine(Frozen):
    """A question to put to a platform, firm, payer, employer, state office or lawyer."""

    to: str
    text: str
    why: str
    rule: str
    claims: tuple[str, ...]


class CallLine(Frozen):
    """Someone to call and what about."""

    who: str
    about: str
    rule: str


class NoteLine(Frozen):
    """A dated fact worth knowing."""

    topic: str
    text: str
    rule: str
    claims: tuple[str, ...]
    sources: tuple[str, ...]


class UnknownLine(Frozen):
    """A question without an answer: why it is not known, and how much the answer could move the result."""

    question: str
    text: str
    why_unknown: str
    matters: bool
    could_move: int
    effect: str


class FigureLine(Frozen):
    """A figure from the user's own answers, as a range of whole numbers in `unit`."""

    id: str
    title: str
    low: int
    high: int
    unit: str
    text: str
    claims: tuple[str, ...]
    sources: tuple[str, ...]


class GateLine(Frozen):
    """One gate that must be passed before leaving: passed, failed or not known."""

    id: str
    title: str
    state: str
    text: str


class Disclosure(Frozen):
    """Something every reader of the advice must be told."""

    id: str
    text: str


class Advice(Frozen):
    """The whole of it; `plan` is the page that a person gets, the other parts are behind it.

    `model_dump_json` and `model_validate_json` round-trip.

    `headings` are the section titles and joining words of the rule base's `wording.yaml`, so that advice that was
    saved can be shown without the rules. `approvals` is None only in advice of before it was told.
    """

    plan: PlanPage
    recommendation: Recommendation
    reasons: tuple[Reason, ...]
    red_flags: tuple[RedFlagLine, ...]
    gates: tuple[GateLine, ...]
    next_steps: tuple[Step, ...]
    later_steps: tuple[Step, ...]
    questions_to_ask: tuple[AskLine, ...]
    calls: tuple[CallLine, ...]
    figures: tuple[FigureLine, ...]
    unknowns: tuple[UnknownLine, ...]
    options: tuple[OptionCase, ...]
    notes: tuple[NoteLine, ...]
    set_aside: tuple[str, ...]
    sources: tuple[SourceNote, ...]
    disclosures: tuple[Disclosure, ...]
    review_by: IsoDay | Literal[""]
    headings: dict[str, str]
    rulebase: RuleBaseId
    questionnaire: QuestionnaireId
    trace: Trace
    proofs: Proofs | None = None
    approvals: Approvals | None = None
