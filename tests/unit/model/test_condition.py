"""Conditions have three truth values, by the tables of rules/README.md."""

from __future__ import annotations

import itertools

import pytest

from advisor.model.condition import ALWAYS, Clause, Condition, Knowledge, Truth
from tests.helpers.rulebases import on, when

KNOWN = Knowledge({"a": "x", "n": 3, "yes": True}, {"b": "not_sure", "c": "skip"})


@pytest.mark.parametrize(
    ("clause", "truth"),
    [
        (on("a", is_="x"), True),
        (on("a", is_="y"), False),
        (on("b", is_="x"), None),
        (on("d", is_="x"), None),
        (on("a", one_of=["x", "y"]), True),
        (on("a", one_of=["y", "z"]), False),
        (on("b", one_of=["x"]), None),
        (on("yes", is_=True), True),
        (on("yes", is_=False), False),
        (on("n", at_least=3), True),
        (on("n", at_least=4), False),
        (on("m", at_least=0), None),
        (on("n", at_most=3), True),
        (on("n", at_most=2), False),
        (on("m", at_most=9), None),
        (on("a", known=True), True),
        (on("b", known=True), False),
        (on("a", known=False), False),
        (on("d", known=False), True),
        (on("b", said="not_sure"), True),
        (on("b", said="skip"), False),
        (on("c", said="skip"), True),
        (on("d", said="skip"), False),
        (on("a", said="not_sure"), False),
    ],
)
def test_a_clause_is_true_false_or_unknown(clause: Clause, truth: Truth) -> None:
    assert clause.truth(KNOWN) is truth


T, F, U = on("a", is_="x"), on("a", is_="y"), on("d", is_="x")
TRUTHS: dict[Clause, Truth] = {T: True, F: False, U: None}


def conjunction(parts: list[Truth]) -> Truth:
    """Kleene's `and`: the least of the parts, with false < unknown < true."""
    order: list[Truth] = [False, None, True]
    return min(parts, key=order.index, default=True)


@pytest.mark.parametrize("first", TRUTHS)
@pytest.mark.parametrize("second", TRUTHS)
def test_all_any_and_none_of_two_clauses_follow_kleene(first: Clause, second: Clause) -> None:
    pair = [TRUTHS[first], TRUTHS[second]]
    negated = [None if truth is None else not truth for truth in pair]
    either = None if (least := conjunction(negated)) is None else not least
    assert when(all=(first, second)).truth(KNOWN) is conjunction(pair)
    assert when(none=(first, second)).truth(KNOWN) is conjunction(negated)
    assert when(any=(first, second)).truth(KNOWN) is either


def test_the_three_lists_are_joined_by_and() -> None:
    for all_, any_, none_ in itertools.product(TRUTHS, repeat=3):
        unless = TRUTHS[none_]
        expected = conjunction([TRUTHS[all_], TRUTHS[any_], None if unless is None else not unless])
        assert when(all=[all_], any=[any_], none=[none_]).truth(KNOWN) is expected


def test_an_unknown_answer_never_makes_none_hold() -> None:
    assert when(none=[on("b", is_="x")]).truth(KNOWN) is None
    assert when(none=[on("b", known=True)]).truth(KNOWN) is True


def test_the_condition_without_clauses_is_true_of_everything() -> None:
    assert ALWAYS.truth(Knowledge({})) is True
    assert ALWAYS.facts() == ()


def test_a_condition_names_its_facts_once_in_the_order_written() -> None:
    made = Condition((on("b", is_="x"), on("a", is_="x")), (on("c", is_="x"),), (on("b", known=True),))
    assert made.facts() == ("b", "a", "c")
    assert [clause.fact for clause in made.clauses()] == ["b", "a", "c", "b"]


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        (on("a", is_="x"), "a is x"),
        (on("a", is_=True), "a is true"),
        (on("a", one_of=["x", "y"]), "a is one of x, y"),
        (on("n", at_least=3), "n is at least 3"),
        (on("n", at_most=3), "n is at most 3"),
        (on("a", known=True), "a is known"),
        (on("a", known=False), "a is not known"),
        (on("a", said="not_sure"), "a was answered not_sure"),
    ],
)
def test_a_clause_reads_as_words(clause: Clause, words: str) -> None:
    assert str(clause) == words
