"""Questions and rules can be read at about an eighth-grade level."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import mean

import pytest

from advisor.advice import Advisor
from advisor.rendering.reading_grade import grade, syllables
from tests.helpers.reading import other_texts, question_texts, rule_texts

MEAN_GRADE = 8.0
HARD, HARDEST = 11.0, 15.0
HARD_ONES = 0.03  # the share of texts that may be harder than HARD, for the names that some sentences need
LEAST_WORDS = 6  # the formula is made for sentences; a name or two words would measure nothing

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


def _graded(texts: Iterable[tuple[str, str]]) -> list[tuple[float, str, str]]:
    long = [(name, text) for name, text in texts if len(text.split()) >= LEAST_WORDS]
    return sorted(((grade(text), name, text) for name, text in long), reverse=True)


def _all_texts(advisor: Advisor) -> list[list[tuple[float, str, str]]]:
    base, questionnaire = advisor.rulebase, advisor.questionnaire
    kinds = (question_texts(questionnaire), rule_texts(base, questionnaire), other_texts(base, questionnaire))
    return [_graded(texts) for texts in kinds]


def test_no_text_is_harder_than_the_limit(shipped_advisor: Advisor) -> None:
    for graded in _all_texts(shipped_advisor):
        assert [f"{name} ({level:.1f}): {text}" for level, name, text in graded if level > HARDEST] == []


def test_few_texts_are_hard(shipped_advisor: Advisor) -> None:
    for graded in _all_texts(shipped_advisor):
        hard = [name for level, name, _ in graded if level > HARD]
        assert len(hard) <= HARD_ONES * len(graded), hard


def test_the_mean_of_all_texts_is_at_most_eighth_grade(shipped_advisor: Advisor) -> None:
    for graded in _all_texts(shipped_advisor):
        assert mean(level for level, _, _ in graded) <= MEAN_GRADE
