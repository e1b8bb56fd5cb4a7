"""Tells how the files beside a receipt stand: its signature, and what people made of its advice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.audit.model.judgment import BesideLine
from advisor.cli.audit.receipt_files import receipt_bytes_of
from advisor.model.safe_text import printable

if TYPE_CHECKING:
    from advisor.audit.model.log import LogLine
    from advisor.audit.model.signature import SignatureReport


def beside(path: Path) -> bytes | None:
    """The bytes of a file beside a receipt; None when there is none. Raises DataError when it cannot be read."""
    return receipt_bytes_of(path)[0] if path.exists() else None


def signature_said(raw: bytes, file: Path, public_keys: tuple[Path, ...]) -> tuple[bool, str]:
    """Whether the signature beside a receipt is as it should be, and how it stands, in words.

    With keys given, it must be signed by one of them; without, it must only not be broken. Raises DataError for a key
    that is none.
    """
    from advisor.audit.recording.signing import SUFFIX, check_signature

    report = check_signature(raw, beside(file.with_name(file.name + SUFFIX)), public_keys)
    if report.state == "unsigned":
        return not public_keys, "unsigned"
    if report.state == "broken":
        return False, f"the signature is broken: {report.reason}"
    if report.state == "signed":
        return True, f"signed by {' and by '.join(report.signers)}"
    keys = ", ".join(key[:16] for key in report.keys)
    if public_keys:
        return False, f"signed, but by none of the keys given: by key {keys}"
    return True, f"signed by key {keys}, which was not checked; give --public-key FILE"


def judgments_said(
    raw: bytes, file: Path, public_keys: tuple[Path, ...], noted: str | None = None
) -> Iterator[BesideLine]:
    """Each judgment beside a receipt, in words with who signed it; that there is none, and whether there were some; and
    whether the judgment with the digest `noted` is gone.

    Raises DataError for a key that is none. What does not hold of the judgments is the last line.
    """
    import json

    from advisor.audit.keeping.judgments import Judgments
    from advisor.errors import DataError

    kept = Judgments(file, json.loads(raw)["envelope_digest"])
    there, empty = noted is None, True
    records = kept.records()
    while True:
        try:
            line = next(records, None)
        except DataError as bad:
            yield BesideLine(name="judgments", text=str(bad), sound=False)
            return
        if line is None:
            break
        there, empty = there or line.digest == noted, False
        yield _judgment(line, public_keys) if line.kind == "judgment" else _repair(line)
    if empty:
        written = kept.lock.exists()
        none = "no judgment stands beside it"
        moved = f"{none}, but there were some: {kept.lock.name} is there, and {kept.path.name} is not"
        yield BesideLine(name="judgments", text=moved if written else none)
    if not there:
        lost = f"there is no judgment with the digest {noted}: judgments were cut off, or it is of another file"
        yield BesideLine(name="judgments", text=lost, sound=False)


def _judgment(line: LogLine, public_keys: tuple[Path, ...]) -> BesideLine:
    from advisor.audit.keeping.judgments import check_judgment, judgment_in

    one = judgment_in(line)
    report = check_judgment(one, public_keys)
    about = f" about {', '.join(one.rules)}" if one.rules else ""
    state = f"{_signed(report, public_keys)}, on {one.time[:10]}"
    return BesideLine(
        name=f"judgment {line.seq}",
        text=f"{state}: {one.verdict}{about}, by {_quoted(one.by)}: {_quoted(one.reason)}",
        sound=report.state != "broken",
        against=one.verdict == "override",
    )


def _repair(line: LogLine) -> BesideLine:
    from advisor.audit.model.log import FailureRecord

    record = FailureRecord.model_validate({**line.record, "problems": tuple(line.record["problems"])})
    said = " ".join(problem.message for problem in record.problems)
    return BesideLine(name=f"repair {line.seq}", text=f"on {record.time[:10]}: {said}")


def beside_lines(raw: bytes, file: Path, public_keys: tuple[Path, ...], noted: str | None = None) -> list[BesideLine]:
    """All that stands beside a receipt: its signature, then the judgments. Raises DataError for a key that is none."""
    if str(file) == "-":
        text = "it came from standard input, so no signature and no judgment beside it was looked for"
        return [BesideLine(name="beside", text=text)]
    fine, said = signature_said(raw, file, public_keys)
    return [
        BesideLine(name="signature", text=said, sound=fine),
        *judgments_said(raw, file, public_keys, noted),
    ]


def _quoted(text: str) -> str:
    """What a person wrote, in quotation marks, so that it cannot pass for words of ours."""
    return '"' + text.replace('"', "'") + '"'


def _signed(report: SignatureReport, public_keys: tuple[Path, ...]) -> str:
    if report.state == "signed":
        return f"signed by {' and by '.join(report.signers)}"
    keys = ", ".join(key[:16] for key in report.keys)
    if report.state == "unknown":
        return f"signed by an unknown key, {keys}" + ("" if public_keys else " (not checked; give --public-key FILE)")
    return "unsigned" if report.state == "unsigned" else f"with a signature that is broken ({report.reason})"


def tell_beside(raw: bytes, file: Path, name: str, public_keys: tuple[Path, ...], noted: str | None = None) -> None:
    """Print how the signature and the judgments beside a receipt that holds stand.

    Leaves with exit code 1 when one of them is not as it should be. Raises DataError as `beside_lines`.
    """
    if str(file) == "-" and (public_keys or noted is not None):
        raise click.UsageError("a receipt from standard input has no files beside it; give its file")
    lines = beside_lines(raw, file, public_keys, noted)
    for line in lines:
        label = f"{line.name}, " if line.name[-1].isdecimal() else ""
        stop = "" if line.text.endswith((".", '"')) else "."
        click.echo(printable(f"{name}: {label}{line.text}{stop}"), err=not line.sound)
    if not all(line.sound for line in lines):
        raise SystemExit(1)


def tell_broken(raw: bytes, file: Path, name: str, public_keys: tuple[Path, ...]) -> None:
    """Print how the signature beside a receipt that does not hold stands, if there is one."""
    if str(file) != "-":
        _, said = signature_said(raw, file, public_keys)
        if said != "unsigned":
            click.echo(printable(f"{name}: {said}."), err=True)


def tell_masked(raw: bytes, name: str, besides: tuple[Path | None, Path | None, Path | None], *, every: bool) -> bool:
    """Print what holds of a masked receipt, laid beside the rules, the questionnaire and the rulebook that are given,
    what was erased and what cannot be checked; or else what does not hold, the first alone or `every` one. Gives
    whether it holds."""
    from advisor.audit.recording.masks import check_masked, masked_receipt

    rules, questionnaires, book = besides
    found = check_masked(raw, book)
    problems, unchecked = list(found.problems), [*found.unchecked, *found.beyond]
    if not problems and (rules is not None or questionnaires is not None):
        problems, more = _beside_rules(raw, rules, questionnaires)
        unchecked = [*found.unchecked, *more]
    for problem in problems if every else problems[:1]:
        click.echo(printable(f"{name}: {problem}"), err=True)
    if problems:
        return False
    receipt = masked_receipt(raw)
    parts = "1 part was" if len(receipt.erased) == 1 else f"{len(receipt.erased)} parts were"
    against = "" if rules is None and questionnaires is None else ", also beside these rules"
    click.echo(
        f"{name}: what remains of it holds, as far as it can be checked ({receipt.id}){against}; {parts} erased."
    )
    for gone in receipt.erased:
        how = "dropped" if gone.how == "drop" else "hashed with a key"
        click.echo(printable(f"{name}: erased: {gone.path} ({how})"))
    for one in unchecked:
        click.echo(printable(f"{name}: not checked: {one}"))
    return True


def _beside_rules(raw: bytes, rules: Path | None, questionnaires: Path | None) -> tuple[list[str], list[str]]:
    """What differs between a masked receipt and the rules and questions, and what could not be compared."""
    from advisor.audit.receipts import Receipts
    from advisor.audit.recording.masks import erased_input, masked_receipt
    from advisor.cli.shared_options import advisor_for
    from advisor.verifier import beyond_checking, erased_unchecked, problems

    if found := list(problems(raw, rules, questionnaires)):
        return found, []
    receipt = masked_receipt(raw)
    gone = erased_input(receipt)
    lost = [f"that these rules give the same today: {gone} was erased"] if gone else []
    new = [one for one in erased_unchecked(raw, rules, questionnaires) if one.startswith("the files of")]
    never = beyond_checking(raw, anew=not gone)
    return list(Receipts(advisor_for(rules, questionnaires)).remaining_differences(receipt)), [*new, *lost, *never]
