"""Builds HTML from a tree of calls in which every text is escaped, so that none can be taken for markup."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from html import escape
from typing import TypeAlias

from advisor.model.safe_text import printable

_ADDRESS = re.compile(r"https?://[^\s<>\"\\]+")
_EMPTY = frozenset({"meta", "br", "rect", "path"})


class Html(str):
    """Text that is markup already, and is not escaped again."""

    __slots__ = ()


Child: TypeAlias = "str | Html | Iterable[str | Html] | None"


def el(tag: str, *children: Child, **attributes: str | int | None) -> Html:
    """An element; texts in it are escaped, and None is left out.

    Attributes are written in the order given: `class_` is `class`, `_` inside a name is `-`, and None is left out.
    """
    named = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(printable(str(value)))}"'
        for name, value in attributes.items()
        if value is not None
    )
    if tag in _EMPTY:
        return Html(f"<{tag}{named}>" if tag in ("meta", "br") else f"<{tag}{named}/>")
    return Html(f"<{tag}{named}>{together(*children)}</{tag}>")


def together(*children: Child) -> Html:
    """Pieces one after another, texts among them escaped."""
    return Html("".join(_one(child) for child in children if child is not None))


def anchor(kind: str, name: str) -> str:
    """An id for an element, such as `rule-WGH-001`; letters, digits and dashes alone."""
    return f"{kind}-" + re.sub(r"[^A-Za-z0-9-]", "-", name)


def link(address: str) -> Html:
    """A web address as a link that tells the other side nothing; anything else as plain text."""
    if not _ADDRESS.fullmatch(address):
        return together(address)
    return el("a", address, href=address, rel="noreferrer noopener")


def table(caption: str, columns: Iterable[str], rows: Iterable[tuple[Child, ...]]) -> Html:
    """A table with a caption, whose first cell of each row names it; it scrolls sideways inside its own frame."""
    head = el("tr", (el("th", column, scope="col") for column in columns))
    body = (
        el("tr", el("th", first, scope="row"), (el("td", cell) for cell in others)) for first, *others in rows
    )  # fmt: skip
    made = el("table", el("caption", caption), el("thead", head), el("tbody", body))
    return el("div", made, class_="wide", tabindex=0, role="group", aria_label=caption)


def document(title: str, style: str, body: Html) -> str:
    """A whole page in English with one style sheet, into which nothing can be loaded and in which nothing can run."""
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=_policy(style)),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("meta", name="referrer", content="no-referrer"),
        el("title", title),
        el("style", Html(style)),
    )
    return f"<!DOCTYPE html>\n{el('html', head, body, lang='en')}\n"


def _policy(style: str) -> str:
    """Nothing may be loaded or run; this one style sheet applies."""
    own = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{own}'; base-uri 'none'; form-action 'none'"


def _one(child: Child) -> str:
    if isinstance(child, Html):
        return child
    if isinstance(child, str):
        return escape(printable(child))
    return "".join(_one(each) for each in child or ())
