"""An approval of a page as it is signed: an in-toto statement of what was read, by whom, in which role, and when."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, Field

from advisor.model.dates import IsoDay
from advisor.model.trace import Frozen

STATEMENT: Literal["https://in-toto.io/Statement/v1"] = "https://in-toto.io/Statement/v1"
APPROVED: Literal["urn:advisor:rules:approved:1"] = "urn:advisor:rules:approved:1"


def _plain_line(text: str) -> str:
    """The text, if it is one line without spaces at its ends that shows all it holds; ValueError if not."""
    if not text.isprintable() or text != text.strip():
        raise ValueError("it is not one line of letters that print")
    return text


Line: TypeAlias = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_plain_line)]
"""One line of a name or a role: nothing in it can be taken for another line, or is not seen."""


class Sha256(Frozen):
    """A digest in hex."""

    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class ReadPart(Frozen):
    """One thing that was read, and its digest: the file of the page by its path, the `rules` that it makes, or a
    `claim`, `source`, `figure`, `fact` or `option` by its id.
    """

    name: str
    digest: Sha256


class ApprovedPage(Frozen):
    """Who approved which page, and the public key to the signature (DER, in base64)."""

    page: str
    title: str
    rulebase: str
    version: str
    name: Line
    role: Line
    date: IsoDay
    public_key: str


class ApprovalStatement(Frozen):
    """The payload of an approval; `subject` is all that was read, the file of the page first."""

    type_: Annotated[Literal["https://in-toto.io/Statement/v1"], Field(alias="_type")]
    subject: Annotated[tuple[ReadPart, ...], Field(min_length=1)]
    predicate_type: Annotated[Literal["urn:advisor:rules:approved:1"], Field(alias="predicateType")]
    predicate: ApprovedPage
