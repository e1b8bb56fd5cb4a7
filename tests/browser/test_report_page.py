"""The report that people keep in a real browser: accessible, at home on a phone, the plan on one sheet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from advisor.advice import Advisor
from advisor.handouts.charts import charts
from advisor.loading.answers import read_answers
from advisor.model.advice import Advice
from advisor.model.handouts import Letter
from advisor.rendering.report import report
from advisor.rendering.report_html import report_html
from tests.browser import chromium
from tests.helpers.cases import ANSWERS_ONLY, advice_for, all_cases
from tests.helpers.people import TODAY

pytestmark = [pytest.mark.browser, pytest.mark.long]
LONG_PLANS = ("starting/asks-which-way-from-a-job.yaml", "groups/ready-to-ask-for-delegation.yaml")
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
_PHONE = """
const frame = document.createElement('iframe');
frame.style = 'width: 390px; height: 800px; border: 0';
frame.srcdoc = document.documentElement.outerHTML.replace(/<script.*<\\/script>/s, '');
document.body.replaceChildren(frame);
frame.onload = () => {
  frame.contentDocument.querySelectorAll('details').forEach(one => { one.open = true; });
  const out = document.createElement('pre');
  out.id = 'found';
  out.textContent = JSON.stringify([frame.contentDocument.documentElement.scrollWidth, frame.clientWidth]);
  document.body.append(out);
};
"""
_FOLLOWED = """
const seen = one => one !== null && one.getClientRects().length > 0;
const number = document.querySelector('.sheet sup a');
const source = document.querySelector(number.getAttribute('href'));
const back = document.querySelector(source.querySelector('.back a').getAttribute('href'));
const out = document.createElement('pre');
out.id = 'found';
out.textContent = JSON.stringify([seen(number), seen(source), back === number]);
document.body.append(out);
"""


def _page(advice: Advice, advisor: Advisor, folder: Path) -> Path:
    letters = tuple(
        Letter(
            name=f"letter-{place}", form=script.by, to=script.to, subject="My contract",
            paragraphs=(script.text, "- a"), blanks=script.blanks, rules=(script.rule,), claims=(), sources=(),
        )
        for place, script in enumerate(advice.plan.scripts)
    )  # fmt: skip
    path = folder / "plan.html"
    path.write_text(report_html(report(advice, letters, charts(advice, advisor.rulebase))), "utf-8")
    return path


@pytest.fixture(params=["people/P09", "counselor-starting-out"])
def page(request: pytest.FixtureRequest, shipped_advisor: Advisor, tmp_path: Path) -> Path:
    answers = read_answers(ANSWERS_ONLY / f"{request.param}.yaml", shipped_advisor.questionnaire)
    return _page(shipped_advisor.advise(answers, as_of=TODAY), shipped_advisor, tmp_path)


def _without(page: Path, name: str, pattern: str) -> Path:
    """A copy of a page without a part of it, and without the policy, which a changed style would not pass."""
    html, removed = re.subn(pattern, "", _POLICY.sub("", page.read_text("utf-8")), flags=re.DOTALL)
    assert removed == 1
    copy = page.with_name(f"{name}.html")
    copy.write_text(html, "utf-8")
    return copy


@pytest.mark.parametrize("opened", [False, True], ids=["as it opens", "with every part opened"])
@pytest.mark.parametrize("scheme", [(), (chromium.DARK,)], ids=["light", "dark"])
def test_the_checker_finds_nothing_to_hold_against_it(page: Path, scheme: tuple[str, ...], opened: bool) -> None:
    assert chromium.measured(page, *scheme)[2] is bool(scheme)
    assert chromium.violations(page, *scheme, opened=opened) == []


@pytest.mark.parametrize("width", [500, 768, 1280])
def test_the_page_never_scrolls_sideways(page: Path, width: int) -> None:
    wide, window, _ = chromium.measured(page, f"--window-size={width},900")

    assert window == width
    assert wide <= window


def test_it_fits_a_phone_with_every_part_opened(page: Path) -> None:
    wide, window = chromium.found(page, _PHONE)

    assert window == 390
    assert wide <= window


def test_a_number_leads_to_its_source_and_the_source_back(page: Path) -> None:
    assert chromium.found(page, _FOLLOWED) == [True, True, True]


@pytest.mark.parametrize("name", LONG_PLANS)
def test_the_plan_is_the_first_sheet_of_paper_alone(name: str, shipped_advisor: Advisor, tmp_path: Path) -> None:
    (case,) = (case for case in all_cases() if case.file == name)
    page = _page(advice_for(case), shipped_advisor, tmp_path)
    sheet = _without(page, "sheet", r'<div class="behind">.*</div></main><footer>.*</footer>')
    behind = _without(page, "behind", r'<header>.*(?=<div class="behind">)')

    assert chromium.printed_pages(sheet) == 1
    assert chromium.printed_pages(page) == 1 + chromium.printed_pages(behind)


def test_what_is_folded_on_the_screen_is_open_on_paper(page: Path) -> None:
    printed, opened, without = chromium.pages_on_paper(page, r"details::details-content \{[^}]*\}")

    assert printed == opened
    assert without < opened


def test_a_script_that_got_into_the_page_would_not_run(page: Path) -> None:
    assert not chromium.runs_what_got_in(page)
