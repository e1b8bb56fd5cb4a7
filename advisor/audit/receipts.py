"""The use case of the auditor: advice with a receipt, and a receipt laid beside the rules it names."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from advisor.advice import Advisor
from advisor.audit.comparing.made_anew import compared, differ, of_these, plain_all, recorded_day
from advisor.audit.keeping.kept import recorded_answers
from advisor.audit.keeping.rulebooks import Rulebooks
from advisor.audit.model.log import MaskedReceipt
from advisor.audit.model.receipt import AnswerOrigin, Receipt, ReceiptContent, SkippedQuestion, SkipReason
from advisor.audit.model.rulebook import Rulebook
from advisor.audit.model.small import SmallContent, SmallReceipt
from advisor.audit.recording.content import Hearing, Recorder, barred, known_at_the_end
from advisor.audit.recording.masks import erased_input, masked_alike
from advisor.audit.recording.seal import plain, seal
from advisor.errors import AnswersError, CallError, Place, Problem, ProofError
from advisor.interview.record import ground_said, proof_said
from advisor.model.advice import Advice
from advisor.model.answers import Answers, Raw, knowledge_of, nearest
from advisor.model.calls import must_be
from advisor.model.condition import Knowledge
from advisor.model.ledger import Ledger
from advisor.model.safe_text import shown
from advisor.model.scope import Scope

_BARRED: tuple[SkipReason, ...] = ("does_not_apply", "not_known_to_apply")
_PROVED: tuple[SkipReason, ...] = ("cannot_matter", "settled")
_UNASKED: tuple[SkipReason, ...] = (*_PROVED, "not_known_to_apply")


class Receipts:
    """Makes receipts with one advisor, and compares receipts with it."""

    def __init__(self, advisor: Advisor, rulebooks: Rulebooks | None = None) -> None:
        """`rulebooks` is where the rulebook that small receipts name is kept; without it, who keeps one keeps
        `rulebook()` as well. Raises CallError for what is no advisor, or no rulebooks."""
        must_be(Advisor, advisor=advisor)
        must_be((Rulebooks, type(None)), rulebooks=rulebooks)
        self._rulebooks = rulebooks
        self._advisor = advisor
        self._recorder = Recorder(advisor.rulebase, advisor.questionnaire)
        self._scope = Scope(advisor.rulebase, advisor.questionnaire)

    def make(
        self,
        answers: Answers | Mapping[str, Raw],
        time: str,
        *,
        as_of: datetime.date | None = None,
        ledger: Ledger | None = None,
        origins: Mapping[str, AnswerOrigin] | None = None,
        skipped: Sequence[SkippedQuestion] = (),
    ) -> Receipt:
        """The advice for some answers, in a receipt.

        `time` is when it was given, in UTC, such as `2027-01-31T09:30:00Z`; nothing else depends on the clock.
        `as_of` is the day on which the answers are taken to be given, as for `Advisor.advise`.
        The `ledger` of the interview that gave the answers tells where each came from, and why the other questions
        were not asked. Without one, `origins` tells the first by question (`file` where nothing is said), and `skipped`
        the second (worked out from the conditions where nothing is said).
        Raises AnswersError or ContradictionError for wrong answers, a ledger of other answers or of another
        questionnaire, origins of answers that are not there, or skipped questions that were answered or were skipped
        for another reason; CallError for another form of time, or for a ledger beside `origins` or `skipped`.
        """
        hearing, advice = self._heard(answers, as_of, ledger, origins, skipped)
        return seal(self._recorder.content(hearing, advice), time)

    def small(
        self,
        answers: Answers | Mapping[str, Raw],
        time: str,
        *,
        as_of: datetime.date | None = None,
        ledger: Ledger | None = None,
        origins: Mapping[str, AnswerOrigin] | None = None,
        skipped: Sequence[SkippedQuestion] = (),
    ) -> SmallReceipt:
        """The same in a small receipt, which names its rulebook, and cannot be checked without it. Raises as `make`,
        and as `Rulebooks.keep`."""
        hearing, advice = self._heard(answers, as_of, ledger, origins, skipped)
        return self._recorder.small(hearing, advice, self._rulebook_named(), time)

    def advised(
        self, answers: Answers | Mapping[str, Raw], time: str, ledger: Ledger | None = None
    ) -> tuple[Advice, SmallReceipt]:
        """The advice, and its small receipt. Raises as `small`."""
        hearing, advice = self._heard(answers, None, ledger, None, ())
        return advice, self._recorder.small(hearing, advice, self._rulebook_named(), time)

    def again(self, receipt: Receipt | SmallReceipt) -> Receipt | SmallReceipt:
        """A receipt of the same form made anew from what it records; where answers came from, and why questions were
        skipped, who approved pages, and what confirmed the firings, is taken as it is told there. Raises AnswersError
        when the answers are refused."""
        answers = self._advisor.checked(recorded_answers(receipt), receipt.content.advice.trace.as_of)
        hearing = Hearing(answers, _origins(receipt), {one.question: one for one in _skipped(receipt)})
        advice = self._advisor.advise(answers)
        confirmed = {"confirmed_by": receipt.content.versions.confirmed_by}
        trace = advice.trace.model_copy(update={"versions": advice.trace.versions.model_copy(update=confirmed)})
        advice = advice.model_copy(update={"approvals": receipt.content.advice.approvals, "trace": trace})
        if isinstance(receipt, SmallReceipt):
            return self._recorder.small(hearing, advice, self._rulebook_named(), receipt.time)
        return seal(self._recorder.content(hearing, advice), receipt.time)

    def rulebook(self) -> Rulebook:
        """The rules and questions of this advisor as its receipts quote them."""
        return self._recorder.rulebook

    def differences(self, receipt: Receipt | SmallReceipt) -> Iterator[str]:
        """Where a receipt differs from these rules and questions, or else from one made anew with them.

        The versions of the program alone may differ: they are not compared, but named where anything else differs. Nor
        are approvals, which come and go without a change of the rules.
        """
        must_be((Receipt, SmallReceipt), receipt=receipt)
        quoted = list(self._misquoted(receipt.content))
        yield from quoted
        if quoted:
            return
        answers, origins, skipped = recorded_answers(receipt), _origins(receipt), _skipped(receipt)
        as_of = receipt.content.advice.trace.as_of
        make = self.small if isinstance(receipt, SmallReceipt) else self.make
        try:
            again = make(answers, receipt.time, as_of=as_of, origins=origins, skipped=skipped)
        except AnswersError as bad:
            yield f"the answers are refused: {bad}"
            return
        yield from compared(plain(receipt.content), plain(again.content))
        yield from self._unproved(self._advisor.checked(answers, as_of), skipped)

    def remaining_differences(self, receipt: MaskedReceipt) -> Iterator[str]:
        """The same of what remains of a masked receipt. It is made anew only when `erased_input` names nothing."""
        must_be(MaskedReceipt, receipt=receipt)
        found, erased = receipt.content, receipt.erased
        made = {key: plain_all(models) for key, models in self._recorder.quoted().items()}
        made["rules"] = of_these(made["rules"], found)
        made = masked_alike(made, erased, found)
        quoted = list(differ("content", {key: value for key, value in found.items() if key in made}, made))
        yield from quoted
        if quoted or erased_input(receipt):
            return
        answers = {one["question"]: one["said"] if one["value"] is None else one["value"] for one in found["answers"]}
        origins = {one["question"]: one["origin"] for one in found["answers"]}
        skipped = [SkippedQuestion.model_validate(one) for one in found["skipped"]]
        try:
            as_of = recorded_day(found)
            made_anew = self.make(answers, receipt.time, as_of=as_of, origins=origins, skipped=skipped)
            again = plain(made_anew.content)
        except AnswersError as bad:
            yield f"the answers are refused: {bad}"
            return
        yield from compared(found, masked_alike(again, erased, found))
        yield from self._unproved(self._advisor.checked(answers, as_of), skipped)

    def _heard(
        self, answers: Answers | Mapping[str, Raw], as_of: datetime.date | None, ledger: Ledger | None,
        origins: Mapping[str, AnswerOrigin] | None, skipped: Sequence[SkippedQuestion],
    ) -> tuple[Hearing, Advice]:  # fmt: skip
        """What was answered, asked and skipped, and the advice. Raises as `make`."""
        must_be((Ledger, type(None)), ledger=ledger)
        must_be((Mapping, type(None)), origins=origins)
        must_be(Sequence, skipped=skipped)
        for one in skipped:
            must_be(SkippedQuestion, skipped=one)
        if ledger is not None and (origins or skipped):
            raise CallError("the ledger tells origins and skipped questions; give the one or the others")
        answers = self._advisor.checked(answers, as_of)
        if ledger is not None:
            self._refuse_other_ledger(ledger)
            origins, skipped = told_by(ledger)
        advice = self._advisor.advise(answers)
        self._refuse_strays(answers, origins or {}, skipped)
        self._refuse_wrong_reasons(skipped, known_at_the_end(advice.trace))
        return Hearing(answers, origins or {}, {one.question: one for one in skipped}), advice

    def _rulebook_named(self) -> str:
        """The digest of the rulebook that small receipts name, once it is kept where it is to be."""
        if self._rulebooks is None:
            return self._recorder.rulebook.digest
        return self._rulebooks.kept_for(self._recorder.key, lambda: self._recorder.rulebook)

    def _unproved(self, given: Answers, skipped: Sequence[SkippedQuestion]) -> Iterator[str]:
        """Where it does not hold that a question cannot matter, or was left when all was settled, or where what stands
        as the proof is nothing that the program says. Both are proved anew, for the answers as they are."""
        questionnaire = self._advisor.questionnaire
        known = knowledge_of(given, questionnaire)
        cannot = {one.proof for one in skipped if proof_said(questionnaire, "cannot_matter", one.proof)}
        left = {one.proof for one in skipped if proof_said(questionnaire, "left", one.proof)}
        claims = {one.question for one in skipped if one.reason in _PROVED or one.proof in cannot | left}
        idle, telling, why = frozenset[str](), frozenset[str](), ""
        if claims:
            try:
                ahead = self._advisor.challenger.ahead(given)
                idle, telling = frozenset(ahead.idle), frozenset(ahead.deciding)
            except ProofError as bad:
                why, telling = f" ({bad})", frozenset(claims)
        for one in skipped:
            where, question = f"content.skipped[{one.question}]", questionnaire.question(one.question)
            if one.reason == "cannot_matter" and one.question not in idle:
                yield f"{where}.reason: it says that no answer can matter, which is not proved for these answers{why}"
            elif one.reason == "settled" and one.question in telling:
                yield f"{where}.reason: it says that all was settled, which is not proved for these answers{why}"
            else:
                said = {"", ground_said(questionnaire, question, known)}
                said |= cannot if one.question in idle and one.reason in _UNASKED else set()
                said |= left if one.question not in telling and one.reason in _UNASKED else set()
                if one.proof not in said:
                    yield f"{where}.proof: {shown(one.proof)} is no proof that these rules and questions give"

    def _misquoted(self, content: ReceiptContent | SmallContent) -> Iterator[str]:
        if isinstance(content, SmallContent):
            yield from differ("content.rulebook", content.rulebook, self._rulebook_named())
            return
        there = {rule.id for rule in content.rules}
        for key, models in self._recorder.quoted().items():
            made = [rule for rule in plain_all(models) if rule["id"] in there] if key == "rules" else plain_all(models)
            yield from differ(f"content.{key}", plain_all(getattr(content, key)), made)

    def _refuse_other_ledger(self, ledger: Ledger) -> None:
        asked = self._advisor.questionnaire
        if (ledger.questionnaire, ledger.version) != (asked.id, asked.version):
            found = f"the ledger is one of `{shown(ledger.questionnaire)}`, version {shown(ledger.version)}"
            raise AnswersError(Problem(Place(), found, f"one of `{asked.id}`, version {asked.version}"))

    def _refuse_wrong_reasons(self, skipped: Sequence[SkippedQuestion], known: Knowledge) -> None:
        for one in skipped:
            expected = barred(self._advisor.questionnaire.question(one.question).when.truth(known))
            mine = one.reason == "another_page" and self._scope.concerns(one.question, known)
            if mine or (one.reason != expected and (expected or one.reason in _BARRED)):
                message = f"the reason why it was skipped, {one.reason}, is not so for these answers"
                raise AnswersError(Problem(Place(key=one.question), message, expected or "another reason"))

    def _refuse_strays(
        self, answers: Answers, origins: Mapping[str, AnswerOrigin], skipped: Sequence[SkippedQuestion]
    ) -> None:
        given = [answer.question for answer in answers]
        asked = list(self._advisor.questionnaire.by_id)
        for question in origins:
            if question not in given:
                message = "an origin is given for an answer that is not there"
                raise AnswersError(Problem(Place(key=shown(str(question))), message, "an answered question"))
        for one in skipped:
            if one.question in given or one.question not in asked:
                message = "it is said to be skipped, but it has an answer or is no question"
                raise AnswersError(
                    Problem(Place(key=shown(one.question)), message, "a question", nearest(one.question, asked))
                )


def told_by(ledger: Ledger) -> tuple[Mapping[str, AnswerOrigin], tuple[SkippedQuestion, ...]]:
    """What a ledger tells for a receipt: the origins of answers by question, and why the other questions have none."""
    origins = {entry.question: entry.origin for entry in ledger if entry.origin is not None}
    skipped = tuple(
        SkippedQuestion(question=entry.question, reason=entry.skipped, proof=entry.proof)
        for entry in ledger
        if entry.skipped is not None
    )
    return origins, skipped


def _origins(receipt: Receipt | SmallReceipt) -> dict[str, AnswerOrigin]:
    return {answer.question: answer.origin for answer in receipt.content.answers}


def _skipped(receipt: Receipt | SmallReceipt) -> tuple[SkippedQuestion, ...]:
    """The skipped questions that a receipt names, one by one."""
    if isinstance(receipt, Receipt):
        return receipt.content.skipped
    return tuple(
        SkippedQuestion(question=question, reason=one.reason, proof=one.proof)
        for one in receipt.content.skipped
        for question in one.questions
    )
