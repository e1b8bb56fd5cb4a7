"""One page of rules as an expert reads it: whom it speaks to, its rules in reading order, what each rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from advisor.audit.approving.approvals import Stands
from advisor.cli.rules.overviews import conditions
from advisor.model.action_line import line_of
from advisor.model.page import Page
from advisor.model.rule import Rule
from advisor.model.rulebase import RuleBase
from advisor.rendering.html_tree import Html, anchor, el, together

STANDINGS: Mapping[str, str] = {
    "approved": "Approved by {by}.",
    "unknown_key": "Signed by a key that was not named as trusted: {by}.",
    "unchecked": "Approved by {by}; the signature could not be checked here.",
    "stale": "Approved by {by}, and changed since: {changed}.",
}
NOT_APPROVED = "Nobody has approved this page."
_UP = "../"


def approval_said(one: Stands | None) -> str:
    """How the approval of a page stands, in a sentence."""
    if one is None:
        return NOT_APPROVED
    said = one.approval
    by = f"{said.name} ({said.role}, {said.date})"
    return STANDINGS[said.standing].format(by=by, changed=", ".join(one.changed))


def page_html(page: Page, base: RuleBase, approval: Stands | None, fired: Mapping[str, tuple[str, ...]] | None) -> Html:
    """The page; `fired` are the cases in which each rule fired, or None where no cases were run."""
    return together(
        el("h1", page.title),
        el("p", approval_said(approval), class_="holds" if _stands(approval) else "partly"),
        el("dl", _head(page)),
        *(_entry(tuple(found), base, fired) for _, found in groupby(_rules(page, base), _entry_of)),
    )


def _stands(approval: Stands | None) -> bool:
    return approval is not None and approval.approval.standing == "approved"


def _rules(page: Page, base: RuleBase) -> Iterator[Rule]:
    return (base.by_id[name] for name in page.rules)


def _entry_of(rule: Rule) -> str:
    """The entry that made a rule: those of its states or plans share the id before the dot, and the line."""
    return f"{rule.id.partition('.')[0]} {rule.line}"


def _head(page: Page) -> Iterator[Html]:
    told = (
        ("File", page.file),
        ("It answers", page.asks),
        ("It speaks to", "; ".join(conditions(page.speaks_to))),
        ("It asks", ", ".join(page.questions)),
        ("It says to bring", "; ".join(page.bring)),
        ("Since", page.since),
        ("Review by", page.review_by),
    )
    return (el("div", el("dt", name), el("dd", text)) for name, text in told if text)


def _entry(rules: tuple[Rule, ...], base: RuleBase, fired: Mapping[str, tuple[str, ...]] | None) -> Html:
    """The rules of one entry: the first in full, those of other states or plans folded below it."""
    first, *others = (_rule(rule, base, fired) for rule in rules)
    title = f"The same for {len(others)} more"
    return together(first, el("details", el("summary", title), *others) if others else None)


def _rule(rule: Rule, base: RuleBase, fired: Mapping[str, tuple[str, ...]] | None) -> Html:
    status = "" if rule.status == "stable" else f" ({rule.status})"
    why, *texts = rule.templates()
    told = [
        *(("When", text) for text in conditions(rule.when)),
        *(("Then", line_of(action)) for action in rule.actions),
        *(("Text", template.source) for template in texts),
        ("Why", why.source),
        *(("Caveat", caveat) for caveat in rule.caveats),
        *(("Claim", f"{claim}: {base.claims[claim].says}") for claim in rule.claims),
    ]
    facts = [el("div", el("dt", name), el("dd", text)) for name, text in told if text]
    facts += [el("div", el("dt", "Sources"), el("dd", _sources(rule, base)))] if rule.sources else []
    facts.append(el("div", el("dt", "Review by"), el("dd", f"{rule.review_by} (version {rule.version})")))
    if fired is not None:
        facts.append(el("div", el("dt", "Cases"), el("dd", _cases(fired.get(rule.id, ())))))
    return together(el("h2", f"{rule.id}: {rule.title}{status}", id=anchor("rule", rule.id)), el("dl", facts))


def _sources(rule: Rule, base: RuleBase) -> Iterator[str | Html]:
    for place, name in enumerate(rule.sources):
        yield ", " if place else ""
        yield el("a", name, href=f"{_UP}sources.html#{anchor('source', name)}")
        yield f" ({base.sources[name].grade})"


_MOST = 5  # cases that are named


def _cases(names: tuple[str, ...]) -> str:
    if not names:
        return "No case exercises this rule."
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return f"{len(names)}: {'; '.join(names[:_MOST])}{more}"
