"""Runs the `advisor` command inside this process, or in one of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from advisor.cli.main import main

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Done:
    """How a command ended: its exit code, and what it wrote to standard output and standard error."""

    code: int
    out: str
    err: str


def run(*args: str | Path, given: str | bytes = b"", environ: Mapping[str, str] | None = None) -> Done:
    """Run the command here, as `advisor ARGS < given` on a terminal of 80 columns."""
    raw = given.encode() if isinstance(given, str) else given
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n") for _ in range(2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["advisor", *map(str, args)])
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), "utf-8"))
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        for name, value in {"COLUMNS": "80", **(environ or {})}.items():
            patch.setenv(name, value)
        try:
            main()
            code = 0
        except SystemExit as leave:
            code = leave.code if isinstance(leave.code, int) else 1 if leave.code else 0
        for stream in (out, err):
            stream.flush()
    return Done(code, _written(out), _written(err))


def process(*args: str | Path, given: bytes = b"", environ: Mapping[str, str] | None = None) -> Done:
    """Run the command in a process of its own, with pipes on all three streams."""
    done = subprocess.run(command(*args), input=given, capture_output=True, env=environment(environ), check=False)
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def command(*args: str | Path) -> list[str]:
    """The command line that starts the command."""
    return [sys.executable, "-m", "advisor", *map(str, args)]


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment for a process: this one's, 80 columns wide, with some more."""
    return {**os.environ, "COLUMNS": "80", "PYTHONPATH": str(ROOT), **(more or {})}


def _written(stream: io.TextIOWrapper) -> str:
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode("utf-8")
