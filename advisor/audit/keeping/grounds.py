"""Tells what the rules and figures behind a piece of kept advice rest on, as far as masks left it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from advisor.audit.keeping.kept import KeptRecord


class Grounds:
    """What rests on what in one piece of advice: a rule on those behind the facts that it matched, and so on back.

    The recommendation as a whole is not followed: what was said because of it stands or falls with its own line.
    """

    def __init__(self, kept: KeptRecord) -> None:
        """Raises Erased when it cannot be known which rules fired."""
        kept.need("advice/trace/firings/*/rule")
        quoted = {_text(rule.get("id")): rule for rule in kept.rows("rules")}
        firings = {str(firing["rule"]): firing for firing in kept.rows("advice", "trace", "firings")}
        self.rules = {name: quoted.get(name, {}) for name in firings}
        shown = {_text(figure.get("id")) for figure in kept.rows("advice", "figures")}
        self.figures = {str(f["id"]): f for f in kept.rows("figures") if _text(f.get("id")) in shown - {""}}
        self._by = {_text(fact.get("fact")): fact.get("by") for fact in kept.rows("advice", "trace", "facts")}
        self._reads = {name: tuple(_keys(firing.get("matched"))) for name, firing in firings.items()}
        self._reads |= {name: tuple(_read_by(figure)) for name, figure in self.figures.items()}

    def behind(self, names: Iterable[str]) -> frozenset[str]:
        """These rules and figures, and all that they rest on."""
        found: set[str] = set()
        left = list(names)
        while left:
            name = left.pop()
            if name in found or name not in self._reads:
                continue
            found.add(name)
            left += [by for fact in self._reads[name] for by in self.makers(fact)]
        return frozenset(found)

    def makers(self, fact: str) -> tuple[str, ...]:
        """The rules or the figure that brought a fact about."""
        by = self._by.get(fact)
        return tuple(one for one in by if isinstance(one, str)) if isinstance(by, list) else ()


def _text(data: Any) -> str:
    return data if isinstance(data, str) else ""


def _keys(data: Any) -> Iterator[str]:
    yield from data if isinstance(data, dict) else ()


def _read_by(figure: dict[str, Any]) -> Iterator[str]:
    """The facts that a quoted figure reads."""
    when = figure.get("when")
    for clauses in when.values() if isinstance(when, dict) else ():
        rows = clauses if isinstance(clauses, list) else []
        yield from (_text(c.get("fact")) for c in rows if isinstance(c, dict))
    yield from _named(figure.get("formula"))


def _named(term: Any) -> Iterator[str]:
    if isinstance(term, dict):
        if term.get("op") in ("fact", "input", "table"):
            yield _text(term.get("name"))
        if term.get("op") == "figure":
            yield f"{term.get('name')}.low"
        parts = term.get("parts")
        for part in parts if isinstance(parts, list) else ():
            yield from _named(part)
