"""Reads what the entries of a page stand on: its people, its own claim, its facts, figures and derived facts."""

from __future__ import annotations

from advisor.loading.figures import read_figure
from advisor.loading.page import Opened, Person
from advisor.loading.rulebase_files import line
from advisor.loading.vocabulary import derived_fact
from advisor.loading.yaml_reader import Node
from advisor.model.condition import NOT_SURE, SKIP, Value
from advisor.model.page import QUESTION
from advisor.model.rulebase import Claim, Source

ELSEWHERE = "elsewhere"
"""The person to whom a page does not speak, known to every page."""


def read_people(opened: Opened, node: Node) -> None:
    """The people of a page; each has what the page asks of those it speaks to, and came with its question where it
    answers one, unless it says otherwise."""
    page = opened.page
    spoken: dict[str, Value] = {c.fact: c.values[0] for c in page.speaks_to.all if c.test == "is"}
    asked: dict[str, Value] = {QUESTION: page.id} if spoken and opened.fields.has("answers") else {}
    fields = opened.fields.of(node, "people")
    for name in fields.names():
        inner = fields.of(fields.take(name), f"people.{name}")
        given: dict[str, Value] = {**spoken, **asked}
        said: dict[str, str] = {}
        for fact in inner.names():
            item = inner.take(fact)
            if item.text in (NOT_SURE, SKIP):
                said[fact] = item.text
            else:
                given[fact] = inner.as_value(item, fact)
        opened.people[name] = Person(given, said)
    others: dict[str, Value] = {fact: not value for fact, value in spoken.items() if isinstance(value, bool)}
    opened.people.setdefault(ELSEWHERE, Person(others, {}))


def read_facts(opened: Opened, node: Node) -> None:
    """The facts that a page is the home of: each a claim, and the source of the same name in small letters."""

    def one(item: Node) -> None:
        fields = opened.fields.of(item, "facts")
        fact = fields.path = fields.text("id")
        says, leans, strength = line(fields, "says"), fields.text("leans", "none"), fields.whole("strength", 0)
        at = fields.inside("source")
        address = at.take("address")
        texts = tuple(at.folded(one, "address") for one in (address.items if address.kind == "list" else [address]))
        source = Source(
            fact.lower(), line(at, "title"), line(at, "publisher"), texts, at.text("grade"), line(at, "dated"),
            at.text("accessed", opened.page.accessed or None), line(at, "note", ""),
            fields.file, item.line,
        )  # fmt: skip
        at.done()
        fields.done()
        opened.sources.append(source)
        claim = Claim(fact, says, "fact", "", leans, strength, (source.id,), (), "", item.line, fields.file)
        opened.claims.append(claim)

    for item in node.items:
        one(item)


def read_page_claim(opened: Opened, node: Node) -> None:
    """The claim that the entries of a page rest on unless they name their own."""
    fields = opened.fields.of(node, "claim")
    claim = Claim(
        fields.text("id"), line(fields, "says"), "page", "", "none", 0, (fields.text("source"),), (), "", node.line,
        fields.file,
    )  # fmt: skip
    fields.done()
    opened.claims.append(claim)
    opened.page_claim = (claim.id,)


def read_derived(opened: Opened, node: Node) -> None:
    """The facts that a page concludes."""
    opened.facts += [derived_fact(opened.fields, item, opened.tables) for item in node.items]


def read_figures(opened: Opened, node: Node) -> None:
    """The figures of a page."""
    opened.figures += [read_figure(opened.fields, item) for item in node.items]
