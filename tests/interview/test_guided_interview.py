"""The shipped interview led by the rules: the offer to stop, the menu after the advice, and the ledger."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from advisor.advice import Advisor
from advisor.guidance import telling_order
from advisor.interview.session import Interview
from advisor.model.answers import Raw
from advisor.model.questionnaire import Question
from advisor.model.scope import Scope
from tests.helpers.people import TODAY
from tests.interview.user import CTRL_C, CTRL_R, DOWN, ENTER, LEFT, ROOT, SPACE, UP, User

pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
COMMAND = ("-m", "advisor", "interview", "--as-of", TODAY.isoformat())
SETTLED = "We checked every possible answer."
MOST_LOOKS, PAUSE = 100, 0.5  # how often, and after how many seconds, a test looks whether the solver is ready
NEXT = "What would you like to do next?"
PROMPTS = ("Your choice:", "Answer:")  # of the plain interview


def first_answer(question: Question) -> Raw:
    """The first choice, the least number, some text or a date; someone who has a letter from a plan."""
    ids = [choice.id for choice in question.choices]
    if question.id == "brings":
        return "letter"
    if question.kind == "number":
        return question.minimum
    return question.stand_in if not ids else [ids[0]] if question.kind == "several" else ids[0]


@pytest.fixture(scope="module")
def almost(shipped_advisor: Advisor) -> tuple[dict[str, Raw], Question]:
    """Answers after which one question with choices is asked whose first choice settles everything."""
    path_of = Scope(shipped_advisor.rulebase, shipped_advisor.questionnaire).path
    order = telling_order(shipped_advisor)
    session = Interview(shipped_advisor.questionnaire, (), order, path_of=path_of, as_of=TODAY)
    while (question := session.current) is not None:
        before = dict[str, Raw](session.answers.plain())
        assert session.answer(first_answer(question)) is None
        if session.settled.may_stop and session.current is not None:
            return before, question
    raise AssertionError("nothing was settled before the end")


@pytest.fixture
def start(tmp_path: Path, almost: tuple[dict[str, Raw], Question]) -> Iterator[Callable[..., User]]:
    """Starts the command with those answers in a file."""
    (tmp_path / "known.yaml").write_text(yaml.safe_dump(almost[0], sort_keys=False))
    users: list[User] = []

    def begin(*arguments: str, rows: int = 40) -> User:
        users.append(User(tmp_path, "--answers", "known.yaml", *arguments, command=COMMAND, rows=rows))
        return users[-1]

    yield begin
    for user in users:
        user.process.close(force=True)


def looks_until(user: User, words: str) -> None:
    """Look at the answers and go back until the solver is ready, and these words are on the screen."""
    for _ in range(MOST_LOOKS):
        if words in " ".join(line.strip() for line in user.lines):
            return
        time.sleep(PAUSE)
        user.press(CTRL_R)
        user.answers("Go on with the questions", ENTER)
        user.sees_no("Here is what you said so far")
        user.sees("Ctrl-C stops")
    raise AssertionError(f"never on the screen: {words}")


def plain_looks_until(user: User, words: str) -> None:
    """The same where nothing is drawn again: each look waits for the two prompts that it brings about."""
    for _ in range(MOST_LOOKS):
        if words in user.text:
            return
        time.sleep(PAUSE)
        before = user.times(*PROMPTS)
        user.press("r", ENTER)
        user.wrote(*PROMPTS, times=before + 1)
        user.press("1", ENTER)
        user.wrote(*PROMPTS, times=before + 2)
    raise AssertionError(f"never written: {words}")


def to_the_last_question(user: User, last: Question) -> None:
    """Open the interview, and wait until the solver leads to the last question."""
    user.answers("Yes, keep them there", ENTER)
    user.sees("Question ", "Ctrl-R shows")
    looks_until(user, "can still change your advice")
    user.sees(last.choices[0].label)


def to_the_menu(user: User, last: Question) -> None:
    to_the_last_question(user, last)
    user.press(*([SPACE] if last.kind == "several" else []), ENTER)
    user.sees_no(f"> (x) {last.choices[0].label}")
    user.sees("Ctrl-C stops")
    looks_until(user, SETTLED)
    user.press(ENTER)
    user.sees(NEXT, "> (x) Keep this plan")


@pytest.mark.long
def test_the_offer_to_stop_leads_to_the_short_advice_and_the_menu(
    start: Callable[..., User], almost: tuple[dict[str, Raw], Question]
) -> None:
    user = start("--ledger", "ledger.json")
    to_the_menu(user, almost[1])
    user.wrote("How sure:")
    assert "Where this comes from" not in user.text
    user.press(UP, ENTER)
    user.answers("Would you like to keep your answers", UP, ENTER)
    assert user.ends() == 0
    assert user.too_long == []
    entries = {e["question"]: e for e in json.loads((user.folder / "ledger.json").read_text())["entries"]}
    assert (entries[almost[1].id]["what"], entries[almost[1].id]["order"]) == ("asked", 1)
    assert {entries[name]["what"] for name in almost[0]} == {"from_file"}
    left = [entry for entry in entries.values() if entry["what"] == "left"]
    assert left
    assert all(almost[1].id in entry["because"] for entry in left)


@pytest.mark.long
def test_every_entry_of_the_menu_can_be_used_and_left(
    start: Callable[..., User], almost: tuple[dict[str, Raw], Question]
) -> None:
    user = start()
    to_the_menu(user, almost[1])
    user.press("see what a", ENTER)
    user.answers("Which part?", DOWN, ENTER)
    user.answers(NEXT, "why not", ENTER)
    user.answers("Which choice?", DOWN, ENTER)
    user.answers(NEXT, "what would", ENTER)
    user.answers(NEXT, "what if", ENTER)
    user.answers("Which answer would you like to try", LEFT)
    user.answers(NEXT, "which q", ENTER)
    user.wrote("questions that people with other problems get")
    user.answers(NEXT, "show", ENTER)
    user.answers(NEXT, "save", ENTER)
    user.answers("Would you like to keep your answers", ENTER)
    user.sees("Your answers are in credentialing-answers.yaml")
    user.answers(NEXT, "keep", ENTER)
    user.answers("In which folder?", ENTER)
    user.sees("Kept in credentialing-plan")
    user.answers(NEXT, "leave", ENTER)
    assert user.ends() == 0
    assert user.too_long == []
    assert not user.draft.exists()
    assert (user.folder / "credentialing-plan" / "plan.html").is_file()


@pytest.mark.long
def test_what_if_can_be_tried_and_dropped(start: Callable[..., User], almost: tuple[dict[str, Raw], Question]) -> None:
    user = start()
    to_the_menu(user, almost[1])
    user.press("what if", ENTER)
    user.answers("Which answer would you like to try", ENTER)
    user.answers("What if? Give another answer.", DOWN, ENTER)
    user.answers("Do you want to keep this change?", ENTER)
    user.sees(NEXT)
    user.press(CTRL_C)
    assert user.ends() == 0
    kept = yaml.safe_load(user.draft.read_text())
    assert kept == {**almost[0], almost[1].id: kept[almost[1].id]}


@pytest.mark.long
def test_the_questions_that_are_left_can_still_be_answered(
    start: Callable[..., User], almost: tuple[dict[str, Raw], Question]
) -> None:
    user = start()
    to_the_menu(user, almost[1])
    user.press("answer the", ENTER)
    user.sees("on this path", "adds detail.", "Not sure")
    user.press(CTRL_C)
    assert user.ends() == 130
    assert user.draft.exists()


@pytest.mark.long
def test_the_plain_interview_has_the_offer_and_the_menu_too(
    start: Callable[..., User], almost: tuple[dict[str, Raw], Question]
) -> None:
    user = start("--plain", rows=100)
    user.sees("Your choice:")
    user.press("1", ENTER)
    user.wrote("Answer:")
    plain_looks_until(user, almost[1].text)
    before = user.times(*PROMPTS)
    user.press("1", ENTER)
    user.wrote(*PROMPTS, times=before + 1)
    plain_looks_until(user, SETTLED)
    user.sees(SETTLED, "1. Show my advice now", "2. Go on with the questions")
    user.press("1", ENTER)
    user.sees(NEXT, "11. Leave", "Your choice:")
    user.press("2", ENTER)
    user.sees("Which part?", "Your choice:")
    user.press("b", ENTER)
    user.press("10", ENTER)
    user.sees("We did not ask you")
    user.press("11", ENTER)
    user.sees("Would you like to keep your answers")
    user.press("4", ENTER)
    assert user.ends() == 0
    assert "\x1b" not in user.raw


def test_ctrl_c_while_the_rules_are_still_loading_leaves_at_once(tmp_path: Path) -> None:
    user = User(tmp_path, command=COMMAND, rows=30)
    user.answers("Yes, keep them there", CTRL_C)
    assert user.ends() == 130
    assert "Traceback" not in user.text


@pytest.mark.long
def test_through_a_pipe_there_is_no_menu_and_the_advice_is_whole(
    tmp_path: Path, almost: tuple[dict[str, Raw], Question]
) -> None:
    (tmp_path / "known.yaml").write_text(yaml.safe_dump(almost[0], sort_keys=False))
    # no draft; the last question; show the advice; keep nothing
    done = subprocess.run(
        [sys.executable, *COMMAND, "--answers", "known.yaml"],
        input=b"2\n1\n1\n4\n",
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "ADVISOR_STATE_DIR": str(tmp_path / "state")},
        capture_output=True,
        check=False,
    )
    written = done.stdout.decode()
    assert done.returncode == 0, written + done.stderr.decode()
    assert SETTLED in written
    assert NEXT not in written


def test_broken_rules_are_said_when_advice_is_made_and_not_before(
    tmp_path: Path, tiny_folders: tuple[Path, Path], shipped_advisor: Advisor
) -> None:
    rules, _ = tiny_folders
    (rules / "facts.yaml").write_text("nonsense: [")
    asked = {q.id: "not_sure" for q in shipped_advisor.questionnaire.questions}
    (tmp_path / "known.yaml").write_text(yaml.safe_dump(asked))
    done = subprocess.run(
        [sys.executable, *COMMAND, "--rules", str(rules), "--answers", "known.yaml"],
        input=b"2\n1\n",
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "ADVISOR_STATE_DIR": str(tmp_path / "state")},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert b"You have answered every question on your path." in done.stdout
    assert done.stderr.startswith(b"Error: ")
    assert b"Traceback" not in done.stderr
