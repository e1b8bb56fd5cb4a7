"""People made up for the plan page: each came with one of the questions and answered some of what it needs."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from random import Random

from advisor.advice import default_advisor
from advisor.errors import ContradictionError
from advisor.model.answers import Answers, Raw
from advisor.model.questionnaire import Question

TODAY = datetime.date(2026, 11, 28)
"""The day on which all of them ask."""

ALWAYS = ("setup", "license", "states", "rare")


def people(number: int, seed: int) -> Iterator[Answers]:
    """So many people, of all kinds in turn; those whose answers contradict each other are passed over."""
    chance = Random(seed)
    pages = [page for page in default_advisor().rulebase.pages.values() if page.questions]
    made = 0
    while made < number:
        page = pages[made % len(pages)]
        try:
            answers = default_advisor().checked(person(chance, page.id, page.questions), TODAY)
        except ContradictionError:
            continue
        made += 1
        yield answers


def person(chance: Random, page: str, questions: tuple[str, ...]) -> dict[str, Raw]:
    """Answers of one person who came with the question of a page."""
    by_id = default_advisor().questionnaire.by_id
    known = chance.choice((0.3, 0.6, 0.9))
    given: dict[str, Raw] = {"brings": page}
    for name in dict.fromkeys((*ALWAYS, *questions)):
        if chance.random() < known:
            given[name] = answer(chance, by_id[name])
    return given


def answer(chance: Random, question: Question) -> Raw:
    """Any answer to a question; a several-choice one gets one or two choices."""
    if chance.random() < 0.05:
        return chance.choice(("not_sure", "skip"))
    if question.kind == "one":
        return chance.choice(question.choices).id
    if question.kind == "several":
        return _several(chance, question)
    if question.kind == "number":
        return chance.randint(question.minimum, min(question.maximum, question.minimum + 150))
    if question.kind == "date":
        span = {"past": (-400, -1), "future": (1, 400)}.get(question.meaning, (-100, 400))
        return (TODAY + datetime.timedelta(days=chance.randint(*span))).isoformat()
    return "Something of their own"


def _several(chance: Random, question: Question) -> Raw:
    alone = [choice.id for choice in question.choices if choice.exclusive]
    if alone and chance.random() < 0.3:
        return [chance.choice(alone)]
    others = [choice.id for choice in question.choices if not choice.exclusive]
    return chance.sample(others, min(len(others), chance.choice((1, 1, 2))))
