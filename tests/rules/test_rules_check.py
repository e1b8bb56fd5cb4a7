"""`advisor rules check` finds nothing wrong with the shipped rules."""

from __future__ import annotations

import pytest

from advisor.advice import Advisor
from advisor.rule_desk import check_rulebase
from tests.helpers.cases import bans_broken_by


@pytest.mark.slow  # `.ci/run` gives the command itself
def test_the_checks_find_nothing(shipped_advisor: Advisor) -> None:
    findings = check_rulebase(shipped_advisor.rulebase, shipped_advisor.questionnaire)

    assert [str(finding) for finding in findings] == []


def test_each_forbidden_phrase_is_found_in_a_sentence_that_says_it(shipped_advisor: Advisor) -> None:
    bans = shipped_advisor.rulebase.bans
    for ban in bans:
        for phrase in ban.forbid:
            said = f"We add that {phrase.replace('*', 'some')} here."
            assert f"{ban.id}: {phrase}" in bans_broken_by(said, bans)
