"""Lets one entry of a page speak for every state that has a cell: each cell makes a rule of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from advisor.loading.fields import Fields
from advisor.loading.resources import sha256
from advisor.loading.state_table import COMMON, FILE, Cell, StateTable
from advisor.loading.yaml_reader import Node
from advisor.model.answers import nearest
from advisor.model.condition import Clause, Condition, Value
from advisor.model.rule import Example, Rule
from advisor.model.safe_text import shown

KEY = "by_state"
"""The key of an entry that speaks by state: a block, or a mapping of a `block` and of what its cells must have."""

ELSEWHERE = "in another state"
"""The name of the example in which a rule of one state stays silent, for a person who made it speak there."""

_SLOT = re.compile(r"\{cell\.([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Variant:
    """An entry as one rule reads it: its node and its text with the slots of a cell filled in.

    `cells` are the cell that it speaks from, or all of those that it puts together; none for a plain entry. `name`
    is what they are called.
    """

    node: Node
    text: str
    by: str = ""
    cells: tuple[Cell, ...] = ()
    name: str = ""

    def made(self, rule: Rule) -> Rule:
        """The rule read from this as that of its cells: its title, whom it speaks to, its sources and examples."""
        if not self.cells:
            return rule
        line = rule.line
        here = tuple(Clause(f"{self.by}.{cell.state}", "is", (True,), line) for cell in self.cells)
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
            sources=tuple(dict.fromkeys((*rule.sources, *(cell.source.id for cell in self.cells)))),
            examples=tuple(self._examples(rule)),
            text=self.text,
            digest=sha256(self.text.encode()),
        )

    def _examples(self, rule: Rule) -> Iterator[Example]:
        """The entry's people in the first of these states, and the first who made it speak in none of them."""
        for example in rule.examples:
            yield replace(example, given=self._placed(example, True))
        told = next((example for example in rule.examples if example.fires), None)
        if told is not None:
            yield replace(told, name=ELSEWHERE, given=self._placed(told, False), fires=False)

    def _placed(self, example: Example, there: bool) -> dict[str, Value]:
        """What a person of an example gave, and that they are in the first state, or in none of them; who is in one
        state only is then in no other."""
        given = dict(example.given)
        if there and given.get(f"{self.by}.count") == 1:
            elsewhere = {f for f, value in given.items() if f.startswith(f"{self.by}.") and value is True}
            given = {fact: value for fact, value in given.items() if fact not in elsewhere}
        for cell in self.cells:
            given[f"{self.by}.{cell.state}"] = there and cell is self.cells[0]
        only = self.cells[0].only
        if only is not None and given.get(only.fact) not in only.values and (example.fires or only.fact not in given):
            given[only.fact] = only.values[0]
        return given


def variants(states: StateTable | None, fields: Fields, node: Node, text: str) -> Iterator[Variant]:
    """What the rules of an entry are read from: the entry itself, or, when it speaks by state, one for each cell.

    Raises RuleBaseError for a block, a key or a slot that the table does not have, and when no cell fits.
    """
    asked = next((value for key, value in node.pairs if key.text == KEY), None)
    if asked is None:
        yield Variant(node, text)
        return
    states = _there(states, fields, asked)
    block, cells, together = _fitting(states, fields, asked)
    left = replace(node, pairs=[(key, value) for key, value in node.pairs if key.text != KEY])
    groups: dict[str, list[Cell]] = {}
    for cell in cells:
        groups.setdefault(cell.words[together] if together else f"{cell.state}.{cell.group}", []).append(cell)
    for found in groups.values():
        first = found[0]
        known = [together] if together else [*COMMON, *states.blocks[block].keys]
        name = first.words[together] if together else ", ".join(part for part in (first.name, first.group) if part)
        suffix = _slug(name) if together else ".".join(part for part in (first.state, first.group) if part)
        filled = _named(_filled(fields, left, first, known), suffix)
        plain = _SLOT.sub(lambda match, words=first.words: words.get(match[1], ""), text)  # type: ignore[misc]
        yield Variant(filled, plain, states.by, tuple(found), name)


def words_of(states: StateTable | None, fields: Fields, asked: Node) -> tuple[str, ...]:
    """What cells say under the key that puts them together, each text once.

    Raises RuleBaseError as `variants` does, and when no key puts them together.
    """
    _, cells, together = _fitting(_there(states, fields, asked), fields, asked)
    if not together:
        raise fields.problem(asked, KEY, "it does not say whose words are meant", "`together:` with a key of the block")
    return tuple(dict.fromkeys(cell.words[together] for cell in cells))


def _there(states: StateTable | None, fields: Fields, asked: Node) -> StateTable:
    if states is None:
        raise fields.problem(asked, KEY, f"there is no {FILE}.yaml beside the pages", "a table of facts by state")
    return states


def _fitting(states: StateTable, fields: Fields, asked: Node) -> tuple[str, list[Cell], str]:
    """The block that an entry speaks from, its cells that fit, and the key by whose value they are put together."""
    if asked.kind == "scalar":
        asked = Node("map", asked.line, pairs=[(Node("scalar", asked.line, "block"), asked)])
    inner = fields.of(asked, KEY)
    block = inner.word("block", list(states.blocks))
    keys = states.blocks[block].keys
    cells = [cell for cell in states.cells if cell.block == block]
    together = inner.word("together", list(keys)) if inner.has("together") else ""
    if inner.has("states"):
        at, named = inner.line_of("states"), inner.texts("states")
        for state in named:
            if state not in {cell.state for cell in cells}:
                raise inner.problem(at, "states", f"`{shown(state)}` has no cell in `{block}`", "states that have one")
        cells = [cell for cell in cells if cell.state in named]
    for key in [key for key in inner.names() if isinstance(keys.get(key), tuple)]:
        wanted = inner.word(key, [*keys[key]])
        cells = [cell for cell in cells if cell.words[key] == wanted]
    if together:
        cells = [cell for cell in cells if cell.words[together]]
    inner.done("together", "states", *(key for key, kind in keys.items() if isinstance(kind, tuple)))
    if not cells:
        raise inner.problem(asked, "", "no state has such a cell", "what some cell has")
    return block, cells, together


def _filled(fields: Fields, node: Node, cell: Cell, known: list[str]) -> Node:
    """A copy of a node in which the slots of a cell read as its words."""

    def word(match: re.Match[str]) -> str:
        if match[1] not in known:
            message = f"`{{cell.{match[1]}}}` is not known here"
            raise fields.problem(node, "", message, ", ".join(known), nearest(match[1], known))
        return cell.words[match[1]]

    return replace(
        node,
        text=_SLOT.sub(word, node.text),
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
