"""What a typed line means where choices are numbered."""

from __future__ import annotations

import pytest

from advisor.model.questionnaire import Choice
from advisor.terminal.typed_choice import NoSuchChoice, fitting, read_one, read_several

PLACES = [
    Choice("al", "Alabama", ""),
    Choice("in", "Indiana", ""),
    Choice("nj", "New Jersey", ""),
    Choice("ny", "New York", ""),
    Choice("cash", "Open, but I only take cash", ""),
]


@pytest.mark.parametrize(
    ("word", "meant"),
    [("1", "al"), ("5", "cash"), ("new york", "ny"), ("NY", "ny"), ("in", "in"), ("ala", "al"), ("new j", "nj")],
)
def test_a_number_a_label_an_id_or_a_start_is_understood(word: str, meant: str) -> None:
    assert read_one(word, PLACES) == meant


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("6", "there is no 6. The numbers go from 1 to 5."),
        ("0", "there is no 0. The numbers go from 1 to 5."),
        ("9" * 30, f"there is no {'9' * 30}. The numbers go from 1 to 5."),
        ("new", "“new” fits more than one: 3. New Jersey; 4. New York."),
        ("Indianna", "“Indianna” is not on the list. The nearest: 2. Indiana."),
        ("cash!", "“cash!” is not on the list."),
        ("jersey", "“jersey” is not on the list. The nearest: 3. New Jersey."),
        ("x", "“x” is not on the list."),
        ("\x1b[2J", "“?[2J” is not on the list."),
    ],
)
def test_anything_else_is_refused_with_what_is_near(word: str, says: str) -> None:
    with pytest.raises(NoSuchChoice) as refused:
        read_one(word, PLACES)
    assert str(refused.value) == says


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("1, 3", ("al", "nj")),
        ("1 3", ("al", "nj")),
        ("3,1,3", ("nj", "al")),
        ("alabama, new york", ("al", "ny")),
        ("Open, but I only take cash", ("cash",)),
        ("2", ("in",)),
    ],
)
def test_several_are_parted_by_commas_or_numbers_by_spaces(line: str, meant: tuple[str, ...]) -> None:
    assert read_several(line, PLACES) == meant


@pytest.mark.parametrize("line", ["1, 9", ",", "1,,x"])
def test_one_wrong_part_refuses_the_line(line: str) -> None:
    with pytest.raises(NoSuchChoice):
        read_several(line, PLACES)


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        ("new", ["New Jersey", "New York"]),  # a word begins so
        ("dian", ["Indiana"]),  # it stands inside a word
        ("cash take", ["Open, but I only take cash"]),  # all its words, in any order
        ("cash york", []),
    ],
)
def test_what_is_typed_to_find_a_choice_fits_whole_words_first(typed: str, labels: list[str]) -> None:
    assert [PLACES[i].label for i in fitting(typed, PLACES)] == labels
