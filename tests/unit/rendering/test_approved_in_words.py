"""One short line says how many of the rules that spoke are approved, by whom, and what does not count."""

from __future__ import annotations

import pytest

from advisor.model.approval import Approvals, PageApproval, Standing
from advisor.model.words import Words
from advisor.rendering.approved_in_words import approved_said
from advisor.rendering.markdown import render_markdown
from advisor.rendering.plan_markdown import render_plan_markdown
from advisor.rendering.plan_text import render_plan
from advisor.rendering.report import report
from advisor.rendering.report_parts import Text
from advisor.rendering.text import render_text
from tests.unit.rendering.an_advice import an_advice, headings


def page(name: str, standing: Standing, rules: int, who: str = "Ann Lee", date: str = "2027-01-31") -> PageApproval:
    return PageApproval(page=name, name=who, role="director", date=date, key="0" * 64, standing=standing, rules=rules)


def said(*pages: PageApproval, spoke: int = 14) -> str:
    approved = sum(one.rules for one in pages if one.standing == "approved")
    advice = an_advice(approvals=Approvals(spoke=spoke, approved=approved, pages=pages))
    return approved_said(advice, Words(headings()))


@pytest.mark.parametrize(
    ("pages", "line"),
    [
        ((), "Approved: none of the 14 rules that spoke here. Nothing is approved by default."),
        (
            (page("a", "approved", 5), page("b", "approved", 7)),
            "Approved: 12 of the 14 rules that spoke here, by Ann Lee (director, 2027-01-31).",
        ),
        (
            (page("a", "approved", 5, date="2027-02-01"), page("b", "approved", 7), page("c", "approved", 1, "Bo")),
            "Approved: 13 of the 14 rules that spoke here, by Ann Lee (director, 2027-02-01); "
            "Bo (director, 2027-01-31).",
        ),
        (
            (page("a", "unknown_key", 5), page("b", "unknown_key", 1)),
            "Approved: none of the 14 rules that spoke here. Signed by a key that you have not named as trusted: 6 of "
            "these rules, by Ann Lee (director, 2027-01-31).",
        ),
        (
            (page("a", "unchecked", 1),),
            "Approved: none of the 14 rules that spoke here. Signed, and the signature could not be checked here: 1 of "
            "these rules, by Ann Lee (director, 2027-01-31).",
        ),
        (
            (page("a", "approved", 2), page("b", "stale", 3, "Bo")),
            "Approved: 2 of the 14 rules that spoke here, by Ann Lee (director, 2027-01-31). On a page that was "
            "changed since it was approved: 3 of these rules, by Bo (director, 2027-01-31).",
        ),
    ],
    ids=["none", "some", "several people", "unknown key", "unchecked", "stale"],
)
def test_the_line_counts_what_is_approved_and_names_what_does_not_count(
    pages: tuple[PageApproval, ...], line: str
) -> None:
    assert said(*pages) == line


def test_advice_that_was_saved_before_says_nothing_of_it() -> None:
    assert approved_said(an_advice(approvals=None), Words(headings())) == ""


def test_it_stands_in_the_full_view_and_the_report_and_not_on_the_plan_page() -> None:
    advice = an_advice(approvals=Approvals(spoke=14, approved=5, pages=(page("a", "approved", 5),)))
    line = "Approved: 5 of the 14 rules that spoke here, by Ann Lee (director, 2027-01-31)."
    assert line in render_text(advice, 200)
    assert line in render_markdown(advice)
    (made,) = [section for section in report(advice).sections if section.id == "made"]
    assert Text(line) in made.parts
    first = [part for section in report(advice).sections if section.first for part in section.parts]
    assert not [part for part in first if isinstance(part, Text) and "Approved" in part.text]
    assert "Approved" not in render_plan(advice, 80, full=False)
    assert "Approved" not in render_plan_markdown(advice, full=False)
