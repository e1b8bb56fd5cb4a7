"""Judgments of people beside a receipt: a file of chained lines that begins with the receipt's own digest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from advisor.audit.keeping.chain import Broken, Torn, linked, next_line, parsed
from advisor.audit.keeping.durable import append_durably, locked
from advisor.audit.keeping.torn import REPAIRED, mend, raw_lines, repair_record, torn_tail
from advisor.audit.model.judgment import Judgment, Review, RuleReview
from advisor.audit.model.log import FailureRecord, Kind, LogLine, TornTail
from advisor.audit.model.signature import DsseEnvelope, SignatureReport
from advisor.audit.recording.seal import canonical
from advisor.audit.recording.signing import check_signature, sign
from advisor.errors import DataError, Place, Problem
from advisor.model.answers import nearest
from advisor.model.rule_ids import rule_id
from advisor.model.safe_text import shown

SUFFIX = ".judgments.jsonl"

_TORN = "`advisor receipt repair` mends that"
_BROKEN = "Keep a copy, and ask who wrote it: what was changed is never mended by a program"


class Judgments:
    """The judgments beside one receipt's file; `receipt_digest` is the envelope digest of that receipt."""

    def __init__(self, receipt_file: Path, receipt_digest: str) -> None:
        self.path = receipt_file.with_name(receipt_file.name + SUFFIX)
        self._start = receipt_digest

    def add(self, judgment: Judgment) -> LogLine:
        """Add a judgment, and return its line once the disk has it: from then on a crash cannot lose it.

        Raises DataError when a line that is there is torn or does not hold, AdvisorError on a system without POSIX file
        locks, and OSError. Nothing is added then.
        """
        with self._locked():
            prev, seq = self._start, 0
            for line in self.records():
                prev, seq = line.digest, line.seq
            return self._append(prev, seq + 1, "judgment", judgment_record(judgment))

    def lines(self) -> Iterator[LogLine]:
        """Every judgment, in order. Raises as `records`."""
        return (line for line in self.records() if line.kind == "judgment")

    def records(self) -> Iterator[LogLine]:
        """Every line, in order: judgments, and what repairs left. Raises DataError at the first that does not hold, and
        OSError."""
        if not self.path.exists():
            return
        if not self.path.stat().st_size:
            raise self._wrong(1, "it is not there: the file is empty, so it was not written, or was cut off", _TORN)
        prev, seq = self._start, 0
        for _, raw in raw_lines(self.path):
            try:
                line = linked(raw, prev, seq + 1)
                self._refuse_other(line)
            except Torn as bad:
                raise self._wrong(seq + 1, f"it was not wholly written: {bad}", _TORN) from None
            except Broken as bad:
                raise self._wrong(seq + 1, str(bad), _BROKEN) from None
            prev, seq = line.digest, line.seq
            yield line

    def repair(self, time: str) -> TornTail | None:
        """Mend an empty file or a torn last line, and add a record that says so, at `time` (UTC); what was torn, or
        None. What lacks its line feed alone gets it; other tails are moved to a file of their own beside this one.

        Raises DataError when a line is broken: that is no accident, and nothing is changed then. Raises OSError.
        """
        with self._locked():
            prev, seq = self._start, 0
            empty = self.path.exists() and not self.path.stat().st_size
            torn = torn_tail(self.path, (prev, 1), 0, b"") if empty else None
            for offset, raw in raw_lines(self.path) if self.path.exists() else ():
                try:
                    line = linked(raw, prev, seq + 1)
                    self._refuse_other(line)
                except Torn:
                    torn = torn_tail(self.path, (prev, seq + 1), offset, raw)
                    if not torn.whole:
                        break
                    line = linked(raw + b"\n", prev, seq + 1)
                except Broken as bad:
                    raise self._wrong(seq + 1, str(bad), "A repair would hide that") from None
                prev, seq = line.digest, line.seq
            if torn is not None:
                mend(self.path.parent, torn)
                self._append(prev, seq + 1, "error", repair_record(torn, time).model_dump(mode="json"))
            return torn

    @property
    def lock(self) -> Path:
        """The lock file, which stays where judgments were written."""
        return self.path.with_name(self.path.name + ".lock")

    def _locked(self) -> AbstractContextManager[None]:
        return locked(self.lock)

    def _append(self, prev: str, seq: int, kind: Kind, record: Mapping[str, Any]) -> LogLine:
        raw = next_line(prev, seq, kind, record)
        append_durably(self.path, raw)
        return parsed(raw)

    def _refuse_other(self, line: LogLine) -> None:
        """Raises Broken for a line that is neither a judgment of this receipt nor what a repair left."""
        if line.kind == "judgment":
            if judgment_in(line).receipt_digest != self._start:
                raise Broken("it judges another receipt")
            return
        try:
            repaired = line.kind == "error" and FailureRecord.model_validate_json(canonical(line.record))
        except ValueError:
            repaired = False
        if not repaired or repaired.error != REPAIRED:
            raise Broken("it holds no judgment")

    def _wrong(self, seq: int, reason: str, fix: str) -> DataError:
        return DataError(Problem(Place(shown(self.path.name)), f"judgment {seq}: {reason}", "", fix))


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
        if rule_id(rule) not in fired:
            raise DataError(
                Problem(
                    Place(key=shown(rule)), "no rule with this id fired in the receipt", "a rule that fired",
                    nearest(rule, fired),
                )
            )  # fmt: skip
        found.append(rule_id(rule))
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
