"""Gives the advice of an interview, once the decision log and the receipt's file have it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.errors import DataError
from advisor.model.safe_text import one_line
from advisor.private_files import write_private
from advisor.terminal import messages

if TYPE_CHECKING:
    from advisor.advice import Advisor
    from advisor.audit.decisions import Decisions
    from advisor.audit.kept_log import KeptLog
    from advisor.audit.model.small import SmallReceipt
    from advisor.interview.session import Interview
    from advisor.model.advice import Advice
    from advisor.model.answers import Answers
    from advisor.model.ledger import Ledger


class AdviceBook:
    """The advice of one interview: recorded in `log`, and its receipt put in the file `receipt`, where these are given.

    `advisor` gives the advisor, and `now` the time in UTC to the second. The receipt on the disk is that of the advice
    given last. Advice that is asked for again with the same answers is not recorded again.
    """

    def __init__(
        self, advisor: Callable[[], Advisor], now: Callable[[], str], receipt: Path | None, log: KeptLog | None
    ) -> None:
        self._advisor, self._now, self._path, self._log = advisor, now, receipt, log
        self._session: Interview | None = None
        self._decisions: Decisions | None = None
        self._latest: tuple[Answers, Advice] | None = None
        self._recorded: Exception | None = None
        self._unwritten = ""

    def follow(self, session: Interview) -> None:
        """The interview to keep the book of, once it stands."""
        self._session = session

    @property
    def keeps(self) -> bool:
        """Whether a receipt or a log keeps the answers of advice that was given."""
        return self._latest is not None and (self._path is not None or self._log is not None)

    def advise(self, answers: Answers) -> Advice:
        """The advice, which waits for no proofs. Raises as `Advisor.advise` and `Decisions.advise`.

        A receipt that cannot be written holds up no advice; `end` tells of it.
        """
        if self._latest is None or self._latest[0] != answers:
            self._latest = (answers, self._given(answers))
        return self._latest[1]

    def failed(self, error: Exception) -> None:
        """Record an error in the log, if there is one and it has no record of it. Raises as `DecisionLog.append`."""
        if self._log is not None and error is not self._recorded:
            self._log.failed(error, self._now())

    def closing(self) -> str:
        """What to tell the user at the end about receipt and log; empty when there is neither."""
        told = []
        if self._path is not None and self._latest is None:
            told.append(messages.NO_RECEIPT)
        elif self._path is not None and not self._unwritten:
            told.append(messages.RECEIPT.format(path=one_line(str(self._path))))
        if self._log is not None and self._latest is not None:
            words = messages.LOGGED if self._log.mask is None else messages.LOGGED_MASKED
            told.append(words.format(path=one_line(str(self._log.log.folder))))
        return "\n".join(told)

    def end(self) -> None:
        """Raises click.ClickException when the receipt of the advice given last could not be written."""
        if self._unwritten:
            path = one_line(str(self._path))
            raise click.ClickException(f"the receipt of the advice shown last is not in {path} ({self._unwritten})")

    def _given(self, answers: Answers) -> Advice:
        from advisor.audit.keeping.rulebooks import Rulebooks

        ledger = self._session.ledger() if self._session is not None else None
        if self._log is not None:
            advice, receipt = self._decided(self._log, answers, ledger)
            books = Rulebooks(self._log.log.folder)
            self._write(lambda: (receipt, books.path(receipt.content.rulebook).read_bytes()))
            return advice
        made = self._advisor()
        advice = made.advise(answers)
        if self._path is not None:
            from advisor.audit.receipts import Receipts

            receipts = Receipts(made, Rulebooks.beside(self._path))
            time = self._now()
            self._write(lambda: (receipts.small(answers, time, ledger=ledger), None))
        return advice

    def _decided(self, log: KeptLog, answers: Answers, ledger: Ledger | None) -> tuple[Advice, SmallReceipt]:
        """The advice and its receipt, once the log has them."""
        try:
            if self._decisions is None:
                self._decisions = log.decisions(self._advisor, self._now())
            decision = self._decisions.advise(answers, self._now(), ledger=ledger)
        except Exception as bad:
            self._recorded = bad
            raise
        return decision.advice, decision.receipt

    def _write(self, made: Callable[[], tuple[SmallReceipt, bytes | None]]) -> None:
        """Put a receipt in its file, and the rulebook that it names beside it where it is given."""
        if self._path is None:
            return
        from advisor.audit.keeping.durable import sync_folder
        from advisor.audit.keeping.rulebooks import Rulebooks
        from advisor.audit.recording.seal import receipt_bytes

        self._unwritten = ""
        try:
            receipt, rulebook = made()
            books = Rulebooks.beside(self._path)
            if books is not None and rulebook is not None:
                books.keep(receipt.content.rulebook, lambda: rulebook)
            write_private(self._path, receipt_bytes(receipt).decode("utf-8"))
            if os.name == "posix" and self._path.is_file():  # elsewhere folders cannot be synced
                sync_folder(self._path.resolve().parent)
        except DataError as bad:
            self._unwritten = str(bad)
        except OSError as bad:
            self._unwritten = bad.strerror or str(bad)
