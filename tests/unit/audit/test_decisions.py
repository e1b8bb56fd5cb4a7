"""Advice through the log's use case: the record is on the disk first, or there is no advice."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from advisor.advice import Advisor
from advisor.audit.decisions import Decisions
from advisor.audit.keeping.log import DecisionLog
from advisor.audit.keeping.rulebooks import Rulebooks, rulebook_bytes
from advisor.audit.receipts import Receipts
from advisor.audit.recording.seal import plain
from advisor.errors import AnswersError, DataError

TIME = "2027-01-31T09:30:00Z"


def test_the_advice_is_that_of_the_advisor_and_the_record_its_receipt(tiny_advisor: Advisor, tmp_path: Path) -> None:
    log = DecisionLog(tmp_path / "log")
    advice, receipt, line = Decisions(tiny_advisor, log).advise({"runway": "short"}, TIME)
    assert receipt == Receipts(tiny_advisor).small({"runway": "short"}, TIME)
    assert advice == tiny_advisor.advise({"runway": "short"})
    assert line.record == {"receipt": plain(Receipts(tiny_advisor).small({"runway": "short"}, TIME))}
    assert Rulebooks(log.folder).path(receipt.content.rulebook).read_bytes() == rulebook_bytes(
        Receipts(tiny_advisor).rulebook()
    )
    assert list(log.lines()) == [line]


def test_the_day_goes_into_the_record(tiny_advisor: Advisor, tmp_path: Path) -> None:
    day = datetime.date(2027, 1, 31)
    decisions = Decisions(tiny_advisor, DecisionLog(tmp_path / "log"))
    for given in ({"runway": "short"}, tiny_advisor.checked({"runway": "short"})):
        advice, receipt, line = decisions.advise(given, TIME, as_of=day)
        assert advice == tiny_advisor.advise({"runway": "short"}, as_of=day)
        assert receipt.content.advice.trace.as_of == advice.trace.as_of == day
        assert line.record["receipt"]["content"]["advice"]["trace"]["as_of"] == "2027-01-31"


def test_refused_answers_and_faults_are_raised_after_they_are_recorded(tiny_advisor: Advisor, tmp_path: Path) -> None:
    log = DecisionLog(tmp_path / "log")
    decisions = Decisions(tiny_advisor, log)
    with pytest.raises(AnswersError):
        decisions.advise({"runway": "Jane"}, TIME)
    with pytest.raises(ZeroDivisionError):
        decisions.advise(lambda: tiny_advisor.checked({"runway": str(1 // 0)}), TIME)
    assert [(line.kind, line.record["error"]) for line in log.lines()] == [
        ("refused", "AnswersError"), ("error", "ZeroDivisionError"),
    ]  # fmt: skip


def test_without_a_record_there_is_no_advice(tiny_advisor: Advisor, tmp_path: Path) -> None:
    log = DecisionLog(tmp_path / "log")
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / "log-000001.jsonl").write_bytes(b'{"digest"')
    with pytest.raises(DataError, match="advisor log repair"):
        Decisions(tiny_advisor, log).advise({"runway": "short"}, TIME)
