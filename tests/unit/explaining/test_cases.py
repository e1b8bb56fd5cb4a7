"""The case for and against every option, told in one outline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from advisor.advice import Advisor
from advisor.explaining.cases import option_cases
from advisor.model.advice import OptionCase
from advisor.model.answers import Raw
from advisor.model.rule import AddOn, RedFlag, RuleOut, Weigh
from advisor.model.rulebase import Point
from advisor.model.template import Template
from tests.helpers.rulebases import asking, on, one, option, rule, rulebase
from tests.unit.explaining.views import by_points, points, view_of

ASKED = asking(one("a", "yes", "no"), one("b", "yes", "no"), one("c", "yes", "no"))
GENERAL = {"pros": (Point("Good.", ("K1",), ("s1",)),), "cons": (Point("Bad.", ("K2",), ("s2",)),)}
OPTIONS = [
    replace(option(name, kind), summary=f"{name} it is.", **GENERAL)  # type: ignore[arg-type]
    for name, kind in (("left", "main"), ("right", "main"), ("middle", "main"), ("extra", "add_on"))
]
BASE = rulebase(
    ASKED,
    *by_points(),
    points("W1", "a", "yes", "A small thing.", left=1, right=-2),
    points("W2", "b", "yes", "A large thing.", left=4, right=-2),
    rule(
        "W3", Weigh("cash", {"left": -1}), Weigh("cash", {"left": -2}), all=[on("c", is_="yes")], stratum="weigh",
        why="Twice against.",
    ),
    rule(
        "C1", RedFlag("R1", 2, Template.of("Act."), ("left",)), all=[on("a", is_="yes")], stratum="constrain",
        why="A flag.",
    ),
    rule("C2", RuleOut(("middle",)), all=[on("a", is_="yes")], stratum="constrain", why="Not now."),
    rule("C3", RuleOut(("middle",)), all=[on("b", is_="yes")], stratum="constrain", why="Not now."),
    rule("C4", AddOn("extra"), all=[on("b", is_="yes")], stratum="constrain", why="Take this too."),
    options=OPTIONS,
)  # fmt: skip


def cases(answers: Mapping[str, Raw]) -> dict[str, OptionCase]:
    return {case.option: case for case in option_cases(view_of(BASE, ASKED, answers))}


YES = cases(dict.fromkeys("abc", "yes"))


def test_every_option_has_its_case_the_recommended_first_then_the_second() -> None:
    assert list(YES) == ["left", "right", "middle", "extra"]
    assert list(cases({"a": "no"})) == ["left", "right", "middle", "extra"]
    assert {name: case.standing for name, case in YES.items()} == {
        "left": "recommended", "right": "runner_up", "middle": "ruled_out", "extra": "added",
    }  # fmt: skip
    assert cases({"a": "no"})["extra"].standing == "not_added"
    assert cases({"a": "no"})["middle"].standing == "possible"


def test_points_are_the_sum_of_their_lines() -> None:
    assert YES["left"].points == 1 + 4 - 1 - 2
    assert [(line.rule, line.points) for line in YES["left"].arithmetic] == [
        ("W1", 1), ("W2", 4), ("W3", -1), ("W3", -2),
    ]  # fmt: skip
    assert (YES["right"].points, YES["middle"].points, YES["middle"].arithmetic) == (-4, 0, ())
    assert YES["left"].arithmetic[0].criterion_name == "Cash"


def test_what_the_answers_say_comes_before_what_holds_in_general_and_weighty_points_first() -> None:
    assert [(line.text, line.points) for line in YES["left"].pros] == [
        ("A large thing.", 4), ("A small thing.", 1), ("Good.", None),
    ]  # fmt: skip
    assert [(line.text, line.points) for line in YES["right"].cons] == [
        ("A small thing.", -2), ("A large thing.", -2), ("Bad.", None),
    ]  # fmt: skip


def test_a_red_flag_speaks_against_the_options_it_names() -> None:
    assert [(line.text, line.rule) for line in YES["left"].cons] == [
        ("Twice against.", "W3"), ("Twice against.", "W3"), ("A flag.", "C1"), ("Bad.", None),
    ]  # fmt: skip
    assert "A flag." not in {line.text for line in YES["right"].cons}


def test_an_add_on_says_why_it_was_added() -> None:
    assert [line.text for line in YES["extra"].pros] == ["Take this too.", "Good."]
    assert [line.text for line in cases({"a": "no"})["extra"].pros] == ["Good."]


def test_an_option_that_is_set_aside_says_by_which_rules_and_says_a_reason_once() -> None:
    assert YES["middle"].ruled_out_by == ("C2", "C3")
    assert YES["middle"].ruled_out_why == ("Not now.",)
    assert YES["left"].ruled_out_by == ()


def test_all_shipped_options_are_told_in_the_same_outline(shipped_advisor: Advisor) -> None:
    advice = shipped_advisor.advise({"situation": "planning", "license": "counselor", "independent": "yes"})
    assert len(advice.options) == len(shipped_advisor.rulebase.options)
    for case in advice.options:
        general = [[line for line in side if line.rule is None] for side in (case.pros, case.cons)]
        assert len(general[0]) == len(general[1]) == 3, case.option
        assert all(line.claims and line.sources for side in general for line in side)
        assert case.summary
        assert case.living_with_it
        assert case.title
