"""Rulebooks kept once, under their digests, beside the receipts or in the log that name them."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from advisor.audit.model.rulebook import Rulebook
from advisor.audit.recording.seal import canonical, plain
from advisor.errors import DataError, Place, Problem
from advisor.model.safe_text import shown
from advisor.private_files import write_together

FOLDER = "rulebooks"
_DIGEST = re.compile("sha256:[0-9a-f]{64}")


def rulebook_bytes(book: Rulebook) -> bytes:
    """The bytes of a rulebook's file: its canonical JSON and one line feed."""
    return canonical(plain(book)) + b"\n"


class Rulebooks:
    """The rulebooks in a folder of their own, inside that of a log or of receipts."""

    def __init__(self, beside: Path) -> None:
        """Nothing is touched before the first is kept."""
        self.folder = beside / FOLDER
        self._sound: set[str] = set()
        self._kept: dict[str, str] = {}
        self._bytes: dict[str, bytes] = {}

    @classmethod
    def beside(cls, output: Path | None) -> Rulebooks | None:
        """Those beside a receipt that is to be written to a file; None when that is no file that stays, such as a
        device, or there is no such folder."""
        if output is None or str(output) == "-" or not output.parent.is_dir():
            return None
        return cls(output.parent) if output.is_file() or not output.exists() else None

    def path(self, digest: str) -> Path:
        """Where the rulebook of a digest is, or would be."""
        return self.folder / f"{digest.removeprefix('sha256:')}.json"

    def find(self, digest: str) -> Path | None:
        """The file of the rulebook of a digest; None when there is none. Whether it has the digest is not looked at."""
        path = self.path(digest)
        return path if path.is_file() else None

    def read(self, digest: str) -> bytes | None:
        """What the file of the rulebook of a digest holds, as at the first time; None when there is none, or it cannot
        be read. Whether it has the digest is not looked at."""
        if digest not in self._bytes:
            try:
                self._bytes[digest] = self.path(digest).read_bytes()
            except OSError:
                return None
        return self._bytes[digest]

    def kept_for(self, key: str, made: Callable[[], Rulebook]) -> str:
        """The digest of the rulebook that was made for a `key`, which stands for all that it hangs on; it is made, and
        kept, only when it is not there. Raises as `keep`.
        """
        if key in self._kept:
            return self._kept[key]
        noted = self.folder / f"{key}.digest"
        digest = noted.read_text("ascii").strip() if noted.is_file() else ""
        if not _DIGEST.fullmatch(digest) or self.find(digest) is None:
            book = made()
            digest = book.digest
            self.keep(digest, lambda: rulebook_bytes(book))
            write_together({noted: f"{digest}\n".encode()})
        self.keep(digest, lambda: rulebook_bytes(made()))
        self._kept[key] = digest
        return digest

    def keep(self, digest: str, made: Callable[[], bytes]) -> None:
        """Keep the rulebook of a digest, unless it is there: whole or not at all, for its user alone.

        Raises DataError when what is there under this digest has another, and OSError.
        """
        if digest in self._sound:
            return
        path = self.path(digest)
        if path.is_file():
            if _digest_in(path.read_bytes(), digest) != digest:
                problem = "what is kept under this digest has another: it was changed"
                raise DataError(Problem(Place(shown(str(path))), problem, "", "Move it away; it is then kept anew"))
        else:
            os.makedirs(self.folder, mode=0o700, exist_ok=True)
            write_together({path: made()})
        self._sound.add(digest)


def _digest_in(raw: bytes, named: str) -> str:
    """The digest over the bytes of a rulebook without the one that it names, which is in it."""
    rest = raw[:-1].replace(f'"digest":"{named}",'.encode(), b"", 1)
    return "sha256:" + hashlib.sha256(rest).hexdigest()


def read_rulebook(path: Path, digest: str) -> dict[str, Any] | None:
    """The rulebook in a file as plain data; None when it cannot be read, or has not this digest."""
    try:
        raw = path.read_bytes()
    except OSError:
        return None
    if _digest_in(raw, digest) != digest:
        return None
    found: dict[str, Any] = json.loads(raw)
    return found
