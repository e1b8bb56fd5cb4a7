"""How many of the rules that spoke are approved, and by whom."""

from __future__ import annotations

from collections import Counter

from advisor.model.approval import Approvals, PageApproval
from advisor.model.rulebase import RuleBase
from advisor.model.trace import Trace


def approvals(base: RuleBase, trace: Trace) -> Approvals:
    """What is known of the approvals of the rules that fired; the pages stand in the order of their names."""
    fired = Counter(base.by_id[firing.rule].page for firing in trace.firings)
    pages = tuple(
        PageApproval(
            page=page, name=there.name, role=there.role, date=there.date, key=there.key, standing=there.standing,
            rules=fired[page],
        )
        for page, there in sorted(base.approvals.items())
        if page in fired
    )  # fmt: skip
    approved = sum(page.rules for page in pages if page.standing == "approved")
    return Approvals(spoke=len(trace.firings), approved=approved, pages=pages)
