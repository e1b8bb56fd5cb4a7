"""`advisor receipt`: make a receipt of advice, verify one, and carry away what it takes to verify it elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.audit.judgment_commands import judge, repair
from advisor.cli.audit.receipt_files import receipt_bytes_of, rulebook_for
from advisor.cli.audit.receipt_show_command import show
from advisor.cli.audit.receipt_sign_commands import keygen, sign
from advisor.cli.audit.replay_command import replay
from advisor.cli.clock import now, today
from advisor.cli.shared_options import (
    Commands,
    advisor_for,
    as_of_option,
    read_stdin,
    rules_options,
    trust_option,
    write_out,
)
from advisor.model.safe_text import one_line

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from advisor.audit.model.receipt import Receipt
    from advisor.audit.model.small import SmallReceipt

_FILE = click.Path(path_type=Path, allow_dash=True)
_OUTPUT = click.Path(path_type=Path, dir_okay=False, allow_dash=True)
_BOOK = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group(cls=Commands)
def receipt() -> None:
    """Receipts: one file that proves how a piece of advice came about, on any machine, years later.

    \b
    Examples:
      advisor receipt make answers.yaml --output receipt.json
      advisor receipt verify receipt.json
      advisor receipt show receipt.json --format html --output receipt.html
      advisor receipt script --output verify_receipt.py
    """


@receipt.command()
@click.argument("answers", type=_FILE)
@click.option("--output", type=_OUTPUT, help="Write to this file.")
@click.option("--embed", is_flag=True, help="Write one file that stands alone, with all rules and questions in it.")
@as_of_option
@trust_option
@rules_options
def make(
    answers: Path, output: Path | None, embed: bool, as_of: datetime.date | None,
    trust: tuple[Path, ...], rules: Path | None, questionnaires: Path | None,
) -> None:  # fmt: skip
    """Give advice for a file of ANSWERS, YAML or JSON, in a receipt; `-` reads them from standard input.

    The receipt holds the answers, the page that the person gets, and the rules that fired, and names its rulebook by
    digest: all questions and rules, without which it cannot be verified. With --output the rulebook is kept once in
    the folder `rulebooks` beside the file; else `advisor receipt rulebook` prints it. With --embed the receipt is some
    megabytes large and holds all of that itself. Two receipts of the same answers, rules and day (--as-of) differ only
    in their time and the digest that covers it.

    \b
    Examples:
      advisor receipt make answers.yaml --output receipt.json
      advisor receipt make answers.yaml --embed --output receipt.json
      advisor receipt make - < answers.yaml > receipt.json
    """
    from advisor.audit.receipts import Receipts
    from advisor.audit.recording.seal import receipt_bytes
    from advisor.loading.answers import answers_from_bytes, read_answers

    made, day = advisor_for(rules, questionnaires, trust), as_of or today()
    if str(answers) == "-":
        given = answers_from_bytes(read_stdin(), "standard input", made.questionnaire, as_of=day)
    else:
        given = read_answers(answers, made.questionnaire, as_of=day)
    time = now()
    if embed:
        write_out(receipt_bytes(Receipts(made).make(given, time)).decode("utf-8"), output)
        return
    from advisor.audit.keeping.rulebooks import Rulebooks

    write_out(receipt_bytes(Receipts(made, Rulebooks.beside(output)).small(given, time)).decode("utf-8"), output)


@receipt.command(
    epilog="Exit codes: 0 all of it holds; 1 something does not, and the first reason is said; 2 wrong usage."
)
@click.argument("file", type=_FILE)
@click.option("--rules", type=_FOLDER, help="The rule base to compare it with.")
@click.option("--questionnaires", type=_FOLDER, help="The questionnaire to compare it with.")
@click.option("--rulebook", "book", type=_BOOK, help="A rulebook to compare what it quotes with.")
@click.option("--all", "every", is_flag=True, help="List everything that does not hold, not the first alone.")
@click.option("--public-key", "public_keys", type=_FILE, multiple=True, help="A key, one of which must have signed it.")
@click.option("--judgment", metavar="DIGEST", help="A judgment that was noted: it must still be there.")
def verify(
    file: Path,
    rules: Path | None,
    questionnaires: Path | None,
    book: Path | None,
    every: bool,
    public_keys: tuple[Path, ...],
    judgment: str | None,
) -> None:
    """Verify the receipt in FILE; `-` reads it from standard input.

    A receipt with its rulebook proves that its bytes were not changed by anyone who did not also make its digests anew,
    and that the advice follows from the answers under the rules of the rulebook. The two cannot prove that these are
    the true rules, nor who made it. The rulebook is looked for in the folder `rulebooks` beside FILE, unless --rulebook
    names it; the one of the shipped rules is at hand. A receipt made with --embed needs none.

    With --rules, --questionnaires or both (the shipped ones stand in for the one not given) it is also proved that
    these are the files the receipt names, that every rule and question is quoted rightly, and that the same answers
    give the same receipt today, word for word. When another version of the program made the receipt, words may differ
    for that reason alone; it is said then.

    Who made it takes a signature: FILE.sig, if it is there, is checked with the keys given, and what people judged
    (FILE.judgments.jsonl) is listed with who signed it. Of a masked receipt, what remains is checked and compared.
    The script of `advisor receipt script` does all but signatures and the making anew without this program; with
    --rulebook, here as there, it compares all that the receipt quotes with the file of `advisor receipt rulebook`.

    \b
    Examples:
      advisor receipt verify receipt.json
      advisor receipt verify receipt.json --rules ./rules --questionnaires ./questionnaires
      advisor receipt verify receipt.json --rulebook rulebook.json --all
      advisor receipt verify receipt.json --public-key desk.key.pub
    """
    from advisor.audit.recording.masks import is_masked
    from advisor.cli.audit.receipt_beside import tell_beside, tell_broken, tell_masked

    raw, name = receipt_bytes_of(file)
    if is_masked(raw):
        if not tell_masked(raw, name, (rules, questionnaires, book), every=every):
            tell_broken(raw, file, name, public_keys)
            raise SystemExit(1)
        tell_beside(raw, file, name, public_keys, judgment)
        return
    laid = rulebook_for(raw, file, book, (rules, questionnaires))
    found = _problems(raw, rules, questionnaires, laid)
    first = next(found, None)
    if first is None:
        against = "" if rules is None and questionnaires is None else ", and it is what these rules give today"
        click.echo(f"{name}: all of it holds ({_receipt(raw).id}){against}.")
        for one in _unchecked(raw, laid, anew=bool(against)):
            click.echo(one_line(f"{name}: not checked: {one}."))
        tell_beside(raw, file, name, public_keys, judgment)
        return
    for problem in (first, *(found if every else ())):
        click.echo(one_line(f"{name}: {problem}"), err=True)
    tell_broken(raw, file, name, public_keys)
    raise SystemExit(1)


@receipt.command()
@click.option("--output", type=_OUTPUT, help="Write to this file.")
def script(output: Path | None) -> None:
    """Print the script that verifies a receipt with nothing but Python 3.9 or later.

    \b
    Examples:
      advisor receipt script --output verify_receipt.py
      advisor receipt script > verify_receipt.py
    """
    from advisor.audit.recording.script import verifying_script

    write_out(verifying_script(), output)


@receipt.command()
@click.option("--output", type=_OUTPUT, help="Write to this file.")
def schema(output: Path | None) -> None:
    """Print the JSON Schema of receipts.

    \b
    Examples:
      advisor receipt schema
      advisor receipt schema --output receipt.schema.json
    """
    from advisor.audit.recording.schema import published_schema

    write_out(published_schema(), output)


@receipt.command()
@click.option("--output", type=_OUTPUT, help="Write to this file.")
@rules_options
def rulebook(output: Path | None, rules: Path | None, questionnaires: Path | None) -> None:
    """Print the rules and questions as receipts quote them, in one JSON file with a digest.

    Publish it with each version of the rules. Then anyone can lay a receipt beside it with the script of `advisor
    receipt script`, and see whether the receipt quotes the true rules.

    \b
    Examples:
      advisor receipt rulebook --output rulebook.json
      python verify_receipt.py receipt.json --rulebook rulebook.json
    """
    from advisor.audit.keeping.rulebooks import rulebook_bytes
    from advisor.audit.receipts import Receipts

    book = Receipts(advisor_for(rules, questionnaires)).rulebook()
    write_out(rulebook_bytes(book).decode("utf-8"), output)


for command in (show, keygen, sign, judge, repair, replay):
    receipt.add_command(command)


def _problems(
    raw: bytes, rules: Path | None, questionnaires: Path | None, book: Path | bytes | None
) -> Iterator[str]:  # fmt: skip
    """What does not hold, one by one: first what the script finds, then, for folders given, what the loader adds."""
    from advisor.verifier import problems

    crooked = False
    for problem in problems(raw, rules, questionnaires, book):
        crooked = True
        yield problem
    if crooked:
        return
    from pydantic import ValidationError

    from advisor.model.misfit import first_misfit

    try:
        read = _receipt(raw)
    except ValidationError as bad:
        yield str(first_misfit(bad))
        return
    if rules is not None or questionnaires is not None:
        from advisor.audit.receipts import Receipts

        yield from Receipts(advisor_for(rules, questionnaires)).differences(read)


def _unchecked(raw: bytes, book: Path | bytes | None, *, anew: bool) -> list[str]:
    """What was not checked of a receipt that holds, beside a rulebook if one is given, or made `anew`."""
    from advisor.verifier import beyond_checking

    return beyond_checking(raw, book, anew=anew)


def _receipt(raw: bytes) -> Receipt | SmallReceipt:
    """The receipt in bytes that were verified."""
    from advisor.audit.recording.seal import read_receipt

    return read_receipt(raw)
