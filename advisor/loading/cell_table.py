"""Reads a table of facts by state or by plan: blocks of cells, each with its own source, and whom a cell is for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from advisor.loading.conditions import read_clause
from advisor.loading.fields import Fields
from advisor.loading.rulebase_files import line
from advisor.model.answers import day_of, nearest
from advisor.model.condition import Clause
from advisor.model.dates import day
from advisor.model.questionnaire import Question, Questionnaire, asked_of
from advisor.model.rulebase import Source
from advisor.model.safe_text import shown

TABLES: Mapping[str, str] = {"state": "states", "plan": "plans"}
"""What one row of a table is called, and the name of its file, without its ending, under which its rows stand."""

ENTRY = "entry"
"""What one of the entries that a person named is called."""


@dataclass(frozen=True, slots=True)
class Block:
    """One kind of fact that a row may have: the kinds of its own keys, as `text`, `number`, `date` or the words that
    may stand there; those of `optional` may be left out. `caution` is said with a cell of a grade to be careful with.
    """

    title: str
    keys: Mapping[str, str | tuple[str, ...]]
    optional: frozenset[str]
    caution: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What is known of one row, such as a state, in one block, perhaps only for some people (`group`, whom `only` tells
    apart).

    `words` are what its slots read as, by key; `sources` is where it comes from, none where a person told it.
    """

    row: str
    name: str
    block: str
    group: str
    only: Clause | None
    words: Mapping[str, str]
    sources: tuple[Source, ...]
    line: int


@dataclass(frozen=True, slots=True)
class CellTable:
    """A whole table: what one of its rows is called, `by`, the question whose choices are its rows, and `asks`: all
    questions with some of these choices. A block that is named as a question has the choices of that one.
    """

    called: str
    by: str
    asks: Mapping[str, Question]
    blocks: Mapping[str, Block]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class _Head:
    called: str
    accessed: str
    grades: Mapping[str, str]
    careful: tuple[str, ...]
    groups: Mapping[str, Clause]
    blocks: Mapping[str, Block]


def read_cells(called: str, fields: Fields, questionnaire: Questionnaire) -> CellTable:
    """The table whose rows are called so. Raises RuleBaseError with the line and key of the first thing wrong."""
    at = fields.line_of("by")
    by = fields.text("by")
    if by not in questionnaire.by_id:
        raise fields.problem(at, "by", f"there is no question `{shown(by)}`", "", nearest(by, [*questionnaire.by_id]))
    known = [choice.id for choice in questionnaire.by_id[by].choices]
    head = _head(fields, called)
    cells: list[Cell] = []
    rows = fields.inside(TABLES[called])
    for name in rows.names():
        row = rows.of(rows.take(name), name)
        if name not in known:
            raise row.problem(row.line, "", f"`{shown(name)}` is no choice of `{by}`", "", nearest(name, known))
        title = line(row, "name")
        for block in row.names():
            if block not in head.blocks:
                problem = f"there is no block `{shown(block)}`"
                raise row.problem(row.line_of(block), block, problem, "", nearest(block, [*head.blocks]))
            cells += _cells(row, head, name, title, block)
    fields.done()
    rows_told = {cell.row for cell in cells}
    asks = {q.id: q for q in questionnaire.questions if rows_told & {choice.id for choice in q.choices}}
    return CellTable(called, by, asks, head.blocks, tuple(cells))


def entry_cells(questionnaire: Questionnaire) -> CellTable | None:
    """What is asked of each entry, as a table: a block for each question with entries, and a cell for each entry, whose
    words are how it reads and the facts that answers about it give. None where no question has entries.
    """
    books = {question.id: question for question in questionnaire.questions if question.each}
    blocks = {book.id: Block(book.text, dict.fromkeys(book.each, "fact"), frozenset(), "") for book in books.values()}
    cells = tuple(
        Cell(
            choice.id, choice.label, book.id, "", None,
            {ENTRY: choice.name, "row": choice.id, **{name: asked_of(book.id, choice.id, name) for name in book.each}},
            (), book.line,
        )
        for book in books.values()
        for choice in book.choices
    )  # fmt: skip
    return CellTable(ENTRY, next(iter(books)), books, blocks, cells) if books else None


def _head(fields: Fields, called: str) -> _Head:
    accessed, careful_line = fields.text("accessed"), fields.line_of("careful")
    grades = {grade: fields.folded(node, grade) for grade, node in fields.mapping("grades")}
    careful = fields.texts("careful")
    for grade in careful:
        if grade not in grades:
            raise fields.problem(careful_line, "careful", f"`{shown(grade)}` is none of `grades`", _one_of(grades))
    groups = {name: read_clause(fields, node) for name, node in fields.mapping("groups")}
    blocks = {name: _block(fields.of(node, f"blocks.{name}")) for name, node in fields.mapping("blocks")}
    return _Head(called, accessed, grades, careful, groups, blocks)


def _block(fields: Fields) -> Block:
    title, caution = line(fields, "title"), line(fields, "caution", "")
    keys: dict[str, str | tuple[str, ...]] = {}
    optional = set()
    for key, node in fields.mapping("keys"):
        if node.kind == "list":
            keys[key] = tuple(fields.folded(item, key) for item in node.items)
            continue
        kind = fields.folded(node, key)
        if kind.removesuffix("?") not in _READERS:
            raise fields.problem(node, key, f"`{shown(kind)}` is no kind of key", _one_of([*_READERS, "a list"]))
        keys[key] = kind.removesuffix("?")
        if kind.endswith("?"):
            optional.add(key)
    fields.done("caution")
    return Block(title, keys, frozenset(optional), caution)


def _cells(fields: Fields, head: _Head, row: str, name: str, block: str) -> Iterator[Cell]:
    """The cells of one block of a row: one for everybody, or a list of some that are for different people."""
    node = fields.take(block)
    items = node.items if node.kind == "list" else [node]
    groups: set[str] = set()
    for item in items:
        cell = _cell(fields.of(item, block), head, row, name, block)
        if cell.group in groups:
            raise fields.problem(item, block, "two cells are for the same people", "one cell, or `for:` with others")
        groups.add(cell.group)
        yield cell


def _cell(fields: Fields, head: _Head, row: str, name: str, block: str) -> Cell:
    schema = head.blocks[block]
    group = fields.word("for", list(head.groups)) if fields.has("for") else ""
    words = {key: _word(fields, schema, key) for key in schema.keys}
    citation, as_of = line(fields, "citation", ""), line(fields, "as_of")
    source, graded, grade = line(fields, "source"), fields.line_of("grade"), fields.text("grade")
    lowest = _lowest(fields, graded, grade, head)
    line(fields, "note", "")
    fields.done("for", *schema.optional)
    told = Source(
        ".".join(part for part in (row, block, group) if part),
        f"{name}, {citation}" if citation else f"{name}: {schema.title}",
        source, (source,), head.grades[lowest], as_of, head.accessed, "",
        fields.file, fields.line,
    )  # fmt: skip
    caution = schema.caution if lowest in head.careful else ""
    words |= {head.called: name, "row": row, "citation": citation, "as_of": as_of, "caution": caution}
    return Cell(row, name, block, group, head.groups.get(group), words, (told,), fields.line)


def _word(fields: Fields, block: Block, key: str) -> str:
    """What a key of a cell reads as in a sentence; nothing where it may be left out and is."""
    kind = block.keys[key]
    if key in block.optional and not fields.has(key):
        return ""
    return fields.word(key, list(kind)) if isinstance(kind, tuple) else _READERS[kind](fields, key)


def _date(fields: Fields, key: str) -> str:
    at = fields.line_of(key)
    found = day_of(fields.text(key))
    if found is None:
        raise fields.problem(at, key, "this is no date", "a date like 2025-07-01")
    return day(found)


_READERS: Mapping[str, Callable[[Fields, str], str]] = {
    "text": line,
    "number": lambda fields, key: f"{fields.whole(key):,}",
    "date": _date,
}
"""How a key of each kind is read, as it prints."""


def _lowest(fields: Fields, at: int, grade: str, head: _Head) -> str:
    """The lowest of the grades that a cell names, such as J of A/J."""
    order = list(head.grades)
    named = grade.split("/")
    for one in named:
        if one not in head.grades:
            expected = f"{_one_of(order)}, or several with / between them"
            raise fields.problem(at, "grade", f"`{shown(one)}` is no grade of this table", expected)
    return max(named, key=order.index)


def _one_of(words: list[str] | Mapping[str, object]) -> str:
    return "one of " + ", ".join(f"`{word}`" for word in words)
