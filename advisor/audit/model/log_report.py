"""What a decision log holds, told as a whole: outcomes, warnings, judgments, what expires, and a sample to review."""

from __future__ import annotations

from typing import Literal

from advisor.model.dates import IsoDay
from advisor.model.trace import Frozen


class Counted(Frozen):
    """How often something was told: its id, and its title where it has one."""

    what: str
    title: str
    count: int


class LoggedAdvice(Frozen):
    """One piece of advice in the log: its record, what was asked and advised, and what became of it.

    `asked` is the question that was brought and `sure` how sure the advice was. `expires` is the day by which one of
    its rules must be read again. `verdict` is the last judgment in the log, and `drawn` says that it was drawn.
    Texts that a mask took away are empty.
    """

    record: int
    time: str
    receipt: str
    asked: str
    option: str
    title: str
    sure: str
    warnings: int
    expires: IsoDay | Literal[""] = ""
    expired: bool = False
    verdict: str = ""
    drawn: bool = False


class LogReport(Frozen):
    """All of it, as of a day, in the order of the log. `of_kind` counts the records by kind, `errors` by the name of
    the error; `unread` says what could not be read. The sample was drawn with `seed`.
    """

    as_of: IsoDay
    seed: str
    records: int
    of_kind: tuple[Counted, ...]
    options: tuple[Counted, ...]
    asked: tuple[Counted, ...]
    sure: tuple[Counted, ...]
    warnings: tuple[Counted, ...]
    verdicts: tuple[Counted, ...]
    overridden: tuple[Counted, ...]
    errors: tuple[Counted, ...]
    advice: tuple[LoggedAdvice, ...]
    unread: tuple[str, ...] = ()
