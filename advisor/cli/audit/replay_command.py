"""`advisor receipt replay`: recorded answers run again, on the recorded rules or on those at hand."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.audit.receipt_files import receipt_bytes_of, rulebook_for
from advisor.cli.given_advice import case_options, show
from advisor.cli.shared_options import advisor_for

if TYPE_CHECKING:
    from advisor.advice import Advisor
    from advisor.audit.model.receipt import Receipt
    from advisor.audit.model.small import SmallReceipt

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
    rules too, from --archive or --git, unless they are the shipped ones.

    \b
    Examples:
      advisor receipt replay receipt.json
      advisor receipt replay receipt.json --archive ./archive
      advisor receipt replay receipt.json --today --git HEAD~20
    """
    from advisor.advice import default_advisor
    from advisor.audit.keeping.kept import receipt_of
    from advisor.audit.keeping.whole import whole_receipt
    from advisor.audit.model.receipt import Receipt
    from advisor.audit.rendering.replay_text import render_replay, render_today
    from advisor.audit.replay import replay as replayed
    from advisor.audit.replay import today
    from advisor.terminal.device import width

    if archive is not None and revision is not None:
        raise click.UsageError("give one of --archive and --git")
    raw, name = receipt_bytes_of(file)
    _refuse_masked(raw, name)
    _refuse_unsealed(raw, name)
    receipt = receipt_of(raw, name)
    wording = default_advisor().rulebase.wording
    recorded = _recorded(receipt, archive, revision)
    if now:
        at_hand = advisor_for(rules, questionnaires)
        whole = receipt if isinstance(receipt, Receipt) else whole_receipt(raw, rulebook_for(raw, file), name)
        changed = today(whole, at_hand, recorded or _same(receipt, at_hand, default_advisor()))
        show(changed, format_, lambda: render_today(changed, wording, width()), output)
        return
    found = replayed(receipt, recorded or advisor_for(rules, questionnaires))
    show(found, format_, lambda: render_replay(found, wording, width()), output)
    if not found.identical:
        raise SystemExit(1)


def _refuse_unsealed(raw: bytes, name: str) -> None:
    """Raises DataError for a receipt that is not as it was written: its form or a digest does not fit."""
    import json

    from advisor.errors import DataError, Place, Problem
    from advisor.verifier import broken_seal, refusal

    wrong = refusal(raw) or broken_seal(json.loads(raw))  # another shape is told with its key later
    if wrong:
        raise DataError(Problem(Place(name), wrong, "a receipt as it was made", "`advisor receipt verify` tells more"))


def _refuse_masked(raw: bytes, name: str) -> None:
    """Raises DataError for a masked receipt, with what was erased; another way is named when no answer was."""
    from advisor.audit.recording.masks import erased_input, is_masked, masked_receipt
    from advisor.errors import DataError, Place, Problem
    from advisor.verifier import problems

    if not is_masked(raw):
        return
    wrong = next(problems(raw), None)
    if wrong is not None:
        raise DataError(Problem(Place(name), f"the masked receipt does not hold: {wrong}"))
    receipt = masked_receipt(raw)
    gone = erased_input(receipt)
    if gone:
        message = f"a masked receipt cannot be replayed when what it takes was erased: {gone} was"
        raise DataError(Problem(Place(name), message, "the whole receipt, or one of which no answer was erased"))
    first = f" ({receipt.erased[0].path} was)" if receipt.erased else ""
    message = f"a masked receipt cannot be compared byte by byte, since parts of it were erased{first}"
    fix = "Its answers are whole, so `advisor receipt verify --rules DIR` makes it anew and compares what remains"
    raise DataError(Problem(Place(name), message, "the whole receipt", fix))


def _recorded(receipt: Receipt | SmallReceipt, archive: Path | None, revision: str | None) -> Advisor | None:
    """The rules that a receipt names, from where they are said to be. Raises DataError when they are others."""
    from advisor.advice import Advisor
    from advisor.audit.replay import fits, kept, other_rules
    from advisor.errors import DataError

    if archive is not None:
        return kept(archive, receipt)
    if revision is None:
        return None
    with _unpacked(revision) as folder:
        found = Advisor.load(folder / "rules", folder / "questionnaires")
    if not fits(receipt, found):
        raise DataError(other_rules(receipt, found))
    return found


def _same(receipt: Receipt | SmallReceipt, *advisors: Advisor) -> Advisor | None:
    """The first advisor with the very rules that a receipt names."""
    from advisor.audit.replay import fits

    return next((one for one in advisors if fits(receipt, one)), None)


@contextmanager
def _unpacked(revision: str) -> Iterator[Path]:
    """The folders `rules` and `questionnaires` at a revision, in a folder that goes away afterward."""
    import io
    import tarfile
    import tempfile

    from advisor.errors import DataError, Place, Problem
    from advisor.model.safe_text import shown

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
