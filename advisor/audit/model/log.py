"""The decision log as data: its lines, the records of what went wrong, masks, and what a check of a log finds."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, field_validator, model_validator

from advisor.audit.model.quotes import Digest
from advisor.audit.model.receipt import Moment, ReceiptContent
from advisor.model.answers import nearest
from advisor.model.safe_text import shown
from advisor.model.trace import Frozen

MASKED_FORMAT: Literal["advisor.receipt.masked/1"] = "advisor.receipt.masked/1"

Kind: TypeAlias = Literal["advice", "refused", "error", "judgment"]
"""What a line tells: advice that was given, answers that were refused, another error, or what a person thought."""

Pointer: TypeAlias = str
"""A JSON pointer (RFC 6901) into a receipt; in a mask, the segment `*` stands for every one."""


class LogLine(Frozen):
    """One record. `digest` is over the canonical JSON (RFC 8785) of the other keys; `prev` is the digest before."""

    seq: Annotated[int, Field(ge=1)]
    prev: Digest
    digest: Digest
    kind: Kind
    record: dict[str, Any]


class LoggedProblem(Frozen):
    """One thing that was wrong. `question` is empty when the key is none of the questionnaire; `line` 0 is unknown."""

    question: str
    line: int
    message: str
    expected: str
    fix: str


class FailureRecord(Frozen):
    """Why no advice was given: the name of the error, and its problems without what the user wrote."""

    time: Moment
    error: str
    problems: tuple[LoggedProblem, ...]


class TornTail(Frozen):
    """A last line that was not wholly written: its file, the record it would be, and where it begins and ends.

    `whole` says that nothing but the line feed at its end is missing.
    """

    file: str
    seq: int
    offset: int
    length: int
    sha256: str
    whole: bool

    @property
    def kept_as(self) -> str:
        """The name of the file that a repair keeps its bytes in."""
        return f"torn-{self.seq:06d}-{self.sha256[:12]}.bin"


class LogState(Frozen):
    """What a check of a log found: how many `records` hold, the digest of the last (`head`), and a `torn` tail or the
    first line that is `broken` (empty: none is)."""

    files: int
    records: int
    head: Digest
    torn: TornTail | None
    broken: str

    @property
    def valid(self) -> bool:
        """Whether every line holds and the last is whole."""
        return self.torn is None and not self.broken


class Mask(Frozen):
    """Parts of a receipt to `drop`, or to `hash` with a secret `key` of 16 characters or more."""

    drop: tuple[Pointer, ...] = ()
    hash: tuple[Pointer, ...] = ()
    key: str = ""

    @field_validator("drop", "hash")
    @classmethod
    def _into_the_content(cls, pointers: tuple[Pointer, ...]) -> tuple[Pointer, ...]:
        known = list(ReceiptContent.model_fields)
        for pointer in pointers:
            first, content, *rest = pointer.split("/")
            if first or content != "content" or not rest:
                raise ValueError(f"`{shown(pointer)}` does not begin with /content/")
            if rest[0] not in known:
                raise ValueError(f"a receipt has no `{shown(rest[0])}` in its content. {nearest(rest[0], known)}")
        return pointers

    @model_validator(mode="after")
    def _hashes_need_a_key(self) -> Mask:
        if self.hash and len(self.key) < 16:
            raise ValueError("`hash` needs a `key` of 16 characters or more: short answers could be guessed without it")
        return self


class Erased(Frozen):
    """A part that is not there anymore: its JSON pointer, and whether a keyed hash stands in its place."""

    path: Pointer
    how: Literal["drop", "hash"]


class MaskedReceipt(Frozen):
    """A receipt of which parts were `erased`. Its digests are over what remains: those of the whole receipt would let
    a reader guess what is missing."""

    format: Literal["advisor.receipt.masked/1"]
    id: Annotated[str, Field(pattern=r"^msk-[0-9a-f]{16}$")]
    time: Moment
    erased: tuple[Erased, ...]
    content_digest: Digest
    envelope_digest: Digest
    content: dict[str, Any]


class MaskedCheck(Frozen):
    """What does not hold of a masked receipt, what could not be checked because it rests on erased parts, and what
    cannot be checked of any receipt with what was given."""

    problems: tuple[str, ...]
    unchecked: tuple[str, ...]
    beyond: tuple[str, ...] = ()
