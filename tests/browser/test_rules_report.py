"""The site of the shipped rules in a real browser: accessible, light and dark, and never wider than the window."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.browser import chromium
from tests.cli.running import run

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.xdist_group("rules report")]
PAGES = ("index", "weights", "feeds", "sources", "review", "pages/leave_job", "pages/add_government")
"""Without the order of options, whose 2 MB of table take the checker minutes; it has the table of the others."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "report"
    assert run("rules", "report", "--to", folder).code == 0
    return folder


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest, site: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(site / f"{request.param}.html", tmp_path / "page.html"))


@pytest.mark.parametrize("scheme", [(), (chromium.DARK,)], ids=["light", "dark"])
def test_the_checker_finds_nothing_to_hold_against_a_page_of_the_site(page: Path, scheme: tuple[str, ...]) -> None:
    assert chromium.violations(page, *scheme, opened=True) == []


def test_no_page_of_the_site_scrolls_sideways(page: Path) -> None:
    wide, window, _ = chromium.measured(page, "--window-size=500,900")

    assert wide <= window
