"""An explanation as canonical JSON: sorted keys, two spaces of indent, UTF-8, one newline at the end."""

from __future__ import annotations

import json

from advisor.model.why import Why, WhyNot


def render_why_json(explanation: Why | WhyNot) -> str:
    """JSON from which the explanation can be read back; equal explanations give equal text. It holds every detail, for
    any length and any reader."""
    text = json.dumps(explanation.model_dump(mode="json"), sort_keys=True, ensure_ascii=False, indent=2)
    return "".join(c if c.isprintable() or c == "\n" else json.dumps(c)[1:-1] for c in text) + "\n"
