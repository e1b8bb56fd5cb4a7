"""Keeps questionnaires and rule bases that were read and checked, as data, so that the next run is spared it.

The shipped ones lie where Python puts the compiled code of this package or, where nothing can be written there, with
those of other folders in the user's own cache.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from functools import cache
from pathlib import Path

from advisor._version import __version__
from advisor.errors import DataError, QuestionnaireError, RuleBaseError
from advisor.loading.kept_form import Both, as_data, from_data, no_collecting
from advisor.loading.resources import shipped, yaml_files
from advisor.model import (
    chart_plans,
    condition,
    facts,
    figures,
    page,
    questionnaire,
    rule,
    rulebase,
    sensitivity,
    template,
)
from advisor.private_files import write_together

CACHE = "ADVISOR_CACHE_DIR"
WORTH_KEEPING = 200_000
"""Bytes of YAML: reading less takes no longer than a start of Python."""
MOST_KEPT = 3
"""So many rule bases of other folders are kept, some 20 megabytes each; the one longest unused goes first."""
_PACKAGE = Path(__file__).resolve().parent.parent
_DIGEST = hashlib.sha256().digest_size
_ENDING = ".rules"


def kept_or_read(rules: Path | None, questionnaires: Path | None, read: Callable[[], Both]) -> Both:
    """What `read` gives for two folders (None: the shipped ones), from what an earlier run kept where the files and
    the code are those of today. Raises as `read`.

    Nobody but the user, or who could change the code, can have written what is taken; it is data and never run.
    """
    seen = _seen(rules, questionnaires)
    if seen is None or seen[1] < WORTH_KEEPING:
        return read()
    key = seen[0]
    files = _places(key, rules is None and questionnaires is None)
    for file in files:
        if (found := _kept(file, key)) is not None:
            return found
    with no_collecting():
        both = read()
    if _seen(rules, questionnaires) == seen:  # nobody wrote while they were read
        for file in files:
            if _keep(file, key, both):
                break
    return both


def _seen(rules: Path | None, questionnaires: Path | None) -> tuple[bytes, int] | None:
    """A digest of everything that the result hangs on, the files and the code that reads them, and the bytes of the
    files; None where they cannot be read: `read` then says what is wrong.
    """
    folders: tuple[tuple[Path, type[DataError]], ...] = (
        (rules or shipped("rules"), RuleBaseError),
        (questionnaires or shipped("questionnaires"), QuestionnaireError),
    )
    digest, size = hashlib.sha256(f"{__version__} {sys.version} {_code()}".encode()), 0
    try:
        for number, (folder, error) in enumerate(folders):
            for name, raw in yaml_files(folder, error):
                digest.update(f"\n{number} {name} {hashlib.sha256(raw).hexdigest()}".encode())
                size += len(raw)
    except DataError:
        return None
    return digest.digest(), size


@cache
def _code() -> str:
    """A digest of the code that reads, and of the classes that it makes."""
    digest = hashlib.sha256()
    for folder in ("loading", "model"):
        for path in sorted((_PACKAGE / folder).glob("*.py")):
            with contextlib.suppress(OSError):
                digest.update(f"\n{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}".encode())
    return digest.hexdigest()


def _places(key: bytes, of_the_package: bool) -> list[Path]:
    """Where it may be kept, the best first."""
    cache_folder = _cache_folder()
    places = [cache_folder / f"{key.hex()[:32]}{_ENDING}"] if cache_folder else []
    tag = sys.implementation.cache_tag
    beside = [_PACKAGE / "__pycache__" / f"shipped.{tag}{_ENDING}"] if of_the_package and tag else []
    return [*beside, *places]


def _cache_folder() -> Path | None:
    """The folder that ADVISOR_CACHE_DIR names, or that of the system for what programs may make anew."""
    if named := os.environ.get(CACHE):
        return Path(named)
    with contextlib.suppress(RuntimeError):  # no home
        if sys.platform == "win32":
            base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
        elif sys.platform == "darwin":
            base = Path.home() / "Library" / "Caches"
        else:
            base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        return base / "credentialing-advisor"
    return None


def _kept(file: Path, key: bytes) -> Both | None:
    try:
        with file.open("rb") as opened:
            if not _ours(os.fstat(opened.fileno())):
                return None
            raw = opened.read()
        head, body = raw[: 2 * _DIGEST], raw[2 * _DIGEST :]
        if head != key + hashlib.sha256(body).digest():
            return None
        found = from_data(body, _classes())
        with contextlib.suppress(OSError):
            os.utime(file)  # used again
    except Exception:  # whatever is wrong with the file, the rules can be read
        return None
    return found


def _ours(there: os.stat_result) -> bool:
    """Whether nobody else can have written the file: what others may write is not taken."""
    if not stat.S_ISREG(there.st_mode):
        return False
    if os.name != "posix":
        return True
    owners = {os.geteuid(), 0, _PACKAGE.stat().st_uid}
    return there.st_uid in owners and not there.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _keep(file: Path, key: bytes, both: Both) -> bool:
    """Whether it could be kept."""
    body = as_data(both)
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_together({file: key + hashlib.sha256(body).digest() + body})
    except OSError:
        return False
    _forget_old(file)
    return True


def _forget_old(newest: Path) -> None:
    with contextlib.suppress(OSError):
        kept = sorted(newest.parent.glob(f"*{_ENDING}"), key=lambda file: file.stat().st_mtime, reverse=True)
        for file in kept[MOST_KEPT:]:
            if file != newest:
                file.unlink()


@cache
def _classes() -> dict[str, type]:
    """The data classes of which questionnaires and rule bases are made, by name."""
    modules = (chart_plans, condition, facts, figures, page, questionnaire, rule, rulebase, sensitivity, template)
    found: Iterator[type] = (one for module in modules for one in vars(module).values() if isinstance(one, type))
    return {f"{one.__module__}.{one.__qualname__}": one for one in found if is_dataclass(one)}
