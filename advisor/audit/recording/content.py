"""Puts a receipt's content together: the answers, every rule clause by clause, what was rejected, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from advisor.audit.model import quotes, rulebook
from advisor.audit.model.quotes import QuotedQuestion, QuotedRule
from advisor.audit.model.receipt import (
    AnswerOrigin,
    GivenAnswer,
    ReceiptContent,
    RejectedOption,
    RejectedProposal,
    RejectedWhy,
    RuleTruth,
    SkippedQuestion,
    SkipReason,
)
from advisor.audit.model.rulebook import RULEBOOK_FORMAT, Rulebook
from advisor.audit.model.small import SmallReceipt
from advisor.audit.recording import quoting
from advisor.audit.recording.seal import digest, plain
from advisor.audit.recording.small import small_receipt
from advisor.interview.record import ground_said
from advisor.model.advice import Advice, Disclosure, SourceNote
from advisor.model.answers import Answers, knowledge_of
from advisor.model.condition import Clause, Condition, Knowledge, Truth
from advisor.model.entries import followed_from
from advisor.model.page import opening
from advisor.model.questionnaire import Questionnaire
from advisor.model.rule import Rule
from advisor.model.rulebase import Option, RuleBase
from advisor.model.scope import Scope
from advisor.model.trace import QuestionnaireId, Trace

NO_ORIGINS: Mapping[str, AnswerOrigin] = {}
NO_SKIPS: Mapping[str, SkippedQuestion] = {}


@dataclass(frozen=True)
class Hearing:
    """What was answered, with the `origins` of answers and the reasons for `skipped` questions, both by question.

    Where no origin is given, an answer that follows from others is `followed`, and any other from a `file`; where no
    reason is given, it is worked out.
    """

    answers: Answers
    origins: Mapping[str, AnswerOrigin] = field(default_factory=lambda: NO_ORIGINS)
    skipped: Mapping[str, SkippedQuestion] = field(default_factory=lambda: NO_SKIPS)


class Recorder:
    """Makes the content of receipts for one rule base; what depends on the rules alone is quoted once."""

    def __init__(self, base: RuleBase, questionnaire: Questionnaire) -> None:
        self._base, self._questionnaire = base, questionnaire
        self._scope = Scope(base, questionnaire)

    @cached_property
    def _questions(self) -> dict[str, QuotedQuestion]:
        return {question.id: quoting.quoted_question(question) for question in self._questionnaire.questions}

    @cached_property
    def _parts(self) -> frozenset[str]:
        """The questions that are put with another, of which they are a part."""
        return frozenset(part for question in self._questionnaire.questions for part in question.parts)

    @cached_property
    def _quoted(self) -> dict[str, Any]:
        base, questionnaire = self._base, self._questionnaire
        return {
            "questionnaire": QuestionnaireId(
                id=questionnaire.id, version=questionnaire.version, digest=questionnaire.digest
            ),
            "rulebase": quoting.quoted_rulebase(base),
            "questions": tuple(self._questions.values()),
            "contradictions": tuple(quoting.quoted_contradiction(one) for one in questionnaire.contradictions),
            "facts": tuple(quoting.quoted_fact(spec) for spec in base.facts.values()),
            "options": tuple(quoting.quoted_option(option) for option in base.options.values()),
            "decision": quoting.quoted_decision(base),
            "figures": tuple(quoting.quoted_figure(figure) for figure in base.figures),
            "rules": tuple(quoting.quoted_rule(rule, base) for rule in base.active),
        }

    def quoted(self) -> Mapping[str, Any]:
        """What receipts of this rule base quote, by the key of the content; of the rules each as many as it needs."""
        return self._quoted

    @cached_property
    def key(self) -> str:
        """What the rulebook hangs on, as one digest: the rules, the questions, and the code that quotes them."""
        code = (Path(__file__), Path(quoting.__file__), Path(quotes.__file__), Path(rulebook.__file__))
        parts = [self._base.digest, self._questionnaire.digest, *(sha256(one.read_bytes()).hexdigest() for one in code)]
        return sha256(" ".join(parts).encode()).hexdigest()

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rule base and the questionnaire by themselves, as receipts quote them."""
        about = self._base.about.disclosures
        book: dict[str, Any] = {
            **self._quoted,
            "format": RULEBOOK_FORMAT,
            "sources": tuple(SourceNote.of(self._base, source) for source in self._base.sources),
            "headings": dict(self._base.wording),
            "disclosures": tuple(Disclosure(id=name, text=text) for name, text in about),
            "criteria": dict(self._base.criteria),
            "cases": tuple(quoting.quoted_case(option) for option in self._base.options.values()),
            "showing": quoting.quoted_showing(self._base),
        }
        unsealed = plain(Rulebook.model_construct(**book, digest=""))
        del unsealed["digest"]
        return Rulebook(**book, digest=digest(unsealed))

    def content(self, hearing: Hearing, advice: Advice) -> ReceiptContent:
        """The content for some answers and the advice that was given on them."""
        base, trace = self._base, advice.trace
        known = known_at_the_end(trace)
        rules = self.rules_for(known)
        return ReceiptContent(
            versions=trace.versions,
            answers=self._answers(hearing, trace),
            skipped=self._skipped(hearing, known),
            evaluations=_evaluations([base.by_id[rule.id] for rule in rules], trace, known),
            rejected=_rejected(base, trace),
            sources=_sources(base, trace),
            expires=advice.review_by,
            advice=advice,
            **{**self._quoted, "rules": rules},
        )

    def small(self, hearing: Hearing, advice: Advice, rulebook: str, time: str) -> SmallReceipt:
        """The small receipt for some answers and the advice that was given on them; `rulebook` is the digest of this
        rulebook. Raises as `small_receipt`."""
        apart = self._apart(hearing, known_at_the_end(advice.trace))
        return small_receipt(advice, self._answers(hearing, advice.trace), apart, rulebook, time)

    def rules_for(self, known: Knowledge) -> tuple[QuotedRule, ...]:
        """The rules that a receipt quotes: all but those of the pages that do not speak, none of which can fire."""
        openings = {page.id: opening(page) for page in self._base.pages.values()}
        silent = {page for page, clause in openings.items() if clause is not None and clause.truth(known) is not True}
        return tuple(rule for rule in self._quoted["rules"] if rule.page not in silent)

    def _answers(self, hearing: Hearing, trace: Trace) -> tuple[GivenAnswer, ...]:
        followed = followed_from(self._questionnaire, {answer.question: answer for answer in hearing.answers})
        return tuple(
            GivenAnswer(
                question=answer.question,
                said=answer.said,
                value=answer.value,
                origin=hearing.origins.get(answer.question, "followed" if answer.question in followed else "file"),
                wording_digest=self._questions[answer.question].wording_digest,
                counted=answer.question not in trace.set_aside,
            )
            for answer in hearing.answers.without_private(self._questionnaire)
        )

    def _skipped(self, hearing: Hearing, known: Knowledge) -> tuple[SkippedQuestion, ...]:
        found = []
        for question in self._questionnaire.questions:
            if hearing.answers.get(question.id) is not None:
                continue
            given = hearing.skipped.get(question.id)
            reason = self._reason(question.id, known)
            found.append(given or SkippedQuestion(question=question.id, reason=reason, proof=""))
        return tuple(found)

    def _apart(self, hearing: Hearing, known: Knowledge) -> Iterator[SkippedQuestion]:
        """The questions without an answer that a small receipt names: those with a proof that is more than their
        condition in words, and those of which the others and the rulebook, which does not tell the parts of a question,
        do not tell the reason."""
        answered = knowledge_of(hearing.answers, self._questionnaire)
        for question in self._questionnaire.questions:
            given = hearing.skipped.get(question.id)
            part = question.id in self._parts
            if hearing.answers.get(question.id) is None and (part or given is not None):
                reason = self._reason(question.id, known)
                told = "another_page" if part and reason == "not_asked" else reason
                one = given or SkippedQuestion(question=question.id, reason=reason, proof="")
                ground = one.reason in ("does_not_apply", "not_known_to_apply") and one.reason == told
                if one.reason != told or (
                    one.proof and not (ground and one.proof == ground_said(self._questionnaire, question, answered))
                ):
                    yield one

    def _reason(self, question: str, known: Knowledge) -> SkipReason:
        """Why a question has no answer, as far as the others tell."""
        concerns = self._scope.concerns(question, known)
        applies = self._questionnaire.question(question).when.truth(known)
        return barred(applies) or ("not_asked" if concerns else "another_page")


def barred(applies: Truth) -> SkipReason | None:
    """The reason why a question has no answer when it does not apply, or is not known to; None when it applies."""
    return None if applies else "does_not_apply" if applies is False else "not_known_to_apply"


def known_at_the_end(trace: Trace) -> Knowledge:
    """What was known once all rules had run."""
    return Knowledge(
        {f.fact: f.value for f in trace.facts if f.value is not None},
        {f.fact: f.said for f in trace.facts if f.said is not None},
    )


def _evaluations(rules: Iterable[Rule], trace: Trace, known: Knowledge) -> tuple[RuleTruth, ...]:
    fired = {firing.rule for firing in trace.firings}

    def each(clauses: tuple[Clause, ...]) -> tuple[Truth, ...]:
        return tuple(clause.truth(known) for clause in clauses)

    def one(rule: str, when: Condition) -> RuleTruth:
        return RuleTruth(
            rule=rule, fired=rule in fired, truth=when.truth(known), all=each(when.all), any=each(when.any),
            none=each(when.none),
        )  # fmt: skip

    return tuple(one(rule.id, rule.when) for rule in rules)


def _rejected(base: RuleBase, trace: Trace) -> tuple[RejectedOption, ...]:
    return tuple(
        _rejection(base, trace, option)
        for option in base.options.values()
        if option.id != trace.recommended and option.id not in trace.add_ons
    )


def _rejection(base: RuleBase, trace: Trace, option: Option) -> RejectedOption:
    order, main = trace.contest.order, option.kind == "main"
    place = order.index(option.id) + 1 if option.id in order else None
    points = trace.totals[option.id] if main else 0
    out = next((f.by for f in trace.facts if f.fact == f"out.{option.id}" and f.value is True), ())
    proposals = tuple(
        RejectedProposal(rule=p.rule, priority=p.priority, standing=p.standing)
        for p in trace.proposals
        if p.option == option.id
    )
    return RejectedOption(
        option=option.id,
        kind=option.kind,
        why=_why(main, bool(out), place, bool(proposals)),
        ruled_out_by=out,
        points=points,
        place=place,
        behind=trace.totals[order[0]] - points if place is not None else None,
        proposals=proposals,
    )


def _why(main: bool, out: bool, place: int | None, proposed: bool) -> tuple[RejectedWhy, ...]:
    if not main:
        return ("not_added",)
    found: list[RejectedWhy] = ["ruled_out"] if out else []
    if place is None:
        found.append("not_in_contest")
    elif place > 1:
        found.append("contest_lost")
    if not proposed:
        found.append("not_proposed")
    elif not out:
        found.append("proposal_passed_over")
    return tuple(found)


def _sources(base: RuleBase, trace: Trace) -> tuple[SourceNote, ...]:
    cited = {source for firing in trace.firings for source in base.by_id[firing.rule].sources}
    return tuple(SourceNote.of(base, source) for source in base.sources if source in cited)
