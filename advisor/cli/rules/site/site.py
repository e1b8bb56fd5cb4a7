"""Puts the site together: a first page, one for each page of rules, and the tables, by the name of their file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from advisor.audit.approving.approvals import Stands
from advisor.audit.model.rules_review import RulesReview
from advisor.audit.rendering.receipt_html import STYLE
from advisor.audit.rendering.rules_review import counted, review_tables
from advisor.cli.rules.site import tables
from advisor.cli.rules.site.exercised import Exercised
from advisor.cli.rules.site.page_html import approval_said, page_html
from advisor.model.questionnaire import Questionnaire
from advisor.model.rulebase import RuleBase
from advisor.rendering.html_tree import Child, Html, document, el, table, together

_PARTS = (
    ("index.html", "Pages"),
    ("weights.html", "Weights"),
    ("order.html", "Order of cases"),
    ("feeds.html", "What feeds what"),
    ("sources.html", "Sources and grades"),
    ("review.html", "Review"),
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a report is made of. `cases` is None where none were run."""

    base: RuleBase
    questionnaire: Questionnaire
    approvals: Mapping[str, Stands]
    review: RulesReview
    cases: Exercised | None


def site(told: Told) -> Iterator[tuple[str, str]]:
    """Every file of the site, by its path inside the folder."""
    base = told.base
    yield "index.html", _framed("Pages", base, _index(told))
    yield "weights.html", _framed("Weights", base, tables.weights(base))
    yield "order.html", _framed("Order of cases", base, tables.order(base))
    yield "feeds.html", _framed("What feeds what", base, tables.feeds(base, told.questionnaire))
    yield "sources.html", _framed("Sources and grades", base, tables.coverage(base))
    yield "review.html", _framed("Review", base, (el("p", counted(told.review)), review_tables(told.review)))
    fired = told.cases.by_rule if told.cases is not None else None
    for page in base.pages.values():
        made = page_html(page, base, told.approvals.get(page.id), fired)
        yield tables.page_file(page.id), _document(page.title, base, made, "../")


def _framed(title: str, base: RuleBase, parts: Iterable[Html]) -> str:
    return _document(title, base, together(el("h1", title), *parts), "")


def _document(title: str, base: RuleBase, inside: Html, up: str) -> str:
    links = (el("li", el("a", name, href=f"{up}{file}")) for file, name in _PARTS)
    about = base.about
    body = el(
        "body",
        el("a", "Skip to the page", href="#main", class_="skip"),
        el("nav", el("ul", links), aria_label="Parts of this report"),
        el("main", inside, id="main", tabindex=-1),
        el("footer", el("p", f"{about.name} {about.version} of {about.dated}, digest {base.digest}")),
    )
    return document(f"{title}: {about.name}", STYLE.read_text("utf-8"), body)


def _index(told: Told) -> Iterator[Html]:
    base = told.base
    examples = sum(len(rule.examples) for rule in base.rules)
    yield el("p", base.about.scope)
    yield el("p", counted(told.review))
    yield el(
        "p",
        f"{len(base.pages)} pages, {len(base.rules)} rules with {examples} examples, {len(base.claims)} claims, "
        f"{len(base.sources)} sources, {len(told.questionnaire.questions)} questions.",
    )
    if told.cases is not None:
        yield from _cases(told.cases, base)
    columns = ("Page", "Title", "Rules", "Approval", "First to be read again", "Rules that no case exercises")
    yield table("The pages of rules", columns, _rows(told))


def _rows(told: Told) -> Iterator[tuple[Child, ...]]:
    base = told.base
    for page in base.pages.values():
        active = [base.by_id[name] for name in page.rules if base.by_id[name].status == "stable"]
        silent = "not known"
        if told.cases is not None:
            silent = str(sum(rule.id not in told.cases.by_rule for rule in active))
        yield (
            el("a", page.id, href=tables.page_file(page.id)), page.title, str(len(page.rules)),
            approval_said(told.approvals.get(page.id)), min((rule.review_by for rule in active), default=""), silent,
        )  # fmt: skip


def _cases(cases: Exercised, base: RuleBase) -> Iterator[Html]:
    fired = sum(rule.id in cases.by_rule for rule in base.active)
    yield el("p", f"{cases.cases} cases were run: {fired} of {len(base.active)} rules fired in one or more of them.")
    if cases.refused:
        names = el("ul", (el("li", name) for name in cases.refused))
        yield el("details", el("summary", f"{len(cases.refused)} files hold no case for these rules"), names)
