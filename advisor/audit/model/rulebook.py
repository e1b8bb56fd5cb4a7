"""The rulebook: a rule base and a questionnaire as receipts quote them, to lay beside receipts without this package."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from advisor.audit.model.quotes import Digest, Quotes
from advisor.model.advice import Disclosure, SourceNote
from advisor.model.trace import Frozen

RULEBOOK_FORMAT: Literal["advisor.rulebook/2"] = "advisor.rulebook/2"


class GeneralPoint(Frozen):
    """A general point for or against an option, with what it rests on."""

    text: str
    claims: tuple[str, ...]
    sources: tuple[str, ...]


class QuotedCase(Frozen):
    """What is said of an option whatever the answers are. In JSON the two lists are named `for` and `against`."""

    option: str
    summary: str
    living_with_it: str
    pros: tuple[GeneralPoint, ...] = Field(alias="for")
    cons: tuple[GeneralPoint, ...] = Field(alias="against")


class QuotedShowing(Frozen):
    """When advice shows what no rule says: the gates (for these options, in these branches), what the answer to the
    `priority_question` did (`priority_effect`), that a reason leans (claims that lean as the publisher sells),
    and that the plan does (`publisher_claims`: those of them that rest on the publisher's own word)."""

    gates_shown_for: tuple[str, ...]
    gates_in: tuple[str, ...]
    priority_question: str
    priority_effect: str
    leanings: dict[str, str]
    publisher_sells: tuple[str, ...]
    publisher_claims: tuple[str, ...]


class Rulebook(Quotes):
    """One version of the rules and questions. `digest` is over the canonical JSON (RFC 8785) of the other keys.

    What it quotes stands as in a receipt's content. `sources` are all there are, `headings` the wording, and
    `disclosures` those that every piece of advice begins with. `criteria` are the names of what points are counted
    under, `cases` what is said of each option whatever the answers are, and `showing` when some lines are shown.
    """

    format: Literal["advisor.rulebook/2"]
    digest: Digest
    sources: tuple[SourceNote, ...]
    headings: dict[str, str]
    disclosures: tuple[Disclosure, ...]
    criteria: dict[str, str]
    cases: tuple[QuotedCase, ...]
    showing: QuotedShowing
