"""How facts and wording read in a sentence, and what happens when the wording lacks something."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.advice import Advisor
from advisor.errors import RuleBaseError
from advisor.model.rule import Conclude
from tests.helpers.rulebases import asking, derived, number, on, one, rule, rulebase, several
from tests.unit.explaining.views import WORDING, view_of

ASKED = asking(one("runway", "short", "long"), number("visits", 0, 9999), several("payers", "public", "private"))
BASE = rulebase(
    ASKED,
    rule("R1", Conclude("tight", True), all=[on("runway", is_="short")], why="It is {runway}, so {tight}."),
    rule("R2", Conclude("busy", True), all=[on("visits", at_least=1000)], why="{visits} with {option.left}."),
    derived=[derived("tight"), derived("busy")],
    wording=WORDING,
)


def test_a_fact_reads_as_its_phrase_and_a_number_with_its_comma() -> None:
    view = view_of(BASE, ASKED, {"runway": "short", "visits": 1200})
    assert [view.why(found) for found, _ in view.fired] == ["It is short, so True.", "1,200 with left."]
    assert view.phrase("runway") == "short"
    assert view.phrase("option.right") == "right"


def test_a_fact_that_is_not_known_has_no_phrase() -> None:
    with pytest.raises(KeyError):
        view_of(BASE, ASKED, {}).phrase("runway")


def test_wording_is_filled_with_what_is_handed_to_it() -> None:
    view = view_of(BASE, ASKED, {})
    assert view.words("unknown_matters", question="Why?") == 'Your answer to "Why?" matters.'
    with pytest.raises(RuleBaseError, match=r"wording.yaml: `flip`: `\{option\}` is not known here"):
        view.words("flip", question="Why?", choice="so")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("headline:\n", "headlines:\n", "wording.yaml: `headline.lean`: this key is missing"),
        ('lean: "{headline};', 'lean: "{heading};', "wording.yaml: `headline.lean`: `{heading}` is not known here"),
        ("how_sure:\n", "sure:\n", "wording.yaml: `how_sure.lean`: this key is missing"),
        ("grades:\n", "grade:\n", "sources.yaml:1: `book.grade`: `A` is no grade"),
    ],
)
def test_wording_that_lacks_something_is_named(tiny_folders: tuple[Path, Path], old: str, new: str, told: str) -> None:
    path = tiny_folders[0] / "wording.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(RuleBaseError) as caught:
        Advisor.load(*tiny_folders).advise({"runway": "short"})
    assert str(caught.value).startswith(told)
