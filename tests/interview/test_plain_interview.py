"""The interview in plain lines: at a terminal that asks for them, and through a pipe."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from tests.interview.user import DRIVER, ENTER, ROOT, User
from tests.interview.words import CONSENT, INDEPENDENT, LICENSE, REMARK, SESSIONS, SITUATION, STATES, StartsUser

pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")


def piped(folder: Path, lines: str | bytes, *arguments: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
    """The interview with its input and output in pipes."""
    env: Mapping[str, str] = {
        **os.environ,
        "TERM": "xterm-256color",
        "PYTHONPATH": str(ROOT),
        "ADVISOR_STATE_DIR": str(folder / "state"),
        **environ,
    }
    return subprocess.run(
        [sys.executable, *DRIVER, *arguments],
        input=lines if isinstance(lines, bytes) else lines.encode(),
        cwd=folder,
        env=env,
        capture_output=True,
        check=False,
    )


def says(user: User, question: str, line: str) -> None:
    user.sees(question, "Answer:")
    user.press(line, ENTER)


def in_plain_lines(user: User) -> None:
    user.sees(CONSENT, "1. Yes, keep them there", "2. No, keep nothing", "Your choice:")
    user.press("2", ENTER)
    says(user, SITUATION, "1")
    says(user, LICENSE, "b")
    user.sees("Your earlier answer: Planning my own practice. Press Enter to keep it.")
    user.press(ENTER)
    says(user, LICENSE, "counselor")
    says(user, INDEPENDENT, "1")
    says(user, STATES, "kentucky, 15")
    user.sees("You said: Kentucky; Pennsylvania")
    user.press("q", ENTER)
    user.sees("Leave, and lose them")
    user.press("3", ENTER)
    assert user.ends() == 130
    assert "\x1b" not in user.raw


@pytest.mark.parametrize(
    ("arguments", "environ"),
    [((), {"TERM": "dumb"}), (("--plain",), {}), ((), {"ACCESSIBLE": "1"})],
    ids=["TERM is dumb", "--plain", "ACCESSIBLE"],
)
def test_a_terminal_gets_plain_lines(start: StartsUser, arguments: tuple[str, ...], environ: Mapping[str, str]) -> None:
    in_plain_lines(start(*arguments, rows=50, environ=environ))


def test_plain_lines_fit_40_columns(start: StartsUser) -> None:
    user = start("--plain", columns=40, rows=60)
    user.sees("May we keep", "Your choice:")
    user.press("2", ENTER)
    says(user, SITUATION, "?")
    user.sees("Why we ask: It decides what we ask next.")
    user.press("something quite wrong", ENTER)
    user.sees("Note: “something quite wrong” is not on")
    assert user.too_long == []


def test_a_pipe_can_answer_everything(tmp_path: Path) -> None:
    done = piped(tmp_path, "2\n1\n1\n1\nky\n20\nfine\n1\n4\n")
    assert done.returncode == 0, done.stdout.decode()
    assert "ADVICE situation license independent states sessions remark" in done.stdout.decode()
    assert b"\x1b" not in done.stdout
    assert done.stderr == b""
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_that_ends_early_keeps_the_answers_and_says_so(tmp_path: Path) -> None:
    done = piped(tmp_path, "1\n1\n1\n")
    assert done.returncode == 130
    assert "The input ended" in done.stdout.decode()
    assert "Your answers are kept in" in done.stdout.decode()
    assert yaml.safe_load((tmp_path / "state" / "draft.yaml").read_text()) == {
        "situation": "planning",
        "license": "counselor",
    }


def test_without_any_input_nothing_is_kept(tmp_path: Path) -> None:
    assert piped(tmp_path, "").returncode == 130
    assert list(tmp_path.iterdir()) == []


def test_escape_sequences_in_an_answer_never_reach_the_output(tmp_path: Path) -> None:
    lines = "1\n1\n1\nky\n20\nred \x1b[31m text \x9b2J\n\x1b]0;title\x07\nfine\nr\n1\n"
    done = piped(tmp_path, lines, "--save", "answers.yaml")
    written = done.stdout.decode()
    assert "the text holds control characters" in written
    assert "\x1b" not in written
    assert "\x9b" not in written


def test_bytes_that_are_no_text_are_no_crash(tmp_path: Path) -> None:
    done = piped(tmp_path, b"2\n\xff\xfe\n1\nq\n")
    assert done.returncode == 130
    assert b"Traceback" not in done.stderr
    assert b"is not on the list" in done.stdout


def test_an_answer_file_can_be_filled_through_a_pipe(tmp_path: Path) -> None:
    done = piped(tmp_path, "n\ns\n1\nky\n20\nfine\n1\n", "--save", "answers.yaml")
    assert done.returncode == 0, done.stdout.decode()
    assert SESSIONS in done.stdout.decode()
    assert REMARK in done.stdout.decode()
    assert yaml.safe_load((tmp_path / "answers.yaml").read_text()) == {
        "situation": "not_sure",
        "license": "skip",
        "independent": "yes",
        "states": ["ky"],
        "sessions": 20,
        "remark": "fine",
    }
