"""The engine and the reference evaluator agree on every fact, firing, point and choice."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.advice import Advisor, default_advisor
from tests.helpers.effort import share
from tests.helpers.reference_engine import ReferenceBase
from tests.helpers.strategies import PlainAnswers, answers_for, any_answers
from tests.properties.generated_files import Folders
from tests.properties.generated_rules import rule_bases
from tests.properties.views import by_engine, by_reference, shipped_reference

ANSWERS = st.deferred(lambda: answers_for(default_advisor().questionnaire))
SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)
SETS_PER_BASE = 6


def _check_shipped(answers: PlainAnswers) -> None:
    advisor = default_advisor()
    assert by_engine(advisor, answers) == by_reference(shipped_reference(), answers, advisor.questionnaire)


def _check_generated(texts: Folders, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as root:
        advisor = Advisor.load(*texts.write(Path(root)))
    reference = ReferenceBase(texts.rules, texts.questionnaires)
    for _ in range(SETS_PER_BASE):
        answers = data.draw(any_answers(advisor.questionnaire))
        assert by_engine(advisor, answers) == by_reference(reference, answers, advisor.questionnaire)


@pytest.mark.long
@settings(max_examples=share(100), derandomize=True, suppress_health_check=SLOW)
@given(ANSWERS)
def test_both_evaluators_agree_on_the_shipped_rules(answers: PlainAnswers) -> None:
    _check_shipped(answers)


@settings(max_examples=share(50), derandomize=True, suppress_health_check=SLOW)
@given(rule_bases(), st.data())
def test_both_evaluators_agree_on_made_up_rules(texts: Folders, data: st.DataObject) -> None:
    _check_generated(texts, data)


@pytest.mark.slow
@settings(max_examples=12_000, derandomize=True, suppress_health_check=SLOW)
@given(ANSWERS)
def test_both_evaluators_agree_on_the_shipped_rules_for_thousands_of_answer_sets(answers: PlainAnswers) -> None:
    _check_shipped(answers)


@pytest.mark.slow
@settings(max_examples=3_000, derandomize=True, suppress_health_check=SLOW)
@given(rule_bases(), st.data())
def test_both_evaluators_agree_on_thousands_of_made_up_rule_bases(texts: Folders, data: st.DataObject) -> None:
    _check_generated(texts, data)
