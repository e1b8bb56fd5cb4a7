"""The shapes that the verifier asks for are those of the published schema, and nothing in the schema is passed over."""

from __future__ import annotations

import json
from typing import Any

import pytest

from advisor.audit.recording.schema import made_schema, published_schema
from advisor.audit.recording.shapes import SHAPES_FILE, made_shapes


def test_the_shapes_in_the_verifier_are_made_from_the_schema(record: bool) -> None:
    made = made_shapes(made_schema())
    if record:
        SHAPES_FILE.write_text(made, "utf-8")
    assert SHAPES_FILE.read_text("utf-8") == made, "run pytest with --record, and read what changed"


def _changed(name: str, change: dict[str, Any]) -> str:
    schema = json.loads(published_schema())
    schema["$defs"][name] |= change
    return json.dumps(schema)


def test_a_part_that_is_open_to_any_key_has_no_shape() -> None:
    with pytest.raises(ValueError, match="CallLine is open to keys that the schema does not name"):
        made_shapes(_changed("CallLine", {"additionalProperties": True}))


def test_a_kind_that_the_verifier_cannot_ask_for_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no shape for"):
        made_shapes(_changed("CallLine", {"properties": {"who": {"type": "number"}}, "required": ["who"]}))


def test_a_new_key_of_the_schema_is_asked_for() -> None:
    properties = json.loads(published_schema())["$defs"]["Disclosure"]["properties"]
    made = made_shapes(_changed("Disclosure", {"properties": {**properties, "more": {"enum": ["a", "b"]}}}))
    assert 'DISCLOSURE: dict[str, Json] = {"id": str, "text": str, "more": {"a", "b"}}' in made
