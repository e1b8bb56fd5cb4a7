"""Whatever ends an interview, nothing that was answered is lost, and the next start offers to go on."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
import yaml

from tests.interview.user import CTRL_C, DOWN, ENTER, UP, User
from tests.interview.words import CONSENT, LICENSE, RESUME, SITUATION, StartsUser

pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")


def up_to_the_license(user: User) -> None:
    user.answers(CONSENT, ENTER)
    user.answers(SITUATION, DOWN, ENTER)
    user.sees(LICENSE, "Ctrl-C stops")


def saved(draft: Path) -> object:
    return yaml.safe_load(draft.read_text())


def goes_on(user: User) -> None:
    user.sees("You have 1 answer saved", RESUME, "> (x) Go on where I left off")
    user.press(ENTER)
    user.sees(LICENSE, "Question 2")


def test_ctrl_c_keeps_the_answers_and_the_next_start_goes_on(start: StartsUser) -> None:
    user = start()
    up_to_the_license(user)
    user.press(CTRL_C)
    assert user.ends() == 130
    assert "Your answers are kept in" in user.text
    assert saved(user.draft) == {"situation": "on_platform"}
    goes_on(start())


def test_a_kill_loses_nothing(start: StartsUser) -> None:
    user = start()
    up_to_the_license(user)
    user.process.kill(signal.SIGKILL)
    assert user.ends() == -signal.SIGKILL
    assert saved(user.draft) == {"situation": "on_platform"}
    goes_on(start())


@pytest.mark.parametrize("plain", [False, True], ids=["rich", "plain"])
@pytest.mark.parametrize(("number", "code"), [(signal.SIGHUP, 129), (signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_ends_it_in_order_and_loses_nothing(start: StartsUser, plain: bool, number: int, code: int) -> None:
    user = start(*(["--plain"] if plain else []))
    if plain:
        user.sees(CONSENT, "Your choice:")
        user.press("1", ENTER)
        user.sees(SITUATION, "Answer:")
        user.press("2", ENTER)
        user.sees(LICENSE, "Answer:")
    else:
        up_to_the_license(user)
    user.process.kill(number)
    assert user.ends() == code
    assert saved(user.draft) == {"situation": "on_platform"}


def test_a_window_that_is_closed_loses_nothing(start: StartsUser) -> None:
    user = start()
    up_to_the_license(user)
    assert user.closes_the_window() == 129
    assert saved(user.draft) == {"situation": "on_platform"}
    goes_on(start())


def test_starting_over_deletes_the_answers(start: StartsUser) -> None:
    user = start()
    up_to_the_license(user)
    user.press(CTRL_C)
    user.ends()
    again = start()
    again.answers(RESUME, DOWN, ENTER)
    again.sees(SITUATION, "Question 1")
    assert not again.draft.exists()


def test_a_draft_of_another_questionnaire_is_no_crash(start: StartsUser, tmp_path: Path) -> None:
    draft = tmp_path / "state" / "draft.yaml"
    draft.parent.mkdir()
    draft.write_text('situation: planning\nlicense: dentist\n"old\\e[31m": 1\n')
    user = start()
    user.answers(RESUME, ENTER)
    user.sees("Some saved answers do not fit", "license `dentist` is not a choice", LICENSE)
    assert "\x1b[31m1" not in user.raw
    assert "old\x1b" not in user.raw


def test_a_draft_that_cannot_be_read_is_left_alone(start: StartsUser, tmp_path: Path) -> None:
    draft = tmp_path / "state" / "draft.yaml"
    draft.parent.mkdir()
    draft.write_bytes(b"\xff\xfe half a file")
    user = start()
    user.sees("The saved answers cannot be read.", "> (x) Stop, and change nothing")
    user.press(ENTER)
    assert user.ends() == 130
    assert draft.read_bytes() == b"\xff\xfe half a file"


def test_two_interrupts_leave_even_when_nothing_is_kept(start: StartsUser) -> None:
    user = start()
    user.answers(CONSENT, UP, ENTER)
    user.answers(SITUATION, ENTER)
    user.answers(LICENSE, CTRL_C, CTRL_C)
    assert user.ends() == 130
    assert not user.draft.exists()
