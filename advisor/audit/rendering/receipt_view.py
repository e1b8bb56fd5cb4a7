"""What the pages about a receipt look up in it: names, answers as they read, rules as YAML, and near misses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml

from advisor.audit.model.quotes import QuotedAction, QuotedClause, QuotedCondition, QuotedQuestion, QuotedRule
from advisor.audit.model.receipt import GivenAnswer, Receipt, RuleTruth
from advisor.model.advice import SourceNote
from advisor.model.condition import Truth
from advisor.model.trace import FactRecord, Firing, Plain
from advisor.model.words import Words
from advisor.rendering.approved_in_words import approved_said

_YAML_WIDTH = 80

COULD_BE_ASKED = ("cannot_matter", "settled", "not_asked")
"""Reasons why a question that concerns the person has no answer."""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A rule that one answer alone kept from firing: the clauses that could lift it (one is enough), and where they
    stand; `part` is `all`, `any` or `none`, `truth` is None when it is not known, else how it came out."""

    rule: QuotedRule
    part: str
    clauses: tuple[QuotedClause, ...]
    truth: Truth


class ReceiptView:
    """One receipt, with its parts by id, and the words in which to speak of it."""

    def __init__(self, receipt: Receipt, words: Words) -> None:
        self.receipt, self.content, self.words = receipt, receipt.content, words
        self.advice, self.trace = receipt.content.advice, receipt.content.advice.trace

    def say(self, key: str, **slots: object) -> str:
        """A wording under `render.receipt`. Raises KeyError when it is not there."""
        return self.words(f"render.receipt.{key}", **slots)

    @cached_property
    def rules(self) -> dict[str, QuotedRule]:
        """The quoted rules by id."""
        return {rule.id: rule for rule in self.content.rules}

    @cached_property
    def facts(self) -> dict[str, FactRecord]:
        """The facts of the trace by name."""
        return {record.fact: record for record in self.trace.facts}

    @cached_property
    def firings(self) -> dict[str, Firing]:
        """The firings by rule."""
        return {firing.rule: firing for firing in self.trace.firings}

    @cached_property
    def questions(self) -> dict[str, QuotedQuestion]:
        """The quoted questions by id."""
        return {question.id: question for question in self.content.questions}

    @cached_property
    def options(self) -> dict[str, str]:
        """The titles of the options by id."""
        return {option.id: option.title for option in self.content.options}

    def answer(self, given: GivenAnswer) -> str:
        """What was answered, as the user read it."""
        if given.value is None:
            return self.words(f"render.said.{given.said}")
        question = self.questions[given.question]
        labels = {choice.id: choice.label for choice in question.wording.choices}
        if question.wording.none_choice is not None:
            labels[question.wording.none_choice.id] = question.wording.none_choice.label
        if isinstance(given.value, tuple):
            return "; ".join(labels.get(one, one) for one in given.value)
        said = str(given.value)
        unit = f" {question.wording.unit}" if question.wording.unit and isinstance(given.value, int) else ""
        return labels.get(said, said) + unit

    def grade(self, source: SourceNote) -> str:
        """A source's grade: one that is a letter is named, one that is a word is told in plain words alone."""
        means = source.grade_means
        return self.say("grade", grade=source.grade, means=means) if len(source.grade) == 1 else means

    def value(self, fact: str) -> str:
        """The value of a fact at the end, or that it is not known."""
        record = self.facts.get(fact)
        return self.say("not_known") if record is None or record.value is None else shown(record.value)

    def versions(self) -> Iterator[tuple[str, str]]:
        """Name and value of what the receipt says about itself, digests in full."""
        content, receipt = self.content, self.receipt
        base, asked, ran = content.rulebase, content.questionnaire, content.versions
        yield self.say("label.id"), receipt.id
        yield self.say("label.time"), receipt.time
        yield self.say("label.content_digest"), receipt.content_digest
        yield self.say("label.envelope_digest"), receipt.envelope_digest
        yield self.say("label.rulebase"), f"{base.id} {base.version} ({base.dated}), sha256:{base.digest}"
        yield self.say("label.questionnaire"), f"{asked.id} {asked.version}, sha256:{asked.digest}"
        yield self.say("label.program"), f"{ran.advisor}, {ran.engine} {ran.engine_version}"
        if ran.confirmed_by is not None:
            yield self.say("label.confirmed"), self.say(f"label.{ran.confirmed_by}")
        yield self.say("label.expires"), content.expires or self.say("none")
        if said := approved_said(self.advice, self.words):
            yield self.say("label.approved"), said

    @cached_property
    def open_to_an_answer(self) -> frozenset[str]:
        """The questions that were answered, or that the person could have been asked."""
        open_ones = (one.question for one in self.content.skipped if one.reason in COULD_BE_ASKED)
        return frozenset((*(given.question for given in self.content.answers), *open_ones))

    def near_misses(self) -> Iterator[NearMiss]:
        """The rules that one answer alone kept from firing, in the receipt's order."""
        for seen in self.content.evaluations:
            if not seen.fired and seen.rule in self.rules:
                in_the_way = list(_in_the_way(self.rules[seen.rule], seen))
                if len(in_the_way) == 1 and self._an_answer_lifts(in_the_way[0]):
                    yield in_the_way[0]

    def _an_answer_lifts(self, miss: NearMiss) -> bool:
        """Whether an answer can lift it: none makes something not known that is known."""
        return any(
            clause.fact.partition(".")[0] in self.open_to_an_answer
            for clause in miss.clauses
            if clause.test != "known" or clause.values[0] is (miss.part != "none")
        )


def shown(value: Plain) -> str:
    """A value as rule files write it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def clause_line(clause: QuotedClause) -> str:
    """A clause on one line, as rule files write it, such as `runway one_of [none, one_to_two]`."""
    values = ", ".join(shown(value) for value in clause.values)
    return (
        f"{clause.fact} {clause.test} [{values}]"
        if clause.test == "one_of"
        else f"{clause.fact} {clause.test} {values}"
    )


def rule_yaml(rule: QuotedRule) -> str:
    """A quoted rule as rule files are written, without what receipts do not quote (`status`, `since`, `examples`)."""
    written: dict[str, Any] = {
        "id": rule.id, "title": rule.title, "version": rule.version, "stratum": rule.stratum,
        "when": _when(rule.when), "then": _then(rule.then), "why": rule.why,
        "caveats": list(rule.caveats), "claims": list(rule.claims), "sources": list(rule.sources),
        "review_by": rule.review_by,
    }  # fmt: skip
    kept = {key: value for key, value in written.items() if value != []}
    dumped: str = yaml.safe_dump(kept, sort_keys=False, allow_unicode=True, width=_YAML_WIDTH, default_flow_style=None)
    return dumped


def _when(when: QuotedCondition) -> dict[str, Any]:
    lists = (("all", when.all), ("any", when.any), ("none", when.none))
    return {name: [_clause(clause) for clause in clauses] for name, clauses in lists if clauses}


def _clause(clause: QuotedClause) -> dict[str, Any]:
    values = list(clause.values)
    return {"fact": clause.fact, clause.test: values if clause.test == "one_of" else values[0]}


def _then(actions: Sequence[QuotedAction]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for action in actions:
        given = action.model_dump(mode="json")
        found.setdefault(given.pop("do"), []).append(given)
    return {do: given[0] if len(given) == 1 else given for do, given in found.items()}


def _in_the_way(rule: QuotedRule, seen: RuleTruth) -> Iterator[NearMiss]:
    for clause, truth in zip(rule.when.all, seen.all, strict=True):
        if truth is not True:
            yield NearMiss(rule, "all", (clause,), truth)
    if rule.when.any and True not in seen.any:
        yield NearMiss(rule, "any", rule.when.any, None if None in seen.any else False)
    for clause, truth in zip(rule.when.none, seen.none, strict=True):
        if truth is not False:
            yield NearMiss(rule, "none", (clause,), truth)
