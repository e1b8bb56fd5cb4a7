"""What a reviewer of a page reads: the page, and everything outside it from which its rules speak, each with a digest.

The file of the page has the digest of its bytes, as `sha256sum` tells it. What stands in other files has one of its
content, since nobody reads a page again because another claim of the same file was changed. A later day on which a
source was read is no change of what it says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from advisor.audit.model.approval import ReadPart, Sha256
from advisor.audit.recording.seal import canonical
from advisor.model.condition import Condition
from advisor.model.figures import ENDS, Figure, FormulaTerm, figures_behind
from advisor.model.page import Page
from advisor.model.rule import Conclude, Line, Rule
from advisor.model.rulebase import Claim, RuleBase, Source

_OPTION = "option."


RULES = "rules"
"""The part that is all rules of a page as they are made, with what they say of each state or plan."""


def reading(base: RuleBase, page: Page) -> tuple[ReadPart, ...]:
    """What is read, in this order: the file of the page, its rules as they are made, and the claims, sources, figures,
    facts and options that they speak from and that stand in other files."""
    return tuple(ReadPart(name=name, digest=Sha256(sha256=digest)) for name, digest in _parts(base, page))


def changed(before: Iterable[ReadPart], now: Iterable[ReadPart]) -> tuple[str, ...]:
    """The names of what is not as it was read, is new, or is gone, in the order of today."""
    then, today = ({part.name: part.digest.sha256 for part in parts} for parts in (before, now))
    names = dict.fromkeys((*today, *then))
    return tuple(name for name in names if then.get(name) != today.get(name))


def outside(base: RuleBase, page: Page) -> tuple[tuple[Claim, ...], tuple[Source, ...]]:
    """The claims and sources of other files on which the rules of a page and the figures they read rest."""
    rules = [base.by_id[name] for name in page.rules]
    figures = figures_behind(_facts(rules, _printed(rules)), base.figures)
    resting: tuple[Rule | Figure, ...] = (*rules, *figures)
    cited = dict.fromkeys(claim for one in resting for claim in one.claims)
    claims = tuple(base.claims[name] for name in cited if base.claims[name].file != page.file)
    stated: tuple[Rule | Figure | Claim, ...] = (*resting, *claims)
    named = dict.fromkeys(source for one in stated for source in one.sources)
    return claims, tuple(base.sources[name] for name in named if base.sources[name].file != page.file)


def _parts(base: RuleBase, page: Page) -> Iterator[tuple[str, str]]:
    yield page.file, base.files[page.file]
    rules = [base.by_id[name] for name in page.rules]
    yield RULES, _digest([[rule.id, rule.title, rule.text, _when(rule.when)] for rule in rules])
    claims, sources = outside(base, page)
    for claim in claims:
        told = [claim.says, claim.kind, claim.hedge, claim.leans, claim.strength, list(claim.sources)]
        yield f"claim {claim.id}", _digest(told)
    for source in sources:
        told = [source.title, source.publisher, list(source.address), source.grade, source.dated]
        yield f"source {source.id}", _digest(told)
    printed = _printed(rules)
    facts = _facts(rules, printed)
    for figure in figures_behind(facts, base.figures):
        if figure.file != page.file:
            yield f"figure {figure.id}", _digest(_figure(figure, base))
    for name in sorted(facts & base.facts.keys()):
        spec = base.facts[name]
        if spec.origin == "rule" or (spec.origin == "answer" and name in printed):
            phrases = sorted([str(value), words] for value, words in (spec.phrases or {}).items())
            yield f"fact {name}", _digest([spec.title, spec.kind, spec.unit, phrases, spec.otherwise])
    for name in sorted(slot.removeprefix(_OPTION) for slot in printed if slot.startswith(_OPTION)):
        yield f"option {name}", _digest(base.options[name].name)


def _digest(data: Any) -> str:
    return hashlib.sha256(canonical(data)).hexdigest()


def _when(when: Condition) -> dict[str, list[str]]:
    lists = {"all": when.all, "any": when.any, "none": when.none}
    return {name: [str(clause) for clause in clauses] for name, clauses in lists.items()}


def _printed(rules: Iterable[Rule]) -> frozenset[str]:
    """What the texts of some rules put in."""
    texts = (template for rule in rules for template in rule.templates())
    return frozenset(slot for text in texts for slot in (*text.slots, *text.open_slots))


def _facts(rules: Iterable[Rule], printed: frozenset[str]) -> frozenset[str]:
    """The facts that some rules test, conclude or print."""
    found = set(printed)
    for rule in rules:
        found.update(rule.when.facts())
        for action in rule.actions:
            if isinstance(action, Conclude):
                found.add(action.fact)
            elif isinstance(action, Line) and action.figure:
                found.add(f"{action.figure}{ENDS[0]}")
    return frozenset(found)


def _figure(figure: Figure, base: RuleBase) -> dict[str, Any]:
    rows = {
        table: {row: [str(end) for end in ends] for row, ends in found.items()}
        for table, found in figure.tables.items()
    }
    likely = {table: {row: str(value) for row, value in found.items()} for table, found in figure.likely_rows.items()}
    return {
        "title": figure.title, "unit": figure.unit, "when": _when(figure.when), "tables": rows, "likely": likely,
        "formula": _term(figure.formula), "texts": [figure.text.source, figure.text_same.source],
        "claims": list(figure.claims), "sources": list(figure.sources),
        "input": [[one.question, one.grade] for one in base.inputs if one.id == figure.id],
    }  # fmt: skip


def _term(term: FormulaTerm) -> list[Any]:
    likely = None if term.likely is None else str(term.likely)
    return [term.op, term.name, str(term.low), str(term.high), likely, [_term(part) for part in term.parts]]
