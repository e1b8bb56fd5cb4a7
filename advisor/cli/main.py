"""The `advisor` command: its subcommands, and the one place where an error becomes a message and an exit code."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from importlib import import_module

import click

from advisor.cli.shared_options import Commands
from advisor.errors import AdvisorError
from advisor.model.safe_text import printable

COMMANDS = {
    "interview": ("advisor.cli.interview_command", "interview"),
    "advise": ("advisor.cli.advise_command", "advise"),
    "keep": ("advisor.cli.keep_command", "keep"),
    "open": ("advisor.cli.keep_command", "open_folder"),
    "follow-up": ("advisor.cli.follow_up_command", "follow_up"),
    "forget": ("advisor.cli.keep_command", "forget"),
    "why": ("advisor.cli.why_command", "why"),
    "why-not": ("advisor.cli.why_not_command", "why_not"),
    "changes": ("advisor.cli.challenge_commands", "changes"),
    "what-if": ("advisor.cli.challenge_commands", "what_if"),
    "settled": ("advisor.cli.challenge_commands", "settled"),
    "sensitivity": ("advisor.cli.sensitivity_command", "sensitivity"),
    "questions": ("advisor.cli.questions_command", "questions"),
    "rules": ("advisor.cli.rules.commands", "rules"),
    "trace": ("advisor.cli.trace_command", "trace"),
    "receipt": ("advisor.cli.audit.receipt_commands", "receipt"),
    "log": ("advisor.cli.audit.log_commands", "log"),
    "recall": ("advisor.cli.audit.recall_command", "recall"),
    "completion": ("advisor.cli.completion_command", "completion"),
}
"""Where each subcommand lives. A module is imported only when its command is used: the first prompt must be quick."""

OK, INPUT_ERROR, USAGE_ERROR, INTERRUPTED = 0, 1, 2, 130


def _has(command: click.Command, ctx: click.Context, word: str) -> bool:
    """Whether a word such as `--plain` or `--order=file` is an option of a command."""
    return any(word.partition("=")[0] in param.opts for param in command.get_params(ctx))


class _Lazy(Commands):
    """A group whose commands are imported when they are asked for; without a command it starts the interview."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The arguments; an option of the interview may stand without its name, as in `advisor --plain`."""
        if args and args[0].startswith("--") and not _has(self, ctx, args[0]):
            interview = self.get_command(ctx, "interview")
            if interview is not None and _has(interview, ctx, args[0]):
                args = ["interview", *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        command = getattr(import_module(module), name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{module}.{name} is no command")
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # whoever reads has had enough, as `head` has; click would call that an error
            _drop_output()
            raise SystemExit(OK) from None


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from advisor._version import __version__
    from advisor.advice import default_advisor

    made = default_advisor()
    about = made.rulebase.about
    click.echo(f"advisor {__version__}")
    click.echo(f"rule base {about.version} ({about.dated}), digest {made.rulebase.digest[:12]}")
    click.echo(f"questionnaire {made.questionnaire.version}, digest {made.questionnaire.digest[:12]}")
    ctx.exit()


@click.group(
    cls=_Lazy,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 all is well; 1 something in the input is wrong; 2 the command was used wrongly.",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the versions of the program, the rule base and the questionnaire.",
)
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Advice for therapists and other behavioral-health providers on how to get paid by insurers: through a platform,
    with contracts of your own, one after the other, or by leaving a platform safely.

    Without a command, the interview starts.

    \b
    Examples:
      advisor                                  answer questions, get advice
      advisor --plain                          the same, one numbered question at a time
      advisor advise answers.yaml              advice for a file of answers
      advisor advise answers.yaml --format json --output advice.json
      advisor keep answers.yaml --to my-plan   a plan to print, letters, dates for your calendar
      advisor why-not answers.yaml direct      why something else was not advised
      advisor changes answers.yaml             what would change the advice
      advisor trace advice.json                how that advice came about
      advisor rules show WGH-024               one rule, with its sources
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(ctx.command.get_command(ctx, "interview"))  # type: ignore[attr-defined]


def main() -> None:
    """Run the command line and exit: 0, 1 for an error in the input, 2 for wrong usage, 130 when interrupted."""
    _mend_streams()
    try:
        cli.main(prog_name="advisor", standalone_mode=False)
    except click.ClickException as wrong:
        said = io.StringIO()
        wrong.show(said)
        click.echo(printable(said.getvalue()), err=True, nl=False)
        sys.exit(wrong.exit_code)
    except AdvisorError as wrong:
        click.echo(f"Error: {printable(str(wrong))}", err=True)
        sys.exit(INPUT_ERROR)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        sys.exit(INTERRUPTED)
    except OSError as bad:  # a full disk, a terminal that is gone
        _drop_output()
        click.echo(f"Error: {printable(bad.strerror or str(bad))}", err=True)
        sys.exit(INPUT_ERROR)
    except Exception as fault:  # a fault of ours: the user gets a sentence, a developer the traceback on request
        if os.environ.get("ADVISOR_DEBUG"):
            raise
        click.echo(
            f"Error: the program has a fault of its own ({type(fault).__name__}: {printable(str(fault))}).", err=True
        )
        click.echo("Please report it. Set ADVISOR_DEBUG=1 and run again to see where it is.", err=True)
        sys.exit(INPUT_ERROR)


def _mend_streams() -> None:
    """Make streams that were closed lead nowhere, and print what the output cannot encode as `?`."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def _drop_output() -> None:
    """Let what is still to be written go nowhere, so that leaving does not fail on it again."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
