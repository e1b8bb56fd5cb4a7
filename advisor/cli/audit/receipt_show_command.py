"""`advisor receipt show`: a receipt to look at, as a page, on the terminal, or as a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.audit.receipt_files import receipt_bytes_of, rulebook_for
from advisor.cli.shared_options import write_out

if TYPE_CHECKING:
    from advisor.audit.model.judgment import BesideLine
    from advisor.audit.model.receipt import Receipt
    from advisor.errors import DataError


@click.command(
    epilog="Exit codes: 0 it is shown, and all of it holds; 1 it does not hold, or is no receipt; 2 wrong usage."
)
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "html", "csv"]),
    default="text",
    show_default=True,
    help="text: a short view; html: one page with all of it; csv: the rules that fired, for a spreadsheet.",
)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), help="Write to this file.")
@click.option("--public-key", "public_keys", type=click.Path(path_type=Path), multiple=True,
              help="A key, one of which must have signed it.")  # fmt: skip
@click.option("--rulebook", "given", type=click.Path(path_type=Path, dir_okay=False),
              help="The rulebook that a small receipt names, where it is not beside it.")  # fmt: skip
def show(file: Path, form: str, output: Path | None, public_keys: tuple[Path, ...], given: Path | None) -> None:
    """Show the receipt in FILE, verified first; `-` reads it from standard input.

    The page needs no network and no script. It holds the advice, a picture and a list of how it came about, the
    answers, each rule that fired with its YAML and sources, and the rules that came close. It prints well.

    The signature and the judgments beside FILE are shown too, or that there are none.

    A receipt that does not hold is shown as far as it can be, and says so; a small one only when its advice follows
    from its rulebook, which is looked for as by `advisor receipt verify`. Of a masked receipt all that remains is
    shown, with a mark wherever a part was erased.

    \b
    Examples:
      advisor receipt show receipt.json
      advisor receipt show receipt.json --format html --output receipt.html
      advisor receipt show receipt.json --format csv --output firings.csv
    """
    from advisor.audit.recording.masks import is_masked
    from advisor.cli.audit.receipt_beside import beside_lines
    from advisor.model.safe_text import printable
    from advisor.verifier import problems

    raw, name = receipt_bytes_of(file)
    if is_masked(raw):
        problem, aside, shown = _masked(raw, name, form, (file, public_keys))
    else:
        book = rulebook_for(raw, file, given)
        problem = next(problems(raw, rulebook=book), None)
        receipt = _read(raw, name, problem, book)
        aside = beside_lines(raw, file, public_keys)
        try:
            shown = _shown(receipt, form, problem, aside)
        except (LookupError, ValueError) as bad:
            raise _no_receipt(name, problem or f"a part is missing: {bad}") from None
    write_out(shown, output)
    if problem is not None:
        click.echo(printable(f"{name}: the receipt does not hold: {problem}"), err=True)
    for line in aside:
        if not line.sound:
            click.echo(printable(f"{name}: {line.name}: {line.text}"), err=True)
    if problem is not None or not all(line.sound for line in aside):
        raise SystemExit(1)


def _masked(
    raw: bytes, name: str, form: str, beside: tuple[Path, tuple[Path, ...]]
) -> tuple[str | None, list[BesideLine], str]:
    """The first thing that does not hold of a masked receipt, what stands beside its file (to be checked with keys),
    and what remains, shown. Raises DataError for what has not the form of one."""
    from advisor.advice import default_advisor
    from advisor.audit.recording.masks import check_masked, masked_receipt
    from advisor.audit.rendering.receipt_masked import (
        MaskedView,
        render_masked_csv,
        render_masked_html,
        render_masked_text,
    )
    from advisor.cli.audit.receipt_beside import beside_lines
    from advisor.terminal.device import width

    found = check_masked(raw)
    try:
        receipt = masked_receipt(raw)
        aside = beside_lines(raw, *beside)
        view = MaskedView(receipt, found, default_advisor().rulebase.wording, aside)
    except ValueError as bad:
        raise _no_receipt(name, found.problems[0] if found.problems else str(bad)) from None
    problem = found.problems[0] if found.problems else None
    if form == "text":
        return problem, aside, render_masked_text(view, width())
    return problem, aside, render_masked_html(view) if form == "html" else render_masked_csv(view)


def _read(raw: bytes, name: str, problem: str | None, book: Path | bytes | None) -> Receipt:
    """The receipt in some bytes, whether it holds or not; a small one told in full. Raises DataError for what has not
    the form of one, and for a small one that does not follow from its rulebook."""
    from pydantic import ValidationError

    from advisor.audit.keeping.whole import whole_receipt
    from advisor.audit.model.receipt import Receipt
    from advisor.model.misfit import first_misfit
    from advisor.verifier import rulebook_named

    try:
        return whole_receipt(raw, book, name) if rulebook_named(raw) else Receipt.model_validate_json(raw)
    except ValidationError as bad:
        raise _no_receipt(name, problem or str(first_misfit(bad))) from None


def _shown(receipt: Receipt, form: str, problem: str | None, aside: list[BesideLine]) -> str:
    """The receipt in a format, spoken of in the words of the shipped rules. Raises LookupError or ValueError for one
    that contradicts itself."""
    from advisor.audit.rendering.receipt_csv import render_receipt_csv

    if form == "csv":
        return render_receipt_csv(receipt, aside)
    from advisor.advice import default_advisor
    from advisor.audit.rendering.receipt_html import render_receipt_html
    from advisor.audit.rendering.receipt_text import render_receipt_text
    from advisor.terminal.device import width

    wording = default_advisor().rulebase.wording
    if form == "html":
        return render_receipt_html(receipt, wording, problem, aside)
    return render_receipt_text(receipt, wording, problem, width(), aside)


def _no_receipt(name: str, reason: str) -> DataError:
    from advisor.errors import DataError, Place, Problem

    expected = "a receipt, made with `advisor receipt make`"
    return DataError(Problem(Place(name), f"this cannot be shown ({reason})", expected))
