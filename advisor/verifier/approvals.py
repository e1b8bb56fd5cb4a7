"""The approvals that the advice tells of: they are counted rightly. That they were given takes their files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from advisor.verifier.derivation import Derivation
from advisor.verifier.shape import differing
from advisor.verifier.words import Words


def check_approvals(made: Derivation, words: Words) -> Iterator[str]:
    """That the rules that fired, and those of pages that are approved, are as many as is said."""
    found = made.content["advice"].get("approvals")
    if found is None:
        return
    fired = Counter(rule["page"] for rule in made.fired)
    pages = [one["page"] for one in found["pages"]]
    yield from differing("advice.approvals.pages", pages, sorted(name for name in fired if name in pages))
    for one in found["pages"]:
        yield from differing(f"advice.approvals, {one['page']}", one["rules"], fired[one["page"]])
    approved = sum(one["rules"] for one in found["pages"] if one["standing"] == "approved")
    yield from differing("advice.approvals.spoke", found["spoke"], sum(fired.values()))
    yield from differing("advice.approvals.approved", found["approved"], approved)
