"""What a person thought of a piece of advice, and how rules fared with people."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from advisor.audit.model.quotes import Digest
from advisor.audit.model.receipt import Moment
from advisor.audit.model.signature import DsseEnvelope
from advisor.model.trace import Frozen

JUDGMENT_FORMAT: Literal["advisor.judgment/1"] = "advisor.judgment/1"

Verdict: TypeAlias = Literal["accept", "override", "comment"]
"""As in the feedback of CDS Hooks: the advice was taken, was not taken, or neither is said."""

Words: TypeAlias = Annotated[str, Field(min_length=1, max_length=2000)]


class Judgment(Frozen):
    """One judgment of the advice in the receipt with this id and envelope digest, perhaps of some of its `rules`.

    `signature` is over the canonical JSON of all else; None when nobody signed it.
    """

    format: Literal["advisor.judgment/1"]
    receipt: str
    receipt_digest: Digest
    verdict: Verdict
    by: Words
    reason: Words
    rules: tuple[str, ...]
    time: Moment
    signature: DsseEnvelope | None = None


class RuleReview(Frozen):
    """How often a rule fired in the receipts that were read, and how often people judged it."""

    rule: str
    fired: int
    overridden: int
    accepted: int
    commented: int


class Review(Frozen):
    """The rules that people judged, the most overridden first, and overrides that name no rule."""

    receipts: int
    rules: tuple[RuleReview, ...]
    unnamed_overrides: int


class BesideLine(Frozen):
    """One thing that stands beside a receipt, in words: its signature, a judgment, a repair, or that there is none.

    `sound` is False when it is not as it should be, and `against` True when it overrides the advice.
    """

    name: str
    text: str
    sound: bool = True
    against: bool = False
