"""Sentences with placeholders."""

from __future__ import annotations

import pytest

from advisor.model.template import Template


def test_a_text_is_cut_at_its_placeholders() -> None:
    template = Template.of("{runway} and {payers.count}, {option.left}.")
    assert template.slots == ("runway", "payers.count", "option.left")
    assert template.fill(lambda slot: f"<{slot}>") == "<runway> and <payers.count>, <option.left>."


def test_a_phrase_at_the_start_gets_a_capital() -> None:
    assert Template.of("{a} it is.").fill({"a": "so"}.__getitem__) == "So it is."


def test_a_phrase_that_begins_a_sentence_gets_a_capital() -> None:
    template = Template.of("It is so. {who} said it, and {who|someone} will. Ask {who}? {else|they know}.")
    assert template.fill(lambda name: {"who": "the plan"}[name], capital=False) == (
        "It is so. The plan said it, and the plan will. Ask the plan? They know."
    )


def test_of_several_names_the_first_that_is_known_stands_there() -> None:
    template = Template.of("Ask {typed|named|your plan}.")
    assert template.slots == ()
    assert template.open_slots == ("typed", "named")
    assert template.fill({"typed": "Regence", "named": "Premera"}.__getitem__) == "Ask Regence."
    assert template.fill({"named": "Premera"}.__getitem__) == "Ask Premera."
    assert template.fill({"else": "nothing"}.__getitem__) == "Ask your plan."


def test_a_text_without_placeholders_is_left_as_it_is() -> None:
    assert Template.of("small start").fill(lambda slot: slot) == "small start"


@pytest.mark.parametrize("text", ["{", "}", "{}", "{A}", "{a b}", "{{a}}", "{a", "a}", "{a}{", "{0}", "{a!r}"])
def test_a_brace_that_is_no_placeholder_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no \{placeholder\}"):
        Template.of(text)


def test_a_phrase_with_braces_is_not_read_again() -> None:
    assert Template.of("A {a}.").fill(lambda slot: "{b}") == "A {b}."
