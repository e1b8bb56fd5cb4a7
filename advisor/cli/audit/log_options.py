"""The options of commands that keep a decision log, and the log that they name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from advisor.audit.kept_log import KeptLog
    from advisor.audit.model.log import Mask

F = TypeVar("F", bound=Callable[..., Any])


def log_options(command: F) -> F:
    """Adds --log, --mask and --log-private, as `folder`, `mask` and `log_private`."""
    file, folder = click.Path(path_type=Path, dir_okay=False), click.Path(path_type=Path, file_okay=False)
    private = "Let the log hold private texts, and what refused answers said."
    command = click.option("--log-private", is_flag=True, help=private)(command)
    command = click.option("--mask", type=file, help="A JSON file: what the log is not to hold.")(command)
    return click.option("--log", "folder", type=folder, help="Keep a decision log here.")(command)


def kept_log(folder: Path | None, mask: Path | None, private: bool) -> KeptLog | None:
    """The log that the options name, None without --log.

    Raises click.UsageError when the other options stand alone, DataError for a wrong mask or a log whose end is torn,
    and OSError.
    """
    if folder is None:
        if mask is not None or private:
            raise click.UsageError("--mask and --log-private go with --log")
        return None
    from advisor.audit.keeping.log import DecisionLog
    from advisor.audit.kept_log import KeptLog
    from advisor.cli.audit.log_commands import read_mask

    log = DecisionLog(folder)
    log.refuse_broken_end()
    kept = KeptLog(log, read_mask(mask) if mask is not None else None, private)
    _warn(kept.mask)
    return kept


def _warn(mask: Mask | None) -> None:
    """Say which parts still tell what a mask takes away."""
    from advisor.audit.recording.masks import still_telling

    telling = still_telling(mask) if mask is not None else ()
    if telling:
        click.echo(
            "Note: this mask takes answers away, but other parts of a receipt tell them too, such as "
            f"{', '.join(telling)} and the sentences of the advice. Mask these as well if nobody may read them there.",
            err=True,
        )
