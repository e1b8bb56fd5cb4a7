"""The library's front door: few names, typed errors, frozen results, and no state that is shared."""

from __future__ import annotations

import ast
import asyncio
import datetime
import pickle
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pydantic import ValidationError

import advisor
from advisor import (
    Advice,
    Advisor,
    AdvisorError,
    Answers,
    AnswersError,
    ContradictionError,
    Interview,
    advise,
    audit,
    errors,
)
from advisor.audit import DecisionLog, Decisions, Receipts, receipt_bytes
from advisor.errors import CallError
from advisor.model.answers import Raw
from advisor.model.misfit import Misfit, first_misfit
from tests.helpers.cases import all_cases
from tests.helpers.effort import every, long_after
from tests.house.source import ROOT, modules
from tests.typing import api

PEOPLE = [case.answers for case in all_cases()[:: 10 * every()]]


@pytest.mark.parametrize("front", [advisor, audit], ids=["advisor", "audit"])
def test_the_public_names_are_few_and_all_there(front: ModuleType) -> None:
    assert len(front.__all__) <= 12
    assert front.__all__ == sorted(front.__all__)
    assert dir(front) == front.__all__
    for name in front.__all__:
        assert getattr(front, name) is not None
    everything: dict[str, object] = {}
    exec(f"from {front.__name__} import *", everything)
    assert {name for name in everything if name != "__builtins__"} == set(front.__all__)


@pytest.mark.parametrize(("front", "file"), [(advisor, "__init__.py"), (audit, "audit/__init__.py")])
def test_type_checkers_see_the_same_names(front: ModuleType, file: str) -> None:
    (source,) = (module for module in modules() if module.name == file)
    seen = {
        alias.asname or alias.name
        for block in source.tree.body if isinstance(block, ast.If)
        for node in block.body if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }  # fmt: skip
    assert seen == set(front.__all__)


@pytest.mark.parametrize("front", [advisor, audit], ids=["advisor", "audit"])
def test_a_name_that_is_not_there_is_an_attribute_error(front: ModuleType) -> None:
    with pytest.raises(AttributeError, match="no attribute 'advize'"):
        front.advize  # noqa: B018


def test_importing_the_package_imports_no_rules_and_no_engine() -> None:
    heavy = "('pydantic', 'yaml', 'durable_rules_engine', 'click')"
    program = (
        f"import sys, advisor, advisor.audit; print([name for name in sys.modules if name.split('.')[0] in {heavy}])"
    )
    fresh = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert fresh.stdout == "[]\n"


def test_every_error_is_an_advisor_error_and_wrong_answers_are_value_of_problems() -> None:
    for name in ("AnswersError", "ContradictionError", "EngineError", "QuestionnaireError", "RuleBaseError"):
        assert issubclass(getattr(advisor, name), AdvisorError)
    with pytest.raises(AnswersError) as caught:
        advise({"runway": "ten", "sessions_wanted": 900})
    first, second = caught.value.problems
    assert (first.place.key, second.place.key) == ("runway", "sessions_wanted")
    assert first.expected.startswith("one of `under_1`")
    assert str(caught.value) == f"{first}\n{second}"
    with pytest.raises(ContradictionError) as both:
        advise({"license": "associate", "independent": "yes"})
    assert both.value.questions == (("license", "independent"),)
    assert isinstance(both.value, AnswersError)


@pytest.mark.parametrize("answers", long_after(1, PEOPLE))
def test_advice_comes_back_from_json_as_it_was(answers: dict[str, Raw]) -> None:
    advice = advise(answers)
    assert Advice.model_validate_json(advice.model_dump_json()) == advice
    assert Advice.model_validate(advice.model_dump()) == advice
    assert pickle.loads(pickle.dumps(advice)) == advice


def test_saved_advice_with_a_key_too_many_or_too_few_is_refused() -> None:
    whole = advise({}).model_dump()
    with pytest.raises(ValidationError) as many:
        Advice.model_validate({**whole, "more": 1})
    assert first_misfit(many.value) == Misfit("more", "there is no such key")
    with pytest.raises(ValidationError) as few:
        Advice.model_validate({key: value for key, value in whole.items() if key != "trace"})
    assert first_misfit(few.value) == Misfit("trace", "this key is missing")


def test_advice_is_frozen_all_the_way_down() -> None:
    advice = advise({"situation": "planning"})
    for part, name in (
        (advice, "reasons"), (advice.recommendation, "option"), (advice.options[0], "points"), (advice.trace, "totals"),
        (advice.trace.facts[0], "value"), (advice.disclosures[0], "text"),
    ):  # fmt: skip
        with pytest.raises(ValidationError) as caught:
            setattr(part, name, None)
        assert caught.value.errors()[0]["type"] == "frozen_instance"


@pytest.mark.parametrize("answers", long_after(1, PEOPLE))
def test_answers_as_an_object_give_the_advice_of_the_mapping(answers: dict[str, Raw], shipped_advisor: Advisor) -> None:
    session = Interview(shipped_advisor.questionnaire)
    while (question := session.current) is not None:
        session.answer(answers.get(question.id, "skip"))
    given: Answers = session.answers
    assert shipped_advisor.advise(given) == shipped_advisor.advise(given.plain()) == advise(given)


def test_contradictions_in_an_object_are_refused_too(shipped_advisor: Advisor) -> None:
    session = Interview(shipped_advisor.questionnaire)
    given: dict[str, Raw] = {"brings": "start_own", "license": "associate", "independent": "yes"}
    while session.current is not None and session.conflict is None:
        session.answer(given.get(session.current.id, "skip"))
    with pytest.raises(ContradictionError):
        shipped_advisor.advise(session.answers)


def test_answers_of_another_questionnaire_are_refused(shipped_advisor: Advisor, tiny_advisor: Advisor) -> None:
    session = Interview(shipped_advisor.questionnaire)
    session.answer("start_own")
    with pytest.raises(AnswersError, match="`brings`: there is no question with this id"):
        tiny_advisor.advise(session.answers)


@pytest.mark.long
def test_threads_may_share_an_advisor(shipped_advisor: Advisor) -> None:
    alone = [shipped_advisor.advise(answers).model_dump_json() for answers in PEOPLE]
    gate = threading.Barrier(6)

    def one(start: int) -> list[str]:
        gate.wait()
        turn = [*range(start, len(PEOPLE)), *range(start)]
        found = {number: shipped_advisor.advise(PEOPLE[number]).model_dump_json() for number in turn}
        return [found[number] for number in range(len(PEOPLE))]

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(one, range(6))) == [alone] * 6


def test_a_coroutine_may_ask_from_another_thread(shipped_advisor: Advisor) -> None:
    async def gather() -> list[Advice]:
        return await asyncio.gather(*(asyncio.to_thread(shipped_advisor.advise, answers) for answers in PEOPLE[:4]))

    assert asyncio.run(gather()) == [shipped_advisor.advise(answers) for answers in PEOPLE[:4]]


def test_two_advisors_side_by_side_do_not_know_of_each_other(shipped_advisor: Advisor, tiny_advisor: Advisor) -> None:
    small, large = tiny_advisor.advise({"runway": "short"}), shipped_advisor.advise({"runway": "under_1"})
    assert small.recommendation.option == "left"
    for _ in range(3):
        assert tiny_advisor.advise({"runway": "short"}) == small
        assert shipped_advisor.advise({"runway": "under_1"}) == large
    with pytest.raises(AnswersError):
        tiny_advisor.advise({"runway": "under_1"})
    with pytest.raises(AnswersError):
        shipped_advisor.advise({"runway": "short"})


def test_an_error_leaves_an_advisor_as_it_was(shipped_advisor: Advisor) -> None:
    before = shipped_advisor.advise(PEOPLE[0])
    with pytest.raises(AnswersError):
        shipped_advisor.advise({"runway": "ten"})
    assert shipped_advisor.advise(PEOPLE[0]) == before


def test_the_example_program_of_the_type_checker_runs() -> None:
    api.main()


TIME = "2026-11-28T00:00:00Z"
STRANGE: tuple[Any, ...] = (
    None, True, 7, -1.5, float("nan"), "nope", "", "\x00", "2026-13-45", b"x", [], ("a",), {1: 2}, {"no": "x"},
    {"runway": object()}, {"runway": ["a", 1]}, {"runway": {"a": 1}}, object(), Path("no-such-folder"),
    datetime.date(1, 1, 1), frozenset({"x"}), print,
)  # fmt: skip
"""What a caller may hand over by mistake, in place of anything."""


def calls(tiny: Advisor, rules: Path, folder: Path) -> dict[str, Callable[[Any], object]]:
    """Everything to which a caller of the library can hand something, by name; logs lie in the folder."""
    asked, receipts = tiny.questionnaire, Receipts(tiny)

    def log() -> DecisionLog:
        folder.mkdir(exist_ok=True)
        return DecisionLog(tempfile.mkdtemp(dir=folder))

    return {
        "Advisor(rulebase)": lambda it: Advisor(it, asked),
        "Advisor(questionnaire)": lambda it: Advisor(tiny.rulebase, it),
        "Advisor.load(rules)": lambda it: Advisor.load(it, rules),
        "Advisor.load(questionnaires)": lambda it: Advisor.load(rules, it),
        "Advisor.trace(answers)": tiny.trace,
        "Advisor.trace(struck)": lambda it: tiny.trace({}, it),
        "Advisor.trace(as_of)": lambda it: tiny.trace({}, as_of=it),
        "Advisor.advise(answers)": tiny.advise,
        "Advisor.advise(as_of)": lambda it: tiny.advise({}, as_of=it),
        "Advisor.checked(answers)": tiny.checked,
        "Advisor.checked(as_of)": lambda it: tiny.checked({}, it),
        "advise(answers)": advise,
        "Answers.of(entries)": lambda it: Answers.of(it, asked),
        "Answers.of(questionnaire)": lambda it: Answers.of({}, it),
        "Answers.get": Answers().get,
        "DecisionLog(folder)": lambda it: DecisionLog(it).state(),
        "DecisionLog(most_bytes)": lambda it: DecisionLog(folder, it),
        "DecisionLog.append(kind)": lambda it: log().append(it, {}),
        "DecisionLog.append(record)": lambda it: log().append("advice", it),
        "DecisionLog.repair": lambda it: log().repair(it),
        "Decisions(advisor)": lambda it: Decisions(it, log()),
        "Decisions(log)": lambda it: Decisions(tiny, it),
        "Decisions(mask)": lambda it: Decisions(tiny, log(), it),
        "Decisions.advise(answers)": lambda it: Decisions(tiny, log()).advise(it, TIME),
        "Decisions.advise(time)": lambda it: Decisions(tiny, log()).advise({}, it),
        "Decisions.advise(as_of)": lambda it: Decisions(tiny, log()).advise({}, TIME, as_of=it),
        "Decisions.advise(ledger)": lambda it: Decisions(tiny, log()).advise({}, TIME, ledger=it),
        "Decisions.failed(time)": lambda it: Decisions(tiny, log()).failed(ValueError("x"), it),
        "Interview(questionnaire)": lambda it: Interview(it).current,
        "Interview(answers)": lambda it: Interview(asked, it).current,
        "Interview(guide)": lambda it: Interview(asked, (), it).current,
        "Interview(as_of)": lambda it: Interview(asked, as_of=it).current,
        "Interview(at)": lambda it: Interview(asked, at=it).current,
        "Interview.answer": lambda it: Interview(asked).answer(it),
        "Interview.edit": lambda it: Interview(asked).edit(it),
        "Receipts(advisor)": Receipts,
        "Receipts.make(answers)": lambda it: receipts.make(it, TIME),
        "Receipts.make(time)": lambda it: receipts.make({}, it),
        "Receipts.make(as_of)": lambda it: receipts.make({}, TIME, as_of=it),
        "Receipts.make(ledger)": lambda it: receipts.make({}, TIME, ledger=it),
        "Receipts.make(origins)": lambda it: receipts.make({}, TIME, origins=it),
        "Receipts.make(skipped)": lambda it: receipts.make({}, TIME, skipped=it),
        "Receipts(rulebooks)": lambda it: Receipts(tiny, it),
        "Receipts.small(answers)": lambda it: receipts.small(it, TIME),
        "Receipts.small(time)": lambda it: receipts.small({}, it),
        "Receipts.differences": lambda it: list(receipts.differences(it)),
        "Receipts.remaining_differences": lambda it: list(receipts.remaining_differences(it)),
        "receipt_bytes": receipt_bytes,
    }


def test_whatever_is_handed_over_an_error_is_of_the_tree(
    tiny_advisor: Advisor, tiny_folders: tuple[Path, Path], tmp_path: Path
) -> None:
    for name, call in calls(tiny_advisor, tiny_folders[0], tmp_path / "logs").items():
        for strange in STRANGE:
            try:
                call(strange)
            except (AdvisorError, OSError):
                continue
            except Exception as bad:
                raise AssertionError(f"{name}, given {strange!r}: {type(bad).__name__}: {bad}") from bad


def test_a_record_that_is_none_leaves_the_log_as_it_was(tmp_path: Path) -> None:
    log = DecisionLog(tmp_path / "log")
    for record in ({"half": 0.5}, {}):
        with pytest.raises(CallError, match="a record of kind `nope` cannot be kept"):
            log.append("nope", record)  # type: ignore[arg-type]
    assert log.state().records == 0
    assert list(log.lines()) == []


def test_the_tree_that_is_drawn_is_the_tree_of_errors() -> None:
    drawn: dict[str, str] = {}
    above: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        if found := re.match(r"([ │├└─]*)(\w+)(?: {2,}|$)", line):
            depth = (len(found[1]) - 4) // 4
            if line.startswith("    "):
                above[depth:] = [found[2]]
                drawn[found[2]] = above[depth - 1] if depth else "Exception"
    assert drawn == {
        name: one.__bases__[0].__name__
        for name, one in vars(errors).items() if isinstance(one, type) and issubclass(one, Exception)
    }  # fmt: skip
