"""What a receipt is laid beside: a rulebook, and the folders of rules and questionnaires."""

from __future__ import annotations

import errno
import hashlib
import stat
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Union

from advisor.verifier.canonical import Hole, Json, Missing, Refused
from advisor.verifier.rulebook import QUOTED, check_quoted, check_standing, read_rulebook
from advisor.verifier.seal import overall
from advisor.verifier.shape import differing

ASIDE = ("credentialing.yaml", "glossary.yaml")  # the files of a questionnaire
Beside = tuple[str, Callable[[Json], Iterator[str]]]
Book = Union[Path, bytes, None]  # noqa: UP007 - a rulebook: its file, or what was read of it


class Given:
    """What a receipt is to be laid beside: a rulebook, and folders of rules and questionnaires, as far as given."""

    def __init__(self, rules: Path | None = None, questionnaires: Path | None = None, rulebook: Book = None):
        self.rules, self.questionnaires = rules, questionnaires
        self.book, self.refused = None, ""
        if rulebook is not None:
            try:
                self.book = read_rulebook(rulebook)
            except Refused as bad:
                self.refused = str(bad)

    def checks(self) -> list[Beside]:
        """The checks of a receipt's content beside what is given, each with its name."""
        found: list[Beside] = []
        if self.refused:
            found.append(("beside the rulebook", lambda _: iter((self.refused,))))
        elif self.book is not None:
            found += [(f"beside the rulebook: {key}", partial(check_quoted, key=key, book=self.book)) for key in QUOTED]
            found.append(("beside the rulebook: sources and standing words", partial(check_standing, book=self.book)))
        return [*found, *self.folder_checks()]

    def folder_checks(self) -> list[Beside]:
        """Those of the checks that are beside the folders."""
        found: list[Beside] = []
        if self.rules is not None:
            found.append(("the files of the rules", partial(check_rules, folder=self.rules)))
        if self.questionnaires is not None:
            found.append(("the files of the questionnaire", partial(check_questionnaire, folder=self.questionnaires)))
        return found

    def book_of(self, content: Json) -> Json:
        """The rulebook, when the content quotes it; else None: nothing can be looked up in another."""
        if self.book is None:
            return None
        for key in QUOTED:
            try:
                if next(check_quoted(content, key, self.book), None) is not None:
                    return None
            except Missing:
                continue
        return self.book


def bytes_of(file: Path) -> bytes:
    """What a file of a folder holds. Raises OSError, also for a pipe or a device, where reading may wait for ever."""
    if not stat.S_ISREG(file.stat().st_mode):
        raise OSError(errno.EINVAL, "it is not an ordinary file")
    return file.read_bytes()


def check_rules(content: Json, folder: Path) -> Iterator[str]:
    """That a folder holds exactly the files of the rule base that the receipt names."""

    def other(path: Path, expected: str) -> str:
        try:
            same = hashlib.sha256(bytes_of(path)).hexdigest() == expected
        except OSError as bad:
            return f"the file in the folder cannot be read ({bad.strerror})"
        return "" if same else "the file in the folder is not the one that the receipt names: it has another digest"

    named = dict(content["rulebase"]["files"])
    if not folder.is_dir():
        yield f"{folder}: there is no such folder"
        return
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder).as_posix()
        if any(part.startswith(".") for part in name.split("/")):
            continue
        expected = named.pop(name, None)
        if expected is None:
            yield f"{name}: this file of the folder is not one of the receipt's rule base"
        elif not isinstance(expected, Hole) and (how := other(path, expected)):
            yield f"{name}: {how}"
    for name in named:
        yield f"{name}: the receipt names this file of the rule base, and it is not in the folder"


def check_questionnaire(content: Json, folder: Path) -> Iterator[str]:
    """That a folder holds the questionnaire that the receipt names."""
    try:
        names = [*ASIDE, *(path.relative_to(folder).as_posix() for path in sorted((folder / "pages").glob("*.yaml")))]
        files = {name: hashlib.sha256(bytes_of(folder / name)).hexdigest() for name in names}
    except OSError as bad:
        yield f"{folder}: the questionnaire cannot be read ({bad.strerror})"
        return
    yield from differing("content.questionnaire.digest", content["questionnaire"]["digest"], overall(files))
