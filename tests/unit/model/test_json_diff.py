"""Differences of JSON data: told by place, with entries matched by what names them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.model.json_diff import ABSENT, differences

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from(["a", "b"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "rule", "x"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1}, {"a": True}, [("a", 1, True)]),
        ({"a": None}, {}, [("a", None, ABSENT)]),
        ([1, [True]], [1, [1]], [("", [1, [True]], [1, [1]])]),
        ({"r": [{"id": "p", "n": 1}, {"id": "q"}]}, {"r": [{"id": "p", "n": 2}]},
         [("r[p].n", 1, 2), ("r[q]", {"id": "q"}, ABSENT)]),
        ([{"id": "p"}, {"id": "q"}], [{"id": "q"}, {"id": "p"}], [("", ["p", "q"], ["q", "p"])]),
        ([{"id": "p"}, {"id": "p"}], [{"id": "p"}], [("[p 2]", {"id": "p"}, ABSENT)]),
    ],
)  # fmt: skip
def test_each_place_that_differs_is_told(before: Any, after: Any, told: list[tuple[str, Any, Any]]) -> None:
    found = [(one.place, one.before, one.after) for one in differences(before, after)]
    assert found == told
    assert [[type(one), type(other)] for _, one, other in found] == [[type(one), type(other)] for _, one, other in told]


@given(JSON, JSON)
def test_there_is_a_difference_just_when_the_data_are_not_the_same(before: Any, after: Any) -> None:
    same = json.dumps(before, sort_keys=True) == json.dumps(after, sort_keys=True)
    assert (not list(differences(before, after))) is same
