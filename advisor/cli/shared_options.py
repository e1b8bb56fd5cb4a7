"""Options that several commands share: which rules and questionnaire to use, and where to write."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from advisor.advice import Advisor

F = TypeVar("F", bound=Callable[..., Any])

_FOLDER = click.Path(path_type=Path, file_okay=False)


class Commands(click.Group):
    """A group of commands that names the nearest ones when there is none of the name given."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name. Raises click.UsageError when there is none."""
        from advisor.model.answers import nearest
        from advisor.model.safe_text import shown

        name, names = args[0], self.list_commands(ctx)
        if name not in names and not name.startswith("-") and not ctx.resilient_parsing:
            hint = nearest(name, names) or f"The commands are {', '.join(names)}"
            ctx.fail(f"there is no command `{shown(name)}`. {hint}")
        return super().resolve_command(ctx, args)


def rules_options(command: F) -> F:
    """Adds --rules and --questionnaires, two folders used instead of the shipped ones."""
    command = click.option(
        "--questionnaires", type=_FOLDER, help="A folder used instead of the shipped questionnaire."
    )(command)
    return click.option("--rules", type=_FOLDER, help="A folder used instead of the shipped rule base.")(command)


def trust_option(command: F) -> F:
    """Adds --trust, files of the public keys whose approvals count; it may be given again."""
    told = "A public key whose approvals of rules count; may be given again.  [env var: ADVISOR_TRUST]"
    key = click.Path(path_type=Path, exists=True, dir_okay=False)
    return click.option("--trust", type=key, multiple=True, envvar="ADVISOR_TRUST", help=told)(command)


def as_of_option(command: F) -> F:
    """Adds --as-of, the day as of which answers are taken to be given; None when it is not named."""
    told = "The day from which past and future are told, such as 2027-01-31.  [default: today]"
    return click.option("--as-of", callback=day_named, metavar="DATE", help=told)(command)


def day_named(ctx: click.Context, param: click.Parameter, word: str | None) -> datetime.date | None:
    """The day that the value of an option names. Raises click.BadParameter for what is none."""
    from advisor.model.answers import day_of
    from advisor.model.safe_text import shown

    day = None if word is None else day_of(word)
    if word is not None and day is None:
        raise click.BadParameter(f"`{shown(word)}` is not a day such as 2027-01-31", ctx, param)
    return day


def advisor_for(rules: Path | None, questionnaires: Path | None, trust: tuple[Path, ...] = ()) -> Advisor:
    """The advisor for two folders, or the shipped one, with the approvals beside the rules, if there are any; `trust`
    are the keys that count. Raises RuleBaseError or QuestionnaireError."""
    from advisor.advice import Advisor, default_advisor
    from advisor.loading.resources import APPROVALS, shipped

    folder = rules or shipped("rules")
    if (folder / APPROVALS).is_dir():
        from advisor.audit.approving.approvals import approved
        from advisor.loading.rulebase import load_both

        questionnaire, base = load_both(rules, questionnaires)
        return Advisor(approved(base, folder, trust), questionnaire)
    return Advisor.load(rules, questionnaires) if rules or questionnaires else default_advisor()


def read_stdin() -> bytes:
    """What standard input holds, up to one byte more than a file may have; that is refused where it is read."""
    from advisor.loading.yaml_reader import MAX_BYTES

    return sys.stdin.buffer.read(MAX_BYTES + 1)


def write_out(text: str, output: Path | None, *, quiet: bool = False) -> None:
    """Print, or write a file as `write_private` does, and say what was replaced, unless `quiet`.

    Raises click.FileError.
    """
    if output is None or str(output) == "-":
        click.echo(text, nl=not text.endswith("\n"))
        return
    from advisor.model.safe_text import one_line
    from advisor.private_files import write_private

    try:
        replaced = write_private(output, text)
    except OSError as bad:
        raise click.FileError(str(output), bad.strerror or "it cannot be written") from None
    if replaced and not quiet:
        click.echo(f"{one_line(str(output))} was there already; it is replaced.", err=True)
