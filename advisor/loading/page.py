"""Reads a page of the rule base: a head, which says once what its rules share, and sections, each read by a function
of its own (see sections)."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from advisor.errors import Problem, RuleBaseError
from advisor.loading.by_cell import Tables, variants
from advisor.loading.conditions import read_condition
from advisor.loading.fields import Fields
from advisor.loading.rulebase_files import line
from advisor.loading.yaml_reader import Node, decode, read_yaml
from advisor.model.answers import day_of
from advisor.model.condition import ALWAYS, Condition, Value
from advisor.model.facts import FactSpec
from advisor.model.figures import Figure
from advisor.model.page import Page
from advisor.model.rule import Rule
from advisor.model.rulebase import Claim, Source

HEAD = (
    "page", "title", "asks", "speaks_to", "wishes", "questions", "bring", "since", "review_by", "accessed", "sources",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """Facts given to the rules of a page in their examples, and what the user said instead of a value."""

    given: Mapping[str, Value]
    said: Mapping[str, str]


@dataclass(slots=True)
class Opened:
    """A page being read: its head, and what its sections have given so far.

    `people` are the persons its examples name, `page_claim` the claim that its entries rest on unless they say
    otherwise. `declared` are the facts of `facts.yaml`, `tables` those of facts by state and the like; `lines` the text
    of the file, line by line.
    """

    page: Page
    fields: Fields
    lines: list[str]
    declared: Mapping[str, FactSpec]
    tables: Tables = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    facts: list[FactSpec] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    page_claim: tuple[str, ...] = ()

    def fact(self, name: str) -> FactSpec | None:
        """A derived fact of `facts.yaml` or of this page."""
        return self.declared.get(name) or next((spec for spec in self.facts if spec.id == name), None)

    def entries(self, key: str, node: Node, read: Callable[[Fields, str], Rule]) -> None:
        """Add the rules of each entry of a section; `read` gets the entry and its own text. A faulty entry hides none
        of the others: its problems are kept, and `read_page` raises them together."""
        if node.kind != "list":
            raise self.fields.problem(node, key, "no list stands here", "a list of entries")
        ends = [*(item.line for item in node.items[1:]), self._end_of(key)]
        for item, end in zip(node.items, ends, strict=False):
            try:
                text = text_of(self.lines, item.line, end)
                for variant in variants(self.tables, self.fields.of(item, key), item, text):
                    self.rules.append(variant.made(read(self.fields.of(variant.node, key), variant.text)))
            except RuleBaseError as bad:
                self.problems += bad.problems

    def _end_of(self, section: str) -> int:
        """The line on which the key after a section stands, or the one after the last of the file."""
        start = self.fields.line_of(section)
        later = [key.line for key, _ in self.fields.node.pairs if key.line > start]
        return min(later, default=len(self.lines) + 1)


Section: TypeAlias = Callable[[Opened, Node], None]
"""Reads what stands under one key of a page, and adds what it gives to the page."""


def read_page(
    raw: bytes,
    file: str,
    sections: Mapping[str, Section],
    declared: Mapping[str, FactSpec],
    tables: Tables | None = None,
) -> Opened:
    """The page in a file. Sections are read, and must stand, in the order of `sections`.

    Raises RuleBaseError with the line and key of everything wrong that could be found.
    """
    text = decode(raw, file, RuleBaseError)
    node = read_yaml(text, file, RuleBaseError)
    fields = Fields(node or Node("scalar", 1), file, RuleBaseError)
    in_order(fields, (*HEAD, *sections))
    opened = Opened(_head(fields), fields, text.splitlines(keepends=True), declared, tables or {})
    fields.path = opened.page.id
    for key, read in sections.items():
        if fields.has(key):
            read(opened, fields.take(key))
    fields.done(*HEAD, *sections)
    if opened.problems:
        raise RuleBaseError(opened.problems)
    opened.rules = [replace(rule, page=opened.page.id) for rule in opened.rules]
    opened.page = replace(opened.page, rules=tuple(rule.id for rule in opened.rules))
    return opened


def in_order(fields: Fields, order: tuple[str, ...]) -> None:
    """Refuse a mapping whose keys stand in another order than this one; other keys are left to `Fields.done`."""
    keys = [key for key in fields.names() if key in order]
    if keys != sorted(keys, key=order.index):
        raise fields.problem(fields.line, "", "the keys stand out of order", "the order " + ", ".join(order))


def check_date(fields: Fields, at: int, key: str, word: str) -> None:
    """Refuse a word that is no date such as 2027-11-23."""
    if day_of(word) is None:
        raise fields.problem(at, key, f"`{word}` is not a date", "a date like 2027-11-23")


def text_of(lines: list[str], start: int, end: int) -> str:
    """The text of the list entry that starts on a line, up to the line `end`, without the list's mark and indent, and
    without the blank lines and comments after it. Lines count from 1."""
    own = lines[start - 1 : max(end - 1, start)]
    while len(own) > 1 and own[-1].strip()[:1] in ("", "#"):
        own.pop()
    if own[0].lstrip().startswith("- "):
        own[0] = own[0].replace("-", " ", 1)
    return textwrap.dedent("".join(own)).rstrip() + "\n"


def _head(fields: Fields) -> Page:
    page_id = fields.text("page")
    fields.path = page_id
    title, asks = line(fields, "title"), line(fields, "asks", "")
    speaks_to = _speaks_to(fields) if fields.has("speaks_to") else ALWAYS
    wishes = fields.text("wishes", "")
    questions, bring = fields.texts("questions", optional=True), fields.texts("bring", optional=True)
    since, review_line = fields.text("since", ""), fields.line_of("review_by")
    review_by = fields.text("review_by", "")
    if review_by:
        check_date(fields, review_line, "review_by", review_by)
    sources = fields.texts("sources", optional=True)
    accessed = fields.text("accessed", "")
    return Page(
        page_id, title, fields.file, fields.line, asks, speaks_to, wishes, questions, since, review_by, sources,
        accessed, bring=bring,
    )  # fmt: skip


def _speaks_to(fields: Fields) -> Condition:
    at, spoken = fields.line_of("speaks_to"), read_condition(fields, "speaks_to")
    if spoken.any:
        expected = "`all` or `none`; conclude a fact where any of several things will do"
        raise fields.problem(at, "speaks_to", "a page cannot speak to `any`", expected)
    return spoken
