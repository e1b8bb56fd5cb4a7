"""Reads a question that asks for entries and of each the same, such as plans with their sessions and fees."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from advisor.errors import Place, Problem, QuestionnaireError
from advisor.loading.fields import Fields
from advisor.loading.yaml_reader import Node
from advisor.model.condition import Clause, Condition
from advisor.model.questionnaire import WHICH, Choice, Filled, Question, asked_of
from advisor.model.safe_text import shown
from advisor.model.template import Template

_ENTRY = "{entry}"


@dataclass(frozen=True, slots=True)
class Entries:
    """What a question says of its entries: how many there may be, how one reads in a sentence, and what is asked of
    each, by name, as a question in which `{entry}` stands for the label of the entry.
    """

    most: int
    phrase: Template
    each: tuple[tuple[str, Node], ...]

    def unfolded(self, book: Question, read: Callable[[Node], Question]) -> Iterator[Question]:
        """The question for the entries, and what is asked of each of them."""
        choices = tuple(
            replace(choice, phrase=self._said(book.id, choice), name=choice.phrase) for choice in book.choices
        )
        yield replace(book, most=self.most, choices=choices, each=tuple(name for name, _ in self.each))
        for choice in book.choices:
            picked = Clause(f"{book.id}.{choice.id}", "is", (True,), book.line)
            names = {name: asked_of(book.id, choice.id, name) for name, _ in self.each}
            words = {_ENTRY: choice.label, **{f"{{{name}}}": asked for name, asked in names.items()}}
            for name, node in self.each:
                found = read(_named(_of_entry(node, words), names[name]))
                yield replace(found, when=Condition((picked, *found.when.all), found.when.any, found.when.none))

    def _said(self, book: str, choice: Choice) -> str:
        """How an entry reads, with the questions about it in the place of their names."""

        def part(slot: str) -> str:
            name, bar, words = slot.partition("|")
            return f"{{{asked_of(book, choice.id, name)}|{words}}}" if bar else choice.phrase

        return "".join(part(text) if place % 2 else text for place, text in enumerate(self.phrase.parts))


def read_entries(parent: Fields) -> Entries:
    """What stands under `entries`. Raises QuestionnaireError."""
    fields = parent.inside("entries")
    most, at = fields.whole("most"), fields.line_of("phrase")
    phrase = fields.template("phrase")
    each = fields.each("each", lambda node: (fields.of(node, "each").text("id"), node))
    fields.done()
    names = [name for name, _ in each]
    if most < 1 or not names or len(names) > len(set(names)):
        raise fields.problem(fields.line, "", "there is room for no entry, or no question, or two share an id")
    if phrase.slots != ("entry",) or not {*phrase.open_slots} <= {*names}:
        expected = f"`{_ENTRY}` once, and what is asked of it with words where that is not known: `{{{names[0]}|?}}`"
        raise fields.problem(at, "phrase", "this is not how an entry can read", expected)
    return Entries(most, phrase, each)


def _of_entry(node: Node, words: Mapping[str, str]) -> Node:
    """A question as it is asked of one entry: what stands for the entry and for what else is asked of it is put in."""
    if node.kind == "scalar":
        text = node.text
        for slot, word in words.items():
            text = text.replace(slot, word)
        return replace(node, text=text)
    return replace(
        node,
        items=[_of_entry(item, words) for item in node.items],
        pairs=[(key, _of_entry(value, words)) for key, value in node.pairs],
    )


def _named(node: Node, name: str) -> Node:
    pairs = [(key, replace(value, text=name) if key.text == "id" else value) for key, value in node.pairs]
    return replace(node, pairs=pairs)


def read_filled(parent: Fields) -> Filled:
    """How an answer follows from entries: `from` which question, what to `take`, and of which entry.

    Raises QuestionnaireError.
    """
    fields = parent.inside("filled")
    book, take = fields.text("from"), fields.texts("take", optional=True)
    which = next((word for word in WHICH if fields.has(word)), None)
    if which is None:
        raise fields.problem(fields.line, "", "it does not say of which entry", "one of " + ", ".join(WHICH))
    at, by = fields.line_of(which), ""
    shares: tuple[str, ...] = ()
    if which == "share":
        shares = fields.texts(which)
        if len(shares) != 3:
            raise fields.problem(at, which, "there are not three choices", "the choices for none, some and all")
    elif which not in ("count", "total", "those"):
        by = fields.text(which)
    elif not fields.flag(which, False):
        raise fields.problem(at, which, "it is not true", "`true`, or another of " + ", ".join(WHICH))
    where = next(iter(fields.mapping("where")), None) if fields.has("where") else None
    told = None
    if where is not None:
        told = (where[0], tuple(fields.folded(item, "where") for item in where[1].items))
    made = Filled(book, which, take, by, fields.whole("place", 1), told, shares)
    fields.done("take", "place", "where")
    if (which in ("count", "share", "those", "percent") and take) or (which in ("total", "of") and not take):
        raise fields.problem(fields.line, "take", "this is not to be taken there", "what is taken of an entry")
    if (which != "total" and len(take) > 1) or made.place < 1:
        raise fields.problem(fields.line, "", "one thing is taken of one entry", "one name, and a place from 1 on")
    return made


def check_filled(questions: Sequence[Question]) -> None:
    """Refuse a question that is filled with what entries do not give. Raises QuestionnaireError."""
    by_id = {question.id: question for question in questions}
    for question in questions:
        how = question.filled
        if how is None:
            continue
        book = by_id.get(how.book)
        names = {
            *how.take,
            *([how.by] if how.which in ("least", "most", "percent") else ()),
            *(how.where[:1] if how.where else ()),
        }
        there = book is not None and bool(book.each) and names <= {*book.each}
        if not there or (how.which == "of" and how.by not in by_id):
            place = Place(question.file, question.line, f"{question.id}.filled")
            expected = "a question with `entries`, what is asked of each, and after `of` a question"
            raise QuestionnaireError(Problem(place, f"`{shown(how.book)}` does not give this", expected))
