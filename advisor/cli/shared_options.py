"""Options that several commands share: which rules and questionnaire to use, and where to write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from advisor.advice import Advisor

F = TypeVar("F", bound=Callable[..., Any])

_FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False)


def rules_options(command: F) -> F:
    """Adds --rules and --questionnaires, two folders used instead of the shipped ones."""
    command = click.option(
        "--questionnaires", type=_FOLDER, help="A folder used instead of the shipped questionnaire."
    )(command)
    return click.option("--rules", type=_FOLDER, help="A folder used instead of the shipped rule base.")(command)


def advisor_for(rules: Path | None, questionnaires: Path | None) -> Advisor:
    """The advisor for two folders, or the shipped one. Raises RuleBaseError or QuestionnaireError."""
    from advisor.advice import Advisor, default_advisor

    return Advisor.load(rules, questionnaires) if rules or questionnaires else default_advisor()


def write_out(text: str, output: Path | None) -> None:
    """Print, or write a file that only the user can read, whole or not at all. Raises click.FileError."""
    if output is None or str(output) == "-":
        click.echo(text, nl=not text.endswith("\n"))
        return
    from advisor.cli.drafts import write_private

    try:
        write_private(output, text)
    except OSError as bad:
        raise click.FileError(str(output), bad.strerror or "it cannot be written") from None
