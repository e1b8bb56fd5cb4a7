"""Holds the interview: opens it, asks, settles contradictions, reviews, shows the advice, and closes it."""

from __future__ import annotations

import datetime
import errno
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from advisor.interview.asker import Asker
from advisor.interview.guide import Guide
from advisor.interview.session import Interview
from advisor.model.answers import Answers
from advisor.model.path import PathOf
from advisor.model.questionnaire import Questionnaire
from advisor.model.safe_text import one_line
from advisor.private_files import write_private
from advisor.terminal import messages
from advisor.terminal.device import Terminal, look
from advisor.terminal.drafts import draft_path
from advisor.terminal.keeping import Ending, close_interview
from advisor.terminal.opening import open_interview
from advisor.terminal.stop_signals import StopSignals
from advisor.terminal.talk import Talk

if TYPE_CHECKING:
    from advisor.terminal.advice_book import AdviceBook
    from advisor.terminal.advice_desk import AdviceWanted

_HANGUP = 129
_TERMINAL_GONE = (errno.EIO, errno.EBADF)


def run_interview(
    questionnaire: Questionnaire,
    *,
    show_advice: Callable[[Answers], str],
    answers_file: Path | None = None,
    save_file: Path | None = None,
    plain: bool = False,
    guide: Guide | None = None,
    path_of: PathOf | None = None,
    desk: Callable[[], AdviceWanted] | None = None,
    shown: Callable[[], None] = lambda: None,
    as_of: datetime.date | None = None,
    ledger_file: Path | None = None,
    book: AdviceBook | None = None,
    stdin: TextIO | None = None,
    stdout: TextIO | None = None,
    environ: Mapping[str, str] | None = None,
) -> Answers | None:
    """Ask until the advice is shown; the answers, or None when the user stopped before.

    `answers_file` gives answers to begin with; `save_file` is where to keep them, without asking; `ledger_file` is
    where the ledger goes. `as_of` is the day of the interview. `guide` says what to ask next (default: the next in
    order), `path_of` which questions are put to whom (default: all). At a terminal, a menu follows the advice if there
    is a `desk` to answer it. `book` is told of the interview, and asked at the end where the advice was recorded.
    `shown` is called whenever a prompt stands. The terminal and the environment are the process's own unless given.
    Raises AnswersError for a wrong file, OSError when the ledger cannot be written, and SystemExit with 128 + the
    number of a signal that ends the process.
    """
    source, target = stdin or sys.stdin, stdout or sys.stdout
    env = os.environ if environ is None else environ
    with StopSignals() as signals:
        try:
            terminal = look(source, target, env, plain=plain)
            with _asker(questionnaire, source, target, terminal, shown) as asker:
                start = open_interview(
                    asker,
                    questionnaire,
                    draft_path(env),
                    answers_file=answers_file,
                    save_file=save_file,
                    as_of=as_of,
                )
                if start is None:
                    asker.tell(messages.STOPPED_EARLY)
                    _close(book, asker)
                    return None
                session = Interview(
                    questionnaire, start.answers, guide, path_of=path_of, resumed=start.resumed, as_of=as_of
                )
                if book is not None:
                    book.follow(session)
                talk = Talk(session, asker, start.keeper, draft_path(env), signals)
                closing = _Closing(ask_to_keep=save_file is None, book=book)
                menu = None
                if desk is not None and terminal.attached:
                    menu = _menu(asker, talk, desk, target, closing)
                try:
                    done = _finish(talk, asker, target, show_advice, menu, closing)
                    _close(book, asker)
                    return done
                finally:
                    if ledger_file is not None:
                        write_private(ledger_file, session.ledger().json())
        except OSError as gone:
            if gone.errno in _TERMINAL_GONE:
                raise SystemExit(_HANGUP) from None
            raise


@contextmanager
def _asker(
    questionnaire: Questionnaire, stdin: TextIO, stdout: TextIO, terminal: Terminal, shown: Callable[[], None]
) -> Iterator[Asker]:
    if terminal.plain:
        from advisor.terminal.plain_asker import PlainAsker

        yield PlainAsker(stdin, stdout, questionnaire.glossary, shown)
        return
    from advisor.terminal.rich_asker import RichAsker

    asker = RichAsker(stdin, stdout, terminal, questionnaire.glossary, shown)
    with asker.attached():
        yield asker


@dataclass(frozen=True, slots=True)
class _Closing:
    """How to close: whether to ask where to keep the answers, and who may hold them in any case."""

    ask_to_keep: bool
    book: AdviceBook | None

    @property
    def copied(self) -> bool:
        """Whether a receipt or a log holds the answers."""
        return self.book is not None and self.book.keeps


def _close(book: AdviceBook | None, asker: Asker) -> None:
    """Say where the advice was recorded."""
    told = book.closing() if book is not None else ""
    if told:
        asker.tell(told)


def _menu(
    asker: Asker, talk: Talk, desk: Callable[[], AdviceWanted], stdout: TextIO, closing: _Closing
) -> Callable[[], Ending]:
    """What shows the advice and the menu after it; the desk is made when that is wanted."""

    def run() -> Ending:
        from advisor.terminal.advice_menu import AdviceMenu

        keep = closing.ask_to_keep
        return AdviceMenu(asker, talk, desk(), stdout, ask_to_keep=keep, copied=lambda: closing.copied).run()

    return run


def _finish(
    talk: Talk,
    asker: Asker,
    stdout: TextIO,
    show_advice: Callable[[Answers], str],
    menu: Callable[[], Ending] | None,
    closing: _Closing,
) -> Answers | None:
    while talk.until_agreed():
        if menu is not None:
            if menu() is Ending.DONE:
                return talk.session.answers
            continue
        answers = talk.session.answers
        click.echo(show_advice(answers), file=stdout)
        if not closing.ask_to_keep:
            asker.tell(messages.KEPT.format(path=one_line(str(talk.keeper.path))))
            return answers
        asked = talk.session.questionnaire
        if close_interview(asker, talk.keeper, answers, asked, copied=closing.copied) is Ending.DONE:
            return answers
        talk.reviewing = True
    return None
