"""The report of a decision log as text and as a table for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.audit.model.log_report import Counted, LoggedAdvice, LogReport
from advisor.audit.rendering.receipt_csv import table_of
from advisor.model.words import clean
from advisor.rendering.wrap import wrapped

COLUMNS = ("record", "time", "receipt", "asked", "option", "title", "sure", "warnings", "expires", "expired", "verdict",
           "drawn")  # fmt: skip
_LISTED = 10  # of a matter, the most frequent ones that text shows
_GONE = "(erased)"


def log_report_text(report: LogReport, width: int) -> Iterator[str]:
    """Lines of at most `width` columns: each matter under its title, the most frequent first, then the sample."""
    yield from wrapped(clean(_begins(report)), width)
    for title, found in _matters(report):
        if found:
            yield ""
            yield title
            for one in found[:_LISTED]:
                yield from wrapped(clean(_named(one)), width, f"{one.count:>6}  ", " " * 8)
            if len(found) > _LISTED:
                yield f"        and {len(found) - _LISTED} more: --format json has all"
    yield from _expiring(report, width)
    yield from _drawn(report, width)
    for reason in report.unread:
        yield from wrapped(clean(f"Not read: {reason}"), width, "", "  ")


def log_report_csv(report: LogReport) -> str:
    """A row for each piece of advice under the names of `COLUMNS`, in which no cell can start a formula."""
    return table_of(([_cell(getattr(one, column)) for column in COLUMNS] for one in report.advice), COLUMNS)


def _cell(value: str | int | bool) -> str:
    return ("yes" if value else "") if isinstance(value, bool) else str(value)


def _begins(report: LogReport) -> str:
    if not report.advice:
        return f"As of {report.as_of}: no advice. Records in the log: {report.records}."
    first, last = report.advice[0].time[:10], report.advice[-1].time[:10]
    given = len(report.advice)
    return f"As of {report.as_of}: advice given {given}, from {first} to {last}. Records in the log: {report.records}."


def _matters(report: LogReport) -> tuple[tuple[str, tuple[Counted, ...]], ...]:
    return (
        ("Records by kind", report.of_kind), ("What was asked", report.asked), ("What was advised", report.options),
        ("How sure", report.sure), ("Warnings raised", report.warnings), ("Judgments", report.verdicts),
        ("Rules named by who overrode", report.overridden), ("Why no advice was given", report.errors),
    )  # fmt: skip


def _named(one: Counted) -> str:
    return f"{one.what}: {one.title}" if one.title else one.what or _GONE


def _expiring(report: LogReport, width: int) -> Iterator[str]:
    expired = [one for one in report.advice if one.expired]
    if expired:
        records = ", ".join(str(one.record) for one in expired)
        yield ""
        yield f"Advice that rests on a rule to be read again by now: {len(expired)}"
        yield from wrapped(f"records {records}", width, " " * 8, " " * 8)


def _drawn(report: LogReport, width: int) -> Iterator[str]:
    drawn = [one for one in report.advice if one.drawn]
    if drawn:
        yield ""
        told = f'To review, {len(drawn)} drawn with the seed "{report.seed}" (--seed draws others)'
        yield from wrapped(clean(told), width)
        for one in drawn:
            yield from wrapped(clean(_advised(one)), width, f"{one.record:>6}  ", " " * 8)


def _advised(one: LoggedAdvice) -> str:
    judged = f"; judged: {one.verdict}" if one.verdict else ""
    said = f"{one.title or _GONE} ({one.sure or _GONE}), warnings: {one.warnings}{judged}"
    return f"{one.time[:10]} {one.receipt}: {said}"
