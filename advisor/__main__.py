"""Runs the command line: `python -m advisor` and the `advisor` command."""

from __future__ import annotations

import gc

from advisor.cli.main import main as command

__all__ = ["main"]

COLLECT_AFTER = 50_000
"""How many new objects bring the garbage collector: with the usual 700 it walks the rule base some hundred times while
it is loaded, for a third of the time that this takes."""


def main() -> None:
    """Run the command line in a process of its own; leaves as `advisor.cli.main.main` does."""
    gc.set_threshold(COLLECT_AFTER)
    command()


if __name__ == "__main__":
    main()
