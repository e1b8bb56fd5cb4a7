"""Whatever is handed to the command, the user sees a message and an exit code, and never a traceback or an escape."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import process, run
from tests.fuzz.nasty import files
from tests.helpers.effort import long_after

NASTY = dict(files())
HANDFUL = (
    "a billion laughs", "a python object", "an escape in a key", "every byte", "json: a lone surrogate",
    "five megabytes of one answer",
)  # fmt: skip


@pytest.mark.parametrize("name", long_after(2, HANDFUL))
def test_a_real_process_refuses_a_nasty_file(name: str, tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    path.write_bytes(NASTY[name])
    done = process("advise", path)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"Error: {path}")
    assert "Traceback" not in done.err
    assert "\x1b" not in done.err


@pytest.mark.parametrize(("name", "raw"), [pytest.param(name, raw, id=name) for name, raw in NASTY.items()])
def test_a_nasty_file_ends_with_advice_or_with_a_message(name: str, raw: bytes) -> None:
    done = run("advise", "-", "--format", "json", given=raw)
    assert done.code in (0, 1)
    assert "fault of its own" not in done.err
    assert all(c.isprintable() or c == "\n" for c in done.out + done.err)
    assert done.err == "" if done.code == 0 else done.err.startswith("Error: standard input")


WORDS = ("\x1b[31m", "a\nb", "\u202e", "\udcff", "-", "--", "", "x" * 5000, "*", "..", "\x9b", "{runway}")


@pytest.mark.parametrize("word", WORDS, ids=lambda word: ascii(word[:12]))
@pytest.mark.parametrize(
    "args",
    [
        (), ("advise",), ("advise", "--rules"), ("advise", "-", "--format"), ("questions",), ("rules", "show"),
        ("rules", "list", "--claim"), ("rules",), ("trace",), ("completion",), ("advise", "/dev/null", "--rules"),
    ],
)  # fmt: skip
def test_nasty_words_on_the_command_line_do_no_harm(
    args: tuple[str, ...], word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*args, word, environ={"ADVISOR_STATE_DIR": str(tmp_path)})
    assert "fault of its own" not in done.err
    assert all(c.isprintable() or c == "\n" for c in done.out + done.err)
    assert done.code in (0, 1, 2, 130)
