"""Writes the verifier's module of shapes from the published schema of receipts, so that none is stated twice by hand.

Where the schema leaves open what the verifier insists on, it is said here: keys that receipts always have though the
model has a default for them, texts that are days, and actions, each of which has keys of its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import advisor

SHAPES_FILE = Path(advisor.__file__).parent / "verifier" / "shapes.py"

_FORMS = ("Receipt", "SmallReceipt")
_SPARSE = ("QuotedDecision", "QuotedTerm")  # written without the keys that have nothing to say
# Keys that receipts of before do not have.
_SINCE = {"Advice": ("approvals",), "PlanPage": ("whose",), "Versions": ("confirmed_by",)}
_NAMES = {"ReceiptContent": "CONTENT", "SourceNote": "SOURCE", "QuotedAction": "ACTION"}
_STATED_THERE = ("QuotedAction", "QuotedTime")  # the verifier states the keys of each action
_DAYS = {
    "PlanPage": ("as_of",),
    "RowSaid": ("date",),
    "SmallTrace": ("as_of",),
    "Trace": ("as_of",),
    "Wording": ("earliest", "latest"),
}
_PATTERNS = {"[0-9a-f]{64}": "HEX", "sha256:[0-9a-f]{64}": "DIGEST", "-?[0-9]+(/[1-9][0-9]*)?": "NUMBER"}
_TYPES = {"string": "str", "integer": "int", "boolean": "bool", "null": "None"}
_WIDTH = 116
_HEAD = '''"""The shapes of a receipt, made from its published schema: `receipt.schema.json`."""

from __future__ import annotations

import re

from advisor.verifier.actions import ACTION
from advisor.verifier.canonical import Json
from advisor.verifier.shape import DAY, Maybe, Pair, or_null

'''


def made_shapes(schema: str) -> str:
    """The text of the module, from the text of the schema. Raises ValueError for a schema that it has no shapes for."""
    whole = json.loads(schema)
    parts: dict[str, Any] = whole["$defs"]
    patterns = "".join(f'{name} = re.compile(r"{pattern}")\n' for pattern, name in _PATTERNS.items())
    seen: dict[str, None] = {}
    names = [name for form in _FORMS for name in _in_order(form, parts, seen)]
    written = "".join(_stated(name, parts[name]) for name in names)
    return f"{_HEAD}{patterns}{written}"


def _in_order(name: str, parts: Mapping[str, Any], seen: dict[str, None]) -> list[str]:
    """The parts that a part refers to, at once or through others, each before those that refer to it; then itself."""
    seen[name] = None
    before = [other for other in _named(parts[name]) if other not in (*seen, *_STATED_THERE)]
    found = [one for other in dict.fromkeys(before) if other not in seen for one in _in_order(other, parts, seen)]
    return [*found, name]


def _named(part: Any) -> Iterator[str]:
    """The names of the definitions that a part of the schema refers to itself."""
    if isinstance(part, dict) and "$ref" in part:
        yield _referred(part)
    elif isinstance(part, dict):
        for key in part:
            yield from _named(part[key])
    elif isinstance(part, list):
        for one in part:
            yield from _named(one)


def _stated(name: str, part: dict[str, Any]) -> str:
    """One part as a statement of Python. What refers to itself is said once there is something to refer to."""
    if part.get("additionalProperties") is not False:
        raise ValueError(f"{name} is open to keys that the schema does not name")
    entries: list[tuple[str, str]] = []
    later: list[tuple[str, str]] = []
    for key in (*part["required"], *(key for key in part["properties"] if key not in part["required"])):
        said = _said_of(name, key, part)
        (later if re.search(rf"\b{_constant(name)}\b", said) else entries).append((key, said))
    lines = [""]
    for key, said in entries:
        entry = f'"{key}": {said},'
        fits = not lines[-1] or len(lines[-1]) + len(entry) < _WIDTH
        lines[-1:] = [f"{lines[-1]} {entry}".strip()] if fits else [lines[-1], entry]
    one = f"{_constant(name)}: dict[str, Json] = {{{lines[0].removesuffix(',')}}}"
    if len(lines) > 1 or len(one) > _WIDTH:
        inner = "".join(f"    {line}\n" for line in lines)
        one = f"{_constant(name)}: dict[str, Json] = {{\n{inner}}}  # fmt: skip"
    return "\n".join((one, *(f'{_constant(name)}["{key}"] = {said}' for key, said in later), ""))


def _said_of(name: str, key: str, part: dict[str, Any]) -> str:
    """The shape of what a part has under a key."""
    if name in _FORMS and key == "content":
        return '{"*": object}'  # its shape is looked at once the digest over it is known to be right
    shape = part["properties"][key]
    left_out = key not in part["required"] and (name in _SPARSE or key in _SINCE.get(name, ()))
    if left_out and name in _SPARSE:
        shape = (
            {**shape, "anyOf": [one for one in shape["anyOf"] if one != {"type": "null"}]}
            if "anyOf" in shape
            else shape
        )
    said = _shape(shape)
    if key in _DAYS.get(name, ()):
        said = re.sub(r"\bstr\b", "DAY", said)
    return f"Maybe({said})" if left_out else said


def _shape(part: dict[str, Any]) -> str:
    """A piece of the schema as the verifier writes shapes."""
    if "$ref" in part:
        return _constant(_referred(part))
    if "anyOf" in part:
        return _any_of([_shape(one) for one in part["anyOf"]])
    if "enum" in part or "const" in part:
        words = part.get("enum", [part.get("const")])
        return "{" + ", ".join(json.dumps(word) for word in words) + "}"
    if "pattern" in part:
        pattern = part["pattern"].removeprefix("^").removesuffix("$").replace(r"\d", "[0-9]")
        return _PATTERNS.get(pattern, f're.compile(r"{pattern}")')
    if part.get("type") == "array" and "prefixItems" in part:
        first, second = part["prefixItems"]
        return f"Pair({_shape(first)}, {_shape(second)})"
    if part.get("type") == "array":
        return f"[{_shape(part['items'])}]"
    if part.get("type") == "object":
        return f'{{"*": {_shape(part["additionalProperties"])}}}'
    if part.get("type") in _TYPES:
        return _TYPES[part["type"]]
    raise ValueError(f"there is no shape for {json.dumps(part)}")


def _any_of(shapes: list[str]) -> str:
    """A choice of shapes; words are no choice where any text will do."""
    left = [one for one in shapes if not ("str" in shapes and one.startswith('{"') and ":" not in one)]
    if len(left) == 1:
        return left[0]
    if left[-1] == "None":
        return f"or_null({', '.join(left[:-1])})"
    return f"({', '.join(left)})"


def _referred(part: dict[str, Any]) -> str:
    return str(part["$ref"]).removeprefix("#/$defs/")


def _constant(name: str) -> str:
    """The name that the verifier has for a definition of the schema: `QUOTED_RULE` for `QuotedRule`."""
    return _NAMES.get(name, re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).upper())
