"""The rulebook: a rule base and a questionnaire as receipts quote them, to lay beside receipts without this package."""

from __future__ import annotations

from typing import Literal

from advisor.model.advice import Disclosure, SourceNote
from advisor.model.quotes import Digest, QuotedCase, QuotedShowing, Quotes

RULEBOOK_FORMAT: Literal["advisor.rulebook/2"] = "advisor.rulebook/2"


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
