"""The locks hold versions of all that pyproject.toml asks for, agree with one another, and name no place."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
INSTALL = runpy.run_path(str(ROOT / "install.py"))
REFRESH = runpy.run_path(str(ROOT / "requirements" / "refresh.py"))
NAMES = ("build", "run", "test", "dev")
_PIN = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)


def text(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.lock").read_text("utf-8")


def pins(name: str) -> dict[str, str]:
    """The versions in a lock, by the package's name."""
    found = _PIN.findall(text(name))
    assert len(found) == len(dict(found))
    return dict(found)


def named(requirements: list[str]) -> set[str]:
    return {re.split(r"[^A-Za-z0-9._-]", one)[0].lower().replace("_", "-") for one in requirements}


def test_each_lock_holds_what_is_asked_for() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = named(PROJECT["project"]["dependencies"])
    assert named([*PROJECT["build-system"]["requires"], *REFRESH["BUILD"]]) <= set(pins("build"))
    assert wanted <= set(pins("run"))
    assert wanted | named(extras["test"]) <= set(pins("test"))
    assert wanted.union(*map(named, extras.values())) <= set(pins("dev"))


def test_the_locks_agree_with_one_another() -> None:
    for smaller, larger in (("run", "test"), ("test", "dev")):
        assert pins(smaller).items() <= pins(larger).items()


@pytest.mark.parametrize("name", NAMES)
def test_a_lock_has_hashes_for_every_version_and_names_no_place(name: str) -> None:
    entries = re.split(r"^(?=[a-z0-9])", text(name), flags=re.MULTILINE)[1:]
    assert len(entries) == len(pins(name)) > 5
    for entry in entries:
        assert re.fullmatch(r"[a-z0-9-]+==\S+( ; [^\\]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+\n", entry), entry
    assert not re.search(r"://|(^|\s)/|--(extra-)?index|--find-links", text(name))


def test_there_is_a_lock_for_each_way_to_install_and_no_other() -> None:
    assert {path.stem for path in (ROOT / "requirements").glob("*.lock")} == set(NAMES)
    assert {"build", *INSTALL["LOCKS"]} == {"build", *REFRESH["LOCKS"]} == set(NAMES)


@pytest.mark.parametrize("program", ["install.py", "requirements/refresh.py"])
def test_wrong_use_is_told_and_changes_nothing(program: str) -> None:
    done = subprocess.run([sys.executable, ROOT / program, "nonsense"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage: ")


def test_a_compiler_that_is_not_there_is_told_in_one_line_for_each_system() -> None:
    told = INSTALL["NO_COMPILER"]
    assert "\n" not in told
    assert all(system in told for system in ("Debian", "Fedora", "macOS", "Windows"))


@pytest.fixture
def without_compiler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The program as if its steps were run on a machine without a compiler; what it was asked to install."""
    asked: list[str] = []

    def run(line: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        asked.append(line[-1])
        failed = "build.lock" not in line[-1]
        return subprocess.CompletedProcess(line, int(failed), b"a page of output\n" * 60 if failed else b"")

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(subprocess, "call", lambda line: 0)
    return asked


def test_a_build_that_fails_without_a_compiler_ends_in_that_line(
    without_compiler: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert INSTALL["main"]([]) == 1
    assert capsys.readouterr().err == INSTALL["NO_COMPILER"] + "\n"
    assert [Path(what).name for what in without_compiler[:2]] == ["build.lock", "run.lock"]


def test_what_was_installed_reads_its_rules_once_and_a_failure_of_that_is_none_of_the_installation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[list[str]] = []

    def run(line: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        asked.append(line)
        return subprocess.CompletedProcess(line, int("pip" not in line), b"")

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(subprocess, "call", lambda line: 0)
    assert INSTALL["main"]([]) == 0
    assert asked[-1][1:3] == ["-I", "-c"]  # not the code in this folder but what was installed
    compile(asked[-1][3], "what is run", "exec")
    assert "default_advisor()" in asked[-1][3]
