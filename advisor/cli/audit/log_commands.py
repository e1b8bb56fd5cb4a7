"""`advisor log`: verify, mend, read and report on a decision log; and the log that `advisor advise` keeps."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from advisor.cli.audit.log_report_command import report
from advisor.cli.clock import now
from advisor.cli.shared_options import Commands, write_out

if TYPE_CHECKING:
    from advisor.audit.model.log import LogLine, Mask, TornTail

_FOLDER = click.Path(path_type=Path, file_okay=False)
_OUTPUT = click.Path(path_type=Path, dir_okay=False, allow_dash=True)


@click.group(cls=Commands)
def log() -> None:
    """Decision logs: what `advisor advise --log` wrote, each record with the digest of the one before.

    \b
    Examples:
      advisor log verify decisions
      advisor log show decisions
      advisor log report decisions
    """


log.add_command(report)


@log.command(epilog="Exit codes: 0 every record holds; 1 one does not, or the tail is torn; 2 wrong usage.")
@click.argument("folder", type=_FOLDER)
@click.option("--receipts", is_flag=True, help="Verify every receipt in it as well.")
@click.option("--has", help="A digest that was noted: say whether its record is still there.")
def verify(folder: Path, receipts: bool, has: str | None) -> None:
    """Verify the log in FOLDER: that no record was changed, moved or taken out, and that the last one is whole.

    Records cut off at the end leave a log that holds. Note the digest that this prints, or sign it, and ask for it
    later with --has.

    \b
    Examples:
      advisor log verify decisions
      advisor log verify decisions --receipts
      advisor log verify decisions --has sha256:0f3c...
    """
    from advisor.audit.keeping.log import DecisionLog
    from advisor.model.safe_text import printable

    kept = DecisionLog(folder)
    state = kept.state()
    name = printable(str(folder))
    if state.broken:
        raise click.ClickException(f"{name}: {state.broken}. The {state.records} records before it hold")
    if state.torn is not None:
        torn = state.torn
        raise click.ClickException(
            f"{name}: {torn.file}: record {torn.seq} is torn: {torn.length} bytes from byte {torn.offset} were not "
            f"wholly written. The {state.records} records before it hold; `advisor log repair` mends that"
        )
    there = has is None
    for line in kept.lines() if receipts or has is not None else ():
        there = there or line.digest == has
        for problem in _receipt_problems(line, folder) if receipts else ():
            raise click.ClickException(printable(f"{name}: record {line.seq}: {problem}"))
    if not there:
        raise click.ClickException(f"{name}: there is no record with the digest {printable(str(has))}")
    click.echo(f"{name}: all {state.records} records hold. The last has the digest {state.head}.")


@log.command()
@click.argument("folder", type=_FOLDER)
def repair(folder: Path) -> None:
    """Move a last record of FOLDER that was not wholly written to a file of its own beside the log, and record that.
    Nobody was told that such a record is kept. One that lacks only its line feed gets it. A log that was changed is not
    repaired.

    \b
    Examples:
      advisor log repair decisions
    """
    from advisor.audit.keeping.log import DecisionLog

    torn = DecisionLog(folder).repair(now())
    click.echo(repair_said(torn))


@log.command()
@click.argument("folder", type=_FOLDER)
@click.argument("seq", type=click.IntRange(min=1), required=False)
@click.option("--receipt", is_flag=True, help="Only the receipt of the record, as `advisor receipt verify` reads it.")
@click.option("--output", type=_OUTPUT, help="Write to this file.")
def show(folder: Path, seq: int | None, receipt: bool, output: Path | None) -> None:
    """List the records of the log in FOLDER, or print the record SEQ as JSON.

    \b
    Examples:
      advisor log show decisions
      advisor log show decisions 3 --receipt --output receipt.json
    """
    import json

    from advisor.audit.keeping.log import DecisionLog

    if receipt and seq is None:
        raise click.UsageError("--receipt takes the number of a record")
    lines = DecisionLog(folder).lines()
    if seq is None:
        write_out("".join(f"{_summary(line)}\n" for line in lines), output)
        return
    line = next((one for one in lines if one.seq == seq), None)
    if line is None:
        raise click.ClickException(f"there is no record {seq}; `advisor log show` lists them")
    if not receipt:
        write_out(json.dumps(line.model_dump(mode="json"), indent=1) + "\n", output)
    elif line.kind == "advice":
        from advisor.audit.recording.seal import canonical

        write_out(canonical(line.record["receipt"]).decode("utf-8") + "\n", output)
    else:
        raise click.ClickException(f"record {seq} holds no receipt: its kind is {line.kind}")


def repair_said(torn: TornTail | None) -> str:
    """What a repair did, in a sentence."""
    if torn is None:
        return "There is nothing to repair."
    if torn.whole:
        return f"Record {torn.seq} in {torn.file} lacked its line feed alone; it was added, and that is recorded."
    if not torn.length:
        return f"{torn.file} was empty; that is recorded in it, and it can be gone on with."
    return f"Moved {torn.length} bytes of record {torn.seq} out of {torn.file} to {torn.kept_as}, and recorded it."


def read_mask(path: Path) -> Mask:
    """The mask in a JSON file. Raises DataError when it is none."""
    from pydantic import ValidationError

    from advisor.audit.model.log import Mask
    from advisor.errors import DataError, Place, Problem
    from advisor.loading.resources import named, read_bytes
    from advisor.model.misfit import first_misfit

    try:
        return Mask.model_validate_json(read_bytes(path, DataError))
    except ValidationError as bad:
        found = first_misfit(bad)
        expected = 'JSON such as {"drop": ["/content/answers"], "hash": [], "key": ""}'
        place = Place(named(path), 0, found.key)
        raise DataError(Problem(place, f"this is not a mask: {found.reason}", expected)) from None


def _receipt_problems(line: LogLine, folder: Path) -> tuple[str, ...]:
    """What does not hold of the receipt in a record of the log in a folder; nothing for a record without one."""
    from advisor.audit.keeping.rulebooks import Rulebooks
    from advisor.audit.recording.masks import check_masked, is_masked
    from advisor.audit.recording.seal import canonical
    from advisor.verifier import problems, rulebook_named

    if line.kind != "advice":
        return ()
    raw = canonical(line.record.get("receipt")) + b"\n"
    named = rulebook_named(raw)
    book = Rulebooks(folder).find(named) if named else None
    return check_masked(raw).problems if is_masked(raw) else tuple(problems(raw, rulebook=book))


def _summary(line: LogLine) -> str:
    """A record on one line, without characters that could steer a terminal."""
    from advisor.model.safe_text import printable

    record = line.record
    if line.kind == "advice":
        time, said = _part(record, "receipt", "time"), _part(record, "receipt", "id")
        chosen = _part(record, "receipt", "content", "advice", "recommendation", "option")
        said += f" {chosen or '(erased)'}"
    elif line.kind == "judgment":
        time = _part(record, "time")
        said = f"{_part(record, 'receipt')} {_part(record, 'verdict')} by {_part(record, 'by')}"
    else:
        problems = record.get("problems")
        first = problems[0] if isinstance(problems, list) and problems else {}
        time, said = (
            _part(record, "time"),
            f"{_part(record, 'error')}: {_part(first, 'question')} {_part(first, 'message')}",
        )
    return printable(f"{line.seq:>6}  {time:<20}  {line.kind:<8}  {said}")


def _part(data: Any, *keys: str) -> str:
    """A text somewhere in a record; empty when it is not there."""
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data if isinstance(data, str) else ""
