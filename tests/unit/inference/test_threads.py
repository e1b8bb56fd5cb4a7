"""Many threads, many engines, interrupted calls and exits: hazards C13 and (f) of durable-rules; no global state."""
# ruff: noqa: N802 - a test is named after its hazard

from __future__ import annotations

import random
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from advisor.advice import Advisor
from advisor.errors import ContradictionError, EngineError
from advisor.inference.durable_engine import DurableEngine
from advisor.inference.program import compile_rules
from advisor.model.answers import Raw
from advisor.model.questionnaire import Questionnaire
from advisor.model.rule import Conclude
from tests.helpers.rulebases import asking, derived, on, one, rule, rulebase
from tests.unit.inference.engines import NOTE, Spy, engine_for, firing, reading, run_apart
from tests.unit.inference.plain_truth import expected, random_case, seen

THREADS, TIMES = 8, 50


@pytest.fixture(autouse=True)
def _many_switches() -> Iterator[None]:
    """Threads take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(usual)


def together(jobs: list[Callable[[], None]]) -> None:
    """Run each job in a thread of its own, all begun at once. Raises the first error of any."""
    ready = threading.Barrier(len(jobs))

    def begin(job: Callable[[], None]) -> None:
        ready.wait()
        job()

    with ThreadPoolExecutor(len(jobs)) as pool:
        for done in [pool.submit(begin, job) for job in jobs]:
            done.result()


def some_answers(questionnaire: Questionnaire, seed: int) -> dict[str, Raw]:
    """Answers to about half of the one-choice questions."""
    dice = random.Random(seed)
    asked = [question for question in questionnaire.questions if question.kind == "one"]
    return {q.id: dice.choice(q.choices).id for q in asked if dice.random() < 0.5}


@pytest.mark.long
def test_C13_one_advisor_gives_eight_threads_the_advice_it_gives_alone(shipped_advisor: Advisor) -> None:
    """Hazard: two threads in one session crash; a stolen session returns too early. Safe: sessions take turns."""
    alone: dict[int, tuple[dict[str, Raw], str]] = {}
    for seed in range(1000):
        answers = some_answers(shipped_advisor.questionnaire, seed)
        try:
            alone[len(alone)] = answers, shipped_advisor.advise(answers).model_dump_json()
        except ContradictionError:
            continue
        if len(alone) == THREADS * 3:
            break

    def job(thread: int) -> Callable[[], None]:
        def ask() -> None:
            for n in range(TIMES):
                answers, advice = alone[(thread * 3 + n) % len(alone)]
                assert shipped_advisor.advise(answers).model_dump_json() == advice

        return ask

    assert len({advice for _, advice in alone.values()}) == len(alone)
    together([job(thread) for thread in range(THREADS)])


def test_C13_engines_with_different_rules_work_side_by_side_in_threads() -> None:
    """Hazard: state shared between rulesets. Safe: an engine has a ruleset of its own, and nothing is global."""
    cases = [random_case(random.Random(seed)) for seed in range(12)]
    engines = [DurableEngine(compile_rules(case.base)) for case in cases]
    right = [[sorted(fired) for fired in expected(case)] for case in cases]

    def job(thread: int) -> Callable[[], None]:
        def ask() -> None:
            dice = random.Random(thread)
            for n in range(60):
                case = (thread + n) % len(cases)
                found = seen(cases[case], engines[case], dice)
                assert [sorted(fired) for fired in found] == right[case]

        return ask

    together([job(thread) for thread in range(THREADS)])


def test_two_advisors_with_different_rules_answer_in_turn(shipped_advisor: Advisor, tiny_advisor: Advisor) -> None:
    alone = shipped_advisor.advise({"runway": "under_1"}).model_dump_json(), tiny_advisor.advise({"runway": "short"})

    assert alone[1].recommendation.confidence == "lean", "left leads by 3 points"
    for _ in range(20):
        assert tiny_advisor.advise({"runway": "long"}).recommendation.confidence == "toss_up"
        assert shipped_advisor.advise({"runway": "under_1"}).model_dump_json() == alone[0]
        assert tiny_advisor.advise({"runway": "short"}) == alone[1]


def test_rules_of_the_same_name_in_two_engines_keep_to_themselves() -> None:
    asked = [one("x", "a", "b")]
    first = engine_for(reading(on("x", is_="a")), asked=asked)
    second = engine_for(reading(on("x", is_="b")), asked=asked)

    with first.session() as one_session, second.session() as other_session:
        one_session.put("x", "a")
        other_session.put("x", "a")
        assert list(other_session.fire("derive")) == []
        assert list(one_session.fire("derive")) == ["R"]


def test_C13_a_session_waits_until_the_one_before_it_is_over() -> None:
    """Hazard: two threads in one session crash. Safe: a second session is not begun before the first has ended."""
    engine = engine_for(reading(on("x", is_="a")), asked=[one("x", "a", "b")])
    entered = threading.Event()

    def other() -> None:
        with engine.session():
            entered.set()

    waiting = threading.Thread(target=other)
    with engine.session() as session:
        waiting.start()
        session.put("x", "a")
        assert list(session.fire("derive")) == ["R"]
        assert not entered.wait(0.05)
    waiting.join()
    assert entered.is_set()


def test_an_error_of_the_caller_in_one_thread_does_not_disturb_the_others() -> None:
    engine = engine_for(reading(on("x", is_="a")), asked=[one("x", "a", "b")])

    def careful() -> None:
        for n in range(200):
            assert firing(engine, {"x": "ab"[n % 2]}) == [["R"], []][n % 2]

    def careless() -> None:
        for _ in range(200):
            with pytest.raises(EngineError), engine.session() as session:
                session.put("x", "nonsense")
            with engine.session() as session:
                session.put("x", "a")
                next(session.fire("derive"))

    together([careful, careless] * 4)


def test_a_conflict_found_while_rules_fire_leaves_the_engine_usable() -> None:
    rules = [
        rule("R1", Conclude("d", True), all=[on("x", is_="a")]),
        rule("R2", Conclude("d", False), all=[on("y", is_="a")]),
        rule("R3", NOTE, all=[on("d", is_=True)], stratum="plan"),
    ]
    questionnaire = asking(one("x", "a", "b"), one("y", "a", "b"))
    advisor = Advisor(rulebase(questionnaire, *rules, derived=[derived("d")]), questionnaire)

    for _ in range(50):
        with pytest.raises(EngineError):
            advisor.trace({"x": "a", "y": "a"})
        assert [f.rule for f in advisor.trace({"x": "a"}).firings] == ["R1", "R3"]


class _Interrupted(Spy):
    """A spy through whose n-th assertion the user presses Ctrl-C: the engine has done it, we do not hear of it."""

    at = 0

    def assert_fact(self, handle: int, text: str) -> tuple[int, int]:
        result = super().assert_fact(handle, text)
        if len(self.asserted) - 1 == self.at:
            raise KeyboardInterrupt
        return result


@pytest.mark.parametrize("at", [0, 1, 2])
def test_an_interrupt_at_any_assertion_leaves_the_engine_usable(at: int) -> None:
    rules = [reading(on("x", is_="a")), reading(on("y", is_="a"), name="Y")]
    engine = engine_for(*rules, asked=[one("x", "a", "b"), one("y", "a", "b")])
    spy = _Interrupted(engine)
    spy.at = at

    with pytest.raises(KeyboardInterrupt):
        firing(engine, {"y": "a", "x": "a"})
    for _ in range(3):
        assert firing(engine, {"x": "a"}) == ["R"]
        assert firing(engine, {"x": "b"}) == []
    assert spy.asserted[at]["id"] == ["y", "x", "$g0"][at]


GROWTH = """
import gc, resource, sys
from tests.helpers.rulebases import on, one
from tests.unit.inference.engines import engine_for, firing, reading
UNIT = 1 if sys.platform == "darwin" else 1024
def megabytes(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT / 2**20
def make(): return engine_for(*(reading(on("x", is_=c), name=c) for c in "ab"), asked=[one("x", "a", "b")])
def use(engine): assert firing(engine, {"x": "a"}) == ["a"] and firing(engine, {"x": "b"}) == ["b"]
"""


def test_f_engines_made_and_dropped_do_not_pile_up() -> None:
    """Hazard (f): a ruleset that is not deleted, or deleted with a live session, keeps its memory. Safe: an engine
    deletes its ruleset when it is dropped, and its sessions before. Leaking the rulesets would take 160 MB here."""
    script = GROWTH + (
        "for _ in range(50): use(make())\n"
        "gc.collect(); before = megabytes()\n"
        "for _ in range(1500): use(make())\n"
        "print(megabytes() - before)"
    )

    assert float(run_apart(script)) < 25


def test_f_sessions_do_not_pile_up() -> None:
    """Hazard (f): each live session takes megabytes. Safe: deleted at the end, however it ends."""
    script = GROWTH + (
        "engine = make()\n"
        "def leave():\n"
        "    with engine.session() as session:\n"
        "        session.put('x', 'a'); next(session.fire('derive'))\n"
        "for _ in range(100): use(engine); leave()\n"
        "before = megabytes()\n"
        "for _ in range(5000): use(engine); leave()\n"
        "print(megabytes() - before)"
    )

    assert float(run_apart(script)) < 10


def test_engines_alive_at_the_end_of_the_process_do_not_crash_it() -> None:
    """With sessions open, threads at work and firings pending, the interpreter still exits quietly."""
    script = GROWTH + (
        "import threading\n"
        "engines = [make() for _ in range(50)]\n"
        "def work(engine):\n"
        "    while True: use(engine)\n"
        "for engine in engines[:4]: threading.Thread(target=work, args=(engine,), daemon=True).start()\n"
        "held = engines[9].session(); session = held.__enter__(); session.put('x', 'a')\n"
        "going = session.fire('derive'); print(next(going))"
    )

    for _ in range(3):
        assert run_apart(script).strip() == "a"
