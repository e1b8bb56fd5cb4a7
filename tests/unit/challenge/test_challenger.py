"""Challenges to advice on a small rule base whose outcomes can be worked out by hand."""

from __future__ import annotations

import pytest

from advisor.advice import Advisor, default_advisor
from advisor.challenge.challenger import Challenger
from advisor.errors import DataError, ProofError
from advisor.loading.answers import check_answers
from advisor.model.answers import Answers, Raw
from advisor.model.rule import AddOn, Recommend, RedFlag, RuleOut, Weigh
from advisor.model.template import Template
from tests.helpers.rulebases import asking, number, on, one, rule, rulebase, several

# Left has 3 points when money is short, right 2 when freedom matters. The first of the two is recommended.
QUESTIONS = asking(
    one("runway", "short", "long"),
    one("freedom", "yes", "no"),
    several("plans", "big", "small"),
    number("hours", 0, 40),
)
BASE = rulebase(
    QUESTIONS,
    rule("FLG-1", RedFlag("RF1", 2, Template.of("Wait.")), all=[on("hours", at_least=30)], stratum="constrain"),
    rule("ADD-1", AddOn("extra"), all=[on("plans.big", is_=True)], stratum="constrain"),
    rule("OUT-1", RuleOut(("right",)), all=[on("hours", at_least=39)], stratum="constrain"),
    rule("WGH-1", Weigh("cash", {"left": 3}), all=[on("runway", is_="short")], stratum="weigh"),
    rule("WGH-2", Weigh("cash", {"right": 2}), all=[on("freedom", is_="yes")], stratum="weigh"),
    rule("DEC-1", Recommend("left", 1, "by_margin"), all=[on("lead.option", is_="left")], stratum="decide"),
    rule("DEC-2", Recommend("right", 1, "by_margin"), all=[on("lead.option", is_="right")], stratum="decide"),
    wording=default_advisor().rulebase.wording,
)
WHOLE: dict[str, Raw] = {"runway": "short", "freedom": "yes", "plans": ["small"], "hours": 20}


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor(BASE, QUESTIONS)


@pytest.fixture(scope="module")
def challenger(advisor: Advisor) -> Challenger:
    return advisor.challenger


def given(**changes: Raw) -> Answers:
    return check_answers({key: value for key, value in {**WHOLE, **changes}.items() if value is not None}, QUESTIONS)


def asked(challenger: Challenger, advisor: Advisor, goal: str = "", **changes: Raw) -> list[list[tuple[str, object]]]:
    """The sets of changes found, as pairs of question and answer."""
    answers = given(**changes)
    found = challenger.changes(answers, advisor.trace(answers), goal)
    return [[(change.question, change.to[0]) for change in one.changes] for one in found.sets]


def test_the_smallest_changes_are_those_worked_out_by_hand(challenger: Challenger, advisor: Advisor) -> None:
    # Left leads by 3 to 2; with a long runway it has 0, so right leads. No other single answer does it, and no two.
    assert asked(challenger, advisor) == [[("runway", "long")]]


def test_a_goal_is_brought_about_or_undone(challenger: Challenger, advisor: Advisor) -> None:
    assert asked(challenger, advisor, "RF1") == [[("hours", 30)], [("hours", 39)]]
    assert asked(challenger, advisor, "RF1", hours=35) == [[("hours", 0)]]
    assert asked(challenger, advisor, "extra") == [[("plans", "big")]]
    assert asked(challenger, advisor, "WGH-2") == [[("freedom", "no")]]
    assert asked(challenger, advisor, "right") == [[("runway", "long")]]


def test_a_change_is_told_with_both_answers_and_where_it_leads(challenger: Challenger, advisor: Advisor) -> None:
    answers = given()
    found = challenger.changes(answers, advisor.trace(answers))
    (one,) = found.sets
    assert one.text == 'If your answer to "runway" were "long", we would suggest right.'
    assert (one.option, one.who, one.changes[0].now, one.changes[0].then) == ("right", "given", "short", '"long"')
    assert (found.total, found.smallest, found.smallest_possible, found.searched_to) == (1, 1, None, 2)


def test_what_cannot_be_brought_about_is_said_with_the_proof(challenger: Challenger, advisor: Advisor) -> None:
    answers = given(runway="long", freedom="yes")
    # Left needs a short runway. To see it fail, look at changes that leave right with 2 and left with at most 0.
    found = challenger.changes(answers, advisor.trace(answers), "WGH-1", up_to=1)
    assert [change.question for change in found.sets[0].changes] == ["runway"]
    none = challenger.changes(answers, advisor.trace(answers), "middle", up_to=2)
    assert (none.sets, none.smallest) == ((), None)
    assert "None is enough" in none.proof


def test_an_unknown_goal_names_the_nearest(challenger: Challenger, advisor: Advisor) -> None:
    with pytest.raises(DataError, match=r"there is nothing of this name.*`left`"):
        challenger.changes(given(), advisor.trace(given()), "lefft")


def test_sets_are_of_one_to_three_changes(challenger: Challenger, advisor: Advisor) -> None:
    with pytest.raises(ValueError, match="sets of 1 to 3 changes"):
        challenger.changes(given(), advisor.trace(given()), up_to=4)


def test_the_engines_agree_and_what_was_compared_is_counted(challenger: Challenger, advisor: Advisor) -> None:
    stamp = challenger.agreement(given(), advisor.trace(given()))
    assert (stamp.engine, stamp.solver) == ("durable-rules", "clingo")
    assert stamp.tests > len(BASE.active)


def test_no_advice_is_given_when_the_engines_disagree(challenger: Challenger, advisor: Advisor) -> None:
    trace = advisor.trace(given())
    with pytest.raises(ProofError, match="disagree, so no advice is given: recommendation"):
        challenger.agreement(given(), trace.model_copy(update={"recommended": "right"}))


def test_what_is_certain_whatever_the_missing_answers_are(challenger: Challenger) -> None:
    # Without the runway either may lead; hours of at least 39 would rule right out.
    found = challenger.standing(given(runway=None))
    option = found.parts[0]
    assert (option.settled, option.certain, option.possible) == (False, (), ("left", "right"))
    assert found.deciding == ("runway",)
    assert found.excluded == ("middle",)
    assert not found.settled


def test_everything_answered_is_settled(challenger: Challenger) -> None:
    found = challenger.standing(given())
    assert found.settled
    assert [part.certain for part in found.parts if part.part != "ranking"] == [("left",), (), (), ()]
    assert (found.deciding, found.detail, found.idle) == ((), (), ())


def test_not_sure_counts_as_missing(challenger: Challenger) -> None:
    assert challenger.standing(given(runway="not_sure")) == challenger.standing(given(runway=None))


def test_what_if_names_the_lines_that_change(challenger: Challenger) -> None:
    found = challenger.what_if(given(), given(runway="long"))
    assert (found.option_before, found.option_after) == ("left", "right")
    assert [(change.question, change.now, change.then) for change in found.changes] == [("runway", "short", "long")]
    assert {line.section for line in found.lines} >= {"sections.recommendation", "sections.options"}
    changed = {(line.text, line.field): (line.before, line.after) for line in found.lines if line.sign == "changed"}
    assert changed["Left", "points"] == ("3", "0")
    assert changed["Left", "standing"] == ("recommended", "runner up")


def test_what_if_nothing_changes_it_says_so(challenger: Challenger) -> None:
    found = challenger.what_if(given(), given(hours=21))
    assert found.lines == ()
    assert found.summary.endswith("No line of the advice changes.")


def test_why_not_carries_the_cheapest_repair(challenger: Challenger, advisor: Advisor) -> None:
    told = challenger.why_not(given(), advisor.trace(given()), "right")
    assert told.repairs == ('If your answer to "runway" were "long", we would suggest right.',)
    assert "one changed answer away" in told.repairs_proof


def test_why_not_of_what_is_so_has_no_repair(challenger: Challenger, advisor: Advisor) -> None:
    assert challenger.why_not(given(), advisor.trace(given()), "left").repairs == ()


def test_advice_with_proofs_is_the_advice_without_them_and_the_proofs(advisor: Advisor) -> None:
    proved = advisor.advise(WHOLE, proofs=True)
    assert proved.proofs is not None
    assert proved.model_copy(update={"proofs": None}) == advisor.advise(WHOLE)
    assert type(proved).model_validate_json(proved.model_dump_json(by_alias=True)) == proved
