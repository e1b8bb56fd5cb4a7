"""Which rules a test of the evidence strikes: by what they do, and by the grades of their sources."""

from __future__ import annotations

from dataclasses import replace

import pytest

from advisor.advice import Advisor
from advisor.explaining.ablation import meant, struck_by
from advisor.model.rule import AddOn, BreakTie, Conclude, Recommend, Rule, Weigh
from advisor.model.rulebase import RuleBase, Source
from advisor.model.sensitivity import Ablation, Grades
from tests.helpers.rulebases import asking, derived, on, one, rule, rulebase

ASKED = asking(one("runway", "short", "long"))
GRADES = ("A", "B", "C", "composite", "judgment")
SHORT = on("runway", is_="short")
POINTS = Weigh("cash", {"left": 1})


def resting(rule_id: str, action: Weigh | BreakTie | Recommend | AddOn | Conclude, *sources: str) -> Rule:
    """A rule with sources named as their grades, in the first stratum that its action may stand in."""
    strata = {Weigh: "weigh", BreakTie: "weigh", Recommend: "decide", AddOn: "plan", Conclude: "derive"}
    made = rule(rule_id, action, all=[SHORT])
    return replace(made, stratum=strata[type(action)], sources=sources)  # type: ignore[arg-type]


def base_of(*rules: Rule) -> RuleBase:
    base = rulebase(ASKED, *rules, derived=[derived("tight")])
    sources = {grade: Source(grade, "", "", (), grade, "", "", "") for grade in GRADES}
    return replace(base, sources=sources)


RULES = (
    resting("LAW", POINTS, "A", "judgment"),
    resting("STORY", POINTS, "composite", "judgment"),
    resting("BOTH", POINTS, "composite", "B"),
    resting("OPINION", POINTS, "judgment"),
    resting("NONE", POINTS),
    resting("TIE", BreakTie(1, (("left",),)), "judgment"),
    resting("DEFINES", Conclude("tight", True), "judgment"),
    resting("DECIDES", Recommend("left", 1, "clear"), "judgment"),
    resting("ADDS", AddOn("extra"), "composite"),
)


def struck(keeps: bool, grades: Grades, *kinds: str) -> set[str]:
    return set(struck_by(Ablation("a", "A?", kinds or ("weigh",), keeps, grades), base_of(*RULES)))


def test_keeping_strikes_the_rules_of_its_kind_that_lack_the_grades() -> None:
    assert struck(True, Grades(any_source=("A", "B"))) == {"STORY", "OPINION", "NONE"}


def test_striking_strikes_the_rules_that_have_them() -> None:
    assert struck(False, Grades(any_source=("composite",))) == {"STORY", "BOTH"}


def test_to_rest_only_on_stories_is_to_have_one_and_nothing_better() -> None:
    only = Grades(any_source=("composite",), every_source=("composite", "judgment"))
    assert struck(False, only) == {"STORY"}


def test_a_rule_without_sources_rests_on_nothing_better() -> None:
    assert struck(False, Grades(every_source=("judgment",))) == {"OPINION", "NONE"}


def test_only_rules_that_do_something_of_the_kinds_are_struck() -> None:
    judged = Grades(every_source=("composite", "judgment"))
    assert struck(False, judged, "break_tie", "add_on") == {"TIE", "ADDS"}
    assert struck(False, judged, "conclude") == {"DEFINES"}


def test_a_rule_is_struck_whole_for_one_action_of_the_kind() -> None:
    mixed = replace(resting("MIXED", POINTS, "judgment"), actions=(BreakTie(1, (("left",),)), POINTS))
    found = struck_by(Ablation("a", "A?", ("break_tie",), False, Grades(("judgment",))), base_of(mixed))
    assert found == {"MIXED"}


def test_rules_that_do_not_run_are_not_counted() -> None:
    draft = replace(resting("DRAFT", POINTS, "judgment"), status="draft")
    assert struck_by(Ablation("a", "A?", ("weigh",), False, Grades(("judgment",))), base_of(draft)) == frozenset()


@pytest.mark.parametrize(
    ("ablation", "rule_id", "is_struck"),
    [
        ("law_and_contract", "WGH-125", False),  # grades A, B, C
        ("law_and_contract", "WGH-092", True),  # judgment alone
        ("law_and_contract", "DEC-021", False),  # it decides
        ("law_and_contract", "DER-001", False),  # it defines
        ("no_article", "WGH-009", True),  # stories, the publisher and judgment
        ("no_article", "WGH-112", False),  # C and judgment
        ("no_composites", "WGH-075", True),  # one provider's story and judgment
        ("no_composites", "WGH-009", False),  # the publisher states it too
        ("no_heuristics", "WGH-092", True),
        ("no_heuristics", "TIE-001", True),  # the publisher and judgment
        ("no_heuristics", "RED-004", False),  # a red flag is no weight
    ],
)
def test_the_shipped_tests_strike_what_they_say(
    shipped_advisor: Advisor, ablation: str, rule_id: str, is_struck: bool
) -> None:
    base = shipped_advisor.rulebase
    found = next(one for one in base.ablations if one.id == ablation)
    assert (rule_id in struck_by(found, base)) is is_struck


def test_no_shipped_test_strikes_a_rule_that_defines_or_decides(shipped_advisor: Advisor) -> None:
    base = shipped_advisor.rulebase
    assert len(base.ablations) >= 3
    for ablation in base.ablations:
        found = struck_by(ablation, base)
        assert found
        assert not [one for one in found if base.by_id[one].stratum in ("derive", "decide")]


def test_no_grade_asked_for_means_every_rule() -> None:
    assert meant(Grades(), RULES[4], base_of(*RULES))
