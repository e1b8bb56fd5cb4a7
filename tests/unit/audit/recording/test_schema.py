"""The published schema is the model's, and the script, which states the shape anew, asks for the same."""

from __future__ import annotations

import json
from typing import Any

import pytest

from advisor.audit.model.receipt import FORMAT
from advisor.audit.model.small import SMALL_FORMAT
from advisor.audit.recording.schema import SCHEMA_FILE, made_schema, published_schema
from advisor.verifier import canonical
from advisor.verifier.actions import ACTIONS
from advisor.verifier.shape import Maybe, Pair, misshapen
from advisor.verifier.shapes import CONTENT, HEX, RECEIPT, SMALL_CONTENT, SMALL_RECEIPT

SPARSE = ("QuotedAction", "QuotedTerm")  # written without the keys that are null


def test_the_published_schema_is_the_models(record: bool) -> None:
    if record:
        SCHEMA_FILE.write_text(made_schema(), "utf-8")
    assert published_schema() == made_schema(), "run pytest with --record, and read what changed"


def test_the_format_and_its_version_are_those_of_the_script() -> None:
    schema = json.loads(published_schema())
    assert schema["$id"] == "urn:advisor.receipt:1"
    assert schema["$defs"]["Receipt"]["properties"]["format"]["const"] == FORMAT == canonical.FORMAT
    assert schema["$defs"]["SmallReceipt"]["properties"]["format"]["const"] == SMALL_FORMAT == canonical.SMALL_FORMAT
    assert schema["anyOf"] == [{"$ref": "#/$defs/Receipt"}, {"$ref": "#/$defs/SmallReceipt"}]


def _of(schema: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    """A schema with its reference followed, and without the null that may stand instead."""
    if "anyOf" in schema:
        left = [one for one in schema["anyOf"] if one != {"type": "null"}]
        schema = left[0] if len(left) == 1 else schema
    name = schema.get("$ref", "").removeprefix("#/$defs/")
    return {**whole["$defs"][name], "name": name} if name else schema


def compare(schema: dict[str, Any], shape: Any, whole: dict[str, Any], path: str, seen: list[str]) -> None:
    """Assert that both name the same keys all the way down."""
    schema = _of(schema, whole)
    shape = shape.shape if isinstance(shape, Maybe) else shape
    if isinstance(shape, tuple):
        shape = next((one for one in shape if isinstance(one, dict | list)), shape)
    if schema.get("name") in SPARSE:
        return
    if "properties" in schema:
        assert schema["additionalProperties"] is False
        assert isinstance(shape, dict), path
        assert set(shape) == set(schema["properties"]), path
        seen.append(path)
        for key, inner in schema["properties"].items():
            compare(inner, shape[key], whole, f"{path}.{key}", seen)
    elif "items" in schema and isinstance(shape, list):
        compare(schema["items"], shape[0], whole, f"{path}[]", seen)
    elif isinstance(schema.get("additionalProperties"), dict):
        assert set(shape) == {"*"}, path
        compare(schema["additionalProperties"], shape["*"], whole, f"{path}.*", seen)


def test_the_script_asks_for_the_keys_of_the_schema() -> None:
    whole = json.loads(published_schema())
    seen: list[str] = []
    compare({"$ref": "#/$defs/Receipt"}, {**RECEIPT, "content": CONTENT}, whole, "receipt", seen)
    small = {**SMALL_RECEIPT, "content": SMALL_CONTENT}
    compare({"$ref": "#/$defs/SmallReceipt"}, small, whole, "small", seen)
    assert "small.content.advice.trace.firings[]" in seen
    assert "small.content.advice.plan.rows[]" in seen
    assert "receipt.content.advice.trace.firings[]" in seen
    assert "receipt.content.rules[].when.all[]" in seen
    assert len(seen) > 50


def test_the_script_knows_the_actions_and_the_keys_of_each() -> None:
    properties = json.loads(published_schema())["$defs"]["QuotedAction"]["properties"]
    assert set(properties["do"]["enum"]) == set(ACTIONS)
    assert set(properties) == {"do"}.union(*ACTIONS.values())


@pytest.mark.parametrize(
    ("data", "shape", "told"),
    [
        (1, str, "x: 1 is of the wrong kind"),
        (True, int, "x: true is of the wrong kind"),
        (0, (bool, None), "x: 0 is none of the kinds allowed here"),
        ({"a": 1}, {"a": int, "b": int}, "x.b: it is missing"),
        ({"a": 1, "c": 1}, {"a": int}, "x.c: there is no such key in this format"),
        ({"a": "b"}, {"*": int}, 'x.a: "b" is of the wrong kind'),
        (["a", 2], [str], "x[1]: 2 is of the wrong kind"),
        ({}, [str], "x: {} is no list"),
        ([], {"a": str}, "x: [] is no mapping"),
        ("c", {"a", "b"}, 'x: "c" is not a word that may stand here'),
        ([1], Pair(int, str), "x: [1] is no list of two"),
        ([1, 2], Pair(int, str), "x[1]: 2 is of the wrong kind"),
        ("g" * 64, HEX, f'x: "{"g" * 56}... is not a word that may stand here'),
    ],
)
def test_what_is_out_of_shape_is_told(data: Any, shape: Any, told: str) -> None:
    assert list(misshapen(data, shape, "x")) == [told]
