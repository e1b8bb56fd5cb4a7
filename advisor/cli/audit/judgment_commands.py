"""`advisor receipt judge` and `advisor receipt repair`: what people think of advice, kept beside its receipt."""

from __future__ import annotations

from pathlib import Path

import click

from advisor.cli.clock import now

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.argument("file", type=_FILE)
@click.argument("verdict", type=click.Choice(("accept", "override", "comment")))
@click.option("--by", required=True, help="Who judges.")
@click.option("--reason", required=True, help="Why.")
@click.option("--rule", "rules", multiple=True, help="A rule it is about, such as WGH-024; may be given again.")
@click.option("--log", "folder", type=_FOLDER, help="A decision log to add it to as well.")
@click.option("--key", type=_FILE, help="Sign it with this private key, made with `advisor receipt keygen`.")
def judge(
    file: Path, verdict: str, by: str, reason: str, rules: tuple[str, ...], folder: Path | None, key: Path | None
) -> None:
    """Say what a person made of the advice in the receipt in FILE: accepted it, did something else, or a comment.

    Judgments are kept in FILE.judgments.jsonl, each with the digest of the one before; the receipt stays as it is.
    `advisor receipt verify` lists them, and says who signed which. What cannot be seen is that the last ones were cut
    off: note the digest that is printed, and ask `advisor receipt verify --judgment DIGEST` for it later.

    \b
    Examples:
      advisor receipt judge receipt.json accept --by "A. Reader" --reason "It fits."
      advisor receipt judge receipt.json override --by "A. Reader" --reason "Too soon." --rule WGH-001
      advisor receipt judge receipt.json comment --by "A. Reader" --reason "Hm." --key a.key
    """
    import json

    from pydantic import ValidationError

    from advisor.audit.keeping.judgments import Judgments, judgeable_rules, signed_by
    from advisor.audit.keeping.log import DecisionLog
    from advisor.audit.model.judgment import JUDGMENT_FORMAT, Judgment
    from advisor.model.misfit import first_misfit

    receipt = json.loads(_holding(file, "what does not hold is not judged"))
    about = judgeable_rules(receipt["content"], rules)
    try:
        judgment = Judgment(
            format=JUDGMENT_FORMAT, receipt=receipt["id"], receipt_digest=receipt["envelope_digest"],
            verdict=verdict, by=by.strip(), reason=reason.strip(), rules=about, time=now(),
        )  # fmt: skip
    except ValidationError as bad:
        raise click.UsageError(f"--{first_misfit(bad).key} takes a text of 1 to 2000 characters") from None
    if key is not None:
        judgment = signed_by(judgment, key)
    line = Judgments(file, receipt["envelope_digest"]).add(judgment)
    if folder is not None:
        DecisionLog(folder).append("judgment", line.record)
    click.echo(f"Judgment {line.seq} of {receipt['id']} is kept, with the digest {line.digest}.")


@click.command()
@click.argument("file", type=_FILE)
def repair(file: Path) -> None:
    """Mend the judgments beside the receipt in FILE when the last was not wholly written, or the file is empty.

    Nobody was told that such a judgment is kept. What was written of it is moved to a file of its own, one that lacks
    only its line feed gets it, and a record of it is added. Judgments that were changed are not repaired.

    \b
    Examples:
      advisor receipt repair receipt.json
    """
    import json

    from advisor.audit.keeping.judgments import Judgments
    from advisor.cli.audit.log_commands import repair_said
    from advisor.model.safe_text import printable

    receipt = json.loads(_holding(file, "a receipt that does not hold has no judgments to mend"))
    click.echo(printable(repair_said(Judgments(file, receipt["envelope_digest"]).repair(now()))))


def _holding(file: Path, why: str) -> bytes:
    """The bytes of a receipt that holds. Raises ClickException with `why` for one that does not."""
    from advisor.cli.audit.receipt_files import receipt_bytes_of, rulebook_for
    from advisor.model.safe_text import printable
    from advisor.verifier import problems

    raw, name = receipt_bytes_of(file)
    wrong = next(problems(raw, rulebook=rulebook_for(raw, file)), None)
    if wrong is not None:
        raise click.ClickException(printable(f"{name}: {wrong}; {why}"))
    return raw
