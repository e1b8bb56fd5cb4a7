"""The states that answers can be in, as far as any rule can tell: choices that no rule tells apart are one state.

A variable is a question, or several number questions that a figure ties together. Its states are exhaustive and
exclude each other. Several-choice questions are kept apart (`Picks`): they have 2^n answers, so each choice that a rule
reads is a variable of its own, and the others are only counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TypeAlias

from advisor.model.answers import Answer
from advisor.model.condition import Value
from advisor.model.questionnaire import Question
from advisor.proving.literals import Literal, cuts

UNSAID = "none"
"""The state of a question that has no answer, for whatever reason no rule asks about."""

Plain: TypeAlias = str | int


@dataclass(frozen=True, slots=True)
class Part:
    """What one question is in one state: an answer among `members` that no rule tells apart (a span for numbers), or,
    without members, no value because the user `said` so (`none`: not asked, or no rule asks why).

    `values` are the facts of the first member.
    """

    question: str
    members: tuple[Plain, ...] = ()
    values: tuple[tuple[str, Value], ...] = ()
    said: str = UNSAID
    whole_span: bool = False

    @property
    def valued(self) -> bool:
        """Whether the question has an answer in this state."""
        return bool(self.members)

    def holds(self, answer: Plain) -> bool:
        """Whether an answer is one of the members."""
        if self.whole_span and isinstance(answer, int):
            low, high = int(self.members[0]), int(self.members[-1])
            return low <= answer <= high
        return answer in self.members


@dataclass(frozen=True)
class Variable:
    """One question, or number questions that figures tie together, with its states: one part per question."""

    name: str
    questions: tuple[Question, ...]
    states: tuple[tuple[Part, ...], ...]

    @cached_property
    def joint(self) -> bool:
        """Whether figures tie several questions together here."""
        return len(self.questions) > 1

    @cached_property
    def says(self) -> tuple[frozenset[str], ...]:
        """For each question, what the user can say instead of an answer, as far as rules ask."""
        return tuple(frozenset(state[i].said for state in self.states) for i in range(len(self.questions)))

    def atom(self, state: int) -> str:
        """The atom that says the variable is in a state."""
        return f'g("{self.name}",{state})'


@dataclass(frozen=True)
class Picks:
    """A several-choice question: the choices that rules read or that exclude others, and how many of the rest count."""

    question: Question
    read: tuple[str, ...]
    rest: tuple[str, ...]
    most: int
    says: tuple[str, ...]

    @cached_property
    def exclusive(self) -> frozenset[str]:
        """The choices that cannot go with others."""
        return frozenset(choice.id for choice in self.question.choices if choice.exclusive)

    def picked(self, choice: str) -> str:
        """The atom that says a choice is picked."""
        return f'p("{self.question.id}","{choice}")'

    def rest_at_least(self, number: int) -> str:
        """The atom that says so many of the choices that no rule reads are picked."""
        return f'u("{self.question.id}",{number})'

    def rest_of(self, answer: Answer) -> int:
        """How many of the choices that no rule reads an answer picks, as far as that counts."""
        value = answer.value if isinstance(answer.value, tuple) else ()
        return min(self.most, sum(choice in self.rest for choice in value))


def wanted_of(question: Question, literals: Mapping[str, Sequence[Literal]]) -> list[Literal]:
    """The literals on the facts of a question."""
    return [literal for fact in question.facts() for literal in literals.get(fact, ())]


def _unvalued(question: Question, literals: Mapping[str, Sequence[Literal]]) -> Iterator[Part]:
    """The states without a value: one, and one more for each thing the user may have said that a rule asks about."""
    yield Part(question.id)
    yield from (Part(question.id, said=word) for word in _words(question, literals))


def _words(question: Question, literals: Mapping[str, Sequence[Literal]]) -> tuple[str, ...]:
    said = {str(li.values[0]) for li in wanted_of(question, literals) if li.op in ("said", "not_said")}
    return tuple(sorted(said))


def variable_of(question: Question, literals: Mapping[str, Sequence[Literal]]) -> Variable:
    """The variable of a question that stands alone."""
    parts = (*_unvalued(question, literals), *valued_parts(question, literals))
    return Variable(question.id, (question,), tuple((part,) for part in parts))


def valued_parts(question: Question, literals: Mapping[str, Sequence[Literal]]) -> tuple[Part, ...]:
    """The states with an answer, told apart by the literals on the question's own facts alone."""
    wanted = wanted_of(question, literals)
    parts: list[Part] = []
    if question.kind == "one":
        groups: dict[tuple[bool, ...], list[Plain]] = {}
        for choice in question.choices:
            signature = tuple(li.passes(choice.id) for li in wanted)
            groups.setdefault(signature, []).append(choice.id)
        parts += [Part(question.id, tuple(g), ((question.id, g[0]),)) for g in groups.values()]
    elif question.kind == "number":
        parts += [_span(question, low, high) for low, high in _cells(question, wanted)]
    else:  # a text or a date: rules can only ask whether it was given
        parts.append(Part(question.id, (question.kind,), _given(question, True)))
    if question.none_choice is not None:
        none = question.none_choice.id
        parts.append(Part(question.id, (none,), ((f"{question.id}.given", False),)))
    return tuple(parts)


def _span(question: Question, low: int, high: int) -> Part:
    return Part(question.id, (low, high), ((question.id, low), *_given(question, False)), whole_span=True)


def _given(question: Question, mark: bool) -> tuple[tuple[str, Value], ...]:
    own: tuple[tuple[str, Value], ...] = ((question.id, "(given)"),) if mark else ()
    return (*own, (f"{question.id}.given", True)) if question.none_choice is not None else own


def _cells(question: Question, wanted: Iterable[Literal]) -> Iterator[tuple[int, int]]:
    own = [li for li in wanted if li.fact == question.id and li.op not in ("known", "unknown")]
    starts = sorted({question.minimum} | {c for c in cuts(own) if question.minimum < c <= question.maximum})
    for low, following in zip(starts, [*starts[1:], question.maximum + 1], strict=True):
        yield low, following - 1


def joint_variable(
    questions: tuple[Question, ...], literals: Mapping[str, Sequence[Literal]], points: Iterable[Mapping[str, int]]
) -> Variable:
    """The variable of number questions that figures tie together; `points` are witnesses of all that can be together.

    Where one of the questions has no number the figures have none either, and the others vary freely.
    """
    alone = {q.id: (*_unvalued(q, literals), *valued_parts(q, literals)) for q in questions}
    states = [s for s in product(*(alone[q.id] for q in questions)) if not all(part.whole_span for part in s)]
    for point in points:
        states.append(tuple(_span(q, point[q.id], point[q.id]) for q in questions))
    return Variable("+".join(q.id for q in questions), questions, tuple(states))


def picks_of(question: Question, literals: Mapping[str, Sequence[Literal]]) -> Picks:
    """The variables of a several-choice question."""
    read = [c.id for c in question.choices if c.exclusive or literals.get(f"{question.id}.{c.id}")]
    rest = [c.id for c in question.choices if c.id not in read]
    counted = [li for li in literals.get(f"{question.id}.count", ()) if li.op not in ("known", "unknown")]
    highest = max((cut for cut in cuts(counted)), default=1)
    return Picks(question, tuple(read), tuple(rest), min(len(rest), max(1, highest)), _words(question, literals))
