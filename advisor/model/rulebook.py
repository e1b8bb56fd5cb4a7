"""The rulebook: a rule base and a questionnaire as receipts quote them, to lay beside receipts without this package."""

from __future__ import annotations

from typing import Literal

from advisor.model.advice import Disclosure, SourceNote
from advisor.model.quotes import (
    Digest,
    QuotedContradiction,
    QuotedDecision,
    QuotedFact,
    QuotedFigure,
    QuotedOption,
    QuotedQuestion,
    QuotedRule,
    QuotedRuleBase,
)
from advisor.model.trace import Frozen, QuestionnaireId

RULEBOOK_FORMAT: Literal["advisor.rulebook/1"] = "advisor.rulebook/1"


class Rulebook(Frozen):
    """One version of the rules and questions. `digest` is over the canonical JSON (RFC 8785) of the other keys.

    The keys from `questionnaire` to `rules` are those of a receipt's content. `sources` are all there are, `headings`
    the wording, and `disclosures` those that every piece of advice begins with.
    """

    format: Literal["advisor.rulebook/1"]
    digest: Digest
    questionnaire: QuestionnaireId
    rulebase: QuotedRuleBase
    questions: tuple[QuotedQuestion, ...]
    contradictions: tuple[QuotedContradiction, ...]
    facts: tuple[QuotedFact, ...]
    options: tuple[QuotedOption, ...]
    decision: QuotedDecision
    figures: tuple[QuotedFigure, ...]
    rules: tuple[QuotedRule, ...]
    sources: tuple[SourceNote, ...]
    headings: dict[str, str]
    disclosures: tuple[Disclosure, ...]
