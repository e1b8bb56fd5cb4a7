"""Results as canonical JSON: sorted keys, two spaces of indent, UTF-8, one newline at the end."""

from __future__ import annotations

import json

from advisor.model.advice import Advice
from advisor.model.trace import Frozen


def render_json(advice: Advice) -> str:
    """The advice as JSON that `Advice.model_validate_json` reads back; equal advice gives equal text."""
    return canonical_json(advice)


def canonical_json(found: Frozen) -> str:
    """JSON from which a result can be read back; equal results give equal text, with nothing that steers a terminal."""
    text = json.dumps(found.model_dump(mode="json", by_alias=True), sort_keys=True, ensure_ascii=False, indent=2)
    if not text.replace("\n", "").isprintable():
        text = "".join(c if c.isprintable() or c == "\n" else json.dumps(c)[1:-1] for c in text)
    return text + "\n"
