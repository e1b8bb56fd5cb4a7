"""The rules loaded in the background: nobody waits for them, and what happens when they are broken."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from advisor.advice import Advisor
from advisor.errors import Place, Problem, RuleBaseError
from advisor.guidance import telling_order
from advisor.interview.guide import FileOrder, HowSettled, WayAhead
from advisor.interview.session import Interview
from advisor.model.answers import Answers, Raw
from advisor.model.path import Path
from advisor.model.scope import Scope
from advisor.terminal.background import Background, GuideToCome, PathToCome
from tests.unit.interview.guides import ListedOrder
from tests.unit.interview.small import asked, given, small

ENDLESS = float("inf")
CORE: tuple[Raw, ...] = ("letter", ["nothing"], ["own_contracts"], "counselor", ["ky"], ["none_of_these"])
"""Answers to the questions that everyone gets, in their order."""


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


def led(background: Background, advisor: Advisor) -> Interview:
    """An interview that waits for the rules."""
    asked = advisor.questionnaire
    path_of = PathToCome(background, asked, ENDLESS)
    return Interview(asked, (), GuideToCome(background, ENDLESS), path_of=path_of)


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


@pytest.mark.long
def test_the_rules_are_loaded_once(shipped_advisor: Advisor) -> None:
    loads: list[int] = []

    def load() -> Advisor:
        loads.append(1)
        return shipped_advisor

    with Background(load) as background:
        background.start()
        background.start()
        assert background.advisor() is shipped_advisor
        session = led(background, shipped_advisor)
        for raw in CORE:
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

    def __init__(self, *courses: WayAhead | None) -> None:
        super().__init__(broken)
        self.courses = list(courses)

    def course(self, *_: object) -> WayAhead | None:
        return self.courses.pop(0)


def test_what_was_proved_of_fewer_answers_holds_until_more_is_known() -> None:
    proved = WayAhead(
        "license", HowSettled.MAIN, frozenset({"license", "states"}), frozenset({"independent", "remark"})
    )
    session = Interview(small(), (), GuideToCome(Looks(proved, None, None)))
    session.answer("planning")
    assert asked(session) == "license"
    session.answer("counselor")
    assert (asked(session), session.settled, session.mattering) == ("states", HowSettled.MAIN, 1)
    assert [question.id for question in session.passed_over] == ["independent", "remark"]
    session.edit("situation")
    session.answer("group")
    assert (asked(session), session.settled) == ("independent", HowSettled.NOT_YET)


def test_a_better_course_is_taken_when_there_is_one() -> None:
    guide = GuideToCome(Looks(None, WayAhead("remark", deciding=frozenset({"remark"}))))
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


@pytest.mark.long
def test_it_leads_the_way_that_the_telling_order_leads(shipped_advisor: Advisor) -> None:
    """Also where it looked ahead from an answer before that was given."""
    questionnaire = shipped_advisor.questionnaire
    path_of = Scope(shipped_advisor.rulebase, questionnaire).path
    plain = Interview(questionnaire, (), telling_order(shipped_advisor), path_of=path_of)
    with Background(lambda: shipped_advisor) as background:
        one = led(background, shipped_advisor)
        for raw in (*CORE, *("skip",) * 4):
            assert one.current == plain.current
            seen = [(s.remaining, s.mattering, s.settled, s.passed_over) for s in (one, plain)]
            assert seen[0] == seen[1]
            for session in (plain, one):
                session.answer(raw)
        assert plain.mattering is not None


def test_until_the_rules_are_there_the_core_is_put_and_then_they_are_waited_for(
    held: Held, shipped_advisor: Advisor
) -> None:
    asked = shipped_advisor.questionnaire
    core = tuple(question.id for question in asked.questions if question.core)
    background = Background(held)
    path_of = PathToCome(background, asked)
    assert path_of(Answers()) == Path(core, whole=False)
    assert not held.begun.is_set()
    some = shipped_advisor.checked({"brings": "letter"})
    assert path_of(some) == Path(core, whole=False)
    threading.Timer(0.05, held.released.set).start()
    rest = {name: "skip" for name in core if name != "brings"}
    assert path_of(shipped_advisor.checked({"brings": "letter", **rest})) == Path(core, whole=False)  # broken rules
    assert held.released.is_set()


@pytest.mark.long
def test_a_look_that_took_too_long_is_there_when_it_is_wanted_again(shipped_advisor: Advisor) -> None:
    asked = shipped_advisor.questionnaire
    names = [question.id for question in asked.questions if question.core]
    answers = shipped_advisor.checked(dict(zip(names, CORE, strict=True)))
    waiting = (asked.question("letter_kind"),)
    with Background(lambda: shipped_advisor) as background:
        background.advisor()
        assert background.course(answers, "rare", waiting, 0.0) is None
        for _ in range(600):
            found = background.course(answers, "rare", waiting, 0.0)
            if found is not None:
                break
            time.sleep(0.1)
        assert found is not None
        assert background.proved == (answers, found)
