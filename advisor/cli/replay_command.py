"""`advisor receipt replay`: recorded answers run again, on the recorded rules or on those at hand."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.given_advice import case_options, show
from advisor.cli.receipt_files import receipt_bytes_of
from advisor.cli.shared_options import advisor_for

if TYPE_CHECKING:
    from advisor.advice import Advisor
    from advisor.model.receipt import Receipt

_FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)


@click.command(epilog="Exit codes: 0 the same; 1 not the same, or a file is wrong, and why is said; 2 wrong usage.")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--archive", type=_FOLDER, help="Take the recorded rules from here, kept with `advisor rules keep`.")
@click.option("--git", "revision", metavar="REV", help="Take them from this revision of the git repository here.")
@click.option("--today", "now", is_flag=True, help="Show what changes on the rules at hand, and which change did it.")
@case_options
def replay(
    file: Path, archive: Path | None, revision: str | None, now: bool, format_: str, output: Path | None,
    rules: Path | None, questionnaires: Path | None,
) -> None:  # fmt: skip
    """Run the answers of the receipt in FILE again on the rules that it names, and compare byte by byte.

    The rules at hand will do when they are the very ones; else name an --archive, a --git revision, or folders with
    --rules and --questionnaires. With --today the answers are run on the rules at hand (or in those folders), and
    each line of advice that changed is shown with the change of the rules that caused it. That takes the recorded
    rules too, from --archive or --git.

    \b
    Examples:
      advisor receipt replay receipt.json
      advisor receipt replay receipt.json --archive ./archive
      advisor receipt replay receipt.json --today --git HEAD~20
    """
    from advisor.advice import default_advisor
    from advisor.auditing.kept import receipt_of
    from advisor.cli.terminal import width
    from advisor.rendering.replay_text import render_replay, render_today
    from advisor.replay import replay as replayed
    from advisor.replay import today

    if archive is not None and revision is not None:
        raise click.UsageError("give one of --archive and --git")
    receipt = receipt_of(*receipt_bytes_of(file))
    wording = default_advisor().rulebase.wording
    recorded = _recorded(receipt, archive, revision)
    if now:
        at_hand = advisor_for(rules, questionnaires)
        changed = today(receipt, at_hand, recorded or _same(receipt, at_hand))
        show(changed, format_, lambda: render_today(changed, wording, width()), output)
        return
    found = replayed(receipt, recorded or advisor_for(rules, questionnaires))
    show(found, format_, lambda: render_replay(found, wording, width()), output)
    if not found.identical:
        raise SystemExit(1)


def _recorded(receipt: Receipt, archive: Path | None, revision: str | None) -> Advisor | None:
    """The rules that a receipt names, from where they are said to be. Raises DataError when they are others."""
    from advisor.advice import Advisor
    from advisor.errors import DataError
    from advisor.replay import fits, kept, other_rules

    if archive is not None:
        return kept(archive, receipt)
    if revision is None:
        return None
    with _unpacked(revision) as folder:
        found = Advisor.load(folder / "rules", folder / "questionnaires")
    if not fits(receipt, found):
        raise DataError(other_rules(receipt, found))
    return found


def _same(receipt: Receipt, advisor: Advisor) -> Advisor | None:
    from advisor.replay import fits

    return advisor if fits(receipt, advisor) else None


@contextmanager
def _unpacked(revision: str) -> Iterator[Path]:
    """The folders `rules` and `questionnaires` at a revision, in a folder that goes away afterward."""
    import io
    import tarfile
    import tempfile

    from advisor.errors import DataError, Place, Problem
    from advisor.model.answers import shown

    line = ["git", "archive", "--format=tar", "--end-of-options", revision, "rules", "questionnaires"]
    try:
        done = subprocess.run(line, capture_output=True, check=False)
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        wrong = (said or ["git failed"])[0] if done.returncode else ""
    except OSError as bad:
        wrong = bad.strerror or "git cannot be run"
    if wrong:
        message = f"`{shown(revision)}` cannot be taken from git ({shown(wrong)})"
        raise DataError(
            Problem(Place(), message, "a revision of the repository in this folder with rules/ and questionnaires/")
        )
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as packed:
            packed.extractall(folder, filter="data")
        yield Path(folder)
