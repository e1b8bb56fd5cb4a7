"""Answers: what the user said to each question, checked against it, and the facts that follow."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, TypeAlias

from advisor.errors import Place, Problem
from advisor.model.condition import NOT_SURE, SKIP, Knowledge, Truth, Value
from advisor.model.questionnaire import Question, Questionnaire

PRIVATE = "(private)"
"""What stands in a trace for a text answer that could hold a name or a number."""

Said: TypeAlias = Literal["value", "not_sure", "skip"]
Raw: TypeAlias = str | int | float | bool | Sequence["Raw"] | Mapping[str, "Raw"] | None
"""What a file or a caller may hand in as one answer, before it is checked."""


_LONGEST_NAME = 100  # characters; what is longer is no slip of the pen
_LONGEST_NUMBER = 256  # bits; Python refuses to write out numbers of some thousand digits


class AnswerProblem(ValueError):
    """An answer that does not fit its question; carries the message, what was expected, and a hint."""

    def __init__(self, message: str, expected: str = "", fix: str = "") -> None:
        super().__init__(message)
        self.message, self.expected, self.fix = message, expected, fix

    def at(self, place: Place) -> Problem:
        """The problem with the place where it was found."""
        return Problem(place, self.message, self.expected, self.fix)


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
        """The entries put in the questionnaire's order."""
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


def parse_answer(question: Question, raw: Raw) -> Answer:
    """Check one raw answer against its question.

    Raises AnswerProblem when it does not fit, with the nearest valid answers.
    """
    if isinstance(raw, str) and raw.strip() in (NOT_SURE, SKIP):
        word: Said = "not_sure" if raw.strip() == NOT_SURE else "skip"
        return Answer(question.id, None, word)
    if raw is None:
        raise AnswerProblem(
            "no answer is given", _expected(question), "Write `not_sure` or `skip`, or leave the line out"
        )
    if question.kind == "several":
        return Answer(question.id, _several(question, raw))
    if isinstance(raw, (list, tuple, dict)):
        raise AnswerProblem("a list or a mapping is given for one answer", _expected(question))
    if isinstance(raw, str) and question.none_choice is not None and raw.strip() == question.none_choice.id:
        return Answer(question.id, question.none_choice.id)
    if question.kind == "one":
        return Answer(question.id, _choice(question, raw))
    if question.kind == "number":
        return Answer(question.id, _number(question, raw))
    if question.kind == "date":
        return Answer(question.id, _date(question, raw))
    return Answer(question.id, _text(question, raw))


def _expected(question: Question) -> str:
    if question.kind == "number":
        return f"a whole number from {question.minimum} to {question.maximum} ({question.unit})"
    if question.kind == "date":
        return "a date like 2027-01-31"
    if question.kind == "text":
        return f"a text of at most {question.max_length} characters"
    names = [f"`{choice.id}`" for choice in question.choices]
    listed = ", ".join(names[:12]) + (" ..." if len(names) > 12 else "")
    return ("a list of " if question.kind == "several" else "one of ") + listed


def _word(raw: Raw) -> str:
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    if isinstance(raw, int) and raw.bit_length() > _LONGEST_NUMBER:
        return "a number too long to show"
    return str(raw).strip()


def shown(word: str) -> str:
    """A word safe to print: control characters taken out, shortened."""
    clean = "".join(c if c.isprintable() else "?" for c in word)
    return clean if len(clean) <= 40 else clean[:37] + "..."


def _choice(question: Question, raw: Raw) -> str:
    word = _word(raw)
    ids = [choice.id for choice in question.choices]
    if word in ids:
        return word
    by_label = {choice.label.lower(): choice.id for choice in question.choices}
    if word.lower() in by_label:
        return by_label[word.lower()]
    if word.lower() in ids:
        return word.lower()
    raise AnswerProblem(f"`{shown(word)}` is not a choice", _expected(question), nearest(word, ids))


def _several(question: Question, raw: Raw) -> tuple[str, ...]:
    if isinstance(raw, dict):
        raise AnswerProblem("a mapping is given", _expected(question))
    items = list(raw) if isinstance(raw, (list, tuple)) else [raw]
    if any(isinstance(item, (list, tuple, dict)) or item is None for item in items):
        raise AnswerProblem("the list holds something that is not a choice", _expected(question))
    if len(items) > len(question.choices):
        raise AnswerProblem("the list has more entries than there are choices", _expected(question))
    picked = {_choice(question, item) for item in items}
    if len(picked) < len(items):
        raise AnswerProblem("a choice is listed twice", _expected(question), "List each choice once")
    if not picked:
        raise AnswerProblem(
            "the list is empty", _expected(question), "Write `not_sure` or `skip` if you have no answer"
        )
    alone = [c for c in question.choices if c.exclusive and c.id in picked]
    if alone and len(picked) > 1:
        raise AnswerProblem(
            f"`{alone[0].id}` cannot go with other choices", _expected(question), "Keep one or the other"
        )
    return tuple(choice.id for choice in question.choices if choice.id in picked)


def _number(question: Question, raw: Raw) -> int:
    value: int | None = None
    if isinstance(raw, int) and not isinstance(raw, bool):
        value = raw
    elif isinstance(raw, float) and raw.is_integer() and abs(raw) < 2**53:
        value = int(raw)
    elif isinstance(raw, str) and raw.strip().isascii() and raw.strip().isdigit() and len(raw.strip()) <= 12:
        value = int(raw.strip())
    if value is None:
        raise AnswerProblem(f"`{shown(_word(raw))}` is not a whole number", _expected(question))
    if not question.minimum <= value <= question.maximum:
        near = question.minimum if value < question.minimum else question.maximum
        raise AnswerProblem(
            f"{shown(_word(value))} is out of range", _expected(question), f"The nearest allowed is {near}"
        )
    return value


def _date(question: Question, raw: Raw) -> str:
    word = _word(raw)
    if day_of(word) is None:
        none = question.none_choice
        hint = f"Or write `{none.id}`" if none else ""
        raise AnswerProblem(f"`{shown(word)}` is not a date", _expected(question), hint)
    return word


def _text(question: Question, raw: Raw) -> str:
    word = _word(raw)
    if not word:
        raise AnswerProblem("the text is empty", _expected(question), "Write `skip` to leave it out")
    if len(word) > question.max_length:
        raise AnswerProblem(f"the text has {len(word)} characters", _expected(question))
    if not all(c.isprintable() for c in word):
        raise AnswerProblem("the text holds control characters", "plain text on one line", "Type it again without them")
    return word


def knowledge_of(answers: Answers, questionnaire: Questionnaire) -> Knowledge:
    """The facts that the answers give, and what the user said where there is no value."""
    values: dict[str, Value] = {}
    said: dict[str, str] = {}
    for answer in answers:
        learn(answer, questionnaire, values, said)
    return Knowledge(values, said)


def learn(answer: Answer, questionnaire: Questionnaire, values: dict[str, Value], said: dict[str, str]) -> None:
    """Add the facts of one answer to `values`, or what was said instead to `said`."""
    question = questionnaire.question(answer.question)
    if answer.value is None:
        said.update(dict.fromkeys(question.facts(), answer.said))
    else:
        values.update(_facts_of(question, answer.value))


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
            learn(answer, questionnaire, values, said)
    return Answers(tuple(kept), answers.as_of), tuple(aside)


def _facts_of(question: Question, value: str | int | tuple[str, ...]) -> dict[str, Value]:
    if isinstance(value, tuple):
        facts: dict[str, Value] = {f"{question.id}.{choice.id}": choice.id in value for choice in question.choices}
        facts[f"{question.id}.count"] = len(value)
        return facts
    if question.none_choice is None:
        return {question.id: value}
    if value == question.none_choice.id:
        return {f"{question.id}.given": False}
    return {question.id: value, f"{question.id}.given": True}


def applies(question: Question, answers: Answers, questionnaire: Questionnaire) -> Truth:
    """Whether a question applies, given the answers so far: true, false or not yet known."""
    return question.when.truth(knowledge_of(answers, questionnaire))
