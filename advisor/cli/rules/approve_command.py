"""`advisor rules approve`: a person's signed approval of a page, as it is now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.clock import today
from advisor.cli.shared_options import rules_options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from advisor.audit.model.approval import ApprovalStatement
    from advisor.model.page import Page
    from advisor.model.rulebase import RuleBase


@click.command()
@click.argument("page")
@click.option(
    "--key", type=click.Path(path_type=Path, dir_okay=False), required=True,
    help="The private key to sign with, made with `advisor receipt keygen`.",
)  # fmt: skip
@click.option("--name", required=True, help="Who approves it, as the advice will say.")
@click.option("--role", required=True, help="In which role, such as `clinical director`.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@rules_options
def approve(
    page: str, key: Path, name: str, role: str, yes: bool, rules: Path | None, questionnaires: Path | None
) -> None:
    """Approve the page PAGE as it is now: show what will be signed, ask, and write approvals/PAGE.json.

    What is signed is a digest of the page's file, and one of each thing in other files from which its rules speak: what
    is said by state and plan, claims, sources, figures, facts. When any of it changes, the approval is stale. Nothing
    in it is secret, and it does not change the digest of the rule base. An approval that was there is replaced.

    \b
    Examples:
      advisor rules approve cash_and_time --key ann.key --name "Ann Lee" --role director
      advisor rules approve cash_and_time --key ann.key --name "Ann Lee" --role director --yes
    """
    from advisor.audit.approving.approvals import Signer, place_of, signed, statement_of
    from advisor.cli.rules.pages import page_named
    from advisor.loading.resources import shipped

    folder = rules or shipped("rules")
    base = _read_again(folder, questionnaires)
    found = page_named(base, page)
    path = place_of(folder, found)
    signer = Signer(name.strip(), role.strip(), today().isoformat())
    statement = statement_of(base, found, signer, key)
    for line in _told(base, found, statement, path.exists()):
        click.echo(line)
    if not yes:
        click.echo()
        if not click.confirm(f"Do you approve the page {found.id} as it stands above?"):
            click.echo("Nothing was signed.")
            return
        again = _read_again(folder, questionnaires)
        if statement_of(again, page_named(again, found.id), signer, key) != statement:
            raise click.ClickException("the page was changed while you read it; nothing was signed")
    _write(path, signed(statement, key))
    click.echo(f"Wrote {click.format_filename(path)}.")


def _read_again(folder: Path, questionnaires: Path | None) -> RuleBase:
    """The rules as they are now: of the shipped folder too, which is else read once."""
    from advisor.loading.rulebase import load_both

    return load_both(folder, questionnaires)[1]


def _told(base: RuleBase, page: Page, statement: ApprovalStatement, there: bool) -> Iterator[str]:
    """The page, what it rests on in other files, and what will be signed."""
    from advisor.audit.approving.reading import outside
    from advisor.cli.rules.overviews import whole_page
    from advisor.terminal.device import width, wrap

    yield from whole_page(page, base)
    claims, sources = outside(base, page)
    yield from ("", "Claims of other files that it rests on") if claims else ()
    for claim in claims:
        yield from wrap(f"{claim.id}: {claim.says}", width(), "  ", "    ")
    yield from ("", "Sources of other files that it rests on") if sources else ()
    for source in sources:
        text = f"{source.id}: {source.title}; {source.publisher}; dated {source.dated}; grade {source.grade}"
        yield from wrap(text, width(), "  ", "    ")
    others = [part.name for part in statement.subject if part.name.split()[0] in ("figure", "fact", "option")]
    yield from ("", *wrap(", ".join(others), width(), "It also speaks from ", "  ")) if others else ()
    said, file = statement.predicate, statement.subject[0]
    yield from ("", "What will be signed")
    told = (
        f"the page {said.page} of the rule base {said.rulebase} {said.version}",
        f"its file {file.name}, with the SHA-256 {file.digest.sha256}",
        f"{len(statement.subject) - 1} digests of what it makes and of what it speaks from in other files",
        f"by {said.name}, {said.role}, on {said.date}",
        *(("it replaces the approval that is there",) if there else ()),
    )
    for text in told:
        yield from wrap(text, width(), "  - ", "    ")


def _write(path: Path, raw: bytes) -> None:
    """Put the approval in place, whole or not at all; whoever reads the rules may read it."""
    from advisor.private_files import write_private

    try:
        path.parent.mkdir(exist_ok=True)
        if not write_private(path, raw.decode("ascii")):
            path.chmod(0o644)
    except OSError as bad:
        raise click.FileError(str(path), bad.strerror or "it cannot be written") from None
