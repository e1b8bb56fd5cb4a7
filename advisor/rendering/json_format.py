"""Results as canonical JSON: sorted keys, two spaces of indent, UTF-8, one newline at the end."""

from __future__ import annotations

import json
from collections.abc import Callable

from advisor.model.advice import Advice
from advisor.model.trace import Frozen


def render_json(advice: Advice) -> str:
    """The advice as JSON that `Advice.model_validate_json` reads back; equal advice gives equal text."""
    return canonical_json(advice)


def canonical_json(found: Frozen) -> str:
    """JSON from which a result can be read back; equal results give equal text, with nothing that steers a terminal."""
    text = _indented(found.model_dump(mode="json", by_alias=True), "\n")
    if not text.replace("\n", "").isprintable():
        text = "".join(c if c.isprintable() or c == "\n" else json.dumps(c)[1:-1] for c in text)
    return text + "\n"


_plain: Callable[[object], str] = json.JSONEncoder(ensure_ascii=False).encode


def _indented(what: object, lead: str) -> str:
    """What `json.dumps` writes with an indent of two and sorted keys, for which it is slow; `lead` begins each line."""
    if isinstance(what, dict) and what:
        inner = f"{lead}  "
        pairs = [f"{_plain(name)}: {_indented(what[name], inner)}" for name in sorted(what)]
        return f"{{{inner}{f',{inner}'.join(pairs)}{lead}}}"
    if isinstance(what, list) and what:
        inner = f"{lead}  "
        return f"[{inner}{f',{inner}'.join([_indented(one, inner) for one in what])}{lead}]"
    return _plain(what)
