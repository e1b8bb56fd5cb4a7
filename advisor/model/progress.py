"""What became of the rows of a plan: what the person said about each, and how a row is named from day to day."""

from __future__ import annotations

import datetime
from collections.abc import Collection
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
    names: dict[str, int] = {}
    for place in by_text:
        names[_free(plan.rows[place], names)] = place
    return {name: plan.rows[place] for name, place in sorted(names.items(), key=lambda pair: pair[1])}


def _free(row: RowSaid, taken: Collection[str]) -> str:
    """The name of a row, with a number if it is taken."""
    name = row.key or row.rule
    numbered = (name if number == 1 else f"{name}#{number}" for number in count(1))
    return next(one for one in numbered if one not in taken)
