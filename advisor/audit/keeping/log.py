"""The decision log: a folder of JSON Lines that chain, safe with many writers and across crashes."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol, TypeVar

from advisor.audit.keeping.chain import START, Broken, Torn, linked, next_line, parsed
from advisor.audit.keeping.durable import append_durably, last_line, locked, make_folder
from advisor.audit.keeping.torn import mend, raw_lines, repair_record, torn_tail
from advisor.audit.model.log import Kind, LogLine, LogState, TornTail
from advisor.audit.recording.seal import must_be_time
from advisor.errors import CallError, DataError, Place, Problem
from advisor.model.calls import must_be, path_of
from advisor.model.safe_text import shown


class Placed(Protocol):
    """What has a place in a log, and a digest."""

    @property
    def seq(self) -> int:
        """The number of the record."""

    @property
    def digest(self) -> str:
        """The digest of the line."""


Read = TypeVar("Read", bound=Placed)

LOCK = "log.lock"
MOST_BYTES = 64_000_000
"""A file of the log is closed, and the next begun, before it grows beyond; one record may be larger."""

_NAME = re.compile(r"log-([0-9]{6,})\.jsonl")
_FIX = "`advisor log verify` tells more, and `advisor log repair` mends a torn tail"


class DecisionLog:
    """The log in a folder. Any number of threads and processes may add to it; POSIX systems only."""

    def __init__(self, folder: str | os.PathLike[str], most_bytes: int = MOST_BYTES) -> None:
        """Nothing is touched before the first record. `most_bytes` limits each file's size. Raises CallError for what
        is no folder or no number."""
        must_be(int, most_bytes=most_bytes)
        self.folder, self._most = path_of(folder), most_bytes

    def append(self, kind: Kind, record: Mapping[str, Any]) -> LogLine:
        """Add a record, and return its line once the disk has it: from then on a crash cannot lose it.

        Raises DataError when the log's last line is torn or broken, CallError for what is no record, OSError when the
        disk refuses, AdvisorError on a system without POSIX file locks. Nothing is added then.
        """
        make_folder(self.folder)
        with locked(self.folder / LOCK):
            return self._append(kind, record)

    def refuse_broken_end(self) -> None:
        """Raises DataError when no record could be added, because the last line is torn or broken; and OSError."""
        if self.folder.is_dir():
            with locked(self.folder / LOCK, shared=True):
                self._last(self._files())

    def state(self) -> LogState:
        """Check every line. Raises DataError when there is no such folder, and OSError."""
        self._refuse_missing()
        with locked(self.folder / LOCK, shared=True):
            return self._state()

    def lines(self) -> Iterator[LogLine]:
        """Every line, in order, up to a torn tail. Raises DataError at the first that is broken, and OSError."""
        return self.walk(linked)

    def walk(self, read: Callable[[bytes, str, int], Read]) -> Iterator[Read]:
        """What `read` makes of every line, in order, up to a torn tail: of its bytes, the digest that it should name
        and the record that it should be. It raises Torn or Broken. Raises as `lines`.
        """
        self._refuse_missing()
        with locked(self.folder / LOCK, shared=True):
            ends = [(path, path.stat().st_size) for path in self._files()]
        prev, seq = START, 0
        for path, size in ends:
            for offset, raw in raw_lines(path, size):
                try:
                    line = read(raw, prev, seq + 1)
                except Torn:
                    if (path, offset + len(raw)) == ends[-1]:
                        return
                    raise self._wrong(path, seq + 1, "it is not whole") from None
                except Broken as bad:
                    raise self._wrong(path, seq + 1, str(bad)) from None
                prev, seq = line.digest, line.seq
                yield line

    def repair(self, time: str) -> TornTail | None:
        """Mend a torn tail and add a record that says so, at `time` (UTC); what was torn, or None.

        What lacks its line feed alone gets it. Other tails are moved to a file of their own beside the log.

        Raises DataError when a line is broken: that is no accident, and nothing is changed then. Raises OSError.
        """
        must_be_time(time)
        self._refuse_missing()
        with locked(self.folder / LOCK):
            state = self._state()
            if state.broken:
                raise DataError(Problem(Place(shown(str(self.folder))), state.broken, "", "A repair would hide that"))
            if state.torn is not None:
                mend(self.folder, state.torn)
                self._append("error", repair_record(state.torn, time).model_dump(mode="json"))
            return state.torn

    def _append(self, kind: Kind, record: Mapping[str, Any]) -> LogLine:
        files = self._files()
        last = self._last(files)
        try:
            raw = next_line(last.digest if last else START, last.seq + 1 if last else 1, kind, record)
            line = parsed(raw)
        except ValueError as bad:
            raise CallError(f"a record of kind `{shown(str(kind))}` cannot be kept: {bad}") from None
        size = files[-1].stat().st_size if files else 0
        if not files or (size and size + len(raw) > self._most):
            files.append(self.folder / f"log-{len(files) + 1:06d}.jsonl")
        append_durably(files[-1], raw)
        return line

    def _last(self, files: list[Path]) -> LogLine | None:
        """The line to go on from."""
        for path in reversed(files):
            _, raw = last_line(path)
            if raw:
                try:
                    return parsed(raw)
                except (Torn, Broken) as bad:
                    raise self._wrong(path, 0, f"the last record does not hold: {bad}") from None
        return None

    def _state(self) -> LogState:
        files = self._files()
        prev, seq, torn, broken = START, 0, None, ""
        for number, path in enumerate(files):
            for offset, raw in raw_lines(path):
                try:
                    line = linked(raw, prev, seq + 1)
                except Torn as bad:
                    if offset + len(raw) == path.stat().st_size and not any(
                        p.stat().st_size for p in files[number + 1 :]
                    ):
                        torn = torn_tail(path, (prev, seq + 1), offset, raw)
                    else:
                        broken = f"{path.name}: record {seq + 1}: {bad}"
                except Broken as bad:
                    broken = f"{path.name}: record {seq + 1}: {bad}"
                if torn or broken:
                    return LogState(files=len(files), records=seq, head=prev, torn=torn, broken=broken)
                prev, seq = line.digest, line.seq
        return LogState(files=len(files), records=seq, head=prev, torn=None, broken="")

    def _files(self) -> list[Path]:
        """The files, in order. Raises DataError when one is missing between others."""
        found = sorted((int(m[1]), path) for path in self.folder.iterdir() if (m := _NAME.fullmatch(path.name)))
        for expected, (number, path) in enumerate(found, 1):
            if number != expected:
                raise DataError(
                    Problem(Place(shown(path.name)), "a file before it is missing", f"log-{expected:06d}.jsonl", _FIX)
                )
        return [path for _, path in found]

    def _refuse_missing(self) -> None:
        if not self.folder.is_dir():
            expected = "a folder that `advisor advise --log` wrote"
            raise DataError(Problem(Place(shown(str(self.folder))), "there is no such folder", expected))

    def _wrong(self, path: Path, seq: int, reason: str) -> DataError:
        said = f"record {seq}: {reason}" if seq else reason
        return DataError(Problem(Place(shown(str(path))), said, "", _FIX))
