"""Lets one entry of a page speak for every state or plan that has a cell: each cell makes a rule of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from advisor.loading.cell_table import ENTRY, TABLES, Cell, CellTable
from advisor.loading.fields import Fields
from advisor.loading.resources import sha256
from advisor.loading.yaml_reader import Node
from advisor.model.answers import nearest
from advisor.model.condition import Clause, Condition, Test, Value
from advisor.model.questionnaire import Question, asked_of
from advisor.model.rule import Example, Rule
from advisor.model.safe_text import shown

Tables: TypeAlias = Mapping[str, CellTable]
"""The tables of a rule base, by what a row is called; a folder of rules may have none."""

ROWS: Mapping[str, str] = {**TABLES, ENTRY: "entries"}
"""What one row of a table is called, and several of them."""

KEYS: Mapping[str, str] = {f"by_{called}": called for called in ROWS}
"""What a row of a table is called, by the key of an entry that speaks from it.

Under the key stands a block, or a mapping of a `block` and of what its cells must have.
"""

_BUT, _WITH, _WITHOUT = "but", "with", "without"
"""Keys beside `block`: rows that are left out, and another block that rows must have, or must not have, a cell in."""

_SLOT = re.compile(r"\{cell\.([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Variant:
    """An entry as one rule reads it: its node and its text with the slots of a cell filled in.

    `cells` are the cell that it speaks from, or all of those that it puts together, and `asked` the question that says
    whose they are; none for a plain entry. `name` is what they are called, `called` what a row of their table is.
    """

    node: Node
    text: str
    asked: Question | None = None
    cells: tuple[Cell, ...] = ()
    name: str = ""
    called: str = ""

    def made(self, rule: Rule) -> Rule:
        """The rule read from this as that of its cells: its title, whom it speaks to, its sources and examples."""
        if self.asked is None:
            return rule
        line = rule.line
        here = tuple(Clause(*_told(self.asked, cell), line) for cell in self.cells)
        only = tuple(replace(cell.only, line=line) for cell in self.cells[:1] if cell.only is not None)
        together = len(here) > 1
        when = Condition(
            (*rule.when.all, *(() if together else here), *only),
            (*rule.when.any, *(here if together else ())),
            rule.when.none,
        )
        return replace(
            rule,
            title=f"{rule.title}: {self.name}",
            when=when,
            sources=tuple(
                dict.fromkeys((*rule.sources, *(source.id for cell in self.cells for source in cell.sources)))
            ),
            examples=tuple(self._examples(rule, self.asked)),
            text=self.text,
            digest=sha256(self.text.encode()),
        )

    def _examples(self, rule: Rule, asked: Question) -> Iterator[Example]:
        """The entry's people in the first of these rows, and the first who made it speak in none of them."""
        for example in rule.examples:
            yield replace(example, given=self._placed(example, asked, True))
        told = next((example for example in rule.examples if example.fires), None)
        if told is not None:
            elsewhere = f"in another {self.called}"
            yield replace(told, name=elsewhere, given=self._placed(told, asked, False), fires=False)

    def _placed(self, example: Example, asked: Question, there: bool) -> dict[str, Value]:
        """What a person of an example gave, and that they are in the first row, or in none of them; who is in one only
        is then in no other."""
        given = self._moved(dict(example.given), asked) if asked.each else dict(example.given)
        if asked.kind == "one":
            given.pop(asked.id, None)
            if there:
                given[asked.id] = self.cells[0].row
        else:
            if there and given.get(f"{asked.id}.count") == 1:
                elsewhere = {f for f, value in given.items() if f.startswith(f"{asked.id}.") and value is True}
                given = {fact: value for fact, value in given.items() if fact not in elsewhere}
            for cell in self.cells:
                given[f"{asked.id}.{cell.row}"] = there and cell is self.cells[0]
        only = self.cells[0].only
        if only is not None and given.get(only.fact) not in only.values and (example.fires or only.fact not in given):
            given[only.fact] = only.values[0]
        return given

    def _moved(self, given: dict[str, Value], asked: Question) -> dict[str, Value]:
        """What a person of an example said of the first entry named, said of this one, and of no other."""
        named = next((c.id for c in asked.choices if given.get(f"{asked.id}.{c.id}") is True), "")
        parts = {asked_of(asked.id, c.id, name): (c.id, name) for c in asked.choices for name in asked.each}
        moved: dict[str, Value] = {}
        for fact, value in given.items():
            question, dot, end = fact.partition(".")
            entry, name = parts.get(question, ("", ""))
            if not name:
                moved[fact] = value
            elif entry == named:
                moved[asked_of(asked.id, self.cells[0].row, name) + dot + end] = value
        return moved


def _told(asked: Question, cell: Cell) -> tuple[str, Test, tuple[Value, ...]]:
    """Fact, test and values of the clause that is true of who answered a question with the row of a cell."""
    return (asked.id, "is", (cell.row,)) if asked.kind == "one" else (f"{asked.id}.{cell.row}", "is", (True,))


def variants(tables: Tables, fields: Fields, node: Node, text: str) -> Iterator[Variant]:
    """What the rules of an entry are read from: the entry itself, or, when it speaks from a table, one for each cell.

    Raises RuleBaseError for a block, a key or a slot that the table does not have, and when no cell fits.
    """
    asked = next(((key.text, value) for key, value in node.pairs if key.text in KEYS), None)
    if asked is None:
        yield Variant(node, text)
        return
    fit = _fitting(tables, fields, *asked)
    left = replace(node, pairs=[(key, value) for key, value in node.pairs if key.text != asked[0]])
    groups: dict[str, list[Cell]] = {}
    for cell in fit.cells:
        groups.setdefault(cell.words[fit.together] if fit.together else f"{cell.row}.{cell.group}", []).append(cell)
    for found in groups.values():
        first = found[0]
        known = [fit.together] if fit.together else [*first.words]
        name = first.words[fit.together] if fit.together else ", ".join(p for p in (first.name, first.group) if p)
        suffix = _slug(name) if fit.together else ".".join(p for p in (first.row, first.group) if p)
        filled = _named(_filled(fields, left, first, known), suffix)
        plain = _SLOT.sub(lambda match, words=first.words: words.get(match[1], ""), text)  # type: ignore[misc]
        yield Variant(filled, plain, fit.asked, tuple(found), name, fit.table.called)


def words_of(tables: Tables, fields: Fields, key: str) -> tuple[str, ...]:
    """What cells say under the key that puts them together, each text once; `key` is one of `KEYS`.

    Raises RuleBaseError as `variants` does, and when no key puts them together.
    """
    asked = fields.take(key)
    fit = _fitting(tables, fields, key, asked)
    if not fit.together:
        raise fields.problem(asked, key, "it does not say whose words are meant", "`together:` with a key of the block")
    return tuple(dict.fromkeys(cell.words[fit.together] for cell in fit.cells))


@dataclass(frozen=True, slots=True)
class _Fit:
    """The cells that an entry speaks from, the question that says whose they are, and the key by whose value they are
    put together."""

    table: CellTable
    asked: Question
    cells: list[Cell]
    together: str


def _of_rows(inner: Fields, table: CellTable, block: str, cells: list[Cell], rows: str) -> list[Cell]:
    """The cells of the rows that are named, without those left out, and of those that have a cell in another block, or
    have none there."""
    for key, wanted in ((rows, True), (_BUT, False), (_WITH, True), (_WITHOUT, False)):
        if not inner.has(key):
            continue
        if key in (_WITH, _WITHOUT):
            other = inner.word(key, list(table.blocks))
            named = {cell.row for cell in table.cells if cell.block == other}
        else:
            at, named = inner.line_of(key), {*inner.texts(key)}
            for row in sorted(named - {cell.row for cell in cells}):
                raise inner.problem(at, key, f"`{shown(row)}` has no cell in `{block}`", f"{rows} that have one")
        cells = [cell for cell in cells if (cell.row in named) is wanted]
    return cells


def _fitting(tables: Tables, fields: Fields, key: str, asked: Node) -> _Fit:
    called = KEYS[key]
    if called not in tables:
        file = f"there is no {TABLES[called]}.yaml beside the pages" if called in TABLES else "no question has entries"
        raise fields.problem(asked, key, file, f"facts by {called}")
    table = tables[called]
    if asked.kind == "scalar":
        asked = Node("map", asked.line, pairs=[(Node("scalar", asked.line, "block"), asked)])
    inner = fields.of(asked, key)
    block = inner.word("block", list(table.blocks))
    keys = table.blocks[block].keys
    own = block if block in table.asks else table.by
    question = table.asks[inner.word("of", list(table.asks)) if inner.has("of") else own]
    choices = {choice.id for choice in question.choices}
    cells = [cell for cell in table.cells if cell.block == block and cell.row in choices]
    together = inner.word("together", list(keys)) if inner.has("together") else ""
    rows = ROWS[called]
    cells = _of_rows(inner, table, block, cells, rows)
    for name in [name for name in inner.names() if isinstance(keys.get(name), tuple)]:
        wanted = inner.word(name, [*keys[name]])
        cells = [cell for cell in cells if cell.words[name] == wanted]
    if together:
        cells = [cell for cell in cells if cell.words[together]]
    words = (name for name, kind in keys.items() if isinstance(kind, tuple))
    inner.done("of", "together", rows, _BUT, _WITH, _WITHOUT, *words)
    if not cells:
        raise inner.problem(asked, "", f"no {called} has such a cell", "what some cell has")
    return _Fit(table, question, cells, together)


def _filled(fields: Fields, node: Node, cell: Cell, known: list[str]) -> Node:
    """A copy of a node in which the slots of a cell read as its words; a value that is one slot is the word itself,
    such as a number."""

    def word(match: re.Match[str]) -> str:
        if match[1] not in known:
            message = f"`{{cell.{match[1]}}}` is not known here"
            raise fields.problem(node, "", message, ", ".join(known), nearest(match[1], known))
        return cell.words[match[1]]

    return replace(
        node,
        text=_SLOT.sub(word, node.text),
        quoted=node.quoted and not _SLOT.fullmatch(node.text),
        items=[_filled(fields, item, cell, known) for item in node.items],
        pairs=[(key, _filled(fields, value, cell, known)) for key, value in node.pairs],
    )


def _named(node: Node, suffix: str) -> Node:
    """A node with the ending of its cells behind its id."""
    return replace(
        node,
        pairs=[
            (key, replace(value, text=f"{value.text.strip()}.{suffix}") if key.text == "id" else value)
            for key, value in node.pairs
        ],
    )


def _slug(name: str) -> str:
    """A name as the end of an id: small letters and digits, with a low line between its words."""
    return "_".join(re.findall(r"[a-z0-9]+", name.lower()))
