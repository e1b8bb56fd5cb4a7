"""A list to pick from, as a state without a screen: the cursor, the ticks, the filter, and any message."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from advisor.model.safe_text import one_line
from advisor.terminal import messages
from advisor.terminal.typed_choice import fitting


@dataclass(frozen=True, slots=True)
class Row:
    """One line to pick. `alone`: cannot be ticked beside others. `apart`: stands below the list (not sure, skip)."""

    id: str
    label: str
    note: str = ""
    alone: bool = False
    apart: bool = False


class ChoiceList:
    """Rows, of which one (or, with `several`, any number) is picked.

    `chosen` are the ids picked before: the cursor starts there and, with `several`, they are ticked.
    """

    def __init__(self, rows: Sequence[Row], *, several: bool = False, chosen: Iterable[str] = ()) -> None:
        self.rows, self.several = tuple(rows), several
        self.earlier = frozenset(chosen)
        self.ticked = set(self.earlier) if several else set()
        self.typed = ""
        self.message = ""
        self.cursor = next((i for i, row in enumerate(self.rows) if row.id in self.earlier), 0)

    @property
    def here(self) -> Row:
        """The row under the cursor."""
        return self.rows[self.cursor]

    def visible(self) -> list[int]:
        """The places of the rows that fit what was typed; all when nothing was."""
        if not self.typed:
            return list(range(len(self.rows)))
        return fitting(self.typed, self.rows)

    def ticked_labels(self) -> list[str]:
        """The labels of the ticked rows, in the order of the list."""
        return [row.label for row in self.rows if row.id in self.ticked]

    def go_to(self, row_id: str) -> None:
        """Put the cursor on a row, if there is one with this id."""
        self.cursor = next((i for i, row in enumerate(self.rows) if row.id == row_id), self.cursor)

    def move(self, steps: int, *, wrap: bool = True) -> None:
        """Move the cursor among the visible rows, around the ends or (not `wrap`) stopping there."""
        self.message = ""
        shown = self.visible()
        if self.cursor in shown:
            place = shown.index(self.cursor) + steps
            self.cursor = shown[place % len(shown) if wrap else max(0, min(place, len(shown) - 1))]

    def type(self, text: str) -> None:
        """Add to the filter; the cursor goes to the first row that begins so, or else that fits."""
        self._filter(self.typed + "".join(c for c in text if c.isprintable()))

    def erase(self) -> None:
        """Take the last character off the filter."""
        self._filter(self.typed[:-1])

    def clear(self) -> None:
        """Drop the filter; the cursor stays."""
        self.typed = self.message = ""

    def space(self) -> None:
        """What the space bar does: goes on in a name such as New York, or else ticks where ticks are possible."""
        typed = f"{self.typed.casefold()} "
        if self.typed and any(typed in row.label.casefold() for row in self.rows):
            self.type(" ")
        elif self.several:
            self.tick()

    def tick(self) -> None:
        """Tick or untick the row under the cursor, and drop the filter."""
        if not self.visible():
            return
        row, self.message = self.here, ""
        if row.id in self.ticked:
            self.ticked.discard(row.id)
        else:
            single = {other.id for other in self.rows if other.alone or other.apart}
            cleared = set(self.ticked) if row.id in single else self.ticked & single
            self.ticked = (self.ticked - cleared) | {row.id}
            if cleared:
                alone = row if row.id in single else next(r for r in self.rows if r.id in cleared)
                self.message = messages.CLEARED.format(label=alone.label)
        self.typed = ""

    def accept(self) -> tuple[str, ...] | None:
        """The ids picked; None, with a message, when nothing can be taken yet."""
        self.message = ""
        if self.typed and not self.visible():
            self._filter(self.typed)
            return None
        row = self.here
        if not self.several:
            return (row.id,)
        if self.typed and not row.apart:
            self.ticked.discard(row.id)
            self.tick()
            self.message = self.message or messages.TICKED_NOW.format(label=row.label)
            return None
        if row.apart and self.ticked <= {row.id}:
            return (row.id,)
        if row.apart:
            self.message = messages.TICKS_OR_NONE.format(count=len(self.ticked), label=row.label)
            return None
        if not self.ticked:
            self.message = messages.NOTHING_TICKED
            return None
        return tuple(other.id for other in self.rows if other.id in self.ticked)

    def _filter(self, typed: str) -> None:
        self.typed, self.message = typed, ""
        shown = self.visible()
        if not shown:
            self.message = messages.NO_MATCH.format(typed=one_line(typed))
        elif self.cursor not in shown or typed:
            opening = (i for i in shown if self.rows[i].label.casefold().startswith(typed.casefold()))
            self.cursor = next(opening, shown[0])
