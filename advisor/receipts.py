"""The use case of the auditor: advice with a receipt, and a receipt laid beside the rules it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from advisor.advice import Advisor
from advisor.auditing.content import Hearing, Recorder
from advisor.auditing.seal import plain, seal
from advisor.errors import AnswersError, Place, Problem
from advisor.loading.answers import check_answers
from advisor.model.answers import Answers, Raw, nearest, shown
from advisor.model.receipt import AnswerOrigin, Receipt, ReceiptContent, SkippedQuestion


class Receipts:
    """Makes receipts with one advisor, and compares receipts with it."""

    def __init__(self, advisor: Advisor) -> None:
        self._advisor = advisor
        self._recorder = Recorder(advisor.rulebase, advisor.questionnaire)

    def make(
        self,
        answers: Answers | Mapping[str, Raw],
        time: str,
        *,
        origins: Mapping[str, AnswerOrigin] | None = None,
        skipped: Sequence[SkippedQuestion] = (),
    ) -> Receipt:
        """The advice for some answers, in a receipt.

        `time` is when it was given, in UTC, such as `2027-01-31T09:30:00Z`; nothing else depends on the clock.
        `origins` tells by question where answers came from (`file` where nothing is said), `skipped` why questions
        were not asked (worked out where nothing is said).
        Raises AnswersError or ContradictionError for wrong answers, origins of answers that are not there, or skipped
        questions that were answered; ValueError for another form of time.
        """
        if not isinstance(answers, Answers):
            answers = check_answers(answers, self._advisor.questionnaire)
        advice = self._advisor.advise(answers)
        self._refuse_strays(answers, origins or {}, skipped)
        by_question = {one.question: one for one in skipped}
        return seal(self._recorder.content(Hearing(answers, origins or {}, by_question), advice), time)

    def differences(self, receipt: Receipt) -> Iterator[str]:
        """Where a receipt differs from these rules and questions, or else from one made anew with them.

        The advice as shown is compared only when the receipt was made by this version of the package, all else always.
        """
        content = receipt.content
        quoted = list(self._misquoted(content))
        yield from quoted
        if quoted:
            return
        answers = {a.question: a.said if a.value is None else a.value for a in content.answers}
        origins = {answer.question: answer.origin for answer in content.answers}
        try:
            again = self.make(answers, receipt.time, origins=origins, skipped=content.skipped).content
        except AnswersError as bad:
            yield f"the answers are refused: {bad}"
            return
        old, new = plain(content), plain(again)
        if content.versions != again.versions:
            old, new = _without_versions(old), _without_versions(new)
        yield from _differ("content", old, new)

    def _misquoted(self, content: ReceiptContent) -> Iterator[str]:
        for key, models in self._recorder.quoted().items():
            expected = [plain(one) for one in models] if isinstance(models, tuple) else plain(models)
            found = getattr(content, key)
            found = [plain(one) for one in found] if isinstance(found, tuple) else plain(found)
            yield from _differ(f"content.{key}", found, expected)

    def _refuse_strays(
        self, answers: Answers, origins: Mapping[str, AnswerOrigin], skipped: Sequence[SkippedQuestion]
    ) -> None:
        given = [answer.question for answer in answers]
        asked = list(self._advisor.questionnaire.by_id)
        for question in origins:
            if question not in given:
                message = "an origin is given for an answer that is not there"
                raise AnswersError(Problem(Place(key=shown(question)), message, "an answered question"))
        for one in skipped:
            if one.question in given or one.question not in asked:
                message = "it is said to be skipped, but it has an answer or is no question"
                raise AnswersError(
                    Problem(Place(key=shown(one.question)), message, "a question", nearest(one.question, asked))
                )


def _without_versions(content: dict[str, Any]) -> dict[str, Any]:
    """The content without versions and without the words of the advice, which may change with the package."""
    trace = {key: value for key, value in content["advice"]["trace"].items() if key != "versions"}
    return {**content, "versions": None, "advice": trace}


def _differ(path: str, found: Any, expected: Any) -> Iterator[str]:
    """Each place where two pieces of plain JSON data differ, with what stands there and what should."""
    if isinstance(found, list) and isinstance(expected, list) and len(found) != len(expected):
        yield f"{path}: the receipt has {len(found)} of them, made anew there are {len(expected)}"
        return
    if isinstance(found, dict) and isinstance(expected, dict):
        for key in sorted({*found, *expected}):
            if key not in found or key not in expected:
                yield f"{path}.{key}: it is {'missing' if key not in found else 'too much'}"
            else:
                yield from _differ(f"{path}.{key}", found[key], expected[key])
    elif isinstance(found, list) and isinstance(expected, list):
        for number, (one, other) in enumerate(zip(found, expected, strict=True)):
            name = one.get("id", number) if isinstance(one, dict) else number
            yield from _differ(f"{path}[{name}]", one, other)
    elif type(found) is not type(expected) or found != expected:
        yield f"{path}: the receipt has {shown(str(found))}, made anew it is {shown(str(expected))}"
