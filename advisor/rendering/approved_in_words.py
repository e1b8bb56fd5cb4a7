"""How many of the rules that spoke a person approved, in one short line."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.model.advice import Advice
from advisor.model.approval import PageApproval
from advisor.model.words import Words, joined


def approved_said(advice: Advice, words: Words) -> str:
    """The line; empty for advice that was saved before approvals were told of.

    Raises KeyError for a joining word that the advice does not carry.
    """
    found = advice.approvals
    if found is None:
        return ""
    by = {
        standing: [page for page in found.pages if page.standing == standing]
        for standing in ("approved", "unknown_key", "unchecked", "stale")
    }
    key, people = "some" if found.approved else "none", _people(by["approved"], words)
    said = words(f"render.approved.{key}", spoke=found.spoke, approved=found.approved, by=people)
    others = (
        words(f"render.approved.{standing}", rules=sum(page.rules for page in pages), by=_people(pages, words))
        for standing, pages in by.items()
        if pages and standing != "approved"
    )
    by_default = "" if found.pages else words("render.approved.by_default")
    return joined(said, *others, by_default)


def _people(pages: Iterable[PageApproval], words: Words) -> str:
    """Each person once, with the role and the latest day."""
    latest: dict[tuple[str, str], str] = {}
    for page in pages:
        who = (page.name, page.role)
        latest[who] = max(page.date, latest.get(who, ""))
    told = (words("render.approved.by", name=who[0], role=who[1], date=date) for who, date in latest.items())
    return "; ".join(told)
