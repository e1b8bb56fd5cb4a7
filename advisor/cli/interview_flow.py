"""Holds the interview: opens it, asks, settles contradictions, reviews, shows the advice, and closes it."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

from advisor.cli import messages
from advisor.cli.drafts import draft_path
from advisor.cli.keeping import Ending, close_interview
from advisor.cli.opening import open_interview
from advisor.cli.stop_signals import StopSignals
from advisor.cli.talk import Talk
from advisor.cli.terminal import look, safe
from advisor.interview.asker import Asker
from advisor.interview.session import Interview
from advisor.model.answers import Answers
from advisor.model.questionnaire import Questionnaire

_HANGUP = 129
_TERMINAL_GONE = (errno.EIO, errno.EBADF)


def run_interview(
    questionnaire: Questionnaire,
    *,
    show_advice: Callable[[Answers], str],
    answers_file: Path | None = None,
    save_file: Path | None = None,
    plain: bool = False,
    stdin: TextIO | None = None,
    stdout: TextIO | None = None,
    environ: Mapping[str, str] | None = None,
) -> Answers | None:
    """Ask until the advice is shown; the answers, or None when the user stopped before.

    `answers_file` gives answers to begin with; `save_file` is where to keep them, without asking. The terminal and the
    environment are the process's own unless given. Raises AnswersError for a wrong file, and SystemExit with
    128 + the number of a signal that ends the process.
    """
    source, target = stdin or sys.stdin, stdout or sys.stdout
    env = os.environ if environ is None else environ
    with StopSignals() as signals:
        try:
            with _asker(questionnaire, source, target, env, plain=plain) as asker:
                draft = draft_path(env)
                start = open_interview(asker, questionnaire, draft, answers_file=answers_file, save_file=save_file)
                if start is None:
                    asker.tell(messages.STOPPED_EARLY)
                    return None
                talk = Talk(Interview(questionnaire, start.answers), asker, start.keeper, draft, signals)
                return _finish(talk, asker, target, show_advice, ask_to_keep=save_file is None)
        except OSError as gone:
            if gone.errno in _TERMINAL_GONE:
                raise SystemExit(_HANGUP) from None
            raise


@contextmanager
def _asker(
    questionnaire: Questionnaire, stdin: TextIO, stdout: TextIO, environ: Mapping[str, str], *, plain: bool
) -> Iterator[Asker]:
    terminal = look(stdin, stdout, environ, plain=plain)
    if terminal.plain:
        from advisor.cli.plain_asker import PlainAsker

        yield PlainAsker(stdin, stdout, questionnaire.glossary)
        return
    from advisor.cli.rich_asker import RichAsker

    asker = RichAsker(stdin, stdout, terminal, questionnaire.glossary)
    with asker.attached():
        yield asker


def _finish(
    talk: Talk, asker: Asker, stdout: TextIO, show_advice: Callable[[Answers], str], *, ask_to_keep: bool
) -> Answers | None:
    while talk.until_agreed():
        answers = talk.session.answers
        click.echo(show_advice(answers), file=stdout)
        if not ask_to_keep:
            asker.tell(messages.KEPT.format(path=safe(str(talk.keeper.path))))
            return answers
        if close_interview(asker, talk.keeper, answers, talk.session.questionnaire) is Ending.DONE:
            return answers
        talk.reviewing = True
    return None
