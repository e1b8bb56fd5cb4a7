"""`advisor completion`: the script that teaches a shell to complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command()
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the completion script for a SHELL.

    \b
    Examples:
      advisor completion bash >> ~/.bashrc
      advisor completion zsh >> ~/.zshrc
      advisor completion fish > ~/.config/fish/completions/advisor.fish
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise click.BadParameter(f"completion for {shell} is not to be had here")
    click.echo(kind(ctx.find_root().command, {}, "advisor", "_ADVISOR_COMPLETE").source())
