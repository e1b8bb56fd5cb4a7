"""Torn tails of files of chained lines: found, moved aside, and recorded; what was acknowledged is never touched."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from advisor.audit.keeping.chain import Broken, Torn, linked
from advisor.audit.keeping.durable import append_durably, cut_durably
from advisor.audit.model.log import FailureRecord, LoggedProblem, TornTail

REPAIRED = "TornTail"
"""The name under which a repair is recorded."""


def raw_lines(path: Path, size: int | None = None) -> Iterator[tuple[int, bytes]]:
    """Each line of a file (its first `size` bytes) with the place where it begins. Raises OSError."""
    with path.open("rb") as file:
        offset = 0
        while (size is None or offset < size) and (raw := file.readline()):
            yield offset, raw
            offset += len(raw)


def torn_tail(path: Path, due: tuple[str, int], offset: int, raw: bytes) -> TornTail:
    """The torn tail of a file; `due` is the digest that it should name, and the record that it should be."""
    try:
        whole = bool(linked(raw + b"\n", *due))
    except (Torn, Broken):
        whole = False
    return TornTail(
        file=path.name, seq=due[1], offset=offset, length=len(raw), sha256=hashlib.sha256(raw).hexdigest(), whole=whole
    )


def mend(folder: Path, torn: TornTail) -> None:
    """Give a line its line feed when it lacks that alone; else move what was torn to a file of its own in the folder.

    Raises OSError.
    """
    path = folder / torn.file
    if torn.whole:
        append_durably(path, b"\n")
    elif torn.length:
        aside = folder / torn.kept_as
        aside.unlink(missing_ok=True)  # a repair before may have come so far
        append_durably(aside, path.read_bytes()[torn.offset :])
        cut_durably(path, torn.offset)


def repair_record(torn: TornTail, time: str) -> FailureRecord:
    """What a repair at `time` (UTC) leaves in the chain."""
    message = f"a torn tail was moved to {torn.kept_as}: {torn.length} bytes with the SHA-256 {torn.sha256}"
    if torn.whole:
        message = f"record {torn.seq} was whole but for its line feed, which was added"
    if not torn.length:
        message = "the file was empty: a first record was not written, or all records were cut off"
    problem = LoggedProblem(question="", line=0, message=message, expected="", fix="")
    return FailureRecord(time=time, error=REPAIRED, problems=(problem,))
