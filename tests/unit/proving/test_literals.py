"""A clause is true, false or unknown just when its two literals say so, on one value and on whole ranges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.model.condition import Clause, Knowledge, Test, Value
from advisor.proving.literals import Literal, cuts, failing, holding

NUMBERS = st.integers(-6, 6)
NUMBER_CLAUSES = st.one_of(
    st.tuples(st.sampled_from(["is", "at_least", "at_most"]), NUMBERS.map(lambda n: (n,))),
    st.tuples(st.just("one_of"), st.lists(NUMBERS, min_size=1, max_size=3, unique=True).map(tuple)),
).map(lambda pair: Clause("x", pair[0], pair[1]))  # type: ignore[arg-type]
CLAUSES = st.one_of(
    NUMBER_CLAUSES,
    st.booleans().map(lambda known: Clause("x", "known", (known,))),
    st.sampled_from(["skip", "not_sure"]).map(lambda word: Clause("x", "said", (word,))),
)
STATES = st.one_of(
    NUMBERS.map(lambda n: (n, None)), st.sampled_from([(None, None), (None, "skip"), (None, "not_sure")])
)


@given(CLAUSES, STATES)
def test_the_two_literals_of_a_clause_say_what_it_is(clause: Clause, state: tuple[int | None, str | None]) -> None:
    value, said = state
    known = Knowledge({} if value is None else {"x": value}, {} if said is None else {"x": said})
    truth = clause.truth(known)
    assert (holding(clause).passes(value, said), failing(clause).passes(value, said)) == (truth is True, truth is False)


@pytest.mark.parametrize(
    ("test", "values", "value", "truth"),
    [
        ("is", ("short",), "short", True),
        ("is", ("short",), "long", False),
        ("is", ("short",), None, None),
        ("is", (True,), False, False),
        ("one_of", ("a", "b"), "b", True),
        ("at_least", (3,), 3, True),
        ("at_least", (3,), 2, False),
        ("at_most", (3,), 4, False),
        ("at_most", (3,), None, None),
        ("known", (True,), None, False),
        ("known", (False,), None, True),
    ],
)
def test_clauses_worked_out_by_hand(test: Test, values: tuple[Value, ...], value: Value | None, truth: object) -> None:
    clause = Clause("x", test, values)
    assert holding(clause).passes(value) is (truth is True)
    assert failing(clause).passes(value) is (truth is False)


@given(NUMBER_CLAUSES, NUMBERS, st.integers(0, 8))
def test_over_a_range_a_literal_is_only_sure_of_what_holds_for_every_number(
    clause: Clause, low: int, more: int
) -> None:
    for literal in (holding(clause), failing(clause)):
        each = {literal.passes(number) for number in range(low, low + more + 1)}
        sure = literal.over(low, low + more)
        assert sure is None or each == {sure}
        if more == 0:
            assert sure is literal.passes(low)


@given(st.lists(NUMBER_CLAUSES, max_size=4), NUMBERS)
def test_no_literal_tells_two_numbers_apart_between_two_cuts(clauses: list[Clause], number: int) -> None:
    literals = [side for clause in clauses for side in (holding(clause), failing(clause))]
    if number not in cuts(literals):
        assert [li.passes(number) for li in literals] == [li.passes(number - 1) for li in literals]


def test_a_literal_has_a_name_of_its_own_in_the_program() -> None:
    assert Literal("payers.cash", "in", (True,)).text == 't("payers.cash","in","true")'
    assert Literal("x", "ge", (3,)).text != Literal("x", "gt", (3,)).text
