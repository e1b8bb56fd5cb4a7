"""Tells what the rules of an explanation rest on: their claims, the sources with grade and date, and the versions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advisor.model.why import Basis, RuleNote
from advisor.rendering.why_in_words import WhyWords
from advisor.rendering.why_layout import LaidLine


def basis_lines(basis: Basis, said: WhyWords, rules: Sequence[RuleNote]) -> Iterator[LaidLine]:
    """The claims and sources of some rules, each once, and the rule base they belong to."""
    claims = {claim for rule in rules for claim in rule.claims}
    sources = {source for rule in rules for source in rule.sources}
    told = [claim for claim in basis.claims if claim.id in claims]
    if told:
        yield LaidLine(said("claims"))
    for claim in told:
        key = "claim_hedge" if claim.hedge else "claim"
        yield LaidLine(said(key, id=claim.id, says=claim.says, hedge=claim.hedge), 1)
    named = [source for source in basis.sources if source.id in sources]
    if named:
        yield LaidLine(said("sources"))
    for source in named:
        yield LaidLine(
            said(
                "source",
                id=source.id, title=source.title, publisher=source.publisher,
                grade=said.words(f"render.grade.{source.grade}"), dated=source.dated, accessed=source.accessed,
            ),
            1,
        )  # fmt: skip
    about = basis.rulebase
    yield LaidLine(said("rulebase", id=about.id, version=about.version, digest=about.digest[:12]))
