"""Every sentence about kept advice: what was written where, what is due, and what was removed."""

from __future__ import annotations

import shlex
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from advisor.model.kept_files import ADVICE, ANSWERS, CALENDAR, HTML, LETTERS, PDF
from advisor.model.safe_text import one_line

if TYPE_CHECKING:
    from advisor.keeping.folder import Forgotten

KEEP_FOLDER = "In which folder? It will hold your plan, letters, dates and answers."
KEEP_THERE = "There is something in {folder} already."
KEEP_DATED = "Keep this beside it, in {folder}"
KEEP_REPLACE = "Put this in place of what was kept there"
KEEP_NOT = "Do not keep it now"
NOT_KEPT = "Nothing was written."

_FOLDER = f"{LETTERS}/"
_GAP = 2  # columns between the name of a file and what it is
_KEPT = "Kept in {folder}. Only you can read it."
_FILES: Mapping[str, str] = {
    HTML: "your plan, to read and to print (open it in a browser)",
    PDF: "the same, to print or to send",
    CALENDAR: "your dates: open it, and your calendar takes them in",
    _FOLDER: "{count} to read, complete and send",
    ANSWERS: "your answers, to go on from",
    ADVICE: "this advice, for this program",
}
_DRAFTS = {True: "one draft", False: "{count} drafts"}
_MISSING = "There is no {name}: {reason}"
_RECORD = "These files tell what is on somebody's record: {files}. Think before you send them on."
_THEIRS = "You had changed these, so they were not replaced. They are now: {files}."
_ONE_FOLDER = "Keep later plans in this folder, too; else a calendar shows both plans' dates."
_LATER = "`advisor follow-up {folder}` tells what is due, and `advisor forget {folder}` removes all of it."

_FORGOTTEN = {True: "Removed one file from {folder}.", False: "Removed {count} files from {folder}."}
_FORGOTTEN_ALL = "The folder is gone too."
_FORGOTTEN_LEFT = "Left there, since this program did not write it: {names}."
ASK = "Is this done? ({when}) {do}\n(Type q to stop here; what you said is kept.)"
ASK_DONE = "Yes, it is done"
ASK_NOT_YET = "Not yet"
ASK_NOT_NEEDED = "It is not needed any more"
REPLACE_ASK = "Put the new plan, letters and dates in place of those that are kept?"
REPLACE_YES = "Yes, keep the new ones"
REPLACE_NO = "No, leave the folder as it is"
_CHANGED = (
    "Has something changed, or did you hear from someone? Change it with `advisor interview --answers {file} --save "
    "{file}`, and follow up again."
)

NOT_REMOVED = "Nothing was removed."
FORGET_ASK = "Remove the plan, letters, dates and answers kept in {folder}? They cannot be brought back."


def kept_words(
    folder: Path,
    files: Mapping[str, bytes],
    missing: Mapping[str, str],
    of_record: bool,
    columns: int,
    theirs: Sequence[str] = (),
) -> str:
    """What was written, one line for each file; what is missing and why; which files tell of somebody's record; which
    files of the user's have another name now; in lines of so many columns."""
    where = one_line(str(folder if folder.name else folder.resolve()))
    letters = sum(name.startswith(f"{LETTERS}/") and name.endswith(".txt") for name in files)
    drafts = _DRAFTS[letters == 1].format(count=letters)
    there = (name for name in _FILES if name in files or (name == _FOLDER and letters))
    named = {name: _FILES[name].format(count=drafts) for name in there}
    lines = _lines(_KEPT.format(folder=where), columns)
    indent = max(map(len, named)) + _GAP
    for name, means in named.items():
        lines += _lines(means, columns, f"  {name.ljust(indent)}", " " * (indent + 2))
    for name, reason in missing.items():
        lines += _lines(_MISSING.format(name=name, reason=reason), columns)
    if of_record:
        lines += _lines(_RECORD.format(files=", ".join(name for name in named if name != CALENDAR)), columns)
    if theirs:
        lines += _lines(_THEIRS.format(files=", ".join(map(one_line, theirs))), columns)
    if CALENDAR in files:
        lines += _lines(_ONE_FOLDER, columns)
    lines += _lines(_LATER.format(folder=_in_a_command(folder)), columns)
    return "\n".join(lines)


def changed_words(folder: Path, columns: int) -> str:
    """How to tell what is new, in lines of so many columns."""
    return "\n".join(_lines(_CHANGED.format(file=_in_a_command(folder / ANSWERS)), columns)) + "\n"


def _in_a_command(path: Path) -> str:
    """A path as it is typed in a command."""
    text = str(path if path.name else path.resolve())
    return one_line(shlex.quote(f"./{text}" if text.startswith(("-", "~")) else text))


def _lines(text: str, columns: int, first: str = "", rest: str = "") -> list[str]:
    """A text in lines of so many columns; a path or a command is left whole, to be copied."""
    return textwrap.wrap(
        text, columns, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def forgotten_words(folder: Path, gone: Forgotten) -> str:
    """How much was removed, and what is left."""
    count = len(gone.removed)
    lines = [_FORGOTTEN[count == 1].format(count=count, folder=one_line(str(folder)))]
    lines.append(_FORGOTTEN_LEFT.format(names=", ".join(map(one_line, gone.left))) if gone.left else _FORGOTTEN_ALL)
    return "\n".join(lines)
