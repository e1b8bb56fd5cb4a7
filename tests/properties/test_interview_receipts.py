"""The receipt of any interview, wherever it stops, verifies and tells what became of every question."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from advisor.audit.receipts import Receipts
from advisor.audit.recording.seal import receipt_bytes
from advisor.interview.guide import HowSettled
from advisor.interview.session import Interview
from advisor.loading.resources import shipped
from advisor.verifier import problems
from tests.helpers.effort import share
from tests.helpers.strategies import PlainAnswers
from tests.properties.test_guided_interview import ADVISOR, QUESTIONNAIRE, SAID, SCOPE, guided, play
from tests.unit.audit.tampering import TIME

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


def told(session: Interview) -> Counter[str]:
    """How often each reason for having no answer stands in the interview's receipt, after it was verified."""
    receipts = Receipts(ADVISOR)
    receipt = receipts.make(session.answers, TIME, ledger=session.ledger())
    content = receipt.content
    assert list(problems(receipt_bytes(receipt), shipped("rules"), shipped("questionnaires"))) == []
    assert list(receipts.differences(receipt)) == []
    assert sorted([*(a.question for a in content.answers), *(s.question for s in content.skipped)]) == sorted(
        QUESTIONNAIRE.by_id
    )
    return Counter(one.reason for one in content.skipped)


@pytest.mark.long
@given(SAID, st.integers(1, 30))
@settings(max_examples=share(6), suppress_health_check=SLOW)
def test_an_interview_in_the_order_of_the_file_leaves_a_receipt_wherever_it_stops(
    said: PlainAnswers, most: int
) -> None:
    session = Interview(QUESTIONNAIRE, path_of=SCOPE.path)
    for number, _ in enumerate(play(session, said)):
        if number == most:
            break
    assume(session.conflict is None)
    assert not {"cannot_matter", "settled"} & set(told(session))


@pytest.mark.slow
@given(SAID)
@settings(max_examples=share(4), suppress_health_check=SLOW)
def test_a_guided_interview_that_stops_once_it_is_settled_leaves_a_receipt_that_says_so(said: PlainAnswers) -> None:
    session = guided()
    for _ in play(session, said):
        if session.settled is HowSettled.OUTCOME:
            break
    assume(session.conflict is None)
    reasons = told(session)
    if session.settled is HowSettled.OUTCOME and session.remaining:
        assert reasons["settled"] >= 1
        assert reasons["not_asked"] == 0


@pytest.mark.slow
@given(SAID)
@settings(max_examples=share(2), suppress_health_check=SLOW)
def test_a_guided_interview_to_its_end_leaves_nothing_unasked(said: PlainAnswers) -> None:
    session = guided()
    for _ in play(session, said):
        pass
    assume(session.conflict is None)
    reasons = told(session)
    assert set(reasons) <= {"does_not_apply", "not_known_to_apply", "another_page", "cannot_matter"}
    assert reasons["another_page"] >= 1
