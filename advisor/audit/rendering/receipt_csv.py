"""The firings of a receipt as a table for spreadsheets, in which no cell can start a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from advisor.audit.model.judgment import BesideLine
from advisor.audit.model.receipt import Receipt
from advisor.audit.rendering.receipt_view import shown
from advisor.model.words import clean

COLUMNS = (
    "n", "rule", "version", "stratum", "matched_facts", "conclusions", "actions", "claims", "sources",
)  # fmt: skip

_FORMULA = ("=", "+", "-", "@")


def render_receipt_csv(receipt: Receipt, beside: Sequence[BesideLine]) -> str:
    """One line per firing, under the names of `COLUMNS`; several values in a cell stand apart by a semicolon. What
    stands beside the receipt comes last: its name under `n`, and what it says under `actions`.

    A fact that was matched as not known is `fact = null`. A cell that a spreadsheet could take for a formula gets an
    apostrophe in front.
    """
    return table_of((*_rows(receipt), *beside_rows(beside)))


def table_of(rows: Iterable[Sequence[str]], columns: Sequence[str] = COLUMNS) -> str:
    """Rows under the names of their columns, each cell guarded."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return made.getvalue()


def beside_rows(beside: Sequence[BesideLine]) -> Iterator[tuple[str, ...]]:
    """A row for each thing that stands beside a receipt."""
    place = COLUMNS.index("actions")
    for line in beside:
        yield tuple(line.name if n == 0 else line.text if n == place else "" for n in range(len(COLUMNS)))


def guarded(cell: str) -> str:
    """A cell on one line, and no formula."""
    cell = clean(cell)
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _rows(receipt: Receipt) -> Iterator[tuple[str, ...]]:
    rules = {rule.id: rule for rule in receipt.content.rules}
    for firing in receipt.content.advice.trace.firings:
        rule = rules[firing.rule]
        matched = (f"{fact} = {'null' if value is None else shown(value)}" for fact, value in firing.matched.items())
        concluded = (f"{fact} = {shown(value)}" for fact, value in firing.concluded.items())
        yield (
            str(firing.n), firing.rule, str(firing.version), firing.stratum, "; ".join(matched), "; ".join(concluded),
            "; ".join(firing.did), "; ".join(rule.claims), "; ".join(rule.sources),
        )  # fmt: skip
