"""The use case of the auditor: advice with a receipt, and a receipt laid beside the rules it names."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from advisor.advice import Advisor
from advisor.audit.keeping.kept import recorded_answers
from advisor.audit.model.log import MaskedReceipt
from advisor.audit.model.receipt import AnswerOrigin, Receipt, ReceiptContent, SkippedQuestion, SkipReason
from advisor.audit.model.rulebook import Rulebook
from advisor.audit.recording.content import Hearing, Recorder, barred, known_at_the_end
from advisor.audit.recording.masks import erased_input, masked_alike
from advisor.audit.recording.seal import plain, seal
from advisor.errors import AnswersError, CallError, Place, Problem, ProofError
from advisor.interview.record import ground_said, proof_said
from advisor.model.advice import Advice
from advisor.model.answers import Answers, Raw, day_of, knowledge_of, nearest
from advisor.model.calls import must_be
from advisor.model.condition import Knowledge
from advisor.model.json_diff import ABSENT, differences
from advisor.model.ledger import Ledger
from advisor.model.safe_text import shown
from advisor.model.scope import Scope

_BARRED: tuple[SkipReason, ...] = ("does_not_apply", "not_known_to_apply")
_PROVED: tuple[SkipReason, ...] = ("cannot_matter", "settled")
_UNASKED: tuple[SkipReason, ...] = (*_PROVED, "not_known_to_apply")


class Receipts:
    """Makes receipts with one advisor, and compares receipts with it."""

    def __init__(self, advisor: Advisor) -> None:
        """Raises CallError for what is no advisor."""
        must_be(Advisor, advisor=advisor)
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
        return self._written(answers, origins or {}, skipped, advice, time)

    def again(self, receipt: Receipt) -> Receipt:
        """A receipt made anew from what it records; where answers came from, why questions were skipped, and who
        approved pages, is taken as it is told there. Raises AnswersError when the answers are refused."""
        content = receipt.content
        answers = self._advisor.checked(recorded_answers(receipt), content.advice.trace.as_of)
        advice = self._advisor.advise(answers).model_copy(update={"approvals": content.advice.approvals})
        return self._written(answers, _origins(content), content.skipped, advice, receipt.time)

    def rulebook(self) -> Rulebook:
        """The rules and questions of this advisor as its receipts quote them."""
        return self._recorder.rulebook()

    def differences(self, receipt: Receipt) -> Iterator[str]:
        """Where a receipt differs from these rules and questions, or else from one made anew with them.

        The versions of the program alone may differ: they are not compared, but named where anything else differs. Nor
        are approvals, which come and go without a change of the rules.
        """
        must_be(Receipt, receipt=receipt)
        content = receipt.content
        quoted = list(self._misquoted(content))
        yield from quoted
        if quoted:
            return
        answers, origins = recorded_answers(receipt), _origins(content)
        try:
            as_of = content.advice.trace.as_of
            again = self.make(answers, receipt.time, as_of=as_of, origins=origins, skipped=content.skipped).content
        except AnswersError as bad:
            yield f"the answers are refused: {bad}"
            return
        yield from _compared(plain(content), plain(again))
        yield from self._unproved(self._advisor.checked(answers, as_of), content.skipped)

    def remaining_differences(self, receipt: MaskedReceipt) -> Iterator[str]:
        """The same of what remains of a masked receipt. It is made anew only when `erased_input` names nothing."""
        must_be(MaskedReceipt, receipt=receipt)
        found, erased = receipt.content, receipt.erased
        made = {key: _plain(models) for key, models in self._recorder.quoted().items()}
        made["rules"] = _of_these(made["rules"], found)
        made = masked_alike(made, erased, found)
        quoted = list(_differ("content", {key: value for key, value in found.items() if key in made}, made))
        yield from quoted
        if quoted or erased_input(receipt):
            return
        answers = {one["question"]: one["said"] if one["value"] is None else one["value"] for one in found["answers"]}
        origins = {one["question"]: one["origin"] for one in found["answers"]}
        skipped = [SkippedQuestion.model_validate(one) for one in found["skipped"]]
        try:
            as_of = _recorded_day(found)
            made_anew = self.make(answers, receipt.time, as_of=as_of, origins=origins, skipped=skipped)
            again = plain(made_anew.content)
        except AnswersError as bad:
            yield f"the answers are refused: {bad}"
            return
        yield from _compared(found, masked_alike(again, erased, found))
        yield from self._unproved(self._advisor.checked(answers, as_of), skipped)

    def _written(
        self, answers: Answers, origins: Mapping[str, AnswerOrigin], skipped: Sequence[SkippedQuestion],
        advice: Advice, time: str,
    ) -> Receipt:  # fmt: skip
        """The one place where a receipt is put together."""
        hearing = Hearing(answers, origins, {one.question: one for one in skipped})
        return seal(self._recorder.content(hearing, advice), time)

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

    def _misquoted(self, content: ReceiptContent) -> Iterator[str]:
        there = {rule.id for rule in content.rules}
        for key, models in self._recorder.quoted().items():
            made = [rule for rule in _plain(models) if rule["id"] in there] if key == "rules" else _plain(models)
            yield from _differ(f"content.{key}", _plain(getattr(content, key)), made)

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


def _origins(content: ReceiptContent) -> dict[str, AnswerOrigin]:
    return {answer.question: answer.origin for answer in content.answers}


def _recorded_day(content: Mapping[str, Any]) -> datetime.date | None:
    """The day as of which masked advice was given; None when it names none, or the day was erased."""
    advice = content.get("advice")
    trace = advice.get("trace") if isinstance(advice, dict) else None
    day = trace.get("as_of") if isinstance(trace, dict) else None
    return day_of(day) if isinstance(day, str) else None


def _of_these(rules: list[Any], found: Mapping[str, Any]) -> list[Any]:
    """Of some quoted rules those that masked advice quotes; all of them when it cannot be known which those are."""
    rows = [found.get(key) for key in ("rules", "evaluations")]
    for part, name in zip(rows, ("id", "rule"), strict=True):
        names = [one.get(name) if isinstance(one, dict) else None for one in part] if isinstance(part, list) else [None]
        if all(isinstance(one, str) for one in names):
            return [rule for rule in rules if rule["id"] in names]
    return rules


def _plain(models: Any) -> Any:
    return [plain(one) for one in models] if isinstance(models, tuple) else plain(models)


def _compared(found: dict[str, Any], made: dict[str, Any]) -> Iterator[str]:
    """Where a content differs from one made anew, but for the versions of the program."""
    then, now = (_version(content) for content in (found, made))
    other = "" if then == now else f" (version {then} of the program is said to have made it, and this is {now})"
    for problem in _differ("content", _without_versions(found), _without_versions(made)):
        yield problem + other


def _version(content: dict[str, Any]) -> str:
    versions = content.get("versions")
    return shown(str(versions.get("advisor"))) if isinstance(versions, dict) else "?"


def _without_versions(content: dict[str, Any]) -> dict[str, Any]:
    rest = {key: value for key, value in content.items() if key != "versions"}
    advice = rest.get("advice")
    if isinstance(advice, dict):
        rest["advice"] = advice = {key: value for key, value in advice.items() if key != "approvals"}
    if isinstance(advice, dict) and isinstance(advice.get("trace"), dict):
        trace = {key: value for key, value in advice["trace"].items() if key != "versions"}
        rest["advice"] = {**advice, "trace": trace}
    return rest


def _differ(path: str, found: Any, expected: Any) -> Iterator[str]:
    """Each place where two pieces of plain JSON data differ, with what stands there and what should."""
    for one in differences(found, expected, (path,)):
        if one.before is ABSENT or one.after is ABSENT:
            yield f"{one.place}: it is {'missing' if one.before is ABSENT else 'too much'}"
        else:
            order = " in the order" if one.moved else ""
            yield (
                f"{one.place}: the receipt has{order} {shown(str(one.before))}, made anew it is {shown(str(one.after))}"
            )
