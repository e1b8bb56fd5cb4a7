"""The rules loaded in the background: nobody waits for them, and what happens when they are broken."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from advisor.advice import Advisor
from advisor.cli.background import Background, GuideToCome
from advisor.errors import Place, Problem, RuleBaseError
from advisor.guidance import telling_order
from advisor.interview.guide import Course, FileOrder, Settled
from advisor.interview.session import Interview
from advisor.model.answers import Answers
from tests.unit.interview.guides import ListedOrder
from tests.unit.interview.small import asked, given, small

ENDLESS = float("inf")


def broken() -> Advisor:
    raise RuleBaseError(Problem(Place("rules"), "a rule is broken"))


class Held:
    """A `load` that ends, in an error, only when it is released."""

    def __init__(self) -> None:
        self.begun, self.released = threading.Event(), threading.Event()

    def __call__(self) -> Advisor:
        self.begun.set()
        self.released.wait()
        return broken()


@pytest.fixture
def held() -> Iterator[Held]:
    load = Held()
    yield load
    load.released.set()


def test_nothing_is_loaded_for_the_first_question_and_nobody_waits_for_the_second(held: Held) -> None:
    session = Interview(small(), (), GuideToCome(Background(held)))
    assert asked(session) == "situation"
    assert not held.begun.is_set()
    session.answer("planning")
    assert asked(session) == "license"
    assert held.begun.wait(60)
    session.answer("counselor")
    assert asked(session) == "independent"


def test_from_a_pipe_the_next_question_waits_for_the_rules(held: Held) -> None:
    session = Interview(small(), given(situation="planning"), GuideToCome(Background(held), ENDLESS))
    threading.Timer(0.01, held.released.set).start()
    assert asked(session) == "license"
    assert held.released.is_set()


def test_broken_rules_leave_the_order_of_the_questionnaire_and_are_said_when_advice_is_made() -> None:
    with Background(broken) as background:
        session = Interview(small(), given(situation="planning"), GuideToCome(background, ENDLESS))
        assert asked(session) == "license"
        assert session.mattering is None
        for _ in range(2):
            with pytest.raises(RuleBaseError, match="a rule is broken"):
                background.advisor()


def test_the_rules_are_loaded_once(shipped_advisor: Advisor) -> None:
    loads: list[int] = []

    def load() -> Advisor:
        loads.append(1)
        return shipped_advisor

    with Background(load) as background:
        background.start()
        background.start()
        assert background.advisor() is shipped_advisor
        session = Interview(shipped_advisor.questionnaire, (), GuideToCome(background, ENDLESS))
        for raw in ("planning", "counselor", ["ky"]):
            session.answer(raw)
        assert session.current is not None
        assert session.mattering
    assert loads == [1]


def test_once_it_is_left_no_work_goes_on(held: Held) -> None:
    before = threading.active_count()
    with Background(held) as background:
        background.start()
        assert held.begun.wait(60)
        threading.Timer(0.01, held.released.set).start()
    background.start()
    assert threading.active_count() <= before + 1  # nothing begins anew; the timer may still be ending


class Looks(Background):
    """Courses one after the other, as if they had been looked for; None stands for one that took too long."""

    def __init__(self, *courses: Course | None) -> None:
        super().__init__(broken)
        self.courses = list(courses)

    def course(self, *_: object) -> Course | None:
        return self.courses.pop(0)


def test_what_was_proved_of_fewer_answers_holds_until_more_is_known() -> None:
    proved = Course("license", Settled.MAIN, frozenset({"license", "states"}), frozenset({"independent", "remark"}))
    session = Interview(small(), (), GuideToCome(Looks(proved, None, None)))
    session.answer("planning")
    assert asked(session) == "license"
    session.answer("counselor")
    assert (asked(session), session.settled, session.mattering) == ("states", Settled.MAIN, 1)
    assert [question.id for question in session.passed_over] == ["independent", "remark"]
    session.edit("situation")
    session.answer("group")
    assert (asked(session), session.settled) == ("independent", Settled.NOT_YET)


def test_a_better_course_is_taken_when_there_is_one() -> None:
    guide = GuideToCome(Looks(None, Course("remark", deciding=frozenset({"remark"}))))
    session = Interview(small(), (), guide)
    session.answer("planning")
    assert (asked(session), session.mattering) == ("license", None)
    session.refresh()
    assert (asked(session), session.mattering) == ("remark", 1)
    session.refresh()
    assert asked(session) == "remark"


def test_a_plain_order_is_not_asked_twice() -> None:
    guide = ListedOrder("situation", "license")
    session = Interview(small(), (), guide)
    for _ in range(3):
        session.refresh()
        assert asked(session) == "situation"
    assert len(guide.last) == 1
    assert not FileOrder().course(Answers(), None, small().questions).provisional


def test_it_leads_the_way_that_the_telling_order_leads(shipped_advisor: Advisor) -> None:
    """Also where it looked ahead from an answer before that was given."""
    questionnaire = shipped_advisor.questionnaire
    plain = Interview(questionnaire, (), telling_order(shipped_advisor))
    with Background(lambda: shipped_advisor) as background:
        led = Interview(questionnaire, (), GuideToCome(background, ENDLESS))
        for _ in range(12):
            question = plain.current
            assert question is not None
            assert led.current == question
            assert (led.remaining, led.mattering, led.settled) == (plain.remaining, plain.mattering, plain.settled)
            for session in (plain, led):
                session.answer(question.choices[-1].id if question.kind == "one" else "skip")
                assert session.conflict is None
