"""An index beside a log: which of its records may rest on what, so that a recall need not read them all.

It is made from the log, and made anew when it is missing, of another form, or broken. A record is known in it by the
digest of its line, so it says nothing of a line that was changed; and what it finds is looked at in the record itself.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from advisor.audit.keeping.rulebooks import Rulebooks, read_rulebook
from advisor.audit.keeping.whole import is_small
from advisor.audit.model.log import LogLine
from advisor.audit.model.recall import Reason
from advisor.verifier import unsound

FILE = "recall-index.sqlite3"
WAIT = 10.0
"""So many seconds another recall that takes lines in is waited for; then they are read without being taken in."""
_VERSION = 1
_FORM = """
CREATE TABLE book (number INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE);
CREATE TABLE line (number INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, standing TEXT NOT NULL, book INTEGER);
CREATE TABLE ground (name TEXT NOT NULL, line INTEGER NOT NULL, PRIMARY KEY (name, line)) WITHOUT ROWID;
CREATE TABLE says (
  reason TEXT NOT NULL, subject TEXT NOT NULL, book INTEGER NOT NULL, name TEXT NOT NULL,
  PRIMARY KEY (reason, subject, book, name)
) WITHOUT ROWID;
"""
_RESTING = """
SELECT DISTINCT line.digest FROM says
JOIN ground ON ground.name = says.name JOIN line ON line.number = ground.line AND line.book = says.book
WHERE says.reason = ? AND says.subject {} ?
"""
_NAMES = "SELECT name FROM says WHERE reason = ? AND subject {} ? AND book = ?"
_SAYS = (("rule", "id"), ("expired", "review_by"))
_LISTS = (("claim", "claims"), ("source", "sources"))


class RecallIndex:
    """The index of the log in a folder, for one thing that is sought.

    A line stands in it as `none`: it holds no advice; `unread`: it has to be read, for it is of a form that is not
    indexed, or does not hold; or `indexed`.
    """

    def __init__(self, folder: Path, reason: Reason, subject: str) -> None:
        """Makes the index where there is none that can be used; where nothing can be written, for this once."""
        self._books = Rulebooks(folder)
        self._reason, self._subject = reason, subject
        self._base = _opened(folder / FILE)
        self._standing: dict[str, str] = dict(self._base.execute("SELECT digest, standing FROM line"))
        self._booked: dict[str, int] = dict(self._base.execute("SELECT digest, number FROM book"))
        self._how = "<" if reason == "expired" else "="
        rows = self._base.execute(_RESTING.format(self._how), (reason, subject))
        self._resting = {str(row[0]) for row in rows}
        self._writes = True
        self._names: dict[int, frozenset[str]] = {}
        self._known: dict[int, frozenset[str]] = {}

    def knows(self, digest: str) -> bool:
        """Whether the line of a digest was looked at."""
        return digest in self._standing

    def add(self, line: LogLine) -> None:
        """Take a line in, unless its rulebook is not there, or nothing can be written: then it is looked at anew each
        time."""
        if self._writes:
            try:
                self._add(line)
                return
            except sqlite3.Error:  # what was taken in before it is not kept either: no line is to stand there by half
                self._writes = False
        self._standing[line.digest] = "unread"

    def _add(self, line: LogLine) -> None:
        data = line.record.get("receipt") if line.kind == "advice" else None
        if line.kind != "advice":
            self._note(line.digest, "none")
        elif not is_small(data) or not isinstance(data, dict) or unsound(data):
            self._note(line.digest, "unread")
        elif (book := self._book(data["content"]["rulebook"])) is not None:
            advice = data["content"]["advice"]
            names = {one["rule"] for one in advice["trace"]["firings"]} | {one["id"] for one in advice["figures"]}
            number = self._note(line.digest, "indexed", book)
            rows = [(name, number) for name in sorted(names)]
            self._base.executemany("INSERT OR IGNORE INTO ground VALUES (?, ?)", rows)
            if names & self._sought(book):
                self._resting.add(line.digest)

    def passes_over(self, digest: str) -> bool:
        """Whether the line of a digest holds advice that does not rest on what is sought."""
        return self._standing.get(digest) == "indexed" and digest not in self._resting

    def is_no_advice(self, digest: str) -> bool:
        """Whether the line of a digest holds no advice."""
        return self._standing.get(digest) == "none"

    @property
    def known(self) -> frozenset[str]:
        """What could be sought for this reason, by the rulebooks of the lines."""
        books = len(self._booked)
        if books not in self._known:
            rows = self._base.execute("SELECT DISTINCT subject FROM says WHERE reason = ?", (self._reason,))
            self._known[books] = frozenset(row[0] for row in rows)
        return self._known[books]

    def close(self) -> None:
        """Keep what was taken in."""
        with suppress(sqlite3.Error):
            self._base.commit() if self._writes else self._base.rollback()
        self._base.close()

    def _sought(self, book: int) -> frozenset[str]:
        """The rules and figures of a rulebook on which advice rests that rests on what is sought."""
        if book not in self._names:
            said = _NAMES.format(self._how)
            rows = self._base.execute(said, (self._reason, self._subject, book))
            self._names[book] = frozenset(row[0] for row in rows)
        return self._names[book]

    def _note(self, digest: str, standing: str, book: int | None = None) -> int:
        """Note how a line stands; its number."""
        noted = "INSERT OR IGNORE INTO line (digest, standing, book) VALUES (?, ?, ?)"  # another may have noted it
        self._base.execute(noted, (digest, standing, book))
        self._standing[digest] = standing
        (number,) = self._base.execute("SELECT number FROM line WHERE digest = ?", (digest,)).fetchone()
        return int(number)

    def _book(self, digest: str) -> int | None:
        """The number of a rulebook, once what its rules and figures say is in the index; None when it is not there."""
        if digest in self._booked:
            return self._booked[digest]
        path = self._books.find(digest)
        book = read_rulebook(path, digest) if path is not None else None
        if book is None:
            return None
        self._base.execute("INSERT OR IGNORE INTO book (digest) VALUES (?)", (digest,))
        (number,) = self._base.execute("SELECT number FROM book WHERE digest = ?", (digest,)).fetchone()
        rows = [(*said, number, name) for name, said in _said_in(book)]
        self._base.executemany("INSERT OR IGNORE INTO says VALUES (?, ?, ?, ?)", rows)
        self._booked[digest] = int(number)
        return int(number)


def _said_in(book: dict[str, Any]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each rule and figure of a rulebook, with each thing that advice rests on when it rests on it."""
    for one in (*book["rules"], *book["figures"]):
        own = _SAYS if "stratum" in one else ()
        yield from ((one["id"], (reason, one[key])) for reason, key in own if one[key])
        yield from ((one["id"], (reason, subject)) for reason, key in _LISTS for subject in one[key])


def _opened(path: Path) -> sqlite3.Connection:
    """The index in a file; an empty one where that is none, and one in memory where nothing can be kept."""
    for attempt in (path, path, None):
        try:
            return _connected(attempt)
        except (sqlite3.Error, OSError):
            with suppress(OSError):
                path.unlink(missing_ok=True)
    raise AssertionError  # in memory there is always room


def _connected(path: Path | None) -> sqlite3.Connection:
    if path is None:
        base = sqlite3.connect(":memory:")
    else:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))  # for the user alone
        base = sqlite3.connect(path, timeout=WAIT)
    try:
        (version,) = base.execute("PRAGMA user_version").fetchone()
        if version != _VERSION:
            for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                base.execute(f'DROP TABLE "{name}"')
            base.executescript(f"BEGIN; {_FORM} PRAGMA user_version = {_VERSION}; COMMIT;")
        base.execute("SELECT number, digest, standing, book FROM line LIMIT 1")
    except BaseException:
        base.close()
        raise
    return base
