"""Fixtures for all tests: the shipped advisor, and a tiny one read from files; and what is told after the tests."""

from __future__ import annotations

import gc
import os
import signal
import sys
from pathlib import Path

import pytest

from advisor.__main__ import COLLECT_AFTER
from advisor.advice import Advisor, default_advisor
from advisor.loading.ready import CACHE
from tests.helpers.effort import register_profiles
from tests.helpers.faithful import PROPERTY, said, together
from tests.helpers.faithfulness import Score
from tests.helpers.folders import TINY_QUESTIONNAIRES, TINY_RULES, write_folder

register_profiles()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--record` writes goldens anew instead of comparing; read what it wrote before committing it."""
    parser.addoption("--record", action="store_true", help="write goldens (README output, snapshots) anew")


def pytest_configure(config: pytest.Config) -> None:
    """Collect garbage as seldom as the command does: each worker holds several rule bases, which are none. Keep what
    is read of folders of rules here, not in the cache of who runs the tests.

    Keep compiled code even where the environment says not to: without, each of the many programs that tests start
    compiles the whole package anew, and each worker every test.

    A shell that runs the tests in the background, or `nohup`, ignores signals for all that they start; tests of signals
    look at what a terminal gives.
    """
    gc.set_threshold(COLLECT_AFTER)
    os.environ[CACHE] = str(config.rootpath / ".pytest_cache" / "rules")
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        sys.dont_write_bytecode = False
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell how faithful the explanations were found; each test's score came with its report, from whatever process."""
    reports = [report for category in terminalreporter.stats.values() for report in category]
    properties = [pair for r in reports if getattr(r, "when", "") == "call" for pair in r.user_properties]
    scores = [Score.model_validate_json(value) for name, value in properties if name == PROPERTY]
    if scores:
        terminalreporter.section("faithfulness of the explanations")
        for line in said(together(scores)):
            terminalreporter.line(line)


@pytest.fixture
def record(request: pytest.FixtureRequest) -> bool:
    """Whether goldens are to be written anew."""
    return bool(request.config.getoption("--record"))


@pytest.fixture(scope="session")
def shipped_advisor() -> Advisor:
    """The advisor for the shipped rules and questionnaire; it is never changed by use."""
    return default_advisor()


@pytest.fixture
def tiny_folders(tmp_path: Path) -> tuple[Path, Path]:
    """A rules folder and a questionnaires folder that load, to be changed at will."""
    rules = write_folder(tmp_path / "rules", TINY_RULES)
    return rules, write_folder(tmp_path / "questionnaires", TINY_QUESTIONNAIRES)


@pytest.fixture
def tiny_advisor(tiny_folders: tuple[Path, Path]) -> Advisor:
    """The advisor for the tiny folders."""
    return Advisor.load(*tiny_folders)
