"""Reads advice that was kept: receipts, whole or masked, from files, from folders of them, and from decision logs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from advisor.audit.keeping.chain import START, Broken, Torn, linked, parsed
from advisor.audit.keeping.log import DecisionLog
from advisor.audit.model.log import MASKED_FORMAT, LogLine
from advisor.audit.model.receipt import FORMAT, Receipt
from advisor.audit.recording.masks import check_masked
from advisor.audit.recording.pointers import touched
from advisor.audit.recording.seal import canonical
from advisor.errors import DataError, Place, Problem
from advisor.model.answers import Raw
from advisor.model.misfit import first_misfit
from advisor.model.safe_text import printable
from advisor.verifier import refusal, unsound

LOG_FILES = "log-*.jsonl"
_FAMILY = b"advisor.receipt"


@dataclass(frozen=True, slots=True)
class Kept:
    """One piece of advice that was kept: where it stands, its receipt's id and time, and the content as plain data.

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
            raise Erased(gone)

    def part(self, *keys: str) -> Any:
        """A part of the content; None when it is not there."""
        here: Any = self.content
        for key in keys:
            here = here.get(key) if isinstance(here, dict) else None
        return here

    def rows(self, *keys: str) -> list[dict[str, Any]]:
        """A list in the content, without the entries that were erased; empty when the whole of it was."""
        here = self.part(*keys)
        return [row for row in here if isinstance(row, dict)] if isinstance(here, list) else []


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that could not be looked through: where it stands, and why."""

    place: str
    reason: str


class Erased(LookupError):
    """A part that is needed was erased by a mask; the text is its JSON pointer."""


def kept_in(paths: Iterable[Path]) -> Iterator[Kept | Unread]:
    """All advice in files (one receipt, or one file of a log) and folders (their `*.json` receipts, and their log).

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
        if any(path.glob(LOG_FILES)):
            yield from _in_log(path)


def receipt_of(raw: bytes | str, name: str) -> Receipt:
    """The receipt in some bytes. Raises DataError when they hold none, with the first reason."""
    try:
        return Receipt.model_validate_json(raw)
    except ValidationError as bad:
        found = first_misfit(bad)
        raise DataError(Problem(Place(name, key=found.key), found.reason, f"a receipt of format {FORMAT}")) from None


def recorded_answers(receipt: Receipt) -> dict[str, Raw]:
    """The answers that a receipt records, as in an answer file; a private text is `(private)` still."""
    return {a.question: a.said if a.value is None else a.value for a in receipt.content.answers}


def kept_answers(kept: Kept) -> dict[str, Raw]:
    """The same of kept advice. Raises Erased when an answer was taken away, whole or in part."""
    kept.need("answers/*/question", "answers/*/said", "answers/*/value")
    told: dict[str, Raw] = {}
    for answer in kept.rows("answers"):
        value = answer["value"]
        told[answer["question"]] = answer["said"] if value is None else tuple(value) if type(value) is list else value
    return told


def _in_log(folder: Path) -> Iterator[Kept | Unread]:
    name = printable(folder.name)
    try:
        for line in DecisionLog(folder).lines():
            yield from _logged(line, f"{name}, record {line.seq}")
    except DataError as bad:
        yield Unread(name, f"the rest of the log does not hold: {bad}")


def _in_log_file(path: Path) -> Iterator[Kept | Unread]:
    """The advice in one file of a log, whose records are checked against each other alone."""
    name, before = printable(path.name), None
    for number, raw in enumerate(_bytes_of(path).splitlines(keepends=True), 1):
        try:
            line = parsed(raw)
            if before is not None or line.seq == 1:
                prev, seq = (before.digest, before.seq) if before is not None else (START, 0)
                linked(raw, prev, seq + 1)
        except (Torn, Broken) as bad:
            yield Unread(f"{name}, line {number}", f"it and what follows do not hold: {bad}")
            return
        yield from _logged(line, f"{name}, record {line.seq}")
        before = line


def _logged(line: LogLine, place: str) -> Iterator[Kept | Unread]:
    if line.kind != "advice":
        return
    data = line.record.get("receipt")
    if isinstance(data, dict) and data.get("format") in (FORMAT, MASKED_FORMAT):
        wrong = next(_problems(canonical(data) + b"\n", data), None)
        yield _kept(data, place) if wrong is None else Unread(place, wrong)
    else:
        yield Unread(place, f"it holds no receipt of format {FORMAT}")


def _in_file(path: Path, *, strict: bool) -> Iterator[Kept | Unread]:
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
    known = _FAMILY in raw if refused else isinstance(data, dict) and data.get("format") in (FORMAT, MASKED_FORMAT)
    reason: str | None = refused or f"it does not say that it is of format {FORMAT}"
    if known and not refused:
        reason = next(_problems(raw, data), None)
    if reason is None:
        yield _kept(data, name)
    elif known and not strict:
        yield Unread(name, reason)
    elif strict:
        raise DataError(Problem(Place(name), reason, "a receipt of `advisor receipt make`, or a file of a log"))


def _problems(raw: bytes, data: dict[str, Any]) -> Iterator[str]:
    """Where a receipt has another shape, or a digest that is not its own."""
    if data["format"] == MASKED_FORMAT:
        yield from check_masked(raw).problems
        return
    yield from unsound(data)


def _kept(data: dict[str, Any], place: str) -> Kept:
    erased = tuple(one["path"] for one in data.get("erased", ()))
    return Kept(place, data["id"], data["time"], data["content"], erased)


def _bytes_of(path: Path) -> bytes:
    name = printable(str(path))
    try:
        return path.read_bytes()
    except OSError as bad:
        problem = f"the file cannot be read ({bad.strerror})"
        raise DataError(Problem(Place(name), problem, "a receipt, a log, or a folder of them")) from None
