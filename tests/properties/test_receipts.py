"""Receipts of any advice verify themselves, and no change of one goes unseen."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from advisor.advice import Advisor, default_advisor
from advisor.audit.keeping.rulebooks import rulebook_bytes
from advisor.audit.model.receipt import Receipt
from advisor.audit.receipts import Receipts
from advisor.audit.recording.seal import receipt_bytes
from advisor.errors import EngineError
from advisor.loading.resources import shipped
from advisor.verifier import problems
from tests.helpers.effort import share
from tests.helpers.strategies import PlainAnswers, answers_for, any_answers
from tests.properties.generated_files import Folders
from tests.properties.generated_rules import rule_bases
from tests.properties.views import is_conflict
from tests.unit.audit.tampering import EDITS, TIME, forged
from tests.unit.verifier.test_small import unfolds_to_the_whole

ANSWERS = st.deferred(lambda: answers_for(default_advisor().questionnaire))
ALL = list(HealthCheck)
FLIPS = 8


@cache
def shipped_receipts() -> Receipts:
    return Receipts(default_advisor())


def made_up(texts: Folders, data: st.DataObject) -> bytes:
    """The receipt of some answers to made-up rules, after it was verified against their files."""
    with tempfile.TemporaryDirectory() as root:
        rules, questionnaires = texts.write(Path(root))
        advisor = Advisor.load(rules, questionnaires)
        receipts = Receipts(advisor)
        answers = data.draw(any_answers(advisor.questionnaire))
        try:
            receipt = receipts.make(answers, TIME)
        except EngineError as error:
            if not is_conflict(error):
                raise
            reject()
        raw = receipt_bytes(receipt)
        assert list(problems(raw, rules, questionnaires)) == []
        assert list(receipts.differences(receipt)) == []
        small = receipts.small(answers, TIME)
        book = rulebook_bytes(receipts.rulebook())
        assert list(problems(receipt_bytes(small), rules, questionnaires, book)) == []
        assert list(receipts.differences(small)) == []
        unfolds_to_the_whole(receipts, answers)
    return raw


def flipped(raw: bytes, data: st.DataObject) -> Iterator[bytes]:
    """The receipt with one byte changed, several times."""
    for _ in range(FLIPS):
        place = data.draw(st.integers(0, len(raw) - 1))
        other = raw[place] ^ data.draw(st.integers(1, 255))
        yield raw[:place] + bytes([other]) + raw[place + 1 :]


def every_flip_is_seen(raw: bytes, data: st.DataObject) -> None:
    for spoiled in flipped(raw, data):
        assert next(problems(spoiled), None) is not None


def every_edit_is_seen(raw: bytes, names: Iterable[str] = EDITS) -> None:
    for name in names:
        changed = forged(raw, EDITS[name])
        if changed is not None:
            found = next(problems(changed), None)
            assert found is not None, name
            assert not found.startswith(("the file", "content_digest", "envelope_digest", "id:")), name


@pytest.mark.long
@settings(max_examples=share(3), derandomize=True, suppress_health_check=ALL)
@given(ANSWERS)
def test_a_receipt_of_the_shipped_rules_holds_and_can_be_made_again(answers: PlainAnswers) -> None:
    receipt = shipped_receipts().make(answers, TIME)
    raw = receipt_bytes(receipt)
    assert list(problems(raw, shipped("rules"), shipped("questionnaires"))) == []
    assert list(shipped_receipts().differences(receipt)) == []
    assert Receipt.model_validate_json(raw) == receipt


@pytest.mark.long
@settings(max_examples=share(3), derandomize=True, suppress_health_check=ALL)
@given(ANSWERS)
def test_two_receipts_of_the_same_answers_differ_in_time_alone(answers: PlainAnswers) -> None:
    first, second = (
        json.loads(receipt_bytes(shipped_receipts().make(answers, time))) for time in (TIME, "2028-02-29T23:59:59Z")
    )
    differing = {key for key in first if first[key] != second[key]}
    assert differing == {"time", "envelope_digest"}


@settings(max_examples=share(8), derandomize=True, suppress_health_check=ALL)
@given(rule_bases(), st.data())
def test_every_changed_byte_and_every_edit_of_a_receipt_of_made_up_rules_is_seen(
    texts: Folders, data: st.DataObject
) -> None:
    raw = made_up(texts, data)
    every_flip_is_seen(raw, data)
    every_edit_is_seen(raw)


@pytest.mark.long
@settings(max_examples=share(2), derandomize=True, suppress_health_check=ALL)
@given(ANSWERS, st.data())
def test_every_changed_byte_of_a_receipt_of_the_shipped_rules_is_seen(
    answers: PlainAnswers, data: st.DataObject
) -> None:
    every_flip_is_seen(receipt_bytes(shipped_receipts().make(answers, TIME)), data)


@pytest.mark.slow
@settings(max_examples=940, derandomize=True, suppress_health_check=ALL)
@given(rule_bases(), st.data())
def test_every_changed_byte_and_edit_of_hundreds_of_receipts_of_made_up_rules_is_seen(
    texts: Folders, data: st.DataObject
) -> None:
    raw = made_up(texts, data)
    every_flip_is_seen(raw, data)
    every_edit_is_seen(raw)


@pytest.mark.slow
@settings(max_examples=60, derandomize=True, suppress_health_check=ALL)
@given(ANSWERS, st.data())
def test_every_changed_byte_and_edit_of_many_receipts_of_the_shipped_rules_is_seen(
    answers: PlainAnswers, data: st.DataObject
) -> None:
    raw = receipt_bytes(shipped_receipts().make(answers, TIME))
    every_flip_is_seen(raw, data)
    every_edit_is_seen(raw, data.draw(st.sets(st.sampled_from(list(EDITS)), min_size=3, max_size=3)))
