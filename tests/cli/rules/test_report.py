"""`advisor rules report`: the rule base as pages for the browser, whose links lead on and which load nothing."""

from __future__ import annotations

import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from advisor.advice import Advisor
from advisor.audit.recording.signing import make_keys
from advisor.cli.rules.overviews import proposed, weighed
from advisor.cli.rules.site.exercised import exercised
from advisor.cli.rules.site.feeds import Feeds
from advisor.cli.rules.site.tables import page_file
from tests.cli.running import Done, run
from tests.helpers.cases import ANSWERS_ONLY
from tests.helpers.folders import write_folder
from tests.helpers.people import TODAY
from tests.unit.audit.approving.desk import Desk

FILES = ("index", "weights", "order", "feeds", "sources", "review")


@pytest.fixture
def desk(tiny_folders: tuple[Path, Path], tmp_path: Path) -> Desk:
    (tmp_path / "keys").mkdir()
    make_keys(tmp_path / "keys" / "ann")
    return Desk(*tiny_folders, tmp_path / "keys")


def report(desk: Desk, to: Path, *more: str | Path) -> Done:
    return run("rules", "report", "--to", to, "--rules", desk.rules, "--questionnaires", desk.questionnaires, *more)


class _Links(HTMLParser):
    """The links and the ids of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        told = dict(attrs)
        self.links += [told["href"] or ""] if "href" in told else []
        self.ids += [told["id"] or ""] if "id" in told else []


def assert_whole(folder: Path) -> int:
    """Every link within the site leads to a file and an id that are there, and nothing is loaded; how many links."""
    pages = {path.resolve(): _Links(path.read_text("utf-8")) for path in folder.rglob("*.html")}
    ids = {path: {*page.ids} for path, page in pages.items()}
    within = 0
    for path, page in pages.items():
        assert page.tags.isdisjoint({"script", "img", "link", "iframe", "object", "form"}), path
        assert len(page.ids) == len(ids[path]), path
        assert "default-src &#x27;none&#x27;" in path.read_text("utf-8")
        for link in page.links:
            if link.startswith(("http://", "https://")):
                continue
            file, _, name = link.partition("#")
            target = Path(os.path.normpath(path.parent / file)) if file else path
            assert target in ids, link
            assert not name or name in ids[target], link
            within += 1
    return within


def test_the_site_has_every_page_and_its_links_lead_on(desk: Desk, tmp_path: Path) -> None:
    done = report(desk, tmp_path / "site")
    assert (done.code, done.err) == (0, "")
    assert done.out == f"Wrote 9 pages. Begin with {tmp_path / 'site' / 'index.html'}.\n"
    names = {path.relative_to(tmp_path / "site").as_posix() for path in (tmp_path / "site").rglob("*.*")}
    own = {f"pages/{page}.html" for page in ("of_DER-1", "of_WGH-1", "of_DEC-1")}
    assert names == {f"{name}.html" for name in FILES} | own
    assert assert_whole(tmp_path / "site") > 50


def test_it_says_who_approved_what_is_due_and_what_cases_exercise(desk: Desk, tmp_path: Path) -> None:
    desk.approve("of_DER-1")
    desk.approve("of_WGH-1")
    desk.replace("weighing/tight-favors-left.yaml", "Because it is so.", "Because.")
    cases = write_folder(
        tmp_path / "cases",
        {
            "short.yaml": "runway: short\n", "b/long.yaml": "name: A long one\nanswers: {runway: long}\n",
            "none.yaml": "[1, 2]\n", "wrong.yaml": "runway: never\n", "broken.yaml": "a: [\n",
        },
    )  # fmt: skip
    site = tmp_path / "site"
    more = ("--cases", cases, "--trust", desk.key("ann.pub"), "--as-of", "2099-06-01")
    assert report(desk, site, *more).code == 0
    index = (site / "index.html").read_text("utf-8")
    assert "Approved by Ann Lee (clinical director, 2027-01-31)." in index
    assert "and changed since: weighing/tight-favors-left.yaml, rules." in index
    assert "Nobody has approved this page." in index
    assert "2 cases were run: 3 of 3 rules fired in one or more of them." in index
    assert "3 files hold no case for these rules" in index
    assert "Rules that should have been read again" in (site / "review.html").read_text("utf-8")
    page = (site / "pages/of_DER-1.html").read_text("utf-8")
    for said in (
        "DER-1: Rule DER-1",
        "all of: runway is short",
        "conclude tight = true",
        "K1: It is so.",
        "1: short.yaml",
    ):
        assert said in page
    assert_whole(site)


def test_texts_of_rules_are_no_markup(desk: Desk, tmp_path: Path) -> None:
    desk.replace("deriving/tight.yaml", "title: Rule DER-1", "title: <script>alert(1)</script>")
    desk.replace("sources.yaml", "address: here", "address: 'javascript:alert(1)'")
    assert report(desk, tmp_path / "site").code == 0
    assert_whole(tmp_path / "site")
    assert "&lt;script&gt;" in (tmp_path / "site/pages/of_DER-1.html").read_text("utf-8")
    assert 'href="javascript' not in (tmp_path / "site/sources.html").read_text("utf-8")


def test_a_folder_with_something_in_it_is_written_only_on_request(desk: Desk, tmp_path: Path) -> None:
    other = write_folder(tmp_path / "site", {"mine.txt": "mine"})
    refused = report(desk, other)
    assert (refused.code, "is not empty" in refused.err, [*other.iterdir()]) == (2, True, [other / "mine.txt"])
    assert report(desk, other, "--replace").code == 0
    assert (other / "mine.txt").read_text("utf-8") == "mine"


def test_pages_of_odd_names_stay_inside_the_site_and_apart() -> None:
    files = [page_file(name) for name in ("../x", "a/b", "a_b", "a-b", "a b", "a~20b", "")]
    assert len({*files}) == len(files)
    assert all(re.fullmatch(r"pages/[A-Za-z0-9_~-]*\.html", file) for file in files)


def test_a_question_feeds_the_rules_that_read_it_and_those_behind_the_facts_that_they_read(
    tiny_advisor: Advisor,
) -> None:
    found = Feeds(tiny_advisor.rulebase, tiny_advisor.questionnaire)
    left = [(feed.rule.id, feed.does, feed.asks, feed.behind) for feed in found.by_option["left"]]
    assert left == [("WGH-1", "+3 (cash)", (), ("runway",)), ("DEC-1", "proposes it", (), ("runway",))]
    assert found.by_question["runway"] == (("DER-1",), ("left",))
    assert found.by_question["sessions"] == ((), ())


@pytest.mark.long
def test_the_site_of_the_shipped_rules_is_whole_and_leaves_no_rule_out(
    shipped_advisor: Advisor, tmp_path: Path
) -> None:
    base = shipped_advisor.rulebase
    assert run("rules", "report", "--to", tmp_path / "site", "--cases", ANSWERS_ONLY).code == 0
    assert assert_whole(tmp_path / "site") > 10_000
    for page in base.pages.values():
        ids = _Links((tmp_path / "site" / page_file(page.id)).read_text("utf-8")).ids
        assert sum(one.startswith("rule-") for one in ids) == len(page.rules)
    weights = (tmp_path / "site/weights.html").read_text("utf-8")
    order = (tmp_path / "site/order.html").read_text("utf-8")
    assert weights.count("<tr>") == sum(1 + len(given) for *_, given in weighed(base))
    assert order.count("<tr>") == sum(1 + len(proposed(base, branch)) for branch in base.decision.contests)
    ran = exercised(shipped_advisor, ANSWERS_ONLY, TODAY)
    assert ran.cases > 10
    assert ran.refused == ()
