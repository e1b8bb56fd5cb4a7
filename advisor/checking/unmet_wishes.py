"""What a person may most want to know, by the choices of a page, or comes with besides, but may get no reply to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from advisor.checking.finding import CheckDesk, Finding
from advisor.model.condition import Clause
from advisor.model.page import Page
from advisor.model.rule import Line, Rule


def unmet_wishes(desk: CheckDesk) -> Iterator[Finding]:
    """Choices of a page's `wishes` to which no reply holds whatever else is known or unknown.

    Several pages may reply to the choices of one question: then one of them has to.
    """
    pages = {page.id: page for page in desk.base.pages.values() if page.wishes}
    met = {wish for rule in desk.base.active if rule.page in pages for wish in _met(rule, pages[rule.page])}
    for page in {page.wishes: page for page in reversed(pages.values())}.values():
        for choice in desk.questionnaire.by_id[page.wishes].choices:
            if not choice.exclusive and f"{page.wishes}.{choice.id}" not in met:
                message = f"`{choice.id}` of `{page.wishes}` may get no reply; one must hold whatever else is known"
                yield Finding("unmet_wishes", page.file, page.line, message)


def unanswered_besides(desk: CheckDesk) -> Iterator[Finding]:
    """Pages that a person may come with beside another question, and that then reply nothing to it."""
    came_with = desk.base.decision.came_with
    for choice in desk.questionnaire.by_id[came_with[1]].choices if len(came_with) > 1 else ():
        page = desk.base.pages.get(choice.id)
        if page is None or not page.speaks_to.all:
            continue
        topic = page.speaks_to.all[0].fact
        if not any(_always(rule, page, topic) for rule in desk.base.active if rule.page == page.id):
            message = f"who comes with `{page.id}` beside another question may get no reply to it"
            yield Finding("unanswered_besides", page.file, page.line, message)


def _always(rule: Rule, page: Page, topic: str) -> bool:
    """Whether a rule replies to those who have a page's question besides, whatever else is known or unknown."""
    own = {_anywhere(clause) for clause in rule.when.all} - {_anywhere(clause) for clause in page.speaks_to.all}
    besides = len(rule.when.none) - len(page.speaks_to.none) == 1
    replies = any(isinstance(action, Line) and action.fact == topic for action in rule.actions)
    return replies and besides and not own and not rule.when.any


def _met(rule: Rule, page: Page) -> Iterator[str]:
    """The wish to which a rule replies whenever its page speaks at all."""
    own = {_anywhere(clause) for clause in rule.when.all} - {_anywhere(clause) for clause in page.speaks_to.all}
    if rule.when.any or len(rule.when.none) > len(page.speaks_to.none):
        return
    for action in rule.actions:
        if isinstance(action, Line) and action.part == "reply" and {clause.fact for clause in own} == {action.fact}:
            yield action.fact


def _anywhere(clause: Clause) -> Clause:
    """A clause without the line it stands on."""
    return replace(clause, line=0)
