"""The part of the vocabulary that answers give: one fact for most questions, one per choice where several fit."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.model.condition import Value
from advisor.model.facts import DATE, FactSpec
from advisor.model.questionnaire import Question, Questionnaire, days_of


def answer_facts(questionnaire: Questionnaire) -> Iterator[FactSpec]:
    """The facts that answers give."""
    for question in questionnaire.questions:
        yield from facts_of(question)


def facts_of(question: Question) -> Iterator[FactSpec]:
    """The facts that an answer to one question gives."""
    if question.kind == "several":
        for choice in question.choices:
            phrases: dict[Value, str] = {True: choice.phrase, False: f"no {choice.phrase}"}
            yield FactSpec(f"{question.id}.{choice.id}", choice.label, "yes_no", "answer", None, (True, False), phrases)
        yield FactSpec(f"{question.id}.count", question.text, "number", "answer", None, unit="chosen")
        return
    if question.kind == "one":
        ids = tuple(choice.id for choice in question.choices)
        phrases = {choice.id: choice.phrase for choice in question.choices}
        yield FactSpec(question.id, question.text, "one", "answer", None, ids, phrases)
    elif question.kind == "number":
        yield FactSpec(question.id, question.text, "number", "answer", None, unit=question.unit)
    else:
        yield FactSpec(question.id, question.text, "mark", "answer", None, unit=DATE if question.kind == "date" else "")
    if question.kind == "date":
        yield FactSpec(days_of(question.id), question.text, "number", "answer", None, unit="days")
    if question.none_choice is not None:
        yield FactSpec(f"{question.id}.given", question.text, "yes_no", "answer", None, (True, False))
