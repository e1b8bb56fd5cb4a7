"""One raw answer is checked against its question, and the facts that follow are the ones the README names."""

from __future__ import annotations

import math

import pytest

from advisor.errors import AnswerProblem
from advisor.model.answer_check import parse_answer
from advisor.model.answers import (
    Answer,
    Answers,
    Raw,
    applies,
    knowledge_of,
    nearest,
)
from advisor.model.questionnaire import Question
from advisor.model.safe_text import shown
from tests.helpers.rulebases import asking, number, on, one, several, text, when

RUNWAY = one("runway", "short", "long")
PAYERS = several("payers", "public", "private", "cash")
SESSIONS = number("sessions", 1, 80, none="no_idea")
REMARK = text("remark", 10)
ASKED = asking(
    RUNWAY, PAYERS, SESSIONS, REMARK, one("why", "a", "b", when=when(all=[on("runway", is_="short")])),
)  # fmt: skip


@pytest.mark.parametrize(
    ("question", "raw", "value"),
    [
        (RUNWAY, "short", "short"),
        (RUNWAY, "  Long ", "long"),
        (one("q", "yes", "no"), True, "yes"),
        (one("q", "yes", "no"), False, "no"),
        (one("q", "1", "2"), 2, "2"),
        (PAYERS, ["cash", "public"], ("public", "cash")),
        (PAYERS, ("cash",), ("cash",)),
        (PAYERS, "cash", ("cash",)),
        (SESSIONS, 80, 80),
        (SESSIONS, "20", 20),
        (SESSIONS, 20.0, 20),
        (SESSIONS, "no_idea", "no_idea"),
        (REMARK, " all fine ", "all fine"),
        (REMARK, 7, "7"),
    ],
)
def test_an_answer_that_fits_is_read(question: Question, raw: Raw, value: object) -> None:
    assert parse_answer(question, raw) == Answer(question.id, value)  # type: ignore[arg-type]


@pytest.mark.parametrize("word", ["not_sure", "skip"])
@pytest.mark.parametrize("question", [RUNWAY, PAYERS, SESSIONS, REMARK])
def test_not_sure_and_skip_answer_every_question_and_stay_apart(question: Question, word: str) -> None:
    answer = parse_answer(question, word)
    assert (answer.value, answer.said, answer.plain()) == (None, word, word)


@pytest.mark.parametrize(
    ("question", "raw", "message"),
    [
        (RUNWAY, None, "no answer is given"),
        (RUNWAY, "medium", "`medium` is not a choice"),
        (RUNWAY, "", "`` is not a choice"),
        (RUNWAY, ["short"], "a list or a mapping is given for one answer"),
        (RUNWAY, math.nan, "`nan` is not a choice"),
        (RUNWAY, "\x1b[2Jshort", "`?[2Jshort` is not a choice"),
        (RUNWAY, "x" * 500, "`" + "x" * 37 + "...` is not a choice"),
        (PAYERS, [], "the list is empty"),
        (PAYERS, ["cash", "cash"], "a choice is listed twice"),
        (PAYERS, ["cash", "Cash"], "a choice is listed twice"),
        (PAYERS, ["cash"] * 4, "the list has more entries than there are choices"),
        (PAYERS, [["cash"]], "the list holds something that is not a choice"),
        (PAYERS, {"cash": True}, "a mapping is given"),
        (SESSIONS, 0, "0 is out of range"),
        (SESSIONS, 81, "81 is out of range"),
        (SESSIONS, -(10**400), "a number too long to show is out of range"),
        pytest.param(SESSIONS, 10**5000, "a number too long to show is out of range", id="ten to the 5000th"),
        (SESSIONS, math.nan, "`nan` is not a whole number"),
        (SESSIONS, math.inf, "`inf` is not a whole number"),
        (SESSIONS, 2.5, "`2.5` is not a whole number"),
        (SESSIONS, 1e300, "`1e+300` is not a whole number"),
        (SESSIONS, True, "`yes` is not a whole number"),
        (SESSIONS, "9" * 400, "`" + "9" * 37 + "...` is not a whole number"),
        (REMARK, "far too long for this", "the text has 21 characters"),
        (REMARK, "   ", "the text is empty"),
        (REMARK, "a\nb", "the text holds control characters"),
        (REMARK, "a\x1b[0m", "the text holds control characters"),
        (REMARK, "a\ud800", "the text holds control characters"),
        (REMARK, "a\u202eb", "the text holds control characters"),
    ],
)  # fmt: skip
def test_an_answer_that_does_not_fit_is_refused_with_what_is_expected(
    question: Question, raw: Raw, message: str
) -> None:
    with pytest.raises(AnswerProblem) as caught:
        parse_answer(question, raw)
    assert caught.value.message == message
    assert caught.value.expected
    assert caught.value.message.isprintable()


def test_answers_come_in_the_order_of_the_questionnaire() -> None:
    given = {name: Answer(name, None, "skip") for name in ("remark", "runway", "sessions")}
    assert [answer.question for answer in Answers.of(given, ASKED)] == ["runway", "sessions", "remark"]


def test_answers_written_plainly_are_read_back() -> None:
    raw: dict[str, Raw] = {"runway": "skip", "payers": ["public", "cash"], "sessions": 12, "remark": "none"}
    answers = Answers.of({name: parse_answer(ASKED.question(name), value) for name, value in raw.items()}, ASKED)
    assert answers.plain() == raw
    assert len(answers) == 4
    assert answers.get("sessions") == Answer("sessions", 12)
    assert answers.get("why") is None


def test_the_facts_of_answers_are_those_the_readme_names() -> None:
    entries = {
        "runway": Answer("runway", "short"),
        "payers": Answer("payers", ("public", "cash")),
        "sessions": Answer("sessions", 12),
        "remark": Answer("remark", None, "skip"),
    }
    known = knowledge_of(Answers.of(entries, ASKED), ASKED)
    assert known.values == {
        "runway": "short", "payers.public": True, "payers.private": False, "payers.cash": True, "payers.count": 2,
        "sessions": 12, "sessions.given": True,
    }  # fmt: skip
    assert known.said == {"remark": "skip"}


def test_a_number_not_given_yet_is_known_not_to_be_given() -> None:
    known = knowledge_of(Answers.of({"sessions": Answer("sessions", "no_idea")}, ASKED), ASKED)
    assert known.values == {"sessions.given": False}


def test_not_sure_of_several_is_said_of_each_of_its_facts_and_makes_none_false() -> None:
    known = knowledge_of(Answers.of({"payers": Answer("payers", None, "not_sure")}, ASKED), ASKED)
    assert known.values == {}
    assert known.said == dict.fromkeys(("payers.public", "payers.private", "payers.cash", "payers.count"), "not_sure")


def test_a_question_applies_does_not_or_may() -> None:
    def with_runway(answer: Answer | None) -> bool | None:
        answers = Answers.of({"runway": answer} if answer else {}, ASKED)
        return applies(ASKED.question("why"), answers, ASKED)

    assert with_runway(Answer("runway", "short")) is True
    assert with_runway(Answer("runway", "long")) is False
    assert with_runway(Answer("runway", None, "skip")) is None
    assert with_runway(None) is None


def test_the_nearest_words_are_named_whatever_their_case() -> None:
    assert nearest("runwy", ["runway", "horizon"]) == "Did you mean `runway`?"
    assert nearest("wgh-01", ["WGH-001", "DEC-900"]) == "Did you mean `WGH-001`?"
    assert nearest("zzz", ["runway"]) == ""
    assert nearest("runway" * 100_000, ["runway"]) == ""


def test_a_word_is_shown_short_and_without_control_characters() -> None:
    assert shown("a\x1b[31mb\u0000c\u009b") == "a?[31mb?c?"
    assert shown("x" * 41) == "x" * 37 + "..."
    assert shown("caf\u00e9 \u65e5\u672c") == "caf\u00e9 \u65e5\u672c"
