"""The published JSON Schema of receipts: made from the model, kept beside this module, and shipped with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic.json_schema import models_json_schema

from advisor.audit.model.receipt import FORMAT, Receipt
from advisor.audit.model.small import SmallReceipt

SCHEMA_FILE = Path(__file__).with_name("receipt.schema.json")


def made_schema() -> str:
    """The JSON Schema as the models give it, as it should stand in its file: of a whole receipt or a small one.

    Receipts hold no proofs of the solver: these cannot be checked without it.
    """
    models = [(model, "validation") for model in (Receipt, SmallReceipt)]
    refs, schema = models_json_schema(models, by_alias=True)  # type: ignore[arg-type]
    schema["anyOf"] = list(refs.values())
    schema["$defs"]["Advice"]["properties"]["proofs"] = {"type": "null"}
    used = _reached({key: value for key, value in schema.items() if key != "$defs"}, schema["$defs"], set())
    schema["$defs"] = {name: schema["$defs"][name] for name in used}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"urn:{FORMAT.replace('/', ':')}"}
    return json.dumps({**head, **schema}, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def published_schema() -> str:
    """The JSON Schema as published."""
    return SCHEMA_FILE.read_text("utf-8")


def _reached(part: Any, definitions: dict[str, Any], found: set[str]) -> set[str]:
    """The names of the definitions that a part of the schema refers to, at once or through others."""
    if isinstance(part, dict):
        name = str(part.get("$ref", "")).removeprefix("#/$defs/")
        if name in definitions and name not in found:
            found.add(name)
            _reached(definitions[name], definitions, found)
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        _reached(inner, definitions, found)
    return found
