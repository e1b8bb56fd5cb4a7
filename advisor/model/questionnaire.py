"""The questionnaire: questions, choices, contradictions and the glossary."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeAlias

from advisor.model.condition import ALWAYS, Condition
from advisor.model.template import Template

Kind: TypeAlias = Literal["one", "several", "number", "text", "date"]
KINDS: tuple[Kind, ...] = ("one", "several", "number", "text", "date")

Meaning: TypeAlias = Literal["past", "future", "either"]
MEANINGS: tuple[Meaning, ...] = ("past", "future", "either")

ChangedBy: TypeAlias = Literal["yours", "others", "given"]
CHANGES: tuple[ChangedBy, ...] = ("yours", "others", "given")


Which: TypeAlias = Literal["count", "total", "those", "share", "percent", "of", "least", "most"]
WHICH: tuple[Which, ...] = ("count", "total", "those", "share", "percent", "of", "least", "most")

DAYS = ".days"


def days_of(question: str) -> str:
    """The fact that counts the days from the day of the advice to the date that answers a question."""
    return question + DAYS


def asked_of(book: str, entry: str, name: str) -> str:
    """The question that asks one thing of an entry."""
    return f"{book}_{entry}_{name}"


@dataclass(frozen=True, slots=True)
class Filled:
    """How an answer follows from the entries of the question `book`: how many there are, a `total`, `those` themselves,
    their `share` of all entries (the choices for none, some and all are `shares`), the `percent` of the total of `by`
    that the largest has, the one with the `least` or `most` of `by` (the next one at `place` 2, and so on), or the one
    `of` the answer to `by`.

    `where` leaves only entries of which a question has one of some answers. `take` is what is taken of an entry,
    multiplied in a total; none: the entry itself.
    """

    book: str
    which: Which
    take: tuple[str, ...] = ()
    by: str = ""
    place: int = 1
    where: tuple[str, tuple[str, ...]] | None = None
    shares: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer the user can pick; `phrase` is how it reads inside a sentence, and `name` how an entry does by itself.
    One of a `record` tells that there is something on somebody's record.
    """

    id: str
    label: str
    phrase: str
    help: str = ""
    exclusive: bool = False
    record: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `minimum` and `maximum` are whole numbers in `unit`; `max_length` counts characters.

    `core` says that it is put to everyone, before the others and before any offer to stop; one that is not `asked` is
    never put, but an answer to it counts.
    A date lies from `earliest` to `latest`, and by its `meaning` in the past or the future of the day on which it is
    given, that day in either; `not_before` names an earlier date question whose answer it may not come before.
    The answers to one of a `record` tell what is on somebody's record, and files that hold them are named as such.
    `most` is how many choices may be picked, 0 for any number. One whose choices are entries asks something of `each`,
    in questions that follow it. One that is `filled` has its answer from entries, where they give it.
    `change` says who could make the answer another one: the user by a choice or by work (`yours`), someone the user can
    ask (`others`), or nobody, since it is how things are (`given`).
    """

    id: str
    ref: str
    section: str
    text: str
    why: str
    help: str
    kind: Kind
    choices: tuple[Choice, ...] = ()
    none_choice: Choice | None = None
    unit: str = ""
    minimum: int = 0
    maximum: int = 0
    max_length: int = 0
    terms: tuple[str, ...] = ()
    when: Condition = ALWAYS
    private: bool = False
    line: int = 0
    change: ChangedBy = "given"
    core: bool = False
    earliest: datetime.date = datetime.date.min
    latest: datetime.date = datetime.date.max
    meaning: Meaning = "either"
    not_before: str = ""
    file: str = "credentialing.yaml"
    record: bool = False
    asked: bool = True
    most: int = 0
    each: tuple[str, ...] = ()
    filled: Filled | None = None

    def choice(self, choice_id: str) -> Choice:
        """The choice with this id. Raises KeyError."""
        for choice in self.choices:
            if choice.id == choice_id:
                return choice
        if self.none_choice is not None and self.none_choice.id == choice_id:
            return self.none_choice
        raise KeyError(choice_id)

    @property
    def stand_in(self) -> str:
        """A text or a date that fits, where rules cannot tell one from another."""
        if self.kind == "date":
            return (self.earliest if self.meaning == "past" else self.latest).isoformat()
        return "some text"[: self.max_length]

    @property
    def parts(self) -> tuple[str, ...]:
        """The questions about its entries, in the order asked; none for other questions."""
        return tuple(asked_of(self.id, choice.id, name) for choice in self.choices for name in self.each)

    def facts(self) -> tuple[str, ...]:
        """The facts that an answer to this question settles."""
        if self.kind == "several":
            return (*(f"{self.id}.{choice.id}" for choice in self.choices), f"{self.id}.count")
        also = [f"{self.id}.given"] if self.none_choice is not None else []
        return (self.id, *also, *([days_of(self.id)] if self.kind == "date" else ()))


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Answers to the questions `between` that cannot all be true, and how to say so."""

    id: str
    between: tuple[str, ...]
    when: Condition
    text: str


@dataclass(frozen=True, slots=True)
class Term:
    """A term of art, what it means, and an example."""

    id: str
    term: str
    means: str
    example: str = ""


@dataclass(frozen=True)
class Questionnaire:
    """All questions in the order asked; `digest` is the SHA-256 of the files it was read from."""

    id: str
    version: str
    title: str
    intro: str
    sections: tuple[tuple[str, str], ...]
    questions: tuple[Question, ...]
    contradictions: tuple[Contradiction, ...] = ()
    glossary: Mapping[str, Term] = field(default_factory=dict)
    digest: str = ""

    @cached_property
    def by_id(self) -> Mapping[str, Question]:
        """Questions by their id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def put(self) -> tuple[str, ...]:
        """The questions that are asked of somebody, in their order."""
        return tuple(question.id for question in self.questions if question.asked)

    @cached_property
    def filled(self) -> tuple[Question, ...]:
        """The questions whose answers may follow from entries."""
        return tuple(question for question in self.questions if question.filled is not None)

    @cached_property
    def dates_in_order(self) -> tuple[tuple[Question, Question], ...]:
        """Pairs of date questions: the answer to the second may not come before that to the first."""
        return tuple((self.by_id[q.not_before], q) for q in self.questions if q.not_before)

    @cached_property
    def question_of_fact(self) -> Mapping[str, Question]:
        """The question whose answer settles a fact, by fact."""
        return {fact: question for question in self.questions for fact in question.facts()}

    def told_by(self, slot: str) -> tuple[str, ...]:
        """The facts that a placeholder tells: of a question with several choices, those of its choices and of what
        is asked of each; else the fact that it names; and those that the words of these choices name in their turn."""
        question = self.by_id.get(slot)
        several = question is not None and question.kind == "several"
        told = (*question.facts(), *question.parts) if question is not None and several else (slot,)
        return (*told, *(name for fact in told for name in self._in_phrases.get(fact, ())))

    @cached_property
    def _in_phrases(self) -> Mapping[str, tuple[str, ...]]:
        """What the words of its choices name, by the fact that they tell."""
        found: dict[str, tuple[str, ...]] = {}
        for question in self.questions:
            for choice in question.choices:
                if "{" in choice.phrase:
                    text = Template.of(choice.phrase)
                    fact = f"{question.id}.{choice.id}" if question.kind == "several" else question.id
                    found[fact] = (*found.get(fact, ()), *text.slots, *text.open_slots)
        return found

    @cached_property
    def section_titles(self) -> Mapping[str, str]:
        """Section titles by section id."""
        return dict(self.sections)

    def question(self, question_id: str) -> Question:
        """The question with this id. Raises KeyError."""
        return self.by_id[question_id]
