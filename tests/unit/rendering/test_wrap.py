from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from advisor.rendering.wrap import columns, wrapped


def test_words_fill_a_line_up_to_the_last_column() -> None:
    assert list(wrapped("one two three", 7)) == ["one two", "three"]


def test_the_first_line_and_the_others_are_opened_differently() -> None:
    assert list(wrapped("one two three", 9, "1. ", "   ")) == ["1. one", "   two", "   three"]


def test_a_word_that_is_too_long_is_cut() -> None:
    assert list(wrapped("a abcdefgh b", 5)) == ["a", "abcde", "fgh b"]


def test_a_web_address_is_left_whole() -> None:
    assert list(wrapped("see https://a.example/long now", 10)) == ["see", "https://a.example/long", "now"]


def test_wide_characters_take_two_columns_and_accents_none() -> None:
    assert columns("ab") == 2
    assert columns("漢字") == 4
    assert columns("e\u0301") == 1
    assert list(wrapped("漢字漢字", 5)) == ["漢字", "漢字"]


def test_no_text_gives_one_line_without_trailing_spaces() -> None:
    assert list(wrapped("", 20, "- ")) == ["-"]


@given(st.text(st.sampled_from("ab漢e\u0301-  "), max_size=60), st.integers(20, 40))
def test_no_line_is_too_wide_and_no_character_is_lost(text: str, width: int) -> None:
    lines = list(wrapped(text, width, "- ", "  "))

    assert all(columns(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "-" + "".join(text.split())
