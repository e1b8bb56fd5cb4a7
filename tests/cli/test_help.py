"""Every command explains itself, with examples."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from advisor.cli.main import COMMANDS, cli
from tests.cli.running import run


def every_command(
    group: click.Group = cli, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, group
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from every_command(command, (*path, name))
        else:
            yield (*path, name), command


ALL = list(every_command())
NAMES = [" ".join(path) or "advisor" for path, _ in ALL]


def test_the_commands_are_those_that_are_announced() -> None:
    assert list(COMMANDS) == [
        "interview", "advise", "keep", "open", "follow-up", "forget", "why", "why-not", "changes", "what-if", "settled",
        "sensitivity", "questions", "rules",
        "trace", "receipt", "log", "recall", "completion",
    ]  # fmt: skip
    assert {path[1] for path, _ in ALL if len(path) == 2} == {
        "list", "show", "check", "new", "make", "verify", "script", "schema", "impact", "keep", "replay",
        "keygen", "sign", "judge", "repair", "review", "rulebook", "approve",
        "report",
    }  # fmt: skip


@pytest.mark.parametrize("path", [path for path, _ in ALL], ids=NAMES)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_every_command_has_help_with_examples(path: tuple[str, ...], option: str) -> None:
    done = run(*path, option)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Usage: advisor " + " ".join(path))
    assert "Example" in done.out
    shown = [line.strip() for line in done.out.splitlines() if line.startswith("    advisor")]
    assert shown
    assert all(" ".join(("advisor", *path)) in line for line in shown)
    assert max(map(len, done.out.splitlines())) <= 100


@pytest.mark.parametrize(("path", "command"), ALL, ids=NAMES)
def test_every_option_says_what_it_is_for(path: tuple[str, ...], command: click.Command) -> None:
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    silent = [option.name for option in options if not option.help and not isinstance(option.type, click.Choice)]
    assert silent == []


@pytest.mark.parametrize(("path", "command"), ALL, ids=NAMES)
def test_examples_in_help_use_options_that_exist(path: tuple[str, ...], command: click.Command) -> None:
    by_path = dict(ALL)
    examples = [line for line in (command.help or "").splitlines() if line.strip().startswith("advisor")]
    for call in (part.split() for line in examples for part in line.split("|")):
        target = next(by_path[tuple(call[1:end])] for end in (3, 2, 1) if tuple(call[1:end]) in by_path)
        # `advisor` alone is the interview, and takes its options.
        targets = [target, by_path[("interview",)]] if target is by_path[()] else [target]
        known = {name for one in targets for parameter in one.params for name in parameter.opts}
        assert {word for word in call if word.startswith("--")} <= known, call
