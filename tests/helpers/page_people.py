"""The people of the pages of rules as persons with answers: what an example gives is what they would answer."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from functools import cache

from advisor.advice import default_advisor
from advisor.errors import AnswersError, ContradictionError
from advisor.model.answers import Answers, Raw
from advisor.model.condition import Value
from advisor.model.page import QUESTION
from advisor.model.questionnaire import Question
from advisor.model.rule import Example, Rule
from tests.helpers.people import TODAY


@cache
def firing_people() -> Mapping[str, tuple[Answers, ...]]:
    """For each rule that runs, the people in whom its examples say that it fires."""
    return {rule.id: tuple(_people(rule)) for rule in default_advisor().rulebase.active}


def _people(rule: Rule) -> Iterator[Answers]:
    for example in rule.examples:
        if example.fires:
            try:
                yield default_advisor().checked(answers_of(example), TODAY)
            except (AnswersError, ContradictionError):
                continue  # given facts that no one could answer together


def answers_of(example: Example) -> dict[str, Raw]:
    """The answers that give the facts of an example; facts that are no answers are left for the rules to conclude."""
    answers: dict[str, Raw] = {}
    for question in default_advisor().questionnaire.questions:
        answer = _answer(question, example.given)
        if answer is None:
            answer = next((example.said[fact] for fact in question.facts() if fact in example.said), None)
        if answer is not None:
            answers[question.id] = answer
    if "brings" not in answers and "situation" not in answers and QUESTION in example.given:
        answers["brings"] = str(example.given[QUESTION])
    others = [page for page in default_advisor().rulebase.pages if example.given.get(f"topic.{page}") is True]
    if "also" not in answers and (also := [page for page in others if page != answers.get("brings")]):
        answers["also"] = also
    return answers


def _answer(question: Question, given: Mapping[str, Value]) -> Raw | None:
    if question.kind == "several":
        return [choice.id for choice in question.choices if given.get(f"{question.id}.{choice.id}") is True] or None
    if question.kind == "date":
        days = given.get(f"{question.id}.days")
        return None if days is None else (TODAY + datetime.timedelta(days=int(days))).isoformat()
    value = given.get(question.id)
    if value is None or isinstance(value, bool):
        return None
    return str(value) if question.kind == "text" else value
