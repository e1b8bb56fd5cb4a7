"""Hypothesis strategies for answers: any that a questionnaire allows, and ones like a person would give."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TypeAlias

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from advisor.model.answer_check import parse_answer
from advisor.model.answers import Answers, knowledge_of, learn
from advisor.model.condition import NOT_SURE, SKIP, Knowledge, Value
from advisor.model.questionnaire import Question, Questionnaire

Plain: TypeAlias = str | int | list[str]
PlainAnswers: TypeAlias = dict[str, Plain]

UNSAID = (NOT_SURE, SKIP)
TEXTS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P"), include_characters=" "), min_size=1, max_size=12
)

HABITS: Mapping[str, tuple[str, ...]] = {"license": ("associate",), "independent": ("supervised", "limited")}
"""Choices that decide everything by themselves; people who give them are rare among realistic answers."""


def values_for(question: Question) -> SearchStrategy[Plain]:
    """Any value that answers a question, without not sure and skip."""
    found: SearchStrategy[Plain]
    if question.kind == "one":
        found = st.sampled_from([choice.id for choice in question.choices])
    elif question.kind == "several":
        together = [choice.id for choice in question.choices if not choice.exclusive]
        alone = [[choice.id] for choice in question.choices if choice.exclusive]
        picked = st.lists(st.sampled_from(together), min_size=1, max_size=min(4, len(together)), unique=True)
        found = st.one_of(picked, st.sampled_from(alone)) if alone else picked
    elif question.kind == "number":
        near = st.integers(question.minimum, min(question.maximum, question.minimum + 120))
        found = st.one_of(near, st.integers(question.minimum, question.maximum))
    elif question.kind == "date":
        found = st.dates(question.earliest, question.latest).map(datetime.date.isoformat)
    else:
        found = TEXTS.filter(lambda text: text.strip() not in ("", *UNSAID)).map(
            lambda text: text[: question.max_length]
        )
    if question.none_choice is not None:
        found = st.one_of(st.just(question.none_choice.id), found)
    return found


@st.composite
def any_answers(draw: DrawFn, questionnaire: Questionnaire) -> PlainAnswers:
    """Valid answers to any of the questions, whether they apply or not, that do not contradict each other."""
    share = draw(st.sampled_from([2, 5, 9, 10]))
    answers: PlainAnswers = {}
    for question in questionnaire.questions:
        if draw(st.integers(0, 9)) < share:
            unsaid = draw(st.integers(0, 9)) == 0
            answers[question.id] = draw(st.sampled_from(UNSAID) if unsaid else values_for(question))
    return without_contradictions(answers, questionnaire)


@st.composite
def realistic_answers(draw: DrawFn, questionnaire: Questionnaire) -> PlainAnswers:
    """Answers in the order asked to the questions that apply, most of them given, that do not contradict."""
    gaps = draw(st.sampled_from([0, 1, 3]))
    answers: PlainAnswers = {}
    values: dict[str, Value] = {}
    said: dict[str, str] = {}
    known = Knowledge(values, said)  # grows with the answers
    for question in questionnaire.questions:
        if not question.asked or question.when.truth(known) is not True:
            continue
        chance = draw(st.integers(0, 19))
        if chance < gaps:
            answers[question.id] = draw(st.sampled_from(UNSAID))
        elif chance >= 2 * gaps:
            answers[question.id] = draw(_likely(question))
        if question.id in answers:
            learn(parse_answer(question, answers[question.id]), questionnaire, values, said, None)
    return without_contradictions(answers, questionnaire)


def answers_for(questionnaire: Questionnaire) -> SearchStrategy[PlainAnswers]:
    """Answers of both sorts, the realistic ones more often."""
    realistic = realistic_answers(questionnaire)
    return st.one_of(realistic, realistic, any_answers(questionnaire))


def without_contradictions(answers: PlainAnswers, questionnaire: Questionnaire) -> PlainAnswers:
    """The answers without the later one of each pair that cannot both be true."""
    left = dict(answers)
    while True:
        known = knowledge_of(_checked(left, questionnaire), questionnaire)
        held = next((c for c in questionnaire.contradictions if c.when.truth(known) is True), None)
        if held is None:
            return left
        order = list(questionnaire.by_id)
        del left[max((name for name in held.between if name in left), key=order.index)]


def _likely(question: Question) -> SearchStrategy[Plain]:
    rare = HABITS.get(question.id, ())
    if not rare:
        return values_for(question)
    common = [choice.id for choice in question.choices if choice.id not in rare]
    return st.integers(0, 9).flatmap(lambda n: st.sampled_from(common) if n else values_for(question))


def _checked(answers: PlainAnswers, questionnaire: Questionnaire) -> Answers:
    entries = {name: parse_answer(questionnaire.question(name), answer) for name, answer in answers.items()}
    return Answers.of(entries, questionnaire)
