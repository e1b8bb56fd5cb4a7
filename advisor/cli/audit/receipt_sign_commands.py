"""`advisor receipt keygen` and `advisor receipt sign`, and what `verify` says of a signature."""

from __future__ import annotations

from pathlib import Path

import click

from advisor.cli.shared_options import write_out

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.option("--key", type=_FILE, required=True, help="Where to write the private key; the public one gets `.pub`.")
def keygen(key: Path) -> None:
    """Make a pair of ed25519 keys for signing receipts. No other command makes keys.

    The private key has no password: keep its file where only you can read it, and give the `.pub` file away.

    \b
    Examples:
      advisor receipt keygen --key desk.key
    """
    from advisor.audit.recording.signing import make_keys

    public = make_keys(key)
    click.echo(f"Wrote {click.format_filename(key)} (keep it secret) and {click.format_filename(public)}.")


@click.command()
@click.argument("file", type=_FILE)
@click.option("--key", type=_FILE, required=True, help="The private key, made with `advisor receipt keygen`.")
def sign(file: Path, key: Path) -> None:
    """Sign the receipt in FILE. The signature is a DSSE envelope with an in-toto statement, in FILE.sig; the receipt
    stays as it is. Another key adds its signature. A receipt that does not hold is not signed.

    \b
    Examples:
      advisor receipt sign receipt.json --key desk.key
    """
    import json

    from advisor.audit.keeping.durable import locked
    from advisor.audit.recording.signing import SUFFIX
    from advisor.audit.recording.signing import sign as signed
    from advisor.cli.audit.receipt_beside import beside
    from advisor.cli.audit.receipt_files import receipt_bytes_of, rulebook_for
    from advisor.model.safe_text import printable
    from advisor.verifier import problems

    raw, name = receipt_bytes_of(file)
    wrong = tuple(problems(raw, rulebook=rulebook_for(raw, file)))[:1]
    if wrong:
        raise click.ClickException(printable(f"{name}: {wrong[0]}; what does not hold is not signed"))
    path = file.with_name(file.name + SUFFIX)
    with locked(path.with_name(path.name + ".lock")):  # no signature that another adds meanwhile is lost
        envelope = signed(raw, json.loads(raw)["id"], key, beside(path))
        write_out(envelope.decode("ascii"), path, quiet=True)
    click.echo(f"Signed {name}: the signature is in {click.format_filename(path)}.")
