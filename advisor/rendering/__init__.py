"""Advice to text: one module per output format, each imported only when it is used."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from advisor.model.advice import Advice


def _text(advice: Advice, width: int) -> str:
    from advisor.rendering.text import render_text

    return render_text(advice, width)


def _markdown(advice: Advice, width: int) -> str:
    from advisor.rendering.markdown import render_markdown

    return render_markdown(advice)


def _json(advice: Advice, width: int) -> str:
    from advisor.rendering.json_format import render_json

    return render_json(advice)


RENDERER_BY_NAME: dict[str, Callable[[Advice, int], str]] = {"text": _text, "markdown": _markdown, "json": _json}
"""A renderer by the name of its format; the number is the width in columns, which only `text` heeds."""

__all__ = ["RENDERER_BY_NAME"]
