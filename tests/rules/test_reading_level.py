"""Questions and rules can be read at about an eighth-grade level."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import mean

import pytest

from advisor.advice import Advisor
from tests.helpers.reading import grade, other_texts, question_texts, rule_texts, syllables

MEAN_GRADE = 8.0
HARDEST_QUESTION = 8.9
HARDEST_RULE = 11.0

SPOKEN = {
    "client": 2, "people": 2, "insurance": 3, "psychologist": 4, "credentialing": 4, "used": 1, "needed": 2,
    "changes": 2, "title": 2, "being": 2, "payer": 2, "someone": 2, "area": 3, "social": 2, "serious": 3, "NPI": 3,
    "PECOS": 2, "12": 1,
}  # fmt: skip


@pytest.mark.parametrize(("word", "count"), SPOKEN.items())
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_grade_follows_the_formula() -> None:
    # 6 words, 6 syllables, 1 sentence: 0.39 x 6 + 11.8 x 1 - 15.59 = -1.45
    assert grade("The cat sat on the mat.") == pytest.approx(-1.45)
    # 8 words, 15 syllables, 2 sentences: 0.39 x 4 + 11.8 x 1.875 - 15.59 = 8.095
    assert grade("Psychologist insurance. You pay a client now, someone.") == pytest.approx(8.095)


def test_no_question_is_harder_than_its_limit(shipped_advisor: Advisor) -> None:
    assert _harder_than(HARDEST_QUESTION, question_texts(shipped_advisor.questionnaire)) == []


def test_no_rule_is_harder_than_its_limit(shipped_advisor: Advisor) -> None:
    texts = rule_texts(shipped_advisor.rulebase, shipped_advisor.questionnaire)

    assert _harder_than(HARDEST_RULE, texts) == []


def test_the_mean_of_all_texts_is_at_most_eighth_grade(shipped_advisor: Advisor) -> None:
    base, questionnaire = shipped_advisor.rulebase, shipped_advisor.questionnaire
    for texts in (question_texts(questionnaire), rule_texts(base, questionnaire), other_texts(base, questionnaire)):
        assert mean(grade(text) for _, text in texts) <= MEAN_GRADE


def _harder_than(limit: float, texts: Iterable[tuple[str, str]]) -> list[str]:
    graded = sorted(((grade(text), name, text) for name, text in texts), reverse=True)
    return [f"{name} ({level:.1f}): {text}" for level, name, text in graded if level > limit]
