"""What does not fit a model is told in our words, whatever pydantic says; a check of ours speaks for itself."""

from __future__ import annotations

from typing import Annotated, Literal

import pytest
from pydantic import Field, ValidationError, field_validator

from advisor.model.misfit import Misfit, first_misfit
from advisor.model.trace import Frozen


class Part(Frozen):
    size: Annotated[int, Field(ge=1, le=3)] = 1
    kind: Literal["one", "two"] = "one"
    name: Annotated[str, Field(min_length=1, max_length=3, pattern="^[a-z]*$")] = "a"


class Whole(Frozen):
    parts: tuple[Part, ...]
    sure: bool = True
    more: dict[str, float] = Field(default_factory=dict)

    @field_validator("sure")
    @classmethod
    def _sure(cls, sure: bool) -> bool:
        if not sure:
            raise ValueError("nobody is unsure here")
        return sure


@pytest.mark.parametrize(
    ("raw", "key", "reason"),
    [
        ("{", "", "it is not JSON"),
        ("[" * 100_000, "", "it is not JSON"),
        ("[]", "", "it is not a mapping"),
        ("{}", "parts", "this key is missing"),
        ('{"parts": [], "new": 1}', "new", "there is no such key"),
        ('{"parts": 1}', "parts", "it is not a list"),
        ('{"parts": [{}, {"size": 0}]}', "parts.1.size", "the number is too small"),
        ('{"parts": [{"size": 4}]}', "parts.0.size", "the number is too large"),
        ('{"parts": [{"size": []}]}', "parts.0.size", "it is not a whole number"),
        ('{"parts": [{"kind": "x"}]}', "parts.0.kind", "it is none of the values it can have"),
        ('{"parts": [{"name": 1}]}', "parts.0.name", "it is not a text"),
        ('{"parts": [{"name": ""}]}', "parts.0.name", "the text is too short"),
        ('{"parts": [{"name": "abcd"}]}', "parts.0.name", "the text is too long"),
        ('{"parts": [{"name": "A"}]}', "parts.0.name", "it is not written as it should be"),
        ('{"parts": [], "sure": false}', "sure", "nobody is unsure here"),
        ('{"parts": [], "sure": []}', "sure", "it is neither true nor false"),
        ('{"parts": [], "more": []}', "more", "it is not a mapping"),
        ('{"parts": [], "more": {"a": []}}', "more.a", "it is not a number"),
        ('{"parts": [], "sure": "perhaps"}', "sure", "it is not as it should be"),
    ],
)
def test_the_first_thing_that_does_not_fit_is_told(raw: str, key: str, reason: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Whole.model_validate_json(raw)
    assert first_misfit(caught.value) == Misfit(key, reason)
    assert str(Misfit(key, reason)) == (f"{key}: {reason}" if key else reason)
