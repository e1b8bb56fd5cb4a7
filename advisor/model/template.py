"""Sentences with {placeholders}, read once and filled in many times."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

_SENTENCE_ENDS = (". ", "? ", "! ")

_SLOT = re.compile(r"\{([a-z][A-Za-z0-9_.]*(?:\|[^{}]*)?)\}")


@dataclass(frozen=True, slots=True)
class Template:
    """A text cut at its placeholders: literal, name, literal, name, ..., literal.

    `{name}` must be known when the text is used; `{name|words}` reads as `words` where the name is not known, and
    `{name|other|words}` as the first of the names that is known, or as `words`.
    """

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
        """The names of the placeholders that must be known, in order."""
        return tuple(part for part in self.parts[1::2] if "|" not in part)

    @property
    def open_slots(self) -> tuple[str, ...]:
        """The names of the placeholders that have words to fall back on, in order."""
        return tuple(name for part in self.parts[1::2] for name in part.split("|")[:-1])

    def fill(self, phrase: Callable[[str], str], *, capital: bool = True) -> str:
        """The text with each placeholder replaced by `phrase(name)`, and a capital at the start of each sentence; at
        its own start only where that is wanted.

        Raises what `phrase` raises, but a KeyError for a name with words to fall back on.
        """
        if len(self.parts) == 1:
            return self.source
        text = "".join(
            _begun(_filled(part, phrase), self.parts[i - 1]) if i % 2 else part for i, part in enumerate(self.parts)
        )
        return text[:1].upper() + text[1:] if capital else text


def inside(words: str, phrase: Callable[[str], str]) -> str:
    """How the words of a value read inside a sentence: those of a choice may have placeholders of their own."""
    return Template.of(words).fill(phrase, capital=False) if "{" in words else words


def _begun(words: str, before: str) -> str:
    """Words with a capital where what stands before them ends a sentence."""
    return words[:1].upper() + words[1:] if before.endswith(_SENTENCE_ENDS) else words


def _filled(part: str, phrase: Callable[[str], str]) -> str:
    *names, words = part.split("|")
    if not names:
        return phrase(words)
    for name in names:
        with suppress(KeyError):
            return phrase(name)
    return words
