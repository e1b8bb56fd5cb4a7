"""Reads advice that was kept: receipts of any form, from files, from folders of them, and from decision logs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from advisor.audit.keeping.chain import START, Broken, LineHead, Torn, linked, linked_head, parsed
from advisor.audit.keeping.log import DecisionLog
from advisor.audit.keeping.recall_index import RecallIndex
from advisor.audit.keeping.rulebooks import Rulebooks
from advisor.audit.keeping.whole import is_small, whole_content
from advisor.audit.model.log import MASKED_FORMAT, LogLine
from advisor.audit.model.recall import Reason
from advisor.audit.model.receipt import FORMAT, Receipt
from advisor.audit.model.small import SMALL_FORMAT, SmallReceipt
from advisor.audit.recording.masks import check_masked
from advisor.audit.recording.pointers import touched
from advisor.audit.recording.seal import canonical, read_receipt
from advisor.errors import DataError, Place, Problem
from advisor.model.answers import Raw
from advisor.model.misfit import first_misfit
from advisor.model.safe_text import printable
from advisor.verifier import refusal, unsound

LOG_FILES = "log-*.jsonl"
FORMATS = (FORMAT, SMALL_FORMAT, MASKED_FORMAT)
_FAMILY = b"advisor.receipt"


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """One piece of advice that was kept: where it stands, its receipt's id and time, and the content as plain data; of
    a small receipt, the content that a whole one has.

    `erased` are the JSON pointers of what a mask took away; all else has the shape of a receipt.
    """

    place: str
    receipt: str
    time: str
    content: Mapping[str, Any]
    erased: tuple[str, ...] = ()

    def need(self, *parts: str) -> None:
        """Raises Erased when one of these parts of the content, such as `rules/*/id`, or something in it, is gone."""
        gone = touched(self.erased, parts)
        if gone:
            raise ErasedPart(gone)

    def part(self, *keys: str) -> Any:
        """A part of the content; None when it is not there."""
        here: Any = self.content
        for key in keys:
            here = here.get(key) if isinstance(here, dict) else None
        return here

    def text(self, *keys: str) -> str:
        """A text in the content; empty where there is none, or a mask took it."""
        return text_of(self.part(*keys))

    def rows(self, *keys: str) -> list[dict[str, Any]]:
        """A list in the content, without the entries that were erased; empty when the whole of it was."""
        here = self.part(*keys)
        return [row for row in here if isinstance(row, dict)] if isinstance(here, list) else []


def text_of(data: Any) -> str:
    """A text; empty where a mask left none."""
    return data if isinstance(data, str) else ""


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that could not be looked through: where it stands, and why."""

    place: str
    reason: str


class ErasedPart(LookupError):
    """A part that is needed was erased by a mask; the text is its JSON pointer."""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Advice in a log that does not rest on what is sought, by the log's index; `known` is what could be sought."""

    place: str
    known: frozenset[str]


def sought_in(paths: Iterable[Path], reason: Reason, subject: str) -> Iterator[KeptRecord | Unread | PassedOver]:
    """The same as `kept_in`, where logs are looked through with their index. Raises as `kept_in`."""
    for path in paths:
        log = path.is_dir() and any(path.glob(LOG_FILES))
        yield from kept_in([path], logs=not log)
        if log:
            yield from _sought_in_log(path, reason, subject)


def kept_in(paths: Iterable[Path], *, logs: bool = True) -> Iterator[KeptRecord | Unread]:
    """All advice in files (one receipt, or one file of a log) and folders: their `*.json` receipts and, with `logs`,
    their log.

    In a folder, JSON files of other formats are passed over. What does not hold is given as unread, and so is the rest
    of a log after a record that does not hold. Raises DataError for a path that is not there, cannot be read, or is
    neither a receipt nor a log.
    """
    for path in paths:
        if not path.is_dir():
            yield from _in_log_file(path) if path.suffix == ".jsonl" else _in_file(path, strict=True)
            continue
        for file in sorted(path.glob("*.json")):
            if file.is_symlink() and not file.exists():
                yield Unread(printable(file.name), "it is a link that leads nowhere")
            elif file.is_file():
                yield from _in_file(file, strict=False)
        if logs and any(path.glob(LOG_FILES)):
            yield from _in_log(path)


def receipt_of(raw: bytes | str, name: str) -> Receipt | SmallReceipt:
    """The receipt in some bytes. Raises DataError when they hold none, with the first reason."""
    try:
        return read_receipt(raw)
    except ValidationError as bad:
        found = first_misfit(bad)
        raise DataError(Problem(Place(name, key=found.key), found.reason, f"a receipt of format {FORMAT}")) from None


def recorded_answers(receipt: Receipt | SmallReceipt) -> dict[str, Raw]:
    """The answers that a receipt records, as in an answer file; a private text is `(private)` still."""
    return {a.question: a.said if a.value is None else a.value for a in receipt.content.answers}


def kept_answers(kept: KeptRecord) -> dict[str, Raw]:
    """The same of kept advice. Raises Erased when an answer was taken away, whole or in part."""
    kept.need("answers/*/question", "answers/*/said", "answers/*/value")
    told: dict[str, Raw] = {}
    for answer in kept.rows("answers"):
        value = answer["value"]
        told[answer["question"]] = answer["said"] if value is None else tuple(value) if type(value) is list else value
    return told


def logged_advice(lines: Iterable[LogLine], folder: Path) -> Iterator[tuple[LogLine, KeptRecord | Unread]]:
    """The advice in lines of the log in a folder, each with its line."""
    name, books = printable(folder.name), Rulebooks(folder)
    for line in lines:
        for found in _logged(line, f"{name}, record {line.seq}", books):
            yield line, found


def _in_log(folder: Path) -> Iterator[KeptRecord | Unread]:
    name = printable(folder.name)
    try:
        yield from (found for _, found in logged_advice(DecisionLog(folder).lines(), folder))
    except DataError as bad:
        yield Unread(name, f"the rest of the log does not hold: {bad}")


def _sought_in_log(folder: Path, reason: Reason, subject: str) -> Iterator[KeptRecord | Unread | PassedOver]:
    """The advice in a log, of which the index tells what need not be read. Every line is checked all the same."""
    name, index, books = printable(folder.name), RecallIndex(folder, reason, subject), Rulebooks(folder)
    log = DecisionLog(folder)
    try:
        for line in log.walk(lambda raw, prev, seq: _taken_in(index, raw, prev, seq)):
            place = f"{name}, record {line.seq}"
            if isinstance(line, LogLine):
                yield from _logged(line, place, books, fired_alone=True)
            elif not index.is_no_advice(line.digest):
                yield PassedOver(place, index.known)
    except DataError as bad:
        yield Unread(name, f"the rest of the log does not hold: {bad}")
    finally:
        index.close()


def _taken_in(index: RecallIndex, raw: bytes, prev: str, seq: int) -> LogLine | LineHead:
    """A line of a log, once the index has it; its head alone where it need not be read. Raises Torn or Broken."""
    head = linked_head(raw, prev, seq)
    if not index.knows(head.digest):
        index.add(linked(raw, prev, seq))
    skipped = index.is_no_advice(head.digest) or index.passes_over(head.digest)
    return head if skipped else linked(raw, prev, seq)


def _in_log_file(path: Path) -> Iterator[KeptRecord | Unread]:
    """The advice in one file of a log, whose records are checked against each other alone."""
    name, before, books = printable(path.name), None, Rulebooks(path.parent)
    for number, raw in enumerate(_bytes_of(path).splitlines(keepends=True), 1):
        try:
            line = parsed(raw)
            if before is not None or line.seq == 1:
                prev, seq = (before.digest, before.seq) if before is not None else (START, 0)
                linked(raw, prev, seq + 1)
        except (Torn, Broken) as bad:
            yield Unread(f"{name}, line {number}", f"it and what follows do not hold: {bad}")
            return
        yield from _logged(line, f"{name}, record {line.seq}", books)
        before = line


def _logged(
    line: LogLine, place: str, books: Rulebooks, *, fired_alone: bool = False
) -> Iterator[KeptRecord | Unread]:  # fmt: skip
    if line.kind != "advice":
        return
    data = line.record.get("receipt")
    if isinstance(data, dict) and data.get("format") in FORMATS:
        wrong = next(_problems(canonical(data) + b"\n", data), None)
        yield _kept(data, place, books, fired_alone=fired_alone) if wrong is None else Unread(place, wrong)
    else:
        yield Unread(place, f"it holds no receipt of format {FORMAT}")


def _in_file(path: Path, *, strict: bool) -> Iterator[KeptRecord | Unread]:
    try:
        raw = _bytes_of(path)
    except DataError as bad:
        if strict:
            raise
        yield Unread(printable(path.name), str(bad))
        return
    name = printable(str(path) if strict else path.name)
    refused = refusal(raw)
    data: Any = None if refused else json.loads(raw)
    known = _FAMILY in raw if refused else isinstance(data, dict) and data.get("format") in FORMATS
    found: KeptRecord | Unread = Unread(name, refused or f"it does not say that it is of format {FORMAT}")
    if known and not refused:
        wrong = next(_problems(raw, data), None)
        found = _kept(data, name, Rulebooks(path.parent)) if wrong is None else Unread(name, wrong)
    if isinstance(found, KeptRecord) or (known and not strict):
        yield found
    elif strict:
        raise DataError(Problem(Place(name), found.reason, "a receipt of `advisor receipt make`, or a file of a log"))


def _problems(raw: bytes, data: dict[str, Any]) -> Iterator[str]:
    """Where a receipt has another shape, or a digest that is not its own."""
    if data["format"] == MASKED_FORMAT:
        yield from check_masked(raw).problems
        return
    yield from unsound(data)


def _kept(
    data: dict[str, Any], place: str, books: Rulebooks, *, fired_alone: bool = False
) -> KeptRecord | Unread:  # fmt: skip
    """Advice that holds; unread when it takes a rulebook that is not there, or does not follow from it. Of a small
    receipt, all that it says in full, or with `fired_alone` what comes of the rules that fired."""
    erased = tuple(one["path"] for one in data.get("erased", ()))
    content = data["content"]
    if is_small(data):
        try:
            content = whole_content(content, books.read(content["rulebook"]), fired_alone=fired_alone)
        except ValueError as bad:
            return Unread(place, str(bad))
    return KeptRecord(place, data["id"], data["time"], content, erased)


def _bytes_of(path: Path) -> bytes:
    name = printable(str(path))
    try:
        return path.read_bytes()
    except OSError as bad:
        problem = f"the file cannot be read ({bad.strerror})"
        raise DataError(Problem(Place(name), problem, "a receipt, a log, or a folder of them")) from None
