"""What is not known, and by how many points an answer could move the first two options."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.explaining.unknowns import unknowns
from advisor.model.advice import UnknownLine
from advisor.model.answers import Raw
from advisor.model.rule import Weigh
from advisor.model.rulebase import Contest
from tests.helpers.rulebases import asking, decision, on, one, rule, rulebase, several, when
from tests.unit.explaining.views import WORDING, influence_of, points, view_of

ASKED = asking(
    one("name", "a", "b"),
    one("pay", "low", "high"),
    one("runway", "short", "long"),
    one("later", "x", "y", when=when(all=[on("runway", is_="short")])),
    one("other", "x", "y"),
    several("payers", "public", "private"),
)
BASE = rulebase(
    ASKED,
    points("W1", "runway", "short", left=3, right=-1),  # shifts left against right by 4
    points("W2", "runway", "long", right=2),  # shifts them by 2 the other way
    points("W3", "pay", "low", left=1),
    points("W4", "later", "x", right=5),
    points("W5", "other", "x", left=2, right=2),  # shifts nothing between them
    rule(
        "W6", Weigh("cash", {"left": 50}), all=[on("runway", is_="short"), on("pay", is_="low")], stratum="weigh"
    ),  # reads two answers, so neither alone can do it
    decision=decision(Contest("main", ("left", "right"), ("other",))),
    wording=WORDING,
)


def told(answers: Mapping[str, Raw]) -> tuple[UnknownLine, ...]:
    view = view_of(BASE, ASKED, answers)
    return unknowns(view, influence_of(view))


def test_questions_that_could_move_the_points_most_come_first_and_idle_ones_last() -> None:
    assert [(line.question, line.matters, line.could_move) for line in told({})] == [
        ("runway", True, 4), ("pay", True, 1), ("other", True, 0), ("name", False, 0), ("payers", False, 0),
    ]  # fmt: skip


def test_an_answer_given_is_not_unknown_and_may_make_another_question_apply() -> None:
    lines = told({"runway": "short", "payers": ["public"]})
    assert [(line.question, line.could_move) for line in lines] == [("later", 5), ("pay", 1), ("other", 0), ("name", 0)]


def test_a_question_that_does_not_apply_is_not_missed() -> None:
    assert "later" not in {line.question for line in told({"runway": "long"})}
    assert "later" not in {line.question for line in told({"runway": "skip"})}


def test_why_an_answer_is_missing_is_kept_apart() -> None:
    why = {line.question: line.why_unknown for line in told({"runway": "not_sure", "payers": "skip"})}
    assert (why["runway"], why["payers"], why["pay"]) == ("not_sure", "skip", "not_asked")


def test_only_what_matters_is_said_to_matter() -> None:
    effects = {line.question: line.effect for line in told({})}
    assert effects["runway"] == 'Your answer to "runway" matters.'
    assert effects["other"] == 'Your answer to "other" matters.'
    assert effects["name"] == ""


def test_without_a_second_option_nothing_moves() -> None:
    base = rulebase(
        ASKED, points("W1", "runway", "short", left=3), decision=decision(Contest("main", ("left",), ())),
        wording=WORDING,
    )  # fmt: skip
    view = view_of(base, ASKED, {})
    assert {line.could_move for line in unknowns(view, influence_of(view))} == {0}
