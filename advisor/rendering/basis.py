"""Says in a few words what a statement rests on: its rule, its claims, and the grades of its sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from advisor.model.advice import Advice
from advisor.model.words import Words
from advisor.rendering.blocks import signed

MOST_IN_BASIS, MOST_IN_MARK = 6, 3
"""How many claims are named before the rest are only counted; the JSON form names all."""


def basis(advice: Advice, words: Words, rule: str | None, claims: Sequence[str], sources: Iterable[str]) -> str:
    """Such as `Rule WGH-024. Rests on K056, C11. Source grade: made-up example.`"""
    parts = [words("render.basis.rule", rule=rule)] if rule else []
    if claims:
        parts.append(words("render.basis.claims", claims=_few(words, claims, MOST_IN_BASIS)))
    grades = [words(f"render.grade.{grade}") for grade in _grades(advice, sources)]
    if grades:
        parts.append(words("render.basis.grade", grades="; ".join(grades)))
    return " ".join(parts)


def mark(words: Words, rule: str | None, claims: Sequence[str] = (), points: int | None = None) -> str:
    """Such as `[WGH-024, +2; K056, C11]`, to stand at the end of a sentence; empty when it would say nothing."""
    by = ", ".join(part for part in (rule or "", "" if points is None else signed(points)) if part)
    inside = "; ".join(part for part in (by, _few(words, claims, MOST_IN_MARK)) if part)
    return f"[{inside}]" if inside else ""


def titles(advice: Advice, options: Iterable[str]) -> str:
    """The titles of some options, joined. Raises KeyError for an option that the advice does not describe."""
    known = {case.option: case.title for case in advice.options}
    return "; ".join(known[option] for option in options)


def _few(words: Words, claims: Sequence[str], most: int) -> str:
    if len(claims) <= most + 1:
        return ", ".join(claims)
    return words("render.basis.few", claims=", ".join(claims[:most]), count=len(claims) - most)


def _grades(advice: Advice, sources: Iterable[str]) -> list[str]:
    """The grades of some sources, each once: the letters first, then the words."""
    by_id = {source.id: source.grade for source in advice.sources}
    return sorted({by_id[source] for source in sources}, key=lambda grade: (len(grade) > 1, grade))
