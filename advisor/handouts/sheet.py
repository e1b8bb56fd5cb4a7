"""The sheet that a person takes along to a lawyer or adviser: the facts, what is to be found out, what to bring."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from advisor.handouts.bearing import bearing
from advisor.handouts.paragraphs import entry
from advisor.model.advice import Advice
from advisor.model.answer_words import value_words
from advisor.model.condition import NOT_SURE, SKIP
from advisor.model.dates import day
from advisor.model.handouts import Letter
from advisor.model.page import Page
from advisor.model.questionnaire import Question, Questionnaire
from advisor.model.rulebase import RuleBase
from advisor.model.words import Words

HELPER = "lawyer"
"""Of those who are asked, the one whose questions stand on the sheet."""


def sheet(advice: Advice, base: RuleBase, questionnaire: Questionnaire) -> Letter:
    """The sheet, with the person's own answers that bear on the plan; of private ones only the question is named."""
    plan, words = advice.plan, Words(advice.headings)
    pages = [base.pages[page] for page in dict.fromkeys((plan.answer.asked, plan.answer.page)) if page in base.pages]
    asked = [line for line in advice.questions_to_ask if line.to == HELPER]
    found_out, stopped = (line.rule for line in plan.find_out), (stop.rule for stop in plan.stops)
    rules = tuple(dict.fromkeys((*plan.answer.rules, *(line.rule for line in asked), *found_out, *stopped)))
    return Letter(
        name="",
        form="sheet",
        to=words("letters.sheet.to"),
        subject=words("letters.sheet.subject"),
        paragraphs=tuple(_paragraphs(advice, base, questionnaire, pages)),
        blanks=0,
        rules=rules,
        claims=tuple(dict.fromkeys(claim for rule in rules for claim in base.by_id[rule].claims)),
        sources=tuple(dict.fromkeys(source for rule in rules for source in base.by_id[rule].sources)),
    )


def _paragraphs(advice: Advice, base: RuleBase, questionnaire: Questionnaire, pages: list[Page]) -> Iterator[str]:
    words, plan = Words(advice.headings), advice.plan
    wishes = [page.wishes for page in pages if page.wishes]
    bear = {question.id for question in bearing(advice, base, questionnaire)}
    told = [
        question
        for question in questionnaire.questions
        if question.id not in (*base.decision.came_with, *wishes)
        and (question.id in bear or question.core)
        and _tells(advice, question)
    ]
    facts = [_said(advice, question) for question in told if not question.private]
    given = advice.trace.answers.keys() - set(advice.trace.set_aside)
    hidden = (question for question in questionnaire.questions if question.private and question.id in given)
    private = [words("letters.sheet.private", question=question.text) for question in hidden]
    yield from _part(words("letters.sheet.facts"), (*facts, *private))
    wanted = [page.asks for page in pages if page.asks]
    wanted += [choice for wish in wishes for choice in _chosen(advice, questionnaire, wish)]
    wanted += [line.text for line in advice.questions_to_ask if line.to == HELPER]
    yield from _part(words("letters.sheet.want"), wanted)
    yield from _part(words("letters.sheet.open"), [line.text for line in plan.find_out])
    yield from _part(words("letters.sheet.stops"), [stop.text for stop in plan.stops])
    papers = [paper for page in pages for paper in page.bring]
    yield from _part(words("letters.sheet.bring"), papers or [text for _, text in words.under("letters.bring.")])


def _part(heading: str, texts: Iterable[str]) -> Iterator[str]:
    """A heading with its list; nothing where the list is empty."""
    entries = tuple(dict.fromkeys(entry(text) for text in texts))
    if entries:
        yield from (heading, *entries)


def _said(advice: Advice, question: Question) -> str:
    """A question, without what tells how to answer it, with its answer in words."""
    asked, mark, _ = question.text.partition("?")
    value = advice.trace.answers[question.id]
    answer = value_words(question, value)
    if question.kind == "date" and answer == value:
        answer = day(datetime.date.fromisoformat(answer))
    return Words(advice.headings)("letters.sheet.fact", question=asked + mark, answer=answer)


def _tells(advice: Advice, question: Question) -> bool:
    """Whether the answer says something: it is known, and no choice that stands for none."""
    value = advice.trace.answers.get(question.id)
    if value is None or question.id in advice.trace.set_aside:
        return False
    none = {choice.id for choice in question.choices if choice.exclusive} | {NOT_SURE, SKIP}
    return not none.intersection(value if isinstance(value, (list, tuple)) else (value,))


def _chosen(advice: Advice, questionnaire: Questionnaire, wish: str) -> Iterator[str]:
    """The choices picked among what a person may most want to know."""
    picked = advice.trace.answers.get(wish, ())
    labels = {choice.id: choice.label for choice in questionnaire.question(wish).choices}
    yield from (labels[one] for one in (picked if isinstance(picked, tuple) else (str(picked),)) if one in labels)
