"""Keeps the shipped questionnaire and rule base ready between runs, beside the compiled code of the package."""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from advisor._version import __version__
from advisor.loading.resources import shipped
from advisor.model.questionnaire import Questionnaire
from advisor.model.rulebase import RuleBase

Both = tuple[Questionnaire, RuleBase]
_PACKAGE = Path(__file__).resolve().parent.parent
_DIGEST = hashlib.sha256().digest_size


def kept_or_read(read: Callable[[], Both]) -> Both:
    """What `read` gives, from the file kept by an earlier run where its rules, questions and code are those of today.

    The file lies where Python puts the compiled code of this package, and nobody can change it who could not change
    that. Where nothing can be written there, everything is read anew each time.
    """
    file = _file()
    if file is None:
        return read()
    key = _key()
    found = _kept(file, key)
    if found is None:
        found = read()
        _keep(file, key, found)
    return found


def _file() -> Path | None:
    """The file for this interpreter."""
    tag = sys.implementation.cache_tag
    return _PACKAGE / "__pycache__" / f"shipped.{tag}.ready" if tag else None


def _key() -> bytes:
    """A digest of everything that the result hangs on: the files read, and the code that reads them."""
    digest = hashlib.sha256(f"{__version__} {sys.version}".encode())
    for path in _read():
        digest.update(f"\n{path}\n".encode())
        with contextlib.suppress(OSError):
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.digest()


def _read() -> Iterator[Path]:
    for folder in ("rules", "questionnaires"):
        yield from sorted(shipped(folder).rglob("*.yaml"))
    for folder in ("loading", "model"):
        yield from sorted((_PACKAGE / folder).glob("*.py"))


def _kept(file: Path, key: bytes) -> Both | None:
    try:
        raw = file.read_bytes()
        head, body = raw[: 2 * _DIGEST], raw[2 * _DIGEST :]
        if head != key + hashlib.sha256(body).digest():
            return None
        both: Both = pickle.loads(body)
        return both
    except Exception:  # whatever is wrong with the file, the rules can be read
        return None


def _keep(file: Path, key: bytes, both: Both) -> None:
    body = pickle.dumps(both, pickle.HIGHEST_PROTOCOL)
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(key + hashlib.sha256(body).digest() + body)
            os.replace(name, file)
        except OSError:
            os.unlink(name)
