"""The README tells the truth: its shown output is what its commands print, and its Python runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from advisor.auditing.log import DecisionLog
from advisor.auditing.verify_receipt import problems

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
_BLOCK = re.compile(r"<!-- runs: (?P<command>.*?) -->\n```(?P<kind>\w+)\n(?P<body>.*?)```", re.DOTALL)
SHOWN = [block for block in _BLOCK.finditer(README.read_text(encoding="utf-8")) if block["command"] != "python"]


def _environment(folder: Path) -> dict[str, str]:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    return {**os.environ, "PATH": path, "COLUMNS": "80", "ADVISOR_STATE_DIR": str(folder), "PYTHONHASHSEED": "0"}


def _output(command: str, folder: Path) -> str:
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env=_environment(folder), capture_output=True, text=True, check=False
    )
    return done.stdout


def _recorded(folder: Path) -> None:
    text = README.read_text(encoding="utf-8")
    for number, block in enumerate(SHOWN):
        (folder / str(number)).mkdir()
        body = _output(block["command"], folder / str(number))
        text = text.replace(block[0], f"<!-- runs: {block['command']} -->\n```{block['kind']}\n{body}```")
    README.write_text(text, encoding="utf-8")


def test_there_is_output_to_look_at() -> None:
    assert len(SHOWN) >= 6


SLOW = "advisor rules impact"
"""Proves for all people what a change of the whole rule base does, which takes minutes."""

QUICK = ("advisor interview", "advisor advise", "advisor why", "advisor rules show")
"""What the first lines of the README show, and what needs neither a proof nor a receipt: looked at in every run."""


def _marks(command: str) -> list[pytest.MarkDecorator]:
    if SLOW in command:
        return [pytest.mark.slow]
    return [] if any(quick in command for quick in QUICK) and "&&" not in command else [pytest.mark.long]


EACH = [pytest.param(number, marks=_marks(block["command"])) for number, block in enumerate(SHOWN)]


@pytest.mark.parametrize("number", EACH)
def test_the_output_shown_is_what_the_command_prints(number: int, tmp_path: Path, record: bool) -> None:
    if record and number == 0:
        _recorded(tmp_path)
    elif not record:
        assert _output(SHOWN[number]["command"], tmp_path) == SHOWN[number]["body"], SHOWN[number]["command"]


@pytest.mark.long
def test_the_library_calls_run(tmp_path: Path) -> None:
    blocks = [block for block in _BLOCK.finditer(README.read_text(encoding="utf-8")) if block["command"] == "python"]
    environment = {**_environment(tmp_path), "PYTHONPATH": str(ROOT)}
    printed = []
    for block in blocks:
        done = subprocess.run(
            [sys.executable, "-c", block["body"]], cwd=tmp_path, env=environment, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
        printed.append(done.stdout)

    advice, audit = printed
    assert advice.count("ONE-") >= 3
    assert audit.endswith(" 1 True\n")
    assert next(problems((tmp_path / "receipt.json").read_bytes()), None) is None
    assert DecisionLog(tmp_path / "decisions").state().valid


@pytest.mark.parametrize("name", ["interview", "tests"])
def test_each_set_up_command_is_one_command(name: str) -> None:
    found = re.search(rf"<!-- command: {name} -->\n```sh\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)

    assert found is not None
    assert found[1].count("\n") == 1
