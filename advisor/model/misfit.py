"""What data lacks to be of a model, in our words: told by the code of pydantic's error, never by its wording."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import ValidationError

_REASONS = {
    "json_invalid": "it is not JSON",
    "missing": "this key is missing",
    "extra_forbidden": "there is no such key",
    "literal_error": "it is none of the values it can have",
    "string_pattern_mismatch": "it is not written as it should be",
    "string_too_short": "the text is too short",
    "string_too_long": "the text is too long",
    "too_short": "the list is too short",
    "too_long": "the list is too long",
    "greater_than_equal": "the number is too small",
    "less_than_equal": "the number is too large",
    "string_type": "it is not a text",
    "bool_type": "it is neither true nor false",
    "int_type": "it is not a whole number",
    "float_type": "it is not a number",
    "tuple_type": "it is not a list",
    "list_type": "it is not a list",
    "dict_type": "it is not a mapping",
    "model_type": "it is not a mapping",
}


@dataclass(frozen=True, slots=True)
class Misfit:
    """The first thing that does not fit: `key` is its path, with dots, empty for the whole; `reason` says why."""

    key: str
    reason: str

    def __str__(self) -> str:
        return f"{self.key}: {self.reason}" if self.key else self.reason


def first_misfit(bad: ValidationError) -> Misfit:
    """The first error of several; a check of ours speaks for itself."""
    first = bad.errors(include_url=False)[0]
    ours = first.get("ctx", {}).get("error")
    reason = str(ours) if isinstance(ours, ValueError) else _REASONS.get(first["type"], "it is not as it should be")
    return Misfit(".".join(str(part) for part in first["loc"]), reason)
