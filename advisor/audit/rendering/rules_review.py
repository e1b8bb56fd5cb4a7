"""The review of a rule base as text, as a table for spreadsheets, and as a page for the browser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from advisor.audit.model.rules_review import Matter, ReviewLine, RulesReview
from advisor.audit.rendering.receipt_csv import table_of
from advisor.audit.rendering.receipt_html import STYLE
from advisor.model.words import clean
from advisor.rendering.html_tree import Child, Html, document, el, table, together
from advisor.rendering.wrap import wrapped

TITLES: Mapping[Matter, str] = {
    "stale": "Pages that were changed since they were approved",
    "unapproved": "Pages without an approval",
    "unknown_key": "Approvals signed by a key that you have not named as trusted (--trust)",
    "unchecked": "Approvals whose signature could not be checked here",
    "gone": "Approvals of pages that are no more",
    "overdue": "Rules that should have been read again",
    "due": "Rules to be read again soon",
    "source": "Sources that should have been read again",
    "overridden": "Rules that people overrode",
}
COLUMNS = ("matter", "what", "title", "date", "by", "count", "names")
_HEADS = ("What", "Title", "Date", "Approved by", "How many", "Which")
_NAMED = 5  # names that a line of text shows


def review_text(review: RulesReview, width: int) -> Iterator[str]:
    """Lines of at most `width` columns: how many pages are approved, then each matter under its title. What people
    made of the rules is told elsewhere."""
    yield from wrapped(clean(counted(review)), width)
    found = [line for line in review.lines if line.matter != "overridden"]
    for matter, lines in groupby(found, lambda line: line.matter):
        yield ""
        yield TITLES[matter]
        for line in lines:
            yield from wrapped(clean(_line(line)), width, "  ", "    ")


def review_csv(review: RulesReview) -> str:
    """A row for each line under the names of `COLUMNS`, with every name."""
    rows = (
        (one.matter, one.what, one.title, one.date, one.by, str(one.count), "; ".join(one.names))
        for one in review.lines
    )  # fmt: skip
    return table_of(rows, COLUMNS)


def review_html(review: RulesReview) -> str:
    """One page with a table for each matter, which loads nothing."""
    title = f"Review of the rules as of {review.as_of}"
    parts = together(el("h1", title), el("p", counted(review)), review_tables(review))
    return document(title, STYLE.read_text("utf-8"), el("body", el("main", parts)))


def review_tables(review: RulesReview) -> Html:
    """A table for each matter under its title."""
    parts: list[Html] = []
    for matter, lines in groupby(review.lines, lambda line: line.matter):
        parts += [el("h2", TITLES[matter]), table(TITLES[matter], _HEADS, [_cells(line) for line in lines])]
    return together(*parts)


def counted(review: RulesReview) -> str:
    """How many pages are approved, in a sentence."""
    none = " Nothing is approved by default." if not review.approved else ""
    return f"As of {review.as_of}: {review.approved} of {review.pages} pages are approved by a key you trust.{none}"


def _line(line: ReviewLine) -> str:
    named = ", ".join(line.names[:_NAMED])
    more = f" and {len(line.names) - _NAMED} more" if len(line.names) > _NAMED else ""
    told = f"{line.what}: {line.title}" if line.title else line.what
    if line.matter in ("overdue", "due", "source"):
        return f"{told} (by {line.date}: {named}{more})"
    by = f" (by {line.by}, on {line.date})" if line.by else ""
    return f"{told}{by}{f'; changed: {named}{more}' if named else ''}"


def _cells(line: ReviewLine) -> tuple[Child, ...]:
    return line.what, line.title, line.date, line.by, str(line.count or ""), ", ".join(line.names)
