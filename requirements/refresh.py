"""Writes the locks of this folder anew from pyproject.toml: `python requirements/refresh.py [--upgrade]`.

Without `--upgrade` the versions that are locked stay as far as they can: run it so after a dependency was added to or
taken from pyproject.toml. With it every version moves to the newest allowed; run the tests before committing that.

Each lock holds for every Python that pyproject.toml allows and for every platform, with the hashes of all files.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS: dict[str, tuple[str, ...]] = {"dev": ("pdf", "signing", "test", "dev"), "test": ("test",), "run": ()}
"""Each lock with the extras in it. The first holds all, and the others take its versions."""

BUILD = ("editables", "setuptools", "wheel")
"""What builds need and pyproject.toml does not name: hatchling to link the code, and durable-rules to be built."""


def main(arguments: list[str]) -> int:
    """Write every lock; 0 when all is well, 2 when used wrongly."""
    if arguments not in ([], ["--upgrade"]):
        print("Usage: python requirements/refresh.py [--upgrade]", file=sys.stderr)
        return 2
    _compile("build", "-", arguments, given="\n".join((*PROJECT["build-system"]["requires"], *BUILD)))
    first = next(iter(LOCKS))
    for name, extras in LOCKS.items():
        beside = [] if name == first else ["--constraints", f"requirements/{first}.lock"]
        _compile(name, "pyproject.toml", [*beside, *(f"--extra={extra}" for extra in extras), *arguments])
    return 0


def _compile(name: str, source: str, options: list[str], given: str = "") -> None:
    lowest = PROJECT["project"]["requires-python"].removeprefix(">=")
    subprocess.run(
        [
            *(sys.executable, "-m", "uv", "pip", "compile", source, "--output-file", f"requirements/{name}.lock"),
            *("--universal", "--python-version", lowest, "--generate-hashes", "--no-annotate", "--quiet"),
            *("--custom-compile-command", "python requirements/refresh.py", *options),
        ],
        cwd=ROOT, input=given.encode(), check=True,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
