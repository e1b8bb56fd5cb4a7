"""The use case of whoever keeps the rules: what is without approval or stale, and what must be read again."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator

from advisor.audit.approving.approvals import Stands
from advisor.audit.model.judgment import Review
from advisor.audit.model.rules_review import Matter, ReviewLine, RulesReview
from advisor.model.rulebase import RuleBase


def rules_review(
    base: RuleBase, approvals: Iterable[Stands], day: datetime.date, within: int, judged: Review | None = None
) -> RulesReview:
    """What is to be looked at on a day: in the order of `Matter`, then of the pages. `within` is how many days ahead
    what is due is told; `approvals` are those in the folder of the rules, `judged` what people made of the rules."""
    found = tuple(approvals)
    lines = (
        *_pages(base, found),
        *_rules(base, day, within),
        *_sources(base, day),
        *(_overridden(base, judged) if judged is not None else ()),
    )
    approved = sum(one.approval.standing == "approved" for one in found)
    pages = len(base.pages)
    return RulesReview(as_of=day.isoformat(), within=within, pages=pages, approved=approved, lines=lines, judged=judged)


def _pages(base: RuleBase, found: tuple[Stands, ...]) -> Iterator[ReviewLine]:
    there = {one.approval.page: one for one in found}
    by_matter: dict[Matter, list[ReviewLine]] = {
        "stale": [], "unapproved": [], "unknown_key": [], "unchecked": [], "gone": [],
    }  # fmt: skip
    for page in base.pages.values():
        one = there.get(page.id)
        if one is None:
            by_matter["unapproved"].append(ReviewLine(matter="unapproved", what=page.id, title=page.title))
        elif one.approval.standing != "approved":
            matter = one.approval.standing
            by_matter[matter].append(_approval(matter, one, page.title))
    by_matter["gone"] = [_approval("gone", one, "") for one in found if one.page is None]
    for lines in by_matter.values():
        yield from lines


def _approval(matter: Matter, one: Stands, title: str) -> ReviewLine:
    said = one.approval
    return ReviewLine(
        matter=matter, what=said.page, title=title, date=said.date, by=f"{said.name}, {said.role}", names=one.changed,
        count=len(one.changed),
    )  # fmt: skip


def _rules(base: RuleBase, day: datetime.date, within: int) -> Iterator[ReviewLine]:
    """For each page and day, the rules to be read again by then: those late first."""
    last = (day + datetime.timedelta(days=within)).isoformat()
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for page in base.pages.values():
        for rule in (base.by_id[name] for name in page.rules):
            if rule.status == "stable" and rule.review_by <= last:
                found[rule.review_by, page.id].append(rule.id)
    for (review_by, page_id), rules in sorted(found.items(), key=lambda one: one[0][0]):
        yield ReviewLine(
            matter="overdue" if review_by < day.isoformat() else "due", what=page_id, title=base.pages[page_id].title,
            date=review_by, names=tuple(rules), count=len(rules),
        )  # fmt: skip


def _sources(base: RuleBase, day: datetime.date) -> Iterator[ReviewLine]:
    """The sources that should have been read again: by the earliest day of the rules that rest on them."""
    late: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for rule in base.active:
        if rule.review_by < day.isoformat():
            for source in rule.sources:
                late[source].append((rule.review_by, rule.id))
    for known in base.sources.values():
        if resting := late.get(known.id):
            rules = tuple(rule for _, rule in resting)
            yield ReviewLine(
                matter="source", what=known.id, title=known.title, date=min(resting)[0], names=rules, count=len(rules)
            )


def _overridden(base: RuleBase, judged: Review) -> Iterator[ReviewLine]:
    for row in judged.rules:
        if row.overridden:
            rule = base.by_id.get(row.rule)
            title = rule.title if rule is not None else ""
            yield ReviewLine(matter="overridden", what=row.rule, title=title, count=row.overridden)
