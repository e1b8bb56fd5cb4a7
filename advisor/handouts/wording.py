"""The words of the rule base in what people keep: each text under its key, with its placeholders filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from advisor.model.template import Template


def worded(headings: Mapping[str, str], key: str, **slots: str) -> str:
    """The wording under a key, its placeholders filled. Raises KeyError for a missing key or placeholder."""
    return Template.of(headings[key]).fill(slots.__getitem__, capital=False)


def under(headings: Mapping[str, str], prefix: str) -> Iterator[tuple[str, str]]:
    """The wording whose keys begin so, by the rest of the key, in the order of the file."""
    return ((key.removeprefix(prefix), text) for key, text in headings.items() if key.startswith(prefix))
