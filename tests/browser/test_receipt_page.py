"""The page about a receipt in a real browser: accessible, at home on a phone, whole on paper, deaf to scripts."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.advice import Advisor
from advisor.audit.model.judgment import BesideLine
from advisor.audit.model.receipt import Receipt
from advisor.audit.receipts import Receipts
from advisor.audit.rendering.receipt_html import render_receipt_html
from advisor.loading.answers import read_answers
from tests.browser import chromium
from tests.helpers.cases import ANSWERS_ONLY, all_cases

pytestmark = [pytest.mark.browser, pytest.mark.long]
LONG = ("leaving_a_platform/last-checks-open.yaml", "states/pennsylvania-prescriber-on-a-platform.yaml")
"""Two of the cases with the most answers."""
BESIDE = (
    BesideLine(name="signature", text="unsigned"),
    BesideLine(name="judgment 1", text='unsigned, on 2027-01-31: override, by "Ann": "No."', against=True),
)


@pytest.fixture(scope="module")
def receipt(shipped_advisor: Advisor) -> Receipt:
    answers = read_answers(ANSWERS_ONLY / "counselor-starting-out.yaml", shipped_advisor.questionnaire)
    return Receipts(shipped_advisor).make(answers, "2027-01-31T09:30:00Z")


@pytest.fixture
def page(receipt: Receipt, shipped_advisor: Advisor, tmp_path: Path) -> Path:
    path = tmp_path / "receipt.html"
    path.write_text(render_receipt_html(receipt, shipped_advisor.rulebase.wording, None, BESIDE), "utf-8")
    return path


@pytest.mark.parametrize("opened", [False, True], ids=["as it opens", "with every part opened"])
@pytest.mark.parametrize("scheme", [(), (chromium.DARK,)], ids=["light", "dark"])
def test_the_checker_finds_nothing_to_hold_against_it(page: Path, scheme: tuple[str, ...], opened: bool) -> None:
    assert chromium.measured(page, *scheme)[2] is bool(scheme)
    assert chromium.violations(page, *scheme, opened=opened) == []


def test_the_checker_finds_nothing_to_hold_against_a_receipt_that_does_not_hold(
    page: Path, receipt: Receipt, shipped_advisor: Advisor
) -> None:
    page.write_text(
        render_receipt_html(receipt, shipped_advisor.rulebase.wording, "content_digest: wrong", BESIDE), "utf-8"
    )

    assert chromium.violations(page, opened=False) == []


@pytest.mark.parametrize("width", [500, 1280])
def test_the_page_never_scrolls_sideways(page: Path, width: int) -> None:
    wide, window, _ = chromium.measured(page, f"--window-size={width},900")

    assert window == width
    assert wide <= window


def test_what_is_closed_on_the_screen_is_open_on_paper(page: Path) -> None:
    printed, opened, without = chromium.pages_on_paper(page, r"details::details-content \{[^}]*\}")

    assert printed == opened
    assert without < opened


@pytest.mark.parametrize("case", LONG, ids=lambda case: Path(case).stem)
def test_the_cover_takes_two_sheets_of_paper_at_most(case: str, shipped_advisor: Advisor, tmp_path: Path) -> None:
    (found,) = (one for one in all_cases() if one.file == case)
    receipt = Receipts(shipped_advisor).make(found.answers, "2027-01-31T09:30:00Z")
    html = render_receipt_html(receipt, shipped_advisor.rulebase.wording, None, BESIDE)
    path = tmp_path / "cover.html"
    path.write_text(html[: html.index('<section id="advice"')] + "</main></body></html>", "utf-8")

    assert chromium.printed_pages(path) <= 2


def test_a_script_that_got_into_the_page_would_not_run(page: Path) -> None:
    assert not chromium.runs_what_got_in(page)
