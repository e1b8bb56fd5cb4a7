"""Tells how the files beside a receipt stand: its signature, and what people made of its advice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from advisor.auditing.verify_receipt import printable
from advisor.cli.receipt_files import receipt_bytes_of


def beside(path: Path) -> bytes | None:
    """The bytes of a file beside a receipt; None when there is none. Raises DataError when it cannot be read."""
    return receipt_bytes_of(path)[0] if path.exists() else None


def signature_said(raw: bytes, file: Path, public_keys: tuple[Path, ...]) -> tuple[bool, str]:
    """Whether the signature beside a receipt is as it should be, and how it stands, in words.

    With keys given, it must be signed by one of them; without, it must only not be broken. Raises DataError for a key
    that is none.
    """
    from advisor.auditing.signing import SUFFIX, check_signature

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


def judgments_said(raw: bytes, file: Path) -> Iterator[str]:
    """Each judgment beside a receipt, in words. Raises DataError at the first that does not hold."""
    import json

    from advisor.auditing.judgments import Judgments

    for line in Judgments(file, json.loads(raw)["envelope_digest"]).lines():
        one = line.record
        about = f" about {', '.join(one['rules'])}" if one["rules"] else ""
        yield f"{one['verdict']} by {one['by']} on {one['time'][:10]}{about}: {one['reason']}"


def tell_beside(raw: bytes, file: Path, name: str, public_keys: tuple[Path, ...]) -> None:
    """Print how the signature and the judgments beside a receipt that holds stand; nothing for standard input.

    Leaves with exit code 1 when the signature is not as it should be. Raises DataError as the two above.
    """
    if str(file) == "-":
        if public_keys:
            raise click.UsageError("a receipt from standard input has no signature beside it; give its file")
        return
    fine, said = signature_said(raw, file, public_keys)
    click.echo(printable(f"{name}: {said}."), err=not fine)
    for judgment in judgments_said(raw, file):
        click.echo(printable(f"{name}: {judgment}"))
    if not fine:
        raise SystemExit(1)


def tell_broken(raw: bytes, file: Path, name: str, public_keys: tuple[Path, ...]) -> None:
    """Print how the signature beside a receipt that does not hold stands, if there is one."""
    if str(file) != "-":
        _, said = signature_said(raw, file, public_keys)
        if said != "unsigned":
            click.echo(printable(f"{name}: {said}."), err=True)


def tell_masked(raw: bytes, name: str) -> None:
    """Print what holds of a masked receipt, and what cannot be checked. Leaves with exit code 1 when it does not."""
    import json

    from advisor.auditing.masks import check_masked

    found = check_masked(raw)
    for problem in found.problems[:1]:
        click.echo(printable(f"{name}: {problem}"), err=True)
        raise SystemExit(1)
    receipt = json.loads(raw)
    click.echo(f"{name}: what remains of it holds ({receipt['id']}); {len(receipt['erased'])} parts were erased.")
    for one in found.unchecked:
        click.echo(printable(f"{name}: not checked: {one}"))
