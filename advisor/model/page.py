"""One page of the rule base: what its rules share, and which they are."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.model.condition import ALWAYS, Clause, Condition

QUESTION = "question"
"""The class of a case that answers the question its page is about, and the fact that holds the question asked."""


@dataclass(frozen=True, slots=True)
class Page:
    """The head of a page, and the ids of its rules in reading order.

    `asks` is the question it answers, in the person's words; `speaks_to` whom it concerns (each of its rules carries
    these clauses); `wishes` is the question whose choices are what such a person may most want to know; `questions`
    are asked in this order when the page is the person's. `since`, `review_by` and `sources` hold for the rules that
    do not state their own, `accessed` for its facts; they are empty when the page states none. `bring` are the papers
    to take along to someone who helps with the question.
    """

    id: str
    title: str
    file: str
    line: int
    asks: str = ""
    speaks_to: Condition = ALWAYS
    wishes: str = ""
    questions: tuple[str, ...] = ()
    since: str = ""
    review_by: str = ""
    sources: tuple[str, ...] = ()
    accessed: str = ""
    rules: tuple[str, ...] = ()
    bring: tuple[str, ...] = ()


def opening(page: Page) -> Clause | None:
    """The clause without which no rule of a page can fire, if its head has one that a single value passes."""
    return next((clause for clause in page.speaks_to.all if clause.test == "is"), None)
