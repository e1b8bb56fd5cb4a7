"""The shipped command with the shipped questionnaire, at a terminal and through a pipe."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from advisor.loading.questionnaire import load_questionnaire
from tests.helpers.effort import long_after
from tests.interview.user import CTRL_C, ENTER, ROOT, SPACE, User

pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
COMMAND = ("-m", "advisor", "interview")


@pytest.mark.parametrize("columns", long_after(1, [40, 80]))
def test_the_first_questions_can_be_answered_at_a_terminal(tmp_path: Path, columns: int) -> None:
    user = User(tmp_path, "--order", "file", command=COMMAND, columns=columns, rows=30)
    user.answers("Yes, keep them there", ENTER)
    user.answers("Starting: Start my own", ENTER)
    user.answers("Nothing else", SPACE, ENTER)
    user.answers("By a job (W-2)", SPACE, ENTER)
    user.answers("Psychologist", "psychol", ENTER)
    user.answers("Alabama", "penns", SPACE, ENTER)
    user.answers("None of these", CTRL_C)
    assert user.ends() == 130
    assert user.too_long == []
    assert yaml.safe_load(user.draft.read_text()) == {
        "brings": "start_own",
        "also": ["nothing"],
        "setup": ["job"],
        "license": "psychologist",
        "states": ["pa"],
    }


@pytest.mark.long
def test_answers_in_a_file_lead_to_the_review_and_the_advice(tmp_path: Path) -> None:
    known = tmp_path / "known.yaml"
    known.write_text(yaml.safe_dump({question.id: "not_sure" for question in load_questionnaire().questions}))
    # no draft; agree in the review; keep nothing
    done = subprocess.run(
        [sys.executable, *COMMAND, "--answers", str(known)],
        input=b"2\n1\n4\n",
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "ADVISOR_STATE_DIR": str(tmp_path / "state")},
        capture_output=True,
        check=False,
    )
    written = done.stdout.decode()
    assert done.returncode == 0, written + done.stderr.decode()
    assert "You have answered every question on your path." in written
    assert written.index("You have answered every question") < written.index("Would you like to keep your answers")
    assert [found.name for found in tmp_path.iterdir()] == ["known.yaml"]


def test_the_first_prompt_waits_for_no_heavy_library() -> None:
    script = (
        "import sys, advisor.cli.interview_command, advisor.terminal.interview_flow, advisor.terminal.rich_asker, "
        "advisor.terminal.plain_asker, advisor.terminal.background, advisor.loading.questionnaire\n"
        "heavy = ('asyncio', 'clingo', 'prompt_toolkit', 'pydantic', 'durable_rules_engine', 'advisor.advice')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"
