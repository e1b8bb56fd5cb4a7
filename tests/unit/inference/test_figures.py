"""Figures: interval arithmetic on exact fractions, each expected value worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest

from advisor.model.condition import ALWAYS, Condition, Knowledge, Value
from advisor.model.figures import Figure, FormulaTerm, work_out
from advisor.model.template import Template
from tests.helpers.rulebases import on, when

Rows = Mapping[str, tuple[Fraction, Fraction]]


def between(low: str | int, high: str | int | None = None) -> FormulaTerm:
    """A number, or an interval of two."""
    return FormulaTerm("value", low=Fraction(low), high=Fraction(low if high is None else high))


def figure(
    name: str, formula: FormulaTerm, condition: Condition = ALWAYS, tables: Mapping[str, Rows] | None = None
) -> Figure:
    """A figure with this formula."""
    words = Template.of("From {low} to {high}.")
    return Figure(name, "", name, "months", condition, tables or {}, formula, words, words, (), (), True, 1)


def worked(
    formula: FormulaTerm, values: Mapping[str, Value] | None = None, tables: Mapping[str, Rows] | None = None
) -> tuple[int, int] | None:
    """The rounded ends of one figure, or None when it stays unknown."""
    found = list(work_out((figure("f", formula, tables=tables),), Knowledge(values or {})))
    return (found[0][1]["f.low"], found[0][1]["f.high"]) if found else None


def op(name: str, *parts: FormulaTerm) -> FormulaTerm:
    """An operator over parts."""
    return FormulaTerm(name, parts)


def row(low: int, high: int) -> tuple[Fraction, Fraction]:
    """A row of a table."""
    return Fraction(low), Fraction(high)


@pytest.mark.parametrize(
    ("name", "a", "b", "result"),
    [
        ("add", between(1, 2), between(3, 5), (4, 7)),
        ("subtract", between(1, 2), between(3, 5), (-4, -1)),
        ("multiply", between(2, 3), between(4, 5), (8, 15)),
        ("multiply", between(-2, 3), between(4, 5), (-10, 15)),
        ("multiply", between(-3, -2), between(-5, 4), (-12, 15)),
        ("divide", between(6, 12), between(2, 3), (2, 6)),
        ("divide", between(-6, 12), between(2, 3), (-3, 6)),
        ("longest", between(1, 4), between(2, 3), (2, 4)),
        ("shortest", between(1, 4), between(2, 3), (1, 3)),
    ],
)
def test_each_operator_takes_the_worst_and_the_best_of_both_ends(
    name: str, a: FormulaTerm, b: FormulaTerm, result: tuple[int, int]
) -> None:
    assert worked(op(name, a, b)) == result


def test_operators_with_three_parts_go_from_left_to_right() -> None:
    assert worked(op("subtract", between(10), between(3), between(2))) == (5, 5)
    assert worked(op("divide", between(100), between(5), between(2))) == (10, 10)
    assert worked(op("longest", between(1), between(9), between(4))) == (9, 9)


def test_ends_are_rounded_outward() -> None:
    assert worked(op("divide", between(7), between(2))) == (3, 4)
    assert worked(op("divide", between(-7), between(2))) == (-4, -3)
    assert worked(op("divide", between(6, 12), between(-4, -2))) == (-6, -1), "from -6 to -1.5"


def test_decimals_are_exact() -> None:
    tenths = op("add", between("0.1"), between("0.2"))

    assert worked(op("multiply", tenths, between(10))) == (3, 3), "in floating point this would be 3 to 4"


@pytest.mark.parametrize("divisor", [between(0), between(0, 3), between(-1, 0), between(-1, 1)])
def test_a_divisor_that_may_be_zero_leaves_the_figure_unknown(divisor: FormulaTerm) -> None:
    assert worked(op("divide", between(6), divisor)) is None


def test_a_whole_number_fact_is_read_and_anything_else_leaves_the_figure_unknown() -> None:
    twice = op("multiply", FormulaTerm("fact", name="n"), between(2))

    assert worked(twice, {"n": 21}) == (42, 42)
    assert worked(twice, {"n": 0}) == (0, 0)
    assert worked(twice, {}) is None
    assert worked(twice, {"n": "21"}) is None
    assert worked(twice, {"n": True}) is None


def test_a_table_gives_the_row_of_the_value() -> None:
    tables = {
        "runway": {"short": row(0, 1), "long": row(5, 6)},
        "cash": {"true": row(1, 1), "false": row(2, 2), "unknown": row(0, 3)},
        "count": {"2": row(20, 20)},
    }

    assert worked(FormulaTerm("table", name="runway"), {"runway": "long"}, tables) == (5, 6)
    assert worked(FormulaTerm("table", name="runway"), {"runway": "other"}, tables) is None
    assert worked(FormulaTerm("table", name="runway"), {}, tables) is None, "this table has no row for unknown"
    assert worked(FormulaTerm("table", name="cash"), {"cash": True}, tables) == (1, 1)
    assert worked(FormulaTerm("table", name="cash"), {"cash": False}, tables) == (2, 2)
    assert worked(FormulaTerm("table", name="cash"), {}, tables) == (0, 3)
    assert worked(FormulaTerm("table", name="count"), {"count": 2}, tables) == (20, 20)


def test_a_later_figure_uses_the_unrounded_ends_of_an_earlier_one() -> None:
    half = figure("half", op("divide", between(7), between(2)))
    whole = figure("whole", op("multiply", FormulaTerm("figure", name="half"), between(2)))

    found = [tuple(ends.values()) for _, ends in work_out((half, whole), Knowledge({}))]

    assert found == [(3, 4, 4), (7, 7, 7)]


def test_a_figure_that_stays_unknown_takes_along_those_that_use_it_and_no_others() -> None:
    lost = figure("lost", FormulaTerm("fact", name="n"))
    user = figure("user", op("add", FormulaTerm("figure", name="lost"), between(1)))
    other = figure("other", between(5))

    assert [f.id for f, _ in work_out((lost, user, other), Knowledge({}))] == ["other"]


def test_a_figure_has_the_likely_value_that_its_formula_states_and_else_the_middle() -> None:
    held = FormulaTerm("value", low=Fraction(3, 4), high=Fraction(1), likely=Fraction(9, 10))
    visits = figure("visits", op("multiply", between(10), held))
    twice = figure("twice", op("multiply", FormulaTerm("figure", name="visits"), between(2, 4)))

    found = [tuple(ends.values()) for _, ends in work_out((visits, twice), Knowledge({}))]

    assert found == [(7, 9, 10), (15, 27, 40)]


def test_a_figure_is_worked_out_only_when_its_condition_is_known_to_be_true() -> None:
    guarded = (figure("f", between(5), when(all=[on("x", is_="a")])),)

    assert [f.id for f, _ in work_out(guarded, Knowledge({"x": "a"}))] == ["f"]
    assert not list(work_out(guarded, Knowledge({"x": "b"})))
    assert not list(work_out(guarded, Knowledge({})))


def test_an_input_is_as_it_is_taken_until_its_fact_has_a_number() -> None:
    taken = FormulaTerm("input", name="n", low=Fraction(5), likely=Fraction(6), high=Fraction(10))
    fees = (figure("fee", taken),)

    def ends(values: Mapping[str, Value]) -> tuple[int, ...]:
        ((_, made),) = work_out(fees, Knowledge(values))
        return tuple(made.values())

    assert ends({}) == (5, 6, 10)
    assert ends({"n": 8}) == (8, 8, 8)
    assert ends({"n": 0}) == (0, 0, 0)
    assert ends({"n": "8"}) == ends({"n": True}) == (5, 6, 10)
