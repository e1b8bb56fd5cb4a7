"""The ledger of an interview: for every question, whether it was asked, and if not, why and on what proof."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Literal, TypeAlias

from advisor.model.condition import Truth

FORMAT = "advisor.ledger/1"

Skipped: TypeAlias = Literal[
    "does_not_apply", "not_known_to_apply", "another_page", "cannot_matter", "settled", "not_asked"
]
"""Why a question has no answer, in the terms of a receipt."""

What: TypeAlias = Literal[
    "asked", "from_file", "from_draft", "followed", "does_not_apply", "not_known_to_apply", "another_page",
    "cannot_matter", "left", "not_reached",
]  # fmt: skip
"""What became of a question.

`asked`: put to the user, who answered, or said not sure or skip. `from_file`, `from_draft`: the answer was there from
the start. `followed`: its answer follows from what was told of entries. `does_not_apply`: its condition is false.
`not_known_to_apply`: its condition hangs on something that the user did not tell. `another_page`: only pages ask it
that do not speak to the user. `cannot_matter`: passed over, since it was proved that it can change no line of advice.
`left`: open when the user stopped, after it was proved that nothing left can change the outcome. `not_reached`: open
when the user stopped, without such a proof.
"""

REASONS: Mapping[What, str] = {
    "asked": "it was asked",
    "from_file": "its answer was read from a file",
    "from_draft": "its answer was kept from an earlier sitting",
    "followed": "its answer follows from other answers",
    "does_not_apply": "its condition is false",
    "not_known_to_apply": "its condition hangs on something that is not known",
    "another_page": "it belongs to another question than the user's",
    "cannot_matter": "no answer to it can change the advice",
    "left": "the user stopped, and no answer to it can change the outcome",
    "not_reached": "the user stopped before it came up",
}


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One question of the questionnaire.

    `order` counts the questions asked, from 1; None for one that was not asked. `proof` is in words, empty where none
    is called for, and `because` are the questions whose answers it rests on. `applies` is how the question's condition
    came out; None is not known.
    """

    question: str
    what: What
    order: int | None = None
    proof: str = ""
    because: tuple[str, ...] = ()
    applies: Truth = True

    @property
    def reason(self) -> str:
        """What became of the question, as a clause."""
        return REASONS[self.what]

    @property
    def origin(self) -> Literal["asked", "file", "followed"] | None:
        """Where the answer came from, in the terms of a receipt; None when there is no answer."""
        if self.what in ("asked", "followed"):
            return self.what
        return "file" if self.what in ("from_file", "from_draft") else None

    @property
    def skipped(self) -> Skipped | None:
        """Why there is no answer, in the terms of a receipt, where the condition comes first; None when there is one.

        A question that hangs on an open one is open too in the ledger; in a receipt it is not known to apply.
        """
        if self.origin is not None:
            return None
        if self.applies is not True:
            return "does_not_apply" if self.applies is False else "not_known_to_apply"
        if self.what in ("another_page", "cannot_matter"):
            return self.what
        return "settled" if self.what == "left" else "not_asked"


@dataclass(frozen=True, slots=True)
class Ledger:
    """One entry for every question, in the order of the questionnaire."""

    questionnaire: str
    version: str
    entries: tuple[LedgerEntry, ...]

    def __iter__(self) -> Iterator[LedgerEntry]:
        return iter(self.entries)

    def entry(self, question_id: str) -> LedgerEntry:
        """The entry of a question. Raises KeyError."""
        for entry in self.entries:
            if entry.question == question_id:
                return entry
        raise KeyError(question_id)

    def json(self) -> str:
        """As JSON with a line break at the end; the same interview gives the same bytes."""
        import json  # here, because the first prompt comes sooner without it

        entries = [{**asdict(entry), "reason": entry.reason} for entry in self.entries]
        whole = {
            "format": FORMAT, "questionnaire": {"id": self.questionnaire, "version": self.version}, "entries": entries
        }  # fmt: skip
        return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"
