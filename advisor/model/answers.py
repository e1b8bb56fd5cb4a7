"""Answers: what the user said to each question, checked against it, and the facts that follow."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, TypeAlias

from advisor.model.calls import must_be
from advisor.model.condition import Knowledge, Truth, Value
from advisor.model.questionnaire import Question, Questionnaire, days_of

PRIVATE = "(private)"
"""What stands in a trace for a text answer that could hold a name or a number."""

Said: TypeAlias = Literal["value", "not_sure", "skip"]
Raw: TypeAlias = str | int | float | bool | Sequence["Raw"] | Mapping[str, "Raw"] | None
"""What a file or a caller may hand in as one answer, before it is checked."""


_LONGEST_NAME = 100  # characters; what is longer is no slip of the pen


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question: a choice id, several of them, a whole number, a text or a date (YYYY-MM-DD).

    `said` is `value`, or `not_sure` or `skip`, and then `value` is None.
    """

    question: str
    value: str | int | tuple[str, ...] | None
    said: Said = "value"

    def plain(self) -> str | int | list[str]:
        """As written in an answer file."""
        if self.value is None:
            return self.said
        return list(self.value) if isinstance(self.value, tuple) else self.value


@dataclass(frozen=True, slots=True)
class Answers:
    """Checked answers in the questionnaire's order. Made by `Answers.of`, never changed.

    `as_of` is the day on which they are taken to be given: what is past or future is told from it. None: no such day.
    """

    entries: tuple[Answer, ...] = ()
    as_of: datetime.date | None = None

    @classmethod
    def of(
        cls, entries: Mapping[str, Answer], questionnaire: Questionnaire, as_of: datetime.date | None = None
    ) -> Answers:
        """The entries put in the questionnaire's order. Raises CallError for what is no mapping or no questionnaire."""
        must_be(Mapping, entries=entries)
        must_be(Questionnaire, questionnaire=questionnaire)
        return cls(tuple(entries[q.id] for q in questionnaire.questions if q.id in entries), as_of)

    def __iter__(self) -> Iterator[Answer]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def get(self, question_id: str) -> Answer | None:
        """The answer to a question, or None."""
        return next((entry for entry in self.entries if entry.question == question_id), None)

    def without_private(self, questionnaire: Questionnaire) -> Answers:
        """The same answers with `(private)` in place of every text that could hold a name or a number."""
        return Answers(
            tuple(
                Answer(a.question, PRIVATE) if a.value is not None and questionnaire.question(a.question).private else a
                for a in self.entries
            ),
            self.as_of,
        )

    def plain(self) -> dict[str, str | int | list[str]]:
        """As a mapping that can be written to an answer file and read again."""
        return {entry.question: entry.plain() for entry in self.entries}


def day_of(word: str) -> datetime.date | None:
    """The day that a word such as 2027-01-31 names; None when it names none in that form."""
    try:
        day = datetime.date.fromisoformat(word)
    except ValueError:
        return None
    return day if day.isoformat() == word else None


def nearest(word: str, known: list[str]) -> str:
    """A hint that names the nearest known words, whatever the case of the letters, or an empty string."""
    if len(word) > _LONGEST_NAME:
        return ""
    by_small = {one.lower(): one for one in known}
    close = get_close_matches(word.lower(), by_small, n=3, cutoff=0.5)
    return f"Did you mean {' or '.join(f'`{by_small[c]}`' for c in close)}?" if close else ""


def knowledge_of(answers: Answers, questionnaire: Questionnaire) -> Knowledge:
    """The facts that the answers give, and what the user said where there is no value."""
    values: dict[str, Value] = {}
    said: dict[str, str] = {}
    for answer in answers:
        learn(answer, questionnaire, values, said, answers.as_of)
    return Knowledge(values, said)


def learn(
    answer: Answer,
    questionnaire: Questionnaire,
    values: dict[str, Value],
    said: dict[str, str],
    as_of: datetime.date | None,
) -> None:
    """Add the facts of one answer, given on the day `as_of`, to `values`, or what was said instead to `said`."""
    question = questionnaire.question(answer.question)
    if answer.value is None:
        said.update(dict.fromkeys(question.facts(), answer.said))
    else:
        values.update(_facts_of(question, answer.value, as_of))


def applying(answers: Answers, questionnaire: Questionnaire) -> tuple[Answers, tuple[str, ...]]:
    """The answers in the order asked, less those set aside, and the questions of these.

    An answer is set aside when what was kept before it shows that its question does not apply.
    """
    values: dict[str, Value] = {}
    said: dict[str, str] = {}
    known, kept, aside = Knowledge(values, said), [], []
    for answer in answers:
        if questionnaire.question(answer.question).when.truth(known) is False:
            aside.append(answer.question)
        else:
            kept.append(answer)
            learn(answer, questionnaire, values, said, answers.as_of)
    return Answers(tuple(kept), answers.as_of), tuple(aside)


def _facts_of(question: Question, value: str | int | tuple[str, ...], as_of: datetime.date | None) -> dict[str, Value]:
    if isinstance(value, tuple):
        facts: dict[str, Value] = {f"{question.id}.{choice.id}": choice.id in value for choice in question.choices}
        facts[f"{question.id}.count"] = len(value)
        return facts
    if question.none_choice is not None and value == question.none_choice.id:
        return {f"{question.id}.given": False}
    facts = {question.id: value}
    if question.none_choice is not None:
        facts[f"{question.id}.given"] = True
    if question.kind == "date" and as_of is not None and (day := day_of(str(value))) is not None:
        facts[days_of(question.id)] = (day - as_of).days
    return facts


def applies(question: Question, answers: Answers, questionnaire: Questionnaire) -> Truth:
    """Whether a question applies, given the answers so far: true, false or not yet known."""
    return question.when.truth(knowledge_of(answers, questionnaire))
