"""The rules loaded in the background: when they are waited for, and what happens when they are broken."""

from __future__ import annotations

import threading

import pytest

from advisor.advice import Advisor
from advisor.cli.background import Background, GuideToCome
from advisor.errors import Place, Problem, RuleBaseError
from advisor.interview.guide import FileOrder
from advisor.interview.session import Interview
from tests.unit.interview.small import asked, given, small


def broken() -> Advisor:
    raise RuleBaseError(Problem(Place("rules"), "a rule is broken"))


def test_nothing_is_loaded_for_the_first_question() -> None:
    begun = threading.Event()

    def load() -> Advisor:
        begun.set()
        return broken()

    session = Interview(small(), (), GuideToCome(Background(load)))
    assert asked(session) == "situation"
    assert not begun.is_set()
    session.answer("planning")
    assert asked(session) == "license"
    assert begun.is_set()


def test_broken_rules_leave_the_order_of_the_questionnaire_and_are_said_when_advice_is_made() -> None:
    background = Background(broken)
    session = Interview(small(), given(situation="planning"), GuideToCome(background))
    assert asked(session) == "license"
    assert isinstance(background.guide(), FileOrder)
    for _ in range(2):
        with pytest.raises(RuleBaseError, match="a rule is broken"):
            background.advisor()


def test_the_rules_are_loaded_once(shipped_advisor: Advisor) -> None:
    loads: list[int] = []

    def load() -> Advisor:
        loads.append(1)
        return shipped_advisor

    background = Background(load)
    background.start()
    background.start()
    assert background.advisor() is shipped_advisor
    assert not isinstance(background.guide(), FileOrder)
    assert loads == [1]
