"""How an answer reads wherever one is shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from advisor.model.answer_words import value_words
from tests.helpers.rulebases import number


@pytest.mark.parametrize(
    ("unit", "one", "more"),
    [
        ("people", "1 person", "1,500 people"),
        ("sessions a week", "1 session a week", "1,500 sessions a week"),
        ("dollars", "1 dollar", "1,500 dollars"),
        ("", "1", "1,500"),
    ],
)
def test_a_number_reads_with_its_unit_and_one_of_it_as_one(unit: str, one: str, more: str) -> None:
    question = replace(number("n", 0, 9_999), unit=unit)
    assert value_words(question, 1) == one
    assert value_words(question, 1_500) == more
