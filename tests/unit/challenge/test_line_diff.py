"""Everything that advice says is compared, field by field, and what changed is told in words."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from pydantic import ValidationError

from advisor.advice import Advisor
from advisor.challenge.line_diff import NOT_SAID, line_diff
from advisor.loading.answers import read_answers
from advisor.model.advice import Advice
from tests.helpers.cases import ANSWERS_ONLY
from tests.properties.test_every_leaf import at, general, kinds, others


@pytest.fixture(scope="module")
def advice(shipped_advisor: Advisor) -> Advice:
    answers = read_answers(ANSWERS_ONLY / "counselor-starting-out.yaml", shipped_advisor.questionnaire)
    return shipped_advisor.advise(answers)


def changed(advice: Advice, *path: str | int, to: Any) -> Advice:
    data = advice.model_dump(mode="json", by_alias=True)
    at(data, path[:-1])[path[-1]] = to
    return Advice.model_validate_json(json.dumps(data))


def test_the_same_advice_has_no_lines_that_differ(advice: Advice) -> None:
    assert line_diff(advice, copy.deepcopy(advice)) == ()


@pytest.mark.long
def test_every_field_of_every_part_that_is_said_is_compared(advice: Advice) -> None:
    data = advice.model_dump(mode="json", by_alias=True, exclude=set(NOT_SAID))
    assert "trace" not in data
    advice = advice.model_copy(update={"trace": advice.trace.model_copy(update={"facts": (), "firings": ()})})
    silent = []
    for path in kinds(data):
        value = at(data, path)
        for other in (*others(value, general(path)), *([7] if value is None else [])):
            try:
                differing = changed(advice, *path, to=other)
            except ValidationError:  # of another kind than the field
                continue
            if not line_diff(advice, differing):
                silent.append(general(path))
    assert silent == []


@pytest.mark.parametrize(
    ("path", "to", "told"),
    [
        (("red_flags", 0, "severity"), 1, ("changed", "STA-201", "severity", "3", "1")),
        (("recommendation", "confidence"), "toss_up", ("changed", "", "confidence", "clear", "toss up")),
        (("recommendation", "margin"), 3, ("changed", "", "margin", "4", "3")),
        (("recommendation", "add_ons"), [], ("changed", "", "add_ons", "Enroll yourself with the government programs",
                                             "none")),
        (("next_steps", 0, "text"), "Rest.", ("added", "This week: Rest.", "", "", "")),
    ],
)  # fmt: skip
def test_what_changed_is_told(advice: Advice, path: tuple[str | int, ...], to: Any, told: tuple[str, ...]) -> None:
    lines = line_diff(advice, changed(advice, *path, to=to))
    assert told in [(line.sign, line.text, line.field, line.before, line.after) for line in lines]


def test_the_order_of_options_is_compared(advice: Advice) -> None:
    trace = advice.trace
    turned = trace.contest.model_copy(update={"order": trace.contest.order[::-1]})
    other = advice.model_copy(update={"trace": trace.model_copy(update={"contest": turned})})
    (line,) = line_diff(advice, other)
    assert (line.sign, line.field) == ("changed", "ranking")
