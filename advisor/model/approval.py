"""Who approved the pages of a rule base, and how many of the rules behind one piece of advice stand on such pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from advisor.model.dates import IsoDay
from advisor.model.trace import Frozen

Standing: TypeAlias = Literal["approved", "unknown_key", "unchecked", "stale"]
"""How an approval stands: signed by a key that is trusted; by another one; with a signature that could not be checked
here; or signed, and the page was changed since."""


@dataclass(frozen=True, slots=True)
class Approval:
    """A person's approval of a page, once its signature was looked at: `key` is the id of the key that signed it."""

    page: str
    name: str
    role: str
    date: str
    key: str
    standing: Standing


class PageApproval(Frozen):
    """The approval of one page that spoke, and how many of its `rules` did."""

    page: str
    name: str
    role: str
    date: IsoDay
    key: str
    standing: Standing
    rules: int


class Approvals(Frozen):
    """How many rules spoke (they fired), and how many of them are approved: those of pages whose approval is signed by
    a trusted key and is of the page as it is. `pages` are the pages that spoke and have an approval of any standing.
    """

    spoke: int
    approved: int
    pages: tuple[PageApproval, ...]
