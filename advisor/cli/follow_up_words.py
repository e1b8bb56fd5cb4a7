"""What the follow-up of a kept plan asks."""

from __future__ import annotations

import textwrap
from pathlib import Path

from advisor.cli.kept_words import in_a_command
from advisor.model.kept_files import ANSWERS

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


def changed_words(folder: Path, columns: int) -> str:
    """How to tell what is new, in lines of so many columns; a command is left whole."""
    told = _CHANGED.format(file=in_a_command(folder / ANSWERS))
    return "\n".join(textwrap.wrap(told, columns, break_long_words=False, break_on_hyphens=False)) + "\n"
