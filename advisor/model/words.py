"""The wording that advice carries, and the one place where characters that could steer a terminal are taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from advisor.model.advice import Advice
from advisor.model.safe_text import one_line

_SLOT = re.compile(r"\{([a-z_]+)\}")
_ESCAPES = tuple(f"\\{sign}" for sign in "bfnrtu")
_UNCLEAN = (*_ESCAPES, "\x7f", "  ", ' "', *(f'{before}" ' for before in ":,[{"))


class Words:
    """The headings and joining words of one piece of advice."""

    def __init__(self, headings: Mapping[str, str]) -> None:
        self._headings = headings

    def __call__(self, key: str, **slots: object) -> str:
        """The wording under a key, its placeholders filled. Raises KeyError for a missing key or placeholder."""
        return _SLOT.sub(lambda found: str(slots[found.group(1)]), self._headings[key])

    def under(self, prefix: str) -> Iterator[tuple[str, str]]:
        """The wording whose keys begin so, by the rest of the key, in the order of the rule base."""
        return ((key.removeprefix(prefix), text) for key, text in self._headings.items() if key.startswith(prefix))

    def field(self, name: str) -> str:
        """The name of a field of the advice or of a rule, in words; its own where the wording has none."""
        return self._headings.get(f"render.fields.{name}", name.replace("_", " "))

    def changed(self, about: str, field: str, before: str, after: str) -> str:
        """That a field has changed, such as `RF10: severity 2 to 3`. Raises KeyError for missing wording."""
        key = "render.changes.of" if about else "render.changes.field"
        return self(key, about=about, field=self.field(field), before=before, after=after)

    def counted(self, key: str, count: int) -> str:
        """`<key>.one` for 1 and minus 1, else `<key>.more`, with the count filled in."""
        return self(f"{key}.{'one' if abs(count) == 1 else 'more'}", count=f"{count:,}")

    def between(self, unit: str, low: int, high: int) -> str:
        """A range of a unit of figures, such as `2 to 5 months`."""
        return self(f"render.unit.{unit}.range", low=f"{low:,}", high=f"{high:,}")


def joined(*parts: str) -> str:
    """Texts with a space between them; empty ones leave no gap."""
    return " ".join(part for part in parts if part)


def clean(text: str) -> str:
    """The text on one line: spaces of any kind become one space, any other unprintable character a question mark."""
    return " ".join(one_line(text).split())


def cleaned(advice: Advice) -> Advice:
    """The advice with every text in it cleaned: the very same where nothing is to be cleaned, as nearly always."""
    return advice if _is_clean(advice.model_dump_json()) else Advice.model_validate(_walk(advice.model_dump()))


def _is_clean(data: str) -> bool:
    """Whether no text in some JSON without layout would be changed by cleaning it: when in doubt, it is not clean.

    A character that JSON does not escape stands there itself; a space after a quotation mark that opens a text follows
    one of four signs, and one before a quotation mark that is not escaped ends a text.
    """
    printable = data.isascii() or data.isprintable()
    return printable and not any(sign in data for sign in _UNCLEAN)


def _walk(part: Any) -> Any:
    if isinstance(part, str):
        return clean(part)
    if isinstance(part, dict):
        return {_walk(key): _walk(value) for key, value in part.items()}
    if isinstance(part, (list, tuple)):
        return [_walk(item) for item in part]
    return part
