"""The use case of the decision log: advice that is given only once its record, or the refusal, is on the disk."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from advisor.advice import Advisor
from advisor.audit.keeping.log import DecisionLog
from advisor.audit.keeping.rulebooks import Rulebooks
from advisor.audit.model.log import LogLine, Mask, MaskedReceipt
from advisor.audit.model.small import SmallReceipt
from advisor.audit.receipts import Receipts
from advisor.audit.recording.failures import failure_kind, failure_record
from advisor.audit.recording.masks import masked
from advisor.audit.recording.seal import must_be_time, plain
from advisor.model.advice import Advice
from advisor.model.answers import Answers, Raw
from advisor.model.calls import must_be
from advisor.model.ledger import Ledger
from advisor.model.questionnaire import Questionnaire


class Decision(NamedTuple):
    """One piece of advice, its receipt with nothing masked, and the line that the log has of it."""

    advice: Advice
    receipt: SmallReceipt
    line: LogLine


class Decisions:
    """Gives advice and keeps a log of it: small receipts, or masked ones that are whole, and why answers were refused.

    The rulebook that small receipts name is kept once, in the folder of the log.

    Texts that could hold a name or a number stand in the log as `(private)`, and what the user wrote is left out of
    the reasons for a refusal, unless `private` asks for both.
    """

    def __init__(self, advisor: Advisor, log: DecisionLog, mask: Mask | None = None, *, private: bool = False) -> None:
        """Raises CallError for what is no advisor, log or mask."""
        must_be(Advisor, advisor=advisor)
        must_be(DecisionLog, log=log)
        must_be((Mask, type(None)), mask=mask)
        self._advisor, self._log = advisor, log
        self._receipts, self._mask, self._private = Receipts(advisor, Rulebooks(log.folder)), mask, private

    @property
    def questionnaire(self) -> Questionnaire:
        """The questions that the answers are to."""
        return self._advisor.questionnaire

    def advise(
        self,
        answers: Answers | Mapping[str, Raw] | Callable[[], Answers],
        time: str,
        *,
        as_of: datetime.date | None = None,
        ledger: Ledger | None = None,
        proofs: bool = False,
    ) -> Decision:
        """The advice for some answers, or for what reading them gives, once the log has it.

        `time` is UTC, such as 2027-01-31T09:30:00Z; `as_of` is the day, as for `Advisor.advise`; `ledger` is that of
        the interview that gave the answers; the log holds no `proofs`, as receipts do not. Raises as `Receipts.make`
        and `Advisor.advise`, after the log has a record of it, and as `DecisionLog.append`: without a record there is
        no advice. A `time` of another form is refused without a record, which it would have to stand in.
        """
        must_be_time(time)
        try:
            given = self._advisor.checked(answers() if callable(answers) else answers, as_of)
            advice, receipt = self._receipts.advised(given, time, ledger=ledger)
            record = self._record(given, receipt, ledger)
            advice = self._advisor.advise(given, proofs=True) if proofs else advice
        except Exception as bad:
            self.failed(bad, time)
            raise
        return Decision(advice, receipt, self._log.append("advice", record))

    def failed(self, error: Exception, time: str) -> LogLine:
        """Record an error: `refused` when the answers are wrong. Raises as `DecisionLog.append`."""
        return log_failure(self._log, error, time, self._advisor.questionnaire, private=self._private)

    def _record(self, given: Answers, receipt: SmallReceipt, ledger: Ledger | None) -> dict[str, Any]:
        kept: SmallReceipt | MaskedReceipt = receipt
        if self._mask is not None:
            kept = masked(self._receipts.make(given, receipt.time, ledger=ledger), self._mask)
        record: dict[str, Any] = {"receipt": plain(kept)}
        if self._private:
            asked = self._advisor.questionnaire
            record["private"] = {
                answer.question: answer.plain()
                for answer in given
                if asked.question(answer.question).private and answer.value is not None
            }
        return record


def log_failure(
    log: DecisionLog, error: Exception, time: str, questionnaire: Questionnaire | None = None, *, private: bool = False
) -> LogLine:
    """Record an error in a log: `refused` when the answers are wrong. Raises as `DecisionLog.append`.

    Without the `questionnaire`, every word that was quoted is left out, unless `private` asks for it.
    """
    must_be_time(time)
    record = failure_record(error, time, questionnaire, private=private)
    return log.append(failure_kind(error), record.model_dump(mode="json"))
