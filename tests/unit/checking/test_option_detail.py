"""Options whose two sides are not told in equal detail are found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from advisor.checking.option_detail import uneven_options
from advisor.model.rulebase import Option, Point
from tests.helpers.rulebases import asking, one, option, rulebase
from tests.unit.checking.desks import findings

ASKED = asking(one("a", "yes", "no"))


def told(option_id: str, pros: Sequence[int], cons: Sequence[int]) -> Option:
    """An option whose points have so many words."""
    sides = [tuple(Point(" ".join(["word"] * count), (), ()) for count in side) for side in (pros, cons)]
    return replace(option(option_id), pros=sides[0], cons=sides[1])


def found(*options: Option) -> list[str]:
    return [message for _, _, message in findings(uneven_options, rulebase(ASKED, options=options), ASKED)]


def test_equal_detail_is_fine() -> None:
    assert found(told("left", [10, 10], [10, 10]), told("right", [5, 7], [6, 6])) == []


def test_a_quarter_more_on_one_side_is_the_most() -> None:
    assert found(told("left", [15], [20])) == []
    assert found(told("left", [14], [20])) == [
        "`left` has 14 words for and 20 against; they should be within a quarter"
    ]


def test_options_must_have_as_many_points_as_one_another() -> None:
    assert found(told("left", [5, 5], [5, 5]), told("right", [10], [10])) == [
        "the options differ in how many points they have"
    ]


def test_options_without_points_are_even() -> None:
    assert findings(uneven_options, rulebase(ASKED), ASKED) == []
