"""An interview with one answer, its receipt, and a log that has the record before anyone has the advice."""

from pathlib import Path

from advisor import Advisor, Interview
from advisor.audit import DecisionLog, Decisions, Receipts, receipt_bytes

advisor, time = Advisor.load(), "2027-01-31T09:30:00Z"  # the time is yours to give, in UTC
interview = Interview(advisor.questionnaire)
interview.answer("one_plan")

receipt = Receipts(advisor).make(interview.answers, time, ledger=interview.ledger())  # it stands alone
Path("receipt.json").write_bytes(receipt_bytes(receipt))

decisions = Decisions(advisor, DecisionLog(Path("decisions")))
advice, small, line = decisions.advise(interview.answers, time, ledger=interview.ledger())  # and its rulebook, once
print(advice.recommendation.option, line.seq, small.content.advice.plan == receipt.content.advice.plan)
