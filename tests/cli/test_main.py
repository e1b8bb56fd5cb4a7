"""The command itself: versions, completion, wrong names, and how it ends when something outside goes wrong."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from advisor._version import __version__
from advisor.advice import Advisor
from advisor.cli.main import COMMANDS
from tests.cli.running import ROOT, Done, command, environment, process, run
from tests.helpers.effort import long_after

QUIET = re.compile(r"Traceback|fault of its own|Exception ignored")


def test_the_version_names_program_rules_and_questionnaire(shipped_advisor: Advisor) -> None:
    base, asked = shipped_advisor.rulebase, shipped_advisor.questionnaire
    assert run("--version") == Done(
        0,
        f"advisor {__version__}\n"
        f"rule base {base.about.version} ({base.about.dated}), digest {base.digest[:12]}\n"
        f"questionnaire {asked.version}, digest {asked.digest[:12]}\n",
        "",
    )


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_its_completion_script(shell: str) -> None:
    done = run("completion", shell)
    assert done.code == 0
    assert f"_ADVISOR_COMPLETE={shell}_complete" in done.out
    assert "advisor" in done.out


def test_completion_offers_commands_and_options() -> None:
    asked = {"_ADVISOR_COMPLETE": "bash_complete", "COMP_WORDS": "advisor ru", "COMP_CWORD": "1"}
    assert process(environ=asked).out.splitlines() == ["plain,rules"]
    asked = {"_ADVISOR_COMPLETE": "bash_complete", "COMP_WORDS": "advisor advise --for", "COMP_CWORD": "2"}
    assert process(environ=asked).out.splitlines() == ["plain,--format"]


def test_an_unknown_shell_is_wrong_usage() -> None:
    assert run("completion", "tcsh").code == 2
    assert run("completion").code == 2


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("advize", "there is no command `advize`. Did you mean `advise`?"),
        ("question", "there is no command `question`. Did you mean `questions`"),
        ("zzzz", f"there is no command `zzzz`. The commands are {', '.join(COMMANDS)}"),
        ("\x1b[31m", "there is no command `?[31m`."),
        ("--versoin", "--versoin"),
    ],
)
def test_a_wrong_name_ends_with_2_and_tells_the_nearest(wrong: str, told: str) -> None:
    done = run(wrong)
    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert "\x1b" not in done.err


@pytest.mark.long
def test_an_option_of_the_interview_may_stand_without_its_name(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    begun = process("--plain", "--order=file", given=b"n\n", environ=home)

    assert "Question 1" in begun.out
    assert process("--plane").code == 2


def test_the_command_is_the_module_too() -> None:
    done = process("--version")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"advisor {__version__}\n")


@pytest.mark.long
def test_a_real_process_keeps_output_and_errors_apart(tmp_path: Path) -> None:
    good = process("advise", "-", "--format", "markdown", given=b"situation: planning\n")
    assert (good.code, good.err) == (0, "")
    assert good.out.startswith("# Your plan")
    bad = process("advise", tmp_path / "no.yaml")
    assert (bad.code, bad.out) == (1, "")
    assert not QUIET.search(bad.err)


def test_a_reader_that_has_had_enough_ends_it_quietly() -> None:
    reader = subprocess.Popen(
        command("questions"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment({"PYTHONUNBUFFERED": "1"})
    )
    assert reader.stdout is not None
    assert reader.stderr is not None
    assert reader.stdout.readline()
    reader.stdout.close()
    err = reader.stderr.read()
    reader.stderr.close()
    assert (reader.wait(), err) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk here that is always full")
def test_a_full_disk_is_an_error_and_no_traceback() -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command("questions"), stdout=full, stderr=subprocess.PIPE, env=environment(), check=False)
    assert done.returncode == 1
    assert done.stderr.decode() == "Error: No space left on device\n"


@pytest.mark.skipif(os.name != "posix", reason="only a POSIX shell can close a stream")
@pytest.mark.parametrize(
    ("line", "code"),
    [("questions runway >&-", 0), ("advise - <&-", 0), ("advise nowhere.yaml 2>&-", 1), ("questions <&- >&- 2>&-", 0)],
)
def test_streams_that_are_closed_do_no_harm(line: str, code: int) -> None:
    words = " ".join(command())
    done = subprocess.run(["sh", "-c", f"{words} {line}"], capture_output=True, env=environment(), check=False)
    assert done.returncode == code
    assert not QUIET.search(done.stderr.decode())


@pytest.mark.parametrize(
    ("encoding", "args"),
    [
        ("ascii", ("advise", "-")),
        pytest.param("ascii", ("interview", "--plain"), marks=pytest.mark.long),
        pytest.param("cp1252", ("advise", "-", "--format", "json"), marks=pytest.mark.long),
    ],
)
def test_an_output_that_cannot_show_a_character_shows_another(
    encoding: str, args: tuple[str, ...], tmp_path: Path
) -> None:
    environ = {"PYTHONIOENCODING": encoding, "ADVISOR_STATE_DIR": str(tmp_path)}
    given = "own_panel_list: caf\u00e9 \u6771\n".encode()
    done = subprocess.run(command(*args), input=given, capture_output=True, env=environment(environ), check=False)
    assert not QUIET.search(done.stderr.decode(encoding))
    assert done.stdout


@pytest.mark.long
def test_answers_from_an_endless_stream_are_refused() -> None:
    if not Path("/dev/zero").exists():
        pytest.skip("there is no endless stream here")
    with open("/dev/zero", "rb") as endless:
        done = subprocess.run(
            command("advise", "-"), stdin=endless, capture_output=True, env=environment(), check=False
        )
    assert done.returncode == 1
    assert b"more than 2000000 bytes" in done.stderr


@pytest.mark.parametrize("args", long_after(1, [(), ("interview",), ("interview", "--plain")]))
def test_the_interview_ends_cleanly_when_nobody_can_answer(args: tuple[str, ...], tmp_path: Path) -> None:
    done = process(*args, environ={"ADVISOR_STATE_DIR": str(tmp_path / "state")})
    assert done.code == 130
    assert not QUIET.search(done.err + done.out)
    assert not (tmp_path / "state").exists()


def test_a_fault_of_ours_is_told_without_a_traceback_unless_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text(
        "import advisor.advice\n"
        "def explode(*_, **__): raise ZeroDivisionError('boom')\n"
        "advisor.advice.default_advisor = explode\n"
        "from advisor.cli.main import main\nmain()\n"
    )
    line = [command()[0], str(tmp_path / "broken.py"), "--version"]
    done = subprocess.run(line, capture_output=True, env=environment(), cwd=ROOT, check=False)
    assert done.returncode == 1
    assert b"fault of its own (ZeroDivisionError: boom)" in done.stderr
    assert b"Traceback" not in done.stderr
    done = subprocess.run(line, capture_output=True, env=environment({"ADVISOR_DEBUG": "1"}), cwd=ROOT, check=False)
    assert b"Traceback" in done.stderr
