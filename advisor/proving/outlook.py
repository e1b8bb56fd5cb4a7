"""Finds what is certain, possible and excluded while questions are open, and whether any answer can still matter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from advisor.model.answers import Answers
from advisor.proving.prover import Prover

RANKING: tuple[str, ...] = ("before", "ranked")
"""The ranking: which options come before which, and, since one may stand alone, which are ranked at all."""

OPTION, CASE, ADD_ONS, WARNINGS = ("recommended",), ("answers",), ("added",), ("flag", "warns")
STEPS = ("step", "row", "script")

PARTS: tuple[str, ...] = (*OPTION, *CASE, *ADD_ONS, *WARNINGS, *STEPS)
"""What has to stay for advice to be settled: the main option and the case that answers, the add-ons, the warnings, and
the steps: which rows the plan has and which words to say.

Amounts, the words in blanks, the ranking and the lines around may still be open then.
"""


@dataclass(frozen=True)
class Outlook:
    """What holds in every way to go on (`certain`), and what in some (`possible`), as atoms of the program."""

    certain: frozenset[str]
    possible: frozenset[str]

    @cached_property
    def open(self) -> frozenset[str]:
        """What may or may not come to hold."""
        return self.possible - self.certain

    def names(self, atoms: Iterable[str], part: str) -> tuple[str, ...]:
        """The arguments of a part's atoms, in order of name."""
        return tuple(sorted(atom[len(part) + 1 : -1].replace('"', "") for atom in atoms if _is(atom, part)))

    def settled(self, *parts: str) -> bool:
        """Whether nothing of some parts can still change."""
        return not any(part in self._open_parts for part in parts)

    @cached_property
    def _open_parts(self) -> frozenset[str]:
        return frozenset(atom.partition("(")[0] for atom in self.open)

    @cached_property
    def all_settled(self) -> bool:
        """Whether the advice is settled: its main option, add-ons, warnings and steps."""
        return self.settled(*PARTS)

    @cached_property
    def undecided(self) -> frozenset[str]:
        """The rules that may or may not come to fire."""
        return frozenset(self.names(self.open, "fires"))


def _is(atom: str, part: str) -> bool:
    return atom.startswith(f"{part}(")


def outlook(prover: Prover, answers: Answers) -> Outlook:
    """Everything that can still come of some answers, whatever is said to the questions without one."""
    assumed = prover.assume(answers, still_open=True)
    certain = prover.consequences(assumed, certain=True)
    return Outlook(certain, prover.consequences(assumed, certain=False))


def settled(prover: Prover, answers: Answers) -> bool:
    """Whether nothing that remains can change the main option, the add-ons, the warnings or the steps.

    Quicker than `outlook`: it looks for one way to go on that ends otherwise than these answers do now.
    """
    now = prover.model(prover.assume(answers))
    main = [atom for atom in now if _is(atom, "recommended")]
    still_open = prover.assume(answers, still_open=True)
    if prover.possible(still_open.with_(but=main)):
        return False
    return not prover.differs(still_open, {atom for part in PARTS for atom in now if _is(atom, part)}, PARTS)
