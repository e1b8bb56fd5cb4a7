"""Answers that no rule tells apart are one state, and those that one tells apart are not."""

from __future__ import annotations

from advisor.model.answers import Answer
from advisor.model.questionnaire import Question
from advisor.proving.literals import Literal
from advisor.proving.states import picks_of, valued_parts, variable_of
from tests.helpers.rulebases import number, one, several, text

RUNWAY = one("runway", "none", "short", "long", "endless")


def members(question: Question, *literals: Literal) -> list[tuple[str | int, ...]]:
    return [part.members for part in valued_parts(question, {question.id: literals})]


def test_choices_that_no_test_tells_apart_share_a_state() -> None:
    assert members(RUNWAY) == [("none", "short", "long", "endless")]
    short = Literal("runway", "in", ("none", "short"))
    assert members(RUNWAY, short) == [("none", "short"), ("long", "endless")]
    known = Literal("runway", "not_in", ("long",))
    assert members(RUNWAY, short, known) == [("none", "short"), ("long",), ("endless",)]
    assert members(RUNWAY, Literal("runway", "known")) == [("none", "short", "long", "endless")]


def test_numbers_are_cut_where_a_test_begins_to_pass_or_to_fail() -> None:
    sessions = number("sessions", 0, 80)
    assert members(sessions) == [(0, 80)]
    at_least, at_most = Literal("sessions", "ge", (20,)), Literal("sessions", "le", (30,))
    assert members(sessions, at_least) == [(0, 19), (20, 80)]
    assert members(sessions, at_least, at_most) == [(0, 19), (20, 30), (31, 80)]
    assert members(sessions, Literal("sessions", "in", (7,))) == [(0, 6), (7, 7), (8, 80)]
    assert members(sessions, Literal("sessions", "ge", (0,)), Literal("sessions", "ge", (90,))) == [(0, 80)]


def test_a_span_holds_the_numbers_between_its_ends() -> None:
    (part,) = valued_parts(number("sessions", 0, 80), {})
    assert part.holds(0)
    assert part.holds(80)
    assert not part.holds(81)


def test_what_was_said_instead_is_a_state_only_when_a_rule_asks() -> None:
    quiet = variable_of(RUNWAY, {})
    assert [state[0].said for state in quiet.states if not state[0].valued] == ["none"]
    asked = variable_of(RUNWAY, {"runway": (Literal("runway", "said", ("skip",)),)})
    assert [state[0].said for state in asked.states if not state[0].valued] == ["none", "skip"]


def test_a_text_is_given_or_not() -> None:
    assert members(text("remark")) == [("text",)]


def test_no_number_yet_is_a_state_of_its_own() -> None:
    assert members(number("months", 0, 9, none="not_given")) == [(0, 9), ("not_given",)]


def test_choices_that_no_rule_reads_are_only_counted() -> None:
    payers = several("payers", "a", "b", "c", "d")
    read = {"payers.a": (Literal("payers.a", "in", (True,)),), "payers.count": (Literal("payers.count", "ge", (2,)),)}
    picks = picks_of(payers, read)
    assert (picks.read, picks.rest, picks.most) == (("a",), ("b", "c", "d"), 2)
    assert picks.rest_of(Answer("payers", ("a", "b"))) == 1
    assert picks.rest_of(Answer("payers", ("b", "c", "d"))) == 2
    assert picks_of(payers, {}).most == 1
