"""Judgments of people beside a receipt: a file of chained lines that begins with the receipt's own digest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from advisor.auditing.chain import Broken, Torn, linked, next_line, parsed
from advisor.auditing.durable import append_durably, locked
from advisor.errors import DataError, Place, Problem
from advisor.model.answers import nearest, shown
from advisor.model.judgment import Judgment, Review, RuleReview
from advisor.model.log import LogLine

SUFFIX = ".judgments.jsonl"


class Judgments:
    """The judgments beside one receipt's file; `receipt_digest` is the envelope digest of that receipt."""

    def __init__(self, receipt_file: Path, receipt_digest: str) -> None:
        self.path = receipt_file.with_name(receipt_file.name + SUFFIX)
        self._start = receipt_digest

    def add(self, judgment: Judgment) -> LogLine:
        """Add a judgment, and return its line once the disk has it.

        Raises DataError when a line that is there does not hold, AdvisorError on a system without POSIX file locks,
        and OSError. Nothing is added then.
        """
        with locked(self.path.with_name(self.path.name + ".lock")):
            prev, seq = self._start, 0
            for line in self.lines():
                prev, seq = line.digest, line.seq
            raw = next_line(prev, seq + 1, "judgment", judgment.model_dump(mode="json"))
            append_durably(self.path, raw)
        return parsed(raw)

    def lines(self) -> Iterator[LogLine]:
        """Every line, in order. Raises DataError at the first that does not hold, and OSError."""
        if not self.path.exists():
            return
        prev, seq = self._start, 0
        with self.path.open("rb") as file:
            for raw in file:
                try:
                    line = linked(raw, prev, seq + 1)
                    judgment = _judgment_in(line)
                except (Torn, Broken) as bad:
                    raise _wrong(self.path, seq + 1, str(bad)) from None
                if judgment.receipt_digest != self._start:
                    raise _wrong(self.path, seq + 1, "it judges another receipt")
                prev, seq = line.digest, line.seq
                yield line


def judgeable_rules(content: dict[str, Any], rules: Iterable[str]) -> tuple[str, ...]:
    """The ids of rules as a receipt's content has them. Raises DataError for one that did not fire in it."""
    fired = sorted({firing["rule"] for firing in content["advice"]["trace"]["firings"]})
    found = []
    for rule in rules:
        if rule.upper() not in fired:
            raise DataError(
                Problem(
                    Place(key=shown(rule)), "no rule with this id fired in the receipt", "a rule that fired",
                    nearest(rule, fired),
                )
            )  # fmt: skip
        found.append(rule.upper())
    return tuple(dict.fromkeys(found))


def review(lines: Iterable[LogLine]) -> Review:
    """How rules fared, from lines of logs and of files of judgments; one that stands in both counts once.

    Raises DataError for a line that says it is a judgment and is none.
    """
    fired: Counter[str] = Counter()
    verdicts: Counter[tuple[str, str]] = Counter()
    seen: set[Judgment] = set()
    receipts = unnamed = 0
    for line in lines:
        if line.kind == "advice":
            receipts += 1
            fired.update(_fired(line.record))
        if line.kind != "judgment":
            continue
        judgment = _checked(line)
        if judgment in seen:
            continue
        seen.add(judgment)
        verdicts.update((rule, judgment.verdict) for rule in judgment.rules)
        unnamed += judgment.verdict == "override" and not judgment.rules
    rows = [
        RuleReview(
            rule=rule, fired=fired[rule], overridden=verdicts[rule, "override"], accepted=verdicts[rule, "accept"],
            commented=verdicts[rule, "comment"],
        )
        for rule in {rule for rule, _ in verdicts}
    ]  # fmt: skip
    rows.sort(key=lambda row: (-row.overridden, -row.commented, row.rule))
    return Review(receipts=receipts, rules=tuple(rows), unnamed_overrides=unnamed)


def _fired(record: dict[str, Any]) -> set[str]:
    """The rules that fired in a logged receipt, as far as a mask left them."""
    here: Any = record.get("receipt")
    for key in ("content", "advice", "trace", "firings"):
        here = here.get(key) if isinstance(here, dict) else None
    firings = here if isinstance(here, list) else []
    return {one["rule"] for one in firings if isinstance(one, dict) and isinstance(one.get("rule"), str)}


def _checked(line: LogLine) -> Judgment:
    try:
        return _judgment_in(line)
    except Broken as bad:
        raise DataError(Problem(Place(), f"record {line.seq}: {bad}")) from None


def _judgment_in(line: LogLine) -> Judgment:
    """The judgment that a line holds. Raises Broken."""
    try:
        return Judgment.model_validate({**line.record, "rules": tuple(line.record.get("rules", ()))})
    except (ValueError, TypeError):
        raise Broken("it holds no judgment") from None


def _wrong(path: Path, seq: int, reason: str) -> DataError:
    fix = "Keep a copy, and ask who wrote it: a judgment is never mended by a program"
    return DataError(Problem(Place(shown(path.name)), f"judgment {seq}: {reason}", "", fix))
