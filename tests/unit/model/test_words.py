from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from advisor.model.words import Words, clean, cleaned
from tests.unit.rendering.an_advice import an_advice


def test_a_wording_is_filled_with_what_is_given() -> None:
    assert Words({"a.b": "{who} asks {who}, {what}."})("a.b", who="x", what=3) == "x asks x, 3."


def test_what_is_filled_in_is_not_filled_again() -> None:
    assert Words({"a": "{text}"})("a", text="{other}") == "{other}"


def test_a_missing_wording_is_a_key_error() -> None:
    with pytest.raises(KeyError, match=r"a\.c"):
        Words({"a.b": "x"})("a.c")


def test_a_placeholder_that_nothing_fills_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="who"):
        Words({"a": "{who}"})("a")


def test_one_is_singular_and_all_else_plural() -> None:
    words = Words({"p.one": "{count} point", "p.more": "{count} points"})

    assert [words.counted("p", n) for n in (1, -1, 0, 2, 12000)] == [
        "1 point", "-1 point", "0 points", "2 points", "12,000 points",
    ]  # fmt: skip


def test_characters_that_could_steer_a_terminal_are_taken_out() -> None:
    assert clean("a\x1b[31mb\x07\u202ec\u200d") == "a?[31mb??c?"


def test_line_breaks_and_odd_spaces_become_one_space() -> None:
    assert clean(" a\r\n\tb\u00a0\u2028 c ") == "a b c"


def test_accents_and_other_scripts_stay() -> None:
    assert clean("José, 漢字") == "José, 漢字"


def test_every_text_of_the_advice_is_cleaned_and_nothing_else_changes() -> None:
    dirty = an_advice(set_aside=("a\x1bb",))

    assert cleaned(dirty) == an_advice(set_aside=("a?b",))


@given(st.text(st.sampled_from([*'a b"\\nu:,[{', "\x00", "\x7f", "\t", "\n", "\xa0", "\u202e", "é", "漢"]), max_size=8))
@example(' "')
@example('" a')
@example("a\\nb")
def test_what_is_clean_is_left_alone_and_what_is_not_never_passes(text: str) -> None:
    advice = an_advice(set_aside=(text,))

    assert cleaned(advice).set_aside == (clean(text),)
    assert (cleaned(advice) is advice) <= (clean(text) == text)


def test_advice_with_nothing_to_clean_is_not_copied() -> None:
    assert cleaned(advice := an_advice(set_aside=('he said "a, b"', "José"))) is advice
