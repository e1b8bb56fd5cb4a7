from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.advice import Advisor
from advisor.loading.kept_form import as_data, from_data
from advisor.loading.ready import _classes
from advisor.model.template import Template

KNOWN = _classes()
REFUSALS = (ValueError, LookupError, TypeError, ArithmeticError)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 80) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=20,
)


@pytest.mark.long
def test_the_shipped_rules_and_questions_come_back_as_they_were(shipped_advisor: Advisor) -> None:
    both = (shipped_advisor.questionnaire, shipped_advisor.rulebase)
    assert from_data(as_data(both), KNOWN) == both


def test_each_value_comes_back_with_its_type(tiny_advisor: Advisor) -> None:
    both = (tiny_advisor.questionnaire, tiny_advisor.rulebase)
    assert _kinds(from_data(as_data(both), KNOWN)) == _kinds(both)


def _kinds(what: object) -> object:
    """The types of everything in an object: `True` is `1` and equal to it, but nothing here may turn into another."""
    if is_dataclass(what):
        return type(what).__name__, [_kinds(getattr(what, field.name)) for field in fields(what)]
    if isinstance(what, dict):
        return type(what).__name__, [(_kinds(key), _kinds(value)) for key, value in what.items()]
    if isinstance(what, (tuple, frozenset)):
        return type(what).__name__, [_kinds(one) for one in (what if isinstance(what, tuple) else sorted(what))]
    return type(what).__name__, what


def test_the_same_rules_give_the_same_bytes(tiny_advisor: Advisor) -> None:
    both = (tiny_advisor.questionnaire, tiny_advisor.rulebase)
    assert as_data(both) == as_data(from_data(as_data(both), KNOWN))


def test_what_stands_at_several_places_is_written_once_and_comes_back_as_one() -> None:
    inner = ("words",)
    outer = (inner, "more")
    raw = as_data((outer, (inner, outer)))  # type: ignore[arg-type]
    first, second = from_data(raw, {})
    assert raw.count(b"words") == raw.count(b"more") == 1
    assert (first, second) == (outer, (inner, outer))  # type: ignore[comparison-overlap]
    assert second[1] is first  # type: ignore[index]


def test_only_classes_that_are_known_can_be_named() -> None:
    document = {"classes": ["subprocess.Popen"], "plain": ["ls"], "batches": [[6, 1, [0]]], "both": 1}
    with pytest.raises(KeyError):
        from_data(json.dumps(document).encode(), KNOWN)


def test_what_no_rule_base_holds_is_refused(tiny_advisor: Advisor) -> None:
    with pytest.raises(TypeError, match="set"):
        as_data((tiny_advisor.questionnaire, {1}))  # type: ignore[arg-type]


NUMBERS = st.lists(st.integers(-2, 8) | JSON, max_size=4)
BATCHES = st.lists(st.tuples(st.integers(-2, 9), st.integers(-2, 4), NUMBERS, NUMBERS).map(list) | JSON, max_size=4)


@given(BATCHES | JSON, st.lists(JSON, max_size=3), st.integers(-2, 9) | JSON)
def test_data_of_another_hand_is_read_or_refused(batches: object, plain: list[object], both: object) -> None:
    name = f"{Template.__module__}.{Template.__qualname__}"
    document = {"classes": [name], "plain": plain, "batches": batches, "both": both}
    with suppress(*REFUSALS):
        from_data(json.dumps(document).encode(), KNOWN)
