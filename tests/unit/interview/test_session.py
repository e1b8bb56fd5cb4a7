"""The interview as a state: what is asked, what is kept, and what is set aside."""

from __future__ import annotations

import datetime

import pytest

from advisor.errors import AnswerProblem, CallError
from advisor.interview.session import Interview
from advisor.model.scope import Scope
from tests.helpers.paged import ASKED, PAGED
from tests.helpers.rulebases import asking, date
from tests.unit.interview.small import PLANNING, asked, given, ids, interview, small


def test_questions_come_in_the_order_of_the_file() -> None:
    session = Interview(small())
    order = []
    for raw in PLANNING.values():
        order.append(asked(session))
        assert session.answer(raw) is None
    assert order == ["situation", "license", "independent", "states", "sessions", "remark"]
    assert session.finished
    assert asked(session) is None


def test_the_answers_come_out_as_they_went_in() -> None:
    session = interview(**PLANNING)
    assert session.answers.plain() == {**PLANNING, "states": ["ky"]}


def test_a_question_is_asked_only_when_its_condition_is_true() -> None:
    session = interview(situation="on_platform", license="counselor", independent="yes", states=["pa"])
    applying = "situation license independent states county sessions platform months start_date remark"
    assert [question.id for question in session.path] == applying.split()
    assert asked(session) == "county"


@pytest.mark.parametrize("word", ["not_sure", "skip"])
def test_not_sure_and_skip_are_answers_and_differ(word: str) -> None:
    session = Interview(small())
    session.answer(word)
    answer = session.answers.get("situation")
    assert answer is not None
    assert (answer.value, answer.said) == (None, word)
    assert asked(session) == "license"


def test_an_unknown_condition_asks_nothing_and_sets_nothing_aside() -> None:
    session = interview(situation="not_sure", platform="headway")
    assert "platform" not in [q.id for q in session.path]
    assert session.answers.get("platform") is not None
    assert session.dropped == ()


def test_a_wrong_answer_changes_nothing() -> None:
    session = interview(situation="planning", license="counselor", independent="yes", states=["ky"])
    with pytest.raises(AnswerProblem, match="out of range"):
        session.answer("81")
    assert asked(session) == "sessions"
    assert session.answers.get("sessions") is None


def test_answering_with_no_question_open_is_refused() -> None:
    session = interview(**PLANNING)
    with pytest.raises(CallError, match="every question is answered"):
        session.answer("yes")


def test_remaining_counts_all_that_can_still_be_asked() -> None:
    session = Interview(small())
    # situation, license, independent, states, sessions and remark always apply; county may, after the states;
    # platform, months and start_date may, after the situation
    assert (session.remaining, session.position) == (10, 1)
    session.answer("planning")
    assert (session.remaining, session.position) == (6, 2)
    session.edit("situation")
    session.answer("on_platform")
    assert (session.remaining, session.position) == (9, 2)


def test_a_question_that_hangs_on_what_was_not_told_is_not_counted() -> None:
    session = interview(situation="not_sure")
    assert session.remaining == 6
    session = interview(states="skip")
    assert session.remaining == 8


def test_back_opens_the_question_before_with_its_answer() -> None:
    session = interview(situation="planning", license="counselor")
    assert session.back() == small().question("license")
    assert session.preselected == given(license="counselor")[0]
    assert session.back() == small().question("situation")
    assert not session.can_go_back
    assert session.back() == small().question("situation")


def test_back_from_the_review_opens_the_last_question() -> None:
    session = interview(**PLANNING)
    session.back()
    assert asked(session) == "remark"


def test_after_going_back_only_what_is_unanswered_is_asked() -> None:
    session = interview(situation="planning", license="counselor", independent="yes")
    session.back()
    session.back()
    session.answer("counselor")
    assert asked(session) == "states"


def test_an_edit_asks_what_now_applies_and_returns_to_the_review() -> None:
    session = interview(**PLANNING)
    session.edit("situation")
    assert asked(session) == "situation"
    session.answer("on_platform")
    order = []
    for raw in ("headway", 5, "not_given"):
        order.append(asked(session))
        session.answer(raw)
    assert order == ["platform", "months", "start_date"]
    assert session.finished


def test_answers_that_no_longer_apply_are_dropped_and_named() -> None:
    session = interview(
        **{**PLANNING, "situation": "on_platform"}, platform="headway", months=5, start_date="not_given"
    )
    session.edit("situation")
    session.answer("group")
    assert ids(session.dropped) == ["platform", "months", "start_date"]
    assert session.answers.get("platform") is None
    assert session.finished


def test_dropped_answers_come_back_when_they_apply_again() -> None:
    session = interview(
        **{**PLANNING, "situation": "on_platform"}, platform="headway", months=5, start_date="not_given"
    )
    session.edit("situation")
    session.answer("group")
    session.edit("situation")
    session.answer("on_platform")
    assert ids(session.restored) == ["platform", "months", "start_date"]
    assert session.dropped == ()
    assert session.finished


def test_going_back_from_an_edit_changes_nothing() -> None:
    session = interview(**PLANNING)
    session.edit("license")
    assert session.can_go_back
    session.back()
    assert session.finished
    assert session.answers.plain()["license"] == "counselor"


def test_a_question_that_does_not_apply_cannot_be_edited() -> None:
    session = interview(**PLANNING)
    with pytest.raises(CallError, match="`platform` has no answer and is not known to apply"):
        session.edit("platform")


def test_a_question_that_is_not_there_cannot_be_edited_and_the_nearest_is_named() -> None:
    session = interview(**PLANNING)
    with pytest.raises(CallError, match=r"there is no question `sesions`. Did you mean `sessions`"):
        session.edit("sesions")
    assert session.finished


def test_an_interview_taken_up_where_it_stood_goes_back_step_by_step() -> None:
    whole = interview(**PLANNING)
    stood = []
    at: str | None = None
    for _ in range(len(PLANNING)):  # as a web page does, which makes the interview anew for every step
        again = Interview(small(), whole.answers, at=at)
        again.back()
        at = asked(again)
        stood.append(at)
    assert stood == list(reversed(PLANNING))
    assert not Interview(small(), whole.answers, at=at).can_go_back
    with pytest.raises(CallError, match="`platform` has no answer"):
        Interview(small(), whole.answers, at="platform")


DATES = asking(
    date("first", meaning="past"), date("then", not_before="first", none="no_idea"), date("last", meaning="future")
)
DAY = datetime.date(2027, 1, 31)


@pytest.mark.parametrize("as_of", [None, DAY])
def test_past_and_future_are_told_from_the_day_of_the_interview_if_there_is_one(as_of: datetime.date | None) -> None:
    session = Interview(DATES, as_of=as_of)
    if as_of is not None:
        with pytest.raises(AnswerProblem, match="2027-02-01 is not in the past, seen from 2027-01-31"):
            session.answer("2027-02-01")
    session.answer("2027-01-31")
    session.answer("no_idea")
    if as_of is not None:
        with pytest.raises(AnswerProblem, match="2027-01-30 is not in the future, seen from 2027-01-31"):
            session.answer("2027-01-30")
    session.answer("2027-01-31")
    assert session.answers.as_of == as_of


def test_a_date_may_not_come_before_the_one_it_follows_whichever_is_given_last() -> None:
    session = Interview(DATES)
    session.answer("2026-05-01")
    with pytest.raises(AnswerProblem, match=r"2026-04-30 .* comes before 2026-05-01"):
        session.answer("2026-04-30")
    session.answer("2026-06-01")
    session.edit("first")
    with pytest.raises(AnswerProblem, match=r"2026-06-01 .* comes before 2026-06-02"):
        session.answer("2026-06-02")
    session.answer("2026-06-01")
    assert [answer.value for answer in session.answers] == ["2026-06-01", "2026-06-01"]


def test_contradicting_answers_are_named_together() -> None:
    session = interview(situation="planning", license="associate")
    conflict = session.answer("yes")
    assert conflict is not None
    assert conflict.contradiction.id == "associate_but_independent"
    assert [(q.id, a.value) for q, a in conflict.pairs] == [("license", "associate"), ("independent", "yes")]
    assert not session.finished


def test_a_contradiction_is_settled_by_changing_either_answer() -> None:
    for question, raw in (("license", "counselor"), ("independent", "no"), ("independent", "not_sure")):
        session = interview(situation="planning", license="associate")
        session.answer("yes")
        session.edit(question)
        assert session.answer(raw) is None
        assert asked(session) == "states"


def test_without_a_choice_the_latest_answer_of_a_contradiction_is_asked_again() -> None:
    session = interview(situation="planning", license="counselor", independent="yes")
    session.edit("license")
    assert session.answer("associate") is not None
    assert asked(session) == "license"


def test_giving_the_same_answers_again_keeps_the_contradiction() -> None:
    session = interview(situation="planning", license="associate")
    session.answer("yes")
    session.edit("license")
    assert session.answer("associate") is not None
    assert session.conflict is not None


def test_answers_that_contradict_from_the_start_are_caught() -> None:
    session = interview(license="associate", independent="yes")
    assert session.conflict is not None
    assert asked(session) == "independent"


def test_what_a_contradicting_answer_drops_is_named_once_it_is_settled() -> None:
    session = interview(situation="planning", license="associate", independent="no", states=["pa"], county="Bucks")
    session.edit("independent")
    session.answer("yes")
    assert session.dropped == ()
    session.edit("license")
    session.answer("counselor")
    assert session.dropped == ()
    session.edit("states")
    session.answer(["ky"])
    assert ids(session.dropped) == ["county"]


def test_answers_from_a_file_that_do_not_apply_are_dropped_at_the_start() -> None:
    session = interview(situation="planning", platform="headway")
    assert ids(session.dropped) == ["platform"]
    assert session.answers.plain() == {"situation": "planning"}


def test_the_review_lists_every_answer_and_whether_it_applies() -> None:
    session = interview(situation="not_sure", license="counselor", platform="headway")
    assert [(line.question.id, line.answer.value, line.applies) for line in session.review()] == [
        ("situation", None, True),
        ("license", "counselor", True),
        ("platform", "headway", None),
    ]


def test_only_the_questions_of_the_path_are_asked_in_its_order_and_any_other_can_be_answered() -> None:
    session = Interview(ASKED, (), path_of=Scope(PAGED, ASKED).path)
    seen = []
    for raw in ("letter", ["nothing"], "full", ["none"], 5, "money", "soon"):
        seen.append((asked(session), session.remaining))
        session.answer(raw)
    assert seen == [
        ("brings", None), ("also", None), ("license", None), ("rare", None), ("rate", 3), ("kind", 2), ("due", 1),
    ]  # fmt: skip
    assert session.finished
    session.edit("spare")
    session.answer("yes")
    assert session.answers.plain()["spare"] == "yes"
    assert session.finished


def test_another_question_brings_other_questions_and_keeps_the_answers_that_were_given() -> None:
    session = Interview(ASKED, (), path_of=Scope(PAGED, ASKED).path)
    for raw in ("letter", ["nothing"], "full", ["none"], 5):
        session.answer(raw)
    session.edit("brings")
    session.answer("cut")
    assert (asked(session), session.remaining) == ("plan", 1)
    assert session.answers.plain()["rate"] == 5
    assert session.dropped == ()
