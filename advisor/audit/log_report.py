"""The use case of whoever answers for advice: what a decision log holds as a whole, and a sample of it to review."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from advisor.audit.keeping.kept import KeptRecord, Unread, logged_advice, text_of
from advisor.audit.keeping.log import DecisionLog
from advisor.audit.model.log import LogLine
from advisor.audit.model.log_report import Counted, LoggedAdvice, LogReport


def log_report(folder: Path, day: datetime.date, *, sample: int, seed: str) -> LogReport:
    """What the log in a folder holds as of a day, with so many of its pieces of advice drawn for review.

    Which ones are drawn follows from the seed and the digests of their records alone: those whose SHA-256 of the two
    joined by a space is least. So anybody can draw them again, and nobody can pick them. Raises DataError for a folder
    without a log, and for a record that does not hold.
    """
    log = DecisionLog(folder)
    ranks: list[tuple[str, int]] = []
    kinds: list[str] = []
    beside: dict[str, list[Mapping[str, Any]]] = {"judgment": [], "error": [], "refused": []}
    for line in log.lines():
        kinds.append(line.kind)
        if line.kind in beside:
            beside[line.kind].append(line.record)
        else:
            ranks.append((hashlib.sha256(f"{seed} {line.digest}".encode()).hexdigest(), line.seq))
    drawn = frozenset(seq for _, seq in sorted(ranks)[:sample])
    judged = beside["judgment"]
    verdicts = {text_of(one.get("receipt")): text_of(one.get("verdict")) for one in judged}
    advice: list[LoggedAdvice] = []
    unread: list[str] = []
    warnings: Counter[tuple[str, str]] = Counter()
    for line, one in logged_advice(log.lines(), folder):
        if isinstance(one, Unread):
            unread.append(f"{one.place}: {one.reason}")
            continue
        advice.append(_told(line, one, day, verdicts, drawn))
        titles = {text_of(rule.get("id")): text_of(rule.get("title")) for rule in one.rows("rules")}
        raised = [text_of(flag.get("rule")) for flag in one.rows("advice", "red_flags")]
        warnings.update((rule, titles.get(rule, "")) for rule in raised)
    overridden = Counter(
        (rule, "") for one in judged if text_of(one.get("verdict")) == "override" for rule in one.get("rules", ())
    )
    return LogReport(
        as_of=day.isoformat(), seed=seed, records=len(kinds), of_kind=_counted((kind, "") for kind in kinds),
        options=_counted((one.option, one.title) for one in advice), asked=_counted((one.asked, "") for one in advice),
        sure=_counted((one.sure, "") for one in advice), warnings=_counted(warnings.elements()),
        verdicts=_counted((text_of(one.get("verdict")), "") for one in judged),
        overridden=_counted(overridden.elements()),
        errors=_counted((text_of(one.get("error")), "") for one in (*beside["error"], *beside["refused"])),
        advice=tuple(advice), unread=tuple(unread),
    )  # fmt: skip


def _told(
    line: LogLine, kept: KeptRecord, day: datetime.date, verdicts: Mapping[str, str], drawn: frozenset[int]
) -> LoggedAdvice:
    expires = kept.text("expires")
    return LoggedAdvice(
        record=line.seq, time=kept.time, receipt=kept.receipt,
        asked=kept.text("advice", "plan", "answer", "asked"),
        option=kept.text("advice", "recommendation", "option"),
        title=kept.text("advice", "recommendation", "title"),
        sure=kept.text("advice", "plan", "answer", "sure"),
        warnings=len(kept.rows("advice", "red_flags")), expires=expires, expired="" < expires < day.isoformat(),
        verdict=verdicts.get(kept.receipt, ""), drawn=line.seq in drawn,
    )  # fmt: skip


def _counted(found: Iterable[tuple[str, str]]) -> tuple[Counted, ...]:
    """How often each stands there, the most frequent first, then by id."""
    count = Counter(found)
    ranked = sorted(count.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Counted(what=what, title=title, count=number) for (what, title), number in ranked)
