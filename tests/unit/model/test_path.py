"""Which questions can be answered, and which of them an interview puts, now or later."""

from __future__ import annotations

from advisor.loading.answers import check_answers
from advisor.model.answers import Raw
from advisor.model.path import Turn, turns
from advisor.model.questionnaire import Questionnaire
from tests.helpers.rulebases import asking, on, one, when

CHAIN = asking(
    one("a", "yes", "no"),
    one("b", "yes", "no", when=when(all=[on("a", is_="yes")])),
    one("c", "yes", "no", when=when(any=[on("a", is_="no"), on("b", is_="yes")])),
    one("d", "yes", "no", when=when(any=[on("a", is_="yes"), on("a", known=False)])),
)


def of(questionnaire: Questionnaire, **raw: Raw) -> dict[str, str]:
    found = turns(questionnaire, check_answers(raw, questionnaire))
    return {name: turn.value for name, turn in found.items()}


def test_at_first_only_what_hangs_on_nothing_is_put_and_the_rest_may_follow() -> None:
    assert of(CHAIN) == {"a": "now", "b": "later", "c": "later", "d": "later"}


def test_what_is_known_not_to_apply_cannot_be_answered() -> None:
    assert of(CHAIN, a="no") == {"c": "now"}
    assert of(CHAIN, a="yes") == {"b": "now", "c": "later", "d": "now"}
    assert of(CHAIN, a="yes", b="no") == {"d": "now"}


def test_what_hangs_on_what_was_not_told_is_never_put_but_an_answer_to_it_counts() -> None:
    assert of(CHAIN, a="not_sure") == {"b": "never", "c": "never", "d": "now"}
    assert of(CHAIN, a="yes", b="skip") == {"c": "never", "d": "now"}


def test_what_hangs_on_a_question_that_does_not_apply_is_never_put_but_an_answer_to_it_counts() -> None:
    asked = asking(
        one("a", "yes", "no"),
        one("b", "yes", "no", when=when(all=[on("a", is_="yes")])),
        one("c", "yes", "no", when=when(all=[on("b", is_="yes")])),
    )
    assert of(asked, a="no") == {"c": "never"}


def test_an_answer_that_is_set_aside_decides_nothing() -> None:
    asked = asking(
        one("a", "yes", "no"),
        one("b", "yes", "no", when=when(all=[on("a", is_="yes")])),
        one("c", "yes", "no", when=when(all=[on("b", is_="no")])),
    )
    assert turns(asked, check_answers({"a": "no", "b": "yes"}, asked)) == {"c": Turn.NEVER}
