"""Words to send are cut into paragraphs without losing one of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.advice import Advisor
from advisor.handouts.paragraphs import paragraphs
from advisor.model.handouts import ENTRY
from advisor.model.rule import Say


def test_three_questions_in_a_row_are_a_list_after_what_asks_for_them() -> None:
    text = "I left on May 1. Please write me: do you pay? Who decides? By when? Thank you. May I call?"
    assert paragraphs(text) == (
        "I left on May 1. Please write me:", "- Do you pay?", "- Who decides?", "- By when?",
        "Thank you. May I call?",
    )  # fmt: skip


def test_two_questions_stay_in_their_sentences() -> None:
    text = "I left on May 1. Do you pay? Who decides? Please write me."
    assert paragraphs(text) == (text,)


def test_a_question_that_holds_a_colon_and_no_request_stays_whole() -> None:
    text = "Which route fits me: a compact or a full application? How long does it take? What do I send?"
    assert paragraphs(text)[0] == "- Which route fits me: a compact or a full application?"


def test_numbered_parts_stand_apart_and_what_follows_the_last_of_them_too() -> None:
    text = "Please write me: (1) whose number is paid, (2) the fee, (3) what ends. Please answer by May 1."
    assert paragraphs(text) == (
        "Please write me:", "(1) whose number is paid,", "(2) the fee,", "(3) what ends.", "Please answer by May 1.",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text", ["See (1) here and (3) there and (2) too.", "(2) One. (3) Two. (4) Three.", "(1) One."]
)
def test_numbers_that_do_not_count_up_from_one_number_nothing(text: str) -> None:
    assert paragraphs(text) == (text,)


SENTENCES = st.lists(
    st.text(st.sampled_from("ab ?.!:_$()12\"'Please"), min_size=1, max_size=20).filter(str.strip), max_size=8
)


@given(SENTENCES)
def test_nothing_is_left_out_or_added_but_capitals_and_marks_of_a_list(sentences: list[str]) -> None:
    text = " ".join(sentences)
    kept = "".join(paragraph.removeprefix(ENTRY) for paragraph in paragraphs(text))
    assert "".join(kept.lower().split()) == "".join(text.lower().split())


def test_every_text_of_the_rules_keeps_its_words(shipped_advisor: Advisor) -> None:
    for rule in shipped_advisor.rulebase.rules:
        for action in rule.actions:
            if isinstance(action, Say):
                kept = " ".join(paragraph.removeprefix(ENTRY) for paragraph in paragraphs(action.text.source))
                assert kept.lower().split() == action.text.source.lower().split(), rule.id
