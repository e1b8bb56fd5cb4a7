"""An answer in words, as everyone who shows one puts it: by its label, or with its unit."""

from __future__ import annotations

from advisor.model.questionnaire import Question


def value_words(question: Question, value: str | int | tuple[str, ...]) -> str:
    """The value of an answer: labels hold commas, so semicolons stand between several; thousands are set off."""
    if isinstance(value, tuple):
        return "; ".join(question.choice(choice).label for choice in value)
    if isinstance(value, int):
        return f"{value:,} {_of_one(question.unit) if value == 1 else question.unit}".rstrip()
    labels = {choice.id: choice.label for choice in question.choices}
    if question.none_choice is not None:
        labels[question.none_choice.id] = question.none_choice.label
    return labels.get(value, value)


_ONE = {"people": "person", "children": "child"}


def _of_one(unit: str) -> str:
    """A unit as one of it reads: "session a week"."""
    first, *rest = unit.split(" ")
    return " ".join((_ONE.get(first, first.removesuffix("s")), *rest))
