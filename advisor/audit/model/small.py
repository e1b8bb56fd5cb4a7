"""The small receipt: it names its rulebook by digest, and quotes only what this advice turned on."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field

from advisor.audit.model.quotes import Digest
from advisor.audit.model.receipt import AnswerOrigin, Moment, SkipReason
from advisor.model.advice import FigureLine, Recommendation
from advisor.model.approval import Approvals
from advisor.model.plan_page import PlanPage
from advisor.model.trace import Frozen, Plain, QuestionnaireId, RuleBaseId, Versions

SMALL_FORMAT: Literal["advisor.receipt.small/1"] = "advisor.receipt.small/1"


class SmallAnswer(Frozen):
    """One answer, its origin, and whether it counted, as in a whole receipt; its question is in the rulebook."""

    question: str
    said: Literal["value", "not_sure", "skip"]
    value: str | int | tuple[str, ...] | None
    origin: AnswerOrigin
    counted: bool


class SkippedTogether(Frozen):
    """Questions without an answer for the same reason on the same proof.

    Those are left out that have the reason that the answers tell (barred by their condition, put by pages that do not
    speak alone, or not asked) and no proof but that condition in words, which the rulebook has.
    """

    reason: SkipReason
    proof: str
    questions: tuple[str, ...]


class SmallFiring(Frozen):
    """One rule that fired, with the facts that it matched; the rulebook has the rule."""

    rule: str
    matched: dict[str, Plain | None]


class SmallTrace(Frozen):
    """The rules that fired, in order, and the day; all else in a trace follows from them."""

    as_of: datetime.date | None
    firings: tuple[SmallFiring, ...]


class SmallAdvice(Frozen):
    """The page that the person got, what it recommends, the figures that were shown, who approved the rules (as far as
    it was told), and the rules that fired."""

    plan: PlanPage
    recommendation: Recommendation
    figures: tuple[FigureLine, ...]
    approvals: Approvals | None
    trace: SmallTrace


class SmallContent(Frozen):
    """All that the content digest covers. `rulebook` is the digest of the rulebook, without which the receipt cannot be
    checked. `advice_digest` is over the canonical JSON (RFC 8785) of the advice as a whole receipt has it, without its
    trace and its approvals. `expires` is as there.
    """

    rulebook: Digest
    rulebase: RuleBaseId
    questionnaire: QuestionnaireId
    versions: Versions
    answers: tuple[SmallAnswer, ...]
    skipped: tuple[SkippedTogether, ...]
    expires: str
    advice_digest: Digest
    advice: SmallAdvice


class SmallReceipt(Frozen):
    """The envelope, as of a whole receipt. The same answers and rules give the same content, byte for byte."""

    format: Literal["advisor.receipt.small/1"]
    id: Annotated[str, Field(pattern=r"^rcp-[0-9a-f]{16}$")]
    time: Moment
    content_digest: Digest
    envelope_digest: Digest
    content: SmallContent
