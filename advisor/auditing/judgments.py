"""Judgments of people beside a receipt: a file of chained lines that begins with the receipt's own digest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from advisor.auditing.chain import Broken, Torn, linked, next_line, parsed
from advisor.auditing.durable import append_durably, locked
from advisor.auditing.seal import canonical
from advisor.auditing.signing import check_signature, sign
from advisor.errors import DataError, Place, Problem
from advisor.model.answers import nearest, shown
from advisor.model.judgment import Judgment, Review, RuleReview
from advisor.model.log import LogLine
from advisor.model.signature import DsseEnvelope, SignatureReport

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
            raw = next_line(prev, seq + 1, "judgment", judgment_record(judgment))
            append_durably(self.path, raw)
        return parsed(raw)

    def lines(self) -> Iterator[LogLine]:
        """Every line, in order. Raises DataError at the first that does not hold, and OSError."""
        if not self.path.exists():
            return
        if not self.path.stat().st_size:
            raise _wrong(self.path, 1, "it is not there: the file is empty, so it was cut off")
        prev, seq = self._start, 0
        with self.path.open("rb") as file:
            for raw in file:
                try:
                    line = linked(raw, prev, seq + 1)
                    judgment = judgment_in(line)
                except (Torn, Broken) as bad:
                    raise _wrong(self.path, seq + 1, str(bad)) from None
                if judgment.receipt_digest != self._start:
                    raise _wrong(self.path, seq + 1, "it judges another receipt")
                prev, seq = line.digest, line.seq
                yield line


def judgment_in(line: LogLine) -> Judgment:
    """The judgment that a line holds. Raises Broken."""
    try:
        return Judgment.model_validate({**line.record, "rules": tuple(line.record.get("rules", ()))})
    except (ValueError, TypeError):
        raise Broken("it holds no judgment") from None


def judgment_record(judgment: Judgment) -> dict[str, Any]:
    """A judgment as plain data, as its line holds it; the key `signature` is there only when it is signed."""
    return judgment.model_dump(mode="json", by_alias=True, exclude_none=True)


def signable(judgment: Judgment) -> bytes:
    """The bytes of a judgment that a signature is over: the canonical JSON of all of it but the signature."""
    return canonical(judgment_record(judgment.model_copy(update={"signature": None})))


def signed_by(judgment: Judgment, key: Path) -> Judgment:
    """The judgment with a signature by the private key in a file. Raises as `signing.sign`."""
    envelope = DsseEnvelope.model_validate_json(sign(signable(judgment), judgment.receipt, key))
    return judgment.model_copy(update={"signature": envelope})


def check_judgment(judgment: Judgment, public_keys: Iterable[Path]) -> SignatureReport:
    """Whether a judgment is signed, and by whom of those whose public keys are given. Raises as `check_signature`."""
    there = judgment.signature
    envelope = there.model_dump_json(by_alias=True).encode("utf-8") if there is not None else None
    return check_signature(signable(judgment), envelope, public_keys)


def judgeable_rules(content: dict[str, Any], rules: Iterable[str]) -> tuple[str, ...]:
    """The ids of rules as a receipt's content has them, as far as a mask left them. Raises DataError for one that did
    not fire in it, or of which that was erased."""
    fired = sorted(_fired({"content": content}))
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


def review(lines: Iterable[LogLine | Mapping[str, Any]]) -> Review:
    """How rules fared, from lines of logs and of files of judgments, and from receipts as plain data.

    A judgment that stands in several, signed or not, counts once, and so does a receipt.

    Raises DataError for a line that says it is a judgment and is none.
    """
    fired: Counter[str] = Counter()
    verdicts: Counter[tuple[str, str]] = Counter()
    seen: set[bytes] = set()
    counted: set[str] = set()
    unnamed = 0
    for line in lines:
        if isinstance(line, Mapping) or line.kind == "advice":
            if (name := _named(line)) not in counted:
                counted.add(name)
                fired.update(_fired(line if isinstance(line, Mapping) else line.record.get("receipt")))
        elif line.kind == "judgment" and signable(judgment := _checked(line)) not in seen:
            seen.add(signable(judgment))
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
    return Review(receipts=len(counted), rules=tuple(rows), unnamed_overrides=unnamed)


def _named(line: LogLine | Mapping[str, Any]) -> str:
    """What names a receipt, logged or not: its envelope digest, or else the digest of its line."""
    if isinstance(line, Mapping):
        return str(line["envelope_digest"])
    receipt = line.record.get("receipt")
    name = receipt.get("envelope_digest") if isinstance(receipt, dict) else None
    return name if isinstance(name, str) else line.digest


def _fired(receipt: Any) -> set[str]:
    """The rules that fired in a receipt, as far as a mask left them."""
    here: Any = receipt
    for key in ("content", "advice", "trace", "firings"):
        here = here.get(key) if isinstance(here, dict) else None
    firings = here if isinstance(here, list) else []
    return {one["rule"] for one in firings if isinstance(one, dict) and isinstance(one.get("rule"), str)}


def _checked(line: LogLine) -> Judgment:
    try:
        return judgment_in(line)
    except Broken as bad:
        raise DataError(Problem(Place(), f"record {line.seq}: {bad}")) from None


def _wrong(path: Path, seq: int, reason: str) -> DataError:
    fix = "Keep a copy, and ask who wrote it: a judgment is never mended by a program"
    return DataError(Problem(Place(shown(path.name)), f"judgment {seq}: {reason}", "", fix))
