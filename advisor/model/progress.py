"""What became of the rows of a plan: what the person said about each, and how a row is named from day to day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from itertools import count
from typing import Literal, TypeAlias

from pydantic import Field

from advisor.model.dates import IsoDay
from advisor.model.plan_page import PlanPage, RowSaid
from advisor.model.trace import Frozen

State: TypeAlias = Literal["done", "not yet", "not needed"]
"""What became of a row."""


class RowState(Frozen):
    """What was said of a row, and on which day (YYYY-MM-DD)."""

    state: State
    said_on: IsoDay


class Progress(Frozen):
    """What was said of the rows of a plan, by the name of the row. `model_dump_json` and `model_validate_json`
    round-trip.
    """

    rows: dict[str, RowState] = Field(default_factory=dict)

    def saying(self, name: str, state: State, on: datetime.date) -> Progress:
        """The same with what was said of one row on a day; what was said of it before gives way."""
        rows = {**self.rows, name: RowState(state=state, said_on=on.isoformat())}
        return Progress(rows={row: rows[row] for row in sorted(rows)})

    @property
    def settled(self) -> frozenset[str]:
        """The names of the rows that ask for nothing more: they are done or not needed."""
        return frozenset(name for name, said in self.rows.items() if said.state != "not yet")


def named_rows(plan: PlanPage) -> dict[str, RowSaid]:
    """The rows of a plan by name, in its order. A name is the same in every later plan of the same person: what the
    row is about (its key), or else the rule that says it; a second row of that name has `#2` behind it, and so on.
    """
    by_text = sorted(range(len(plan.rows)), key=lambda place: (plan.rows[place].kind, plan.rows[place].do))
    names = numbered(plan.rows[place].key or plan.rows[place].rule for place in by_text)
    name_at = dict(zip(by_text, names, strict=True))
    return {name_at[place]: row for place, row in enumerate(plan.rows)}


def numbered(names: Iterable[str]) -> tuple[str, ...]:
    """The names in order, each once: `#2`, `#3` and so on stand behind one that is taken."""
    taken: dict[str, None] = {}
    for name in names:
        tried = (name if number == 1 else f"{name}#{number}" for number in count(1))
        taken[next(one for one in tried if one not in taken)] = None
    return tuple(taken)
