"""Checks one raw answer against its question, and dates against one another, the same for files, callers and people."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from advisor.errors import AnswerProblem
from advisor.model.answers import PRIVATE, Answer, Raw, day_of, nearest
from advisor.model.condition import NOT_SURE, SKIP
from advisor.model.questionnaire import Question, Questionnaire
from advisor.model.safe_text import shown, unpasted

_LONGEST_WRITTEN = 12  # characters of a number
_LONGEST_NUMBER = 256  # bits; Python refuses to write out numbers of some thousand digits


def parse_answer(question: Question, raw: Raw, as_of: datetime.date | None = None) -> Answer:
    """Check one raw answer against its question; past and future are told from `as_of`, if it is given.

    Raises AnswerProblem when it does not fit, with the nearest valid answers.
    """
    word = _word(raw) if isinstance(raw, str) else ""
    if word in (NOT_SURE, SKIP):
        return Answer(question.id, None, "not_sure" if word == NOT_SURE else "skip")
    if question.private and word == PRIVATE:  # what a record holds of a private answer
        return Answer(question.id, PRIVATE)
    if raw is None:
        raise AnswerProblem(
            "no answer is given", _expected(question), "Write `not_sure` or `skip`, or leave the line out"
        )
    if question.kind == "several":
        return Answer(question.id, _several(question, raw))
    if isinstance(raw, (list, tuple, dict)):
        raise AnswerProblem("a list or a mapping is given for one answer", _expected(question))
    none = question.none_choice
    if none is not None and word and (word == none.id or word.lower() == none.label.lower()):
        return Answer(question.id, none.id)
    if question.kind == "one":
        return Answer(question.id, _choice(question, raw))
    if question.kind == "number":
        return Answer(question.id, _number(question, raw))
    if question.kind == "date":
        return Answer(question.id, _date(question, raw, as_of))
    return Answer(question.id, _text(question, raw))


def _expected(question: Question) -> str:
    if question.kind == "number":
        return f"a whole number from {question.minimum} to {question.maximum} ({question.unit})"
    if question.kind == "date":
        side = {"past": " in the past", "future": " still to come", "either": ""}[question.meaning]
        return f"a date like 2027-01-31{side}, from {question.earliest} to {question.latest}"
    if question.kind == "text":
        return f"a text of at most {question.max_length} characters"
    names = [f"`{choice.id}`" for choice in question.choices]
    listed = ", ".join(names[:12]) + (" ..." if len(names) > 12 else "")
    many = f"a list of at most {question.most} of " if question.most else "a list of "
    return (many if question.kind == "several" else "one of ") + listed


def _word(raw: Raw) -> str:
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    if isinstance(raw, int) and raw.bit_length() > _LONGEST_NUMBER:
        return "a number too long to show"
    return unpasted(str(raw)).strip()


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
    yes_no = {"true": "yes", "false": "no"}.get(word.lower())
    if yes_no in ids:
        return yes_no
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
    if 0 < question.most < len(picked):
        raise AnswerProblem(f"{len(picked)} choices are listed", _expected(question), "Keep those that weigh most")
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
    elif isinstance(raw, str):
        value = _whole(_word(raw))
    if value is None:
        raise AnswerProblem(f"`{shown(_word(raw))}` is not a whole number", _expected(question))
    if not question.minimum <= value <= question.maximum:
        near = question.minimum if value < question.minimum else question.maximum
        raise AnswerProblem(
            f"{shown(_word(value))} is out of range", _expected(question), f"The nearest allowed is {near}"
        )
    return value


def _whole(word: str) -> int | None:
    """The whole number that a word writes as JSON does, such as 20 or 20.0; None when it writes none."""
    if len(word) > _LONGEST_WRITTEN or not set(word) <= set("0123456789+-.eE"):
        return None
    try:
        value = float(word)
    except ValueError:
        return None
    return int(value) if value.is_integer() and abs(value) < 2**53 else None


def _date(question: Question, raw: Raw, as_of: datetime.date | None) -> str:
    word = _word(raw)
    day = day_of(word)
    if day is None:
        none = question.none_choice
        hint = f"Or write `{none.id}`" if none else ""
        raise AnswerProblem(f"`{shown(word)}` is not a date", _expected(question), hint)
    if not question.earliest <= day <= question.latest:
        raise AnswerProblem(f"{word} is out of range", _expected(question), "Check the year")
    wrong_side = as_of is not None and {"past": day > as_of, "future": day < as_of, "either": False}[question.meaning]
    if wrong_side:
        found = f"{word} is not in the {question.meaning}, seen from {as_of}"
        raise AnswerProblem(found, _expected(question), "Check the year")
    return word


def out_of_order(answer: Answer, given: Mapping[str, Answer], questionnaire: Questionnaire) -> AnswerProblem | None:
    """What is wrong with a date beside the others given: it comes before or after one that it may not; None if in
    order."""
    dates = {**given, answer.question: answer}
    for pair in questionnaire.dates_in_order:
        if answer.question in (pair[0].id, pair[1].id):
            first, second = (day_of(str(dates[q.id].value)) if q.id in dates else None for q in pair)
            if first is not None and second is not None and second < first:
                return AnswerProblem(
                    f"{second} (“{pair[1].text}”) comes before {first} (“{pair[0].text}”)",
                    "dates in the order in which things happen",
                    "Change one of the two",
                )
    return None


def _text(question: Question, raw: Raw) -> str:
    word = _word(raw)
    if not word:
        raise AnswerProblem("the text is empty", _expected(question), "Write `skip` to leave it out")
    if len(word) > question.max_length:
        raise AnswerProblem(f"the text has {len(word)} characters", _expected(question))
    if not all(c.isprintable() for c in word):
        raise AnswerProblem("the text holds control characters", "plain text on one line", "Type it again without them")
    return word
