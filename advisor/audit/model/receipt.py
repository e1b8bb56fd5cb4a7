"""The receipt: one piece of advice with all that it takes to check it again without this package."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from advisor.audit.model.quotes import Digest, Quotes
from advisor.model.advice import Advice, SourceNote
from advisor.model.condition import Truth
from advisor.model.ledger import Skipped
from advisor.model.trace import Frozen, Outcome, Versions

FORMAT: Literal["advisor.receipt/1"] = "advisor.receipt/1"
"""The version of the format, and of its JSON Schema; a receipt of another version is refused."""

Moment: TypeAlias = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
"""A time in UTC, to the second."""

AnswerOrigin: TypeAlias = Literal["asked", "file", "default", "followed"]
"""Where an answer came from: asked on the screen, read from a file or a mapping, put in by a default, or followed from
other answers."""

SkipReason: TypeAlias = Skipped
"""Why a question has no answer: its condition is false; its condition hangs on something not known; or it applies, and
is put only by pages that do not speak to the user, a proof says that no answer to it can change the advice, the user
left it open after a proof that nothing open could change the outcome, or nobody asked."""

RejectedWhy: TypeAlias = Literal[
    "ruled_out", "contest_lost", "not_in_contest", "proposal_passed_over", "not_proposed", "not_added"
]


class GivenAnswer(Frozen):
    """One answer, its origin, and the digest of the wording it answers.

    `value` is None when the user said not sure or skip. A private text is `(private)`. `counted` is False for an
    answer that was set aside, because other answers show that its question does not apply.
    """

    question: str
    said: Literal["value", "not_sure", "skip"]
    value: str | int | tuple[str, ...] | None
    origin: AnswerOrigin
    wording_digest: Digest
    counted: bool


class SkippedQuestion(Frozen):
    """A question without an answer: why it has none, and on what proof, in words (empty when there is none)."""

    question: str
    reason: SkipReason
    proof: str


class RuleTruth(Frozen):
    """A rule's condition on the final facts: as a whole and clause by clause, as written; None is unknown."""

    rule: str
    fired: bool
    truth: Truth
    all: tuple[Truth, ...]
    any: tuple[Truth, ...]
    none: tuple[Truth, ...]


class RejectedProposal(Frozen):
    """A proposal for an option that was not chosen."""

    rule: str
    priority: int
    standing: Outcome


class RejectedOption(Frozen):
    """An option that is not the recommendation, or an add-on that was not added, and every reason why.

    `place` (from 1) and `behind` (points) tell how it stood in the contest; None when it was not in it.
    """

    option: str
    kind: Literal["main", "add_on"]
    why: tuple[RejectedWhy, ...]
    ruled_out_by: tuple[str, ...]
    points: int
    place: int | None
    behind: int | None
    proposals: tuple[RejectedProposal, ...]


class ReceiptContent(Quotes):
    """All that the content digest covers: the same answers and rules give the same content, byte for byte.

    `rules` are those of the core and of every page
    that speaks to the person; `evaluations` has each of them, fired or not. `sources` are those that the fired rules
    cite. `expires` is the earliest date by which one of them must be read again (empty when none fired). `advice`
    holds the trace.
    """

    versions: Versions
    answers: tuple[GivenAnswer, ...]
    skipped: tuple[SkippedQuestion, ...]
    evaluations: tuple[RuleTruth, ...]
    rejected: tuple[RejectedOption, ...]
    sources: tuple[SourceNote, ...]
    expires: str
    advice: Advice


class Receipt(Frozen):
    """The envelope. `id` is made from `content_digest`; `envelope_digest` covers format, id, time and content digest.

    Only `time`, and with it `envelope_digest`, may differ between two receipts of the same answers and rules.
    """

    format: Literal["advisor.receipt/1"]
    id: Annotated[str, Field(pattern=r"^rcp-[0-9a-f]{16}$")]
    time: Moment
    content_digest: Digest
    envelope_digest: Digest
    content: ReceiptContent
