"""A masked receipt to look at: all that remains, as text, page and table, and a mark wherever a part was erased."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from advisor.audit.model.judgment import BesideLine
from advisor.audit.model.log import MaskedCheck, MaskedReceipt
from advisor.audit.rendering.receipt_csv import beside_rows, table_of
from advisor.audit.rendering.receipt_html import whole_page
from advisor.audit.rendering.receipt_sections import beside
from advisor.model.words import Words, clean
from advisor.rendering.blocks import Block, Entry, Heading, Paragraph
from advisor.rendering.html_tree import Html, el, together
from advisor.rendering.text import laid_out

_SECTIONS = (("advice", "advice"), ("answers", "answers"), ("fired", "rules"), ("sources", "sources"))
_HEAD = ("id", "time", "content_digest", "envelope_digest")


class Gone(str):
    """What is shown in place of an erased part; it has no parts of its own."""

    __slots__ = ()


class MaskedView:
    """A masked receipt with its marks, what was found of it, and the words in which to speak of it."""

    def __init__(
        self, receipt: MaskedReceipt, found: MaskedCheck, wording: Mapping[str, str], beside: Sequence[BesideLine]
    ) -> None:
        self.receipt, self.found, self.beside, self._words = receipt, found, beside, Words(wording)
        self.overridden = any(line.against for line in beside)
        self.content: Any = json.loads(json.dumps(receipt.content))
        for one in receipt.erased:
            self._mark([name.replace("~1", "/").replace("~0", "~") for name in one.path.split("/")[2:]], one.how)

    def say(self, key: str, **slots: object) -> str:
        """A wording under `render.receipt`. Raises KeyError when it is not there."""
        return self._words(f"render.receipt.{key}", **slots)

    def part(self, *keys: str | int) -> Any:
        """A part of the content; the mark when it, or what holds it, was erased, and an empty text when it is not
        there."""
        here = self.content
        for key in keys:
            if isinstance(here, Gone):
                return here
            known = isinstance(here, dict) and key in here
            here = here[key] if known or (isinstance(here, list) and isinstance(key, int)) else ""
        return here

    def verified(self) -> Iterator[str]:
        """Whether what remains holds, and what could not be checked."""
        if self.overridden:
            yield self.say("beside.overridden")
        if self.found.problems:
            yield self.say("verified.fails")
            yield self.found.problems[0]
            return
        yield self.say("masked.holds")
        yield self.say("masked.means")
        yield from (self.say("masked.unchecked", what=one) for one in self.found.unchecked)
        if not self.found.unchecked:
            yield self.say("masked.all_checked")
        yield from (self.say("masked.unchecked", what=one) for one in self.found.beyond)

    def erased(self) -> Iterator[str]:
        """Every erased part with how."""
        for one in self.receipt.erased:
            names = [name.replace("~1", "/").replace("~0", "~") for name in one.path.split("/")[2:]]
            yield f"{one.path} {self.part(*(int(name) if name.isdecimal() else name for name in names))}"

    def _mark(self, names: list[str], how: str) -> None:
        holder = self.content
        for name in names[:-1]:
            if isinstance(holder, list) and name.isdecimal() and int(name) < len(holder):
                holder = holder[int(name)]
            else:
                holder = holder.get(name) if isinstance(holder, dict) else None
        place: Any = int(names[-1]) if isinstance(holder, list) and names[-1].isdecimal() else names[-1]
        if isinstance(holder, dict) or (isinstance(holder, list) and isinstance(place, int) and place < len(holder)):
            there = holder.get(place) if isinstance(holder, dict) else holder[place]
            digest = there.get("erased", "") if isinstance(there, dict) else ""
            holder[place] = Gone(self.say("masked.dropped" if how == "drop" else "masked.hashed", digest=digest))


def render_masked_text(view: MaskedView, width: int) -> str:
    """All that remains, as lines of at most `width` columns (20 at the least)."""
    return laid_out(_blocks(view), width)


def render_masked_html(view: MaskedView) -> str:
    """All that remains, as one page that needs no network and no script."""
    say = view.say
    kind = "fails" if view.found.problems else "partly" if view.found.unchecked or view.overridden else "holds"
    parts = [
        ("verified", say("section.verified"), el("div", (el("p", one) for one in view.verified()), class_=kind)),
        ("beside", say("section.beside"), beside(say, view.beside)),
        ("erased", say("masked.section"), el("ul", (el("li", one) for one in view.erased()))),
        *((name, say(f"section.{name}"), _tree(_told(view, key))) for name, key in _SECTIONS),
        ("rest", say("masked.rest"), _tree(_rest(view))),
    ]
    head = ((say(f"label.{key}"), getattr(view.receipt, key)) for key in _HEAD)
    return whole_page(say, view.receipt.id, say("masked.title"), tuple(head), parts)


def render_masked_csv(view: MaskedView) -> str:
    """The firings that remain, in the columns of a whole receipt's table."""
    return table_of((*_rows(view), *beside_rows(view.beside)))


def _blocks(view: MaskedView) -> Iterator[Block]:
    say = view.say
    yield Heading(1, say("masked.title"))
    yield from (Entry(clean(f"{say(f'label.{key}')}: {getattr(view.receipt, key)}")) for key in _HEAD)
    yield Heading(2, say("section.verified"))
    yield from (Paragraph(clean(one)) for one in view.verified())
    yield Heading(2, say("section.beside"))
    yield from (Entry(clean(say("beside.line", name=line.name, text=line.text))) for line in view.beside)
    yield Heading(2, say("masked.section"))
    yield from (Entry(clean(one)) for one in view.erased())
    for name, key in _SECTIONS:
        yield Heading(2, say(f"section.{name}"))
        yield from (Entry(clean(line)) for line in _lines(_told(view, key)))
    yield Heading(2, say("masked.rest"))
    yield from (Entry(clean(line)) for line in _lines(_rest(view)))


def _told(view: MaskedView, key: str) -> Any:
    """A part of the content, without the headings of pages."""
    found = view.part(key)
    return {name: one for name, one in found.items() if name != "headings"} if isinstance(found, dict) else found


def _rest(view: MaskedView) -> dict[str, Any]:
    told = {key for _, key in _SECTIONS}
    return {key: value for key, value in view.content.items() if key not in told}


def _lines(data: Any, path: str = "") -> Iterator[str]:
    """Every value that remains, after its path."""
    if isinstance(data, dict) and data:
        for key, value in data.items():
            yield from _lines(value, f"{path}.{key}" if path else key)
    elif isinstance(data, list) and data and not all(isinstance(one, (str, int)) for one in data):
        for number, one in enumerate(data):
            yield from _lines(one, f"{path}[{number}]")
    else:
        yield f"{path}: {_value(data)}" if path else _value(data)


def _tree(data: Any) -> Html:
    """The same as lists in lists; what has parts opens on request."""
    if not isinstance(data, (dict, list)) or not data:
        return el("p", _value(data))
    pairs = data.items() if isinstance(data, dict) else enumerate(data)
    return el("ul", (el("li", _leaf(str(key), value)) for key, value in pairs))


def _leaf(name: str, value: Any) -> Html:
    if not isinstance(value, (dict, list)) or not value:
        return together(el("strong", name), ": ", _value(value))
    title = next((f" {value[key]}" for key in ("id", "rule", "question", "fact") if key in value), "") if isinstance(
        value, dict
    ) else ""  # fmt: skip
    return el("details", el("summary", name + title), _tree(value))


def _rows(view: MaskedView) -> Iterator[tuple[str, ...]]:
    rules = view.part("rules")
    by_id = (
        {one["id"]: one for one in rules if isinstance(one, dict) and "id" in one} if isinstance(rules, list) else {}
    )
    firings = view.part("advice", "trace", "firings")
    for one in firings if isinstance(firings, list) else [firings]:
        row = one if isinstance(one, dict) else {"n": one}
        rule = by_id.get(row.get("rule"), {})
        cells = [row.get(key, "") for key in ("n", "rule", "version", "stratum", "matched", "concluded", "did")]
        yield tuple(_value(cell) for cell in (*cells, rule.get("claims", ""), rule.get("sources", "")))


def _value(data: Any) -> str:
    """A value on one line, as the table of a whole receipt has it."""
    if isinstance(data, dict):
        return "; ".join(f"{key} = {_value(value)}" for key, value in data.items())
    if isinstance(data, list):
        return "; ".join(_value(one) for one in data)
    return data if isinstance(data, str) else json.dumps(data)
