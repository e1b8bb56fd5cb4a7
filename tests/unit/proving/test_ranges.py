"""A formula over a box of numbers stays within its spans, and over one point it is the figure's own value."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.model.condition import Knowledge, Value
from advisor.model.figures import Figure, FormulaTerm, work_out
from advisor.proving.ranges import Box, Inputs, NoValue, Unbounded, evaluate, rounded
from tests.unit.proving.made import fact, figure, term

OPERATORS = ("add", "subtract", "multiply", "divide", "longest", "shortest")
VALUES = st.tuples(st.integers(-3, 3), st.integers(0, 3)).map(
    lambda pair: FormulaTerm("value", low=Fraction(pair[0], 2), high=Fraction(pair[0] + pair[1], 2))
)
LEAVES = st.one_of(VALUES, st.sampled_from(["x", "y", "z"]).map(fact))
FORMULAS = st.recursive(
    LEAVES,
    lambda parts: st.builds(
        lambda op, some: FormulaTerm(op, tuple(some)),
        st.sampled_from(OPERATORS),
        st.lists(parts, min_size=2, max_size=3),
    ),
    max_leaves=6,
)
SIDES = st.tuples(st.integers(-3, 4), st.integers(0, 2)).map(lambda pair: (pair[0], pair[0] + pair[1]))


def exact(figures: tuple[Figure, ...], values: Mapping[str, Value]) -> tuple[int, int] | None:
    """The ends of the last figure at one point, as the engine works them out; None when it is not made."""
    made = work_out(figures, Knowledge(values))
    found = {one.id: (ends[f"{one.id}.low"], ends[f"{one.id}.high"]) for one, ends in made}
    return found.get(figures[-1].id)


def spans_of(one: Figure, box: Box, known: Mapping[str, Value]) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The rounded spans over a box; None when no point has a value."""
    try:
        return rounded(evaluate(one, Inputs({}, box, known)))
    except NoValue:
        return None


@given(FORMULAS, SIDES, SIDES, st.one_of(st.none(), st.integers(-2, 3)))
def test_the_spans_hold_the_value_of_every_point(
    formula: FormulaTerm, x: tuple[int, int], y: tuple[int, int], z: int | None
) -> None:
    one = figure("f", formula)
    known = {} if z is None else {"z": z}
    try:
        spans = spans_of(one, {"x": x, "y": y}, known)
    except Unbounded:
        return
    for at_x, at_y in product(range(x[0], x[1] + 1), range(y[0], y[1] + 1)):
        value = exact((one,), {**known, "x": at_x, "y": at_y})
        if spans is None:
            assert value is None
        else:
            assert value is not None
            assert spans[0][0] <= value[0] <= spans[0][1]
            assert spans[1][0] <= value[1] <= spans[1][1]


@given(FORMULAS, st.integers(-3, 4), st.integers(-3, 4), st.one_of(st.none(), st.integers(-2, 3)))
def test_over_one_point_the_value_is_exact_and_never_in_doubt(
    formula: FormulaTerm, x: int, y: int, z: int | None
) -> None:
    one = figure("f", formula)
    known = {} if z is None else {"z": z}
    spans = spans_of(one, {"x": (x, x), "y": (y, y)}, known)
    value = exact((one,), {**known, "x": x, "y": y})
    assert spans == (None if value is None else ((value[0], value[0]), (value[1], value[1])))


def test_a_figure_over_another_one_uses_its_exact_value() -> None:
    third = figure("third", term("divide", fact("x"), FormulaTerm("value", low=Fraction(3), high=Fraction(3))))
    whole = figure(
        "whole",
        term("multiply", FormulaTerm("figure", name="third"), FormulaTerm("value", low=Fraction(3), high=Fraction(3))),
    )
    spans = rounded(evaluate(whole, Inputs({"third": third}, {"x": (4, 5)}, {})))
    assert spans == ((4, 5), (4, 5))  # 3 times 4/3 to 5/3, not 3 times 1 to 2
    assert exact((third, whole), {"x": 4}) == (4, 4)


def test_a_divisor_that_may_be_zero_has_to_be_cut_smaller() -> None:
    inverse = figure("f", term("divide", FormulaTerm("value", low=Fraction(6), high=Fraction(6)), fact("x")))
    with pytest.raises(Unbounded):
        evaluate(inverse, Inputs({}, {"x": (-1, 1)}, {}))
    with pytest.raises(NoValue):
        evaluate(inverse, Inputs({}, {"x": (0, 0)}, {}))
    assert rounded(evaluate(inverse, Inputs({}, {"x": (2, 3)}, {}))) == ((2, 3), (2, 3))


def test_a_fact_that_is_not_known_gives_no_value() -> None:
    with pytest.raises(NoValue):
        evaluate(figure("f", fact("z")), Inputs({}, {}, {"z": None}))
