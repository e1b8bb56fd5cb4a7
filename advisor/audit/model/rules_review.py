"""What is to be looked at in a rule base: approvals that are missing or stale, and what must be read again."""

from __future__ import annotations

from typing import Literal, TypeAlias

from advisor.audit.model.judgment import Review
from advisor.model.dates import IsoDay
from advisor.model.trace import Frozen

Matter: TypeAlias = Literal[
    "stale", "unapproved", "unknown_key", "unchecked", "gone", "overdue", "due", "source", "overridden"
]
"""A page that was changed since it was approved, or has no approval; an approval by a key that is not trusted, with a
signature that could not be checked, or of a page that is no more; rules whose day to be read again has passed, or comes
soon; a source whose day has passed; a rule that people overrode."""


class ReviewLine(Frozen):
    """One thing to look at: `what` is the id of a page, a source or a rule, with its `title`.

    `date` is the day of the approval, or that by which it must be read again. `by` is who approved the page, `names`
    are the rules meant, or what was changed since, and `count` says how many they are, or how often it was overridden.
    """

    matter: Matter
    what: str
    title: str
    date: IsoDay | Literal[""] = ""
    by: str = ""
    names: tuple[str, ...] = ()
    count: int = 0


class RulesReview(Frozen):
    """All of it, as of a day, with how many pages there are and how many are approved; `judged` is None where no
    receipts and no log were looked at.
    """

    as_of: IsoDay
    within: int
    pages: int
    approved: int
    lines: tuple[ReviewLine, ...]
    judged: Review | None = None
