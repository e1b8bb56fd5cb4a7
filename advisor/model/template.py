"""Sentences with {placeholders}, read once and filled in many times."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_SLOT = re.compile(r"\{([a-z][A-Za-z0-9_.]*)\}")


@dataclass(frozen=True, slots=True)
class Template:
    """A text cut at its placeholders: literal, name, literal, name, ..., literal."""

    source: str
    parts: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Template:
        """Cut a text at its placeholders. Raises ValueError for a brace that is no placeholder."""
        parts = tuple(_SLOT.split(text))
        if any("{" in literal or "}" in literal for literal in parts[::2]):
            raise ValueError("a brace that is no {placeholder}")
        return cls(text, parts)

    @property
    def slots(self) -> tuple[str, ...]:
        """The placeholder names, in order."""
        return self.parts[1::2]

    def fill(self, phrase: Callable[[str], str]) -> str:
        """The text with each placeholder replaced by `phrase(name)`, and a capital at its start."""
        if len(self.parts) == 1:
            return self.source
        text = "".join(phrase(part) if i % 2 else part for i, part in enumerate(self.parts))
        return text[:1].upper() + text[1:]
