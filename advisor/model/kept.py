"""What a folder of kept advice says of itself, so that it can be opened, followed up and removed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from advisor.model.dates import IsoDay
from advisor.model.kept_files import NOTE
from advisor.model.progress import Progress
from advisor.model.trace import Frozen

MOST_REVISIONS = 99
KEPT_NAME = r"(letters/)?[a-z0-9][a-z0-9._-]*"
"""What a file of the folder may be called: nothing that leads out of it."""


def _not_the_note(files: dict[str, str]) -> dict[str, str]:
    """The files, if the note itself is not among them; ValueError if it is."""
    if NOTE in files:
        raise ValueError("the note names itself")
    return files


KeptName = Annotated[str, Field(pattern=f"^{KEPT_NAME}$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Kept(Frozen):
    """The note in a folder of kept advice. `person` stands for whom it is for, and is the same in all that is kept for
    that person, so that calendars can tell a date that moved from a new one; it says nothing about the person.
    `as_of` is the day of the advice, `revision` counts what was kept before of that same day, and `files` are what was
    written, the note left out: the SHA-256 of each by its name. `progress` is what was said of the rows of the plan.
    `days` are the days of those rows of the plan that keep the day of an earlier plan, by the name of the row.
    """

    format: Literal[1]
    person: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    as_of: IsoDay | None
    revision: Annotated[int, Field(ge=0, le=MOST_REVISIONS)] = 0
    files: Annotated[dict[KeptName, Digest], AfterValidator(_not_the_note)]
    progress: Progress = Progress()
    days: dict[str, IsoDay] = Field(default_factory=dict)

    def next_revision(self, as_of: IsoDay | None) -> int:
        """The revision of what is kept in place of this on the day `as_of`."""
        return min(self.revision + 1, MOST_REVISIONS) if as_of == self.as_of else 0
