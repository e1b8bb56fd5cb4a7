"""The interview led by a guide: what is asked, what back leads to, and what is counted."""

from __future__ import annotations

import pytest

from advisor.interview.guide import FileOrder, HowSettled
from advisor.interview.session import Interview
from tests.unit.interview.guides import ListedOrder
from tests.unit.interview.small import PLANNING, asked, given, small

BACKWARDS = ("remark", "sessions", "states", "independent", "license", "situation")


def guided(guide: ListedOrder, **raw: str) -> Interview:
    return Interview(small(), given(**raw), guide)


def test_the_guide_says_what_is_asked_next() -> None:
    session = guided(ListedOrder(*BACKWARDS))
    order = []
    while (name := asked(session)) is not None:
        order.append(name)
        session.answer(PLANNING[name])
    assert order == list(BACKWARDS)
    assert session.finished


def test_the_guide_is_told_which_question_was_asked_last() -> None:
    guide = ListedOrder("license", "situation")
    session = guided(guide)
    session.answer(PLANNING[asked(session) or ""])
    assert asked(session) == "situation"
    assert guide.last == [None, "license"]


def test_the_guide_is_asked_once_for_the_same_answers() -> None:
    guide = ListedOrder(*BACKWARDS)
    session = guided(guide)
    for _ in range(3):
        assert (asked(session), session.remaining, session.position) == ("remark", 10, 1)
    assert len(guide.last) == 1


def test_back_leads_along_the_order_asked() -> None:
    session = guided(ListedOrder(*BACKWARDS))
    for name in ("remark", "sessions"):
        session.answer(PLANNING[name])
    assert (asked(session), session.position) == ("states", 3)
    places = []
    while session.can_go_back:
        session.back()
        places.append((asked(session), session.position))
    assert places == [("sessions", 2), ("remark", 1)]


def test_back_leads_from_what_was_asked_to_what_a_file_answered() -> None:
    session = guided(ListedOrder(*BACKWARDS), license="counselor", situation="planning")
    session.answer("no")  # the remark
    assert session.position == 4
    places = []
    while session.can_go_back:
        session.back()
        places.append(asked(session))
    assert places == ["remark", "license", "situation"]


def test_a_question_that_is_passed_over_is_neither_asked_nor_counted() -> None:
    session = guided(ListedOrder("situation", idle=["license", "county", "remark"]), situation="planning")
    # county does not apply; license, independent, states, sessions and remark do
    assert [question.id for question in session.passed_over] == ["license", "remark"]
    assert session.remaining == 3
    assert session.finished


def test_those_that_matter_are_counted_among_those_that_apply() -> None:
    deciding = frozenset({"license", "platform", "sessions"})
    assert guided(ListedOrder(*BACKWARDS, deciding=deciding), situation="planning").mattering == 2
    assert guided(ListedOrder(*BACKWARDS), situation="planning").mattering is None


def test_nothing_is_settled_while_answers_contradict_each_other() -> None:
    guide = ListedOrder("remark", settles={"license": "associate"})
    session = guided(guide, license="associate", independent="yes")
    before = session.settled
    assert asked(session) == "independent"
    assert guide.last == []
    session.answer("no")
    assert (before, session.settled) == (HowSettled.NOT_YET, HowSettled.OUTCOME)


@pytest.mark.parametrize("guide", [None, FileOrder()])
def test_the_order_of_the_questionnaire_proves_nothing(guide: FileOrder | None) -> None:
    session = Interview(small(), given(situation="planning"), guide)
    assert (session.settled, session.mattering, session.passed_over) == (HowSettled.NOT_YET, None, ())
    assert asked(session) == "license"
