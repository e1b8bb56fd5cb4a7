"""Why: the rules' own sentences, the answers they rest on, and an error for what is not there."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.advice import Advisor, default_advisor
from advisor.errors import DataError, EngineError
from advisor.explaining.view import View
from advisor.explaining.why import explain_why
from advisor.model.answers import Raw
from advisor.model.rule import AddOn, BreakTie, Conclude, Recommend, RedFlag, RuleOut
from advisor.model.template import Template
from tests.helpers.effort import every, share
from tests.helpers.rulebases import asking, derived, on, one, rule, rulebase
from tests.helpers.strategies import PlainAnswers, answers_for, any_answers
from tests.properties.generated_files import Folders
from tests.properties.generated_rules import rule_bases
from tests.unit.explaining.views import by_points, points, view_of
from tests.unit.explaining.why_laws import check_why, items

ASKED = asking(one("runway", "short", "long"), one("mood", "calm", "torn"))
BASE = rulebase(
    ASKED,
    rule("R1", Conclude("tight", True), all=[on("runway", is_="short")], why="You have a {runway} runway."),
    rule("C1", RuleOut(("middle",)), all=[on("tight", is_=True)], stratum="constrain", why="The middle is shut."),
    rule("C2", AddOn("extra"), all=[on("mood", is_="calm")], stratum="constrain", why="Calm helps."),
    rule("F1", RedFlag("RF1", 3, Template.of("Act.")), all=[on("mood", is_="torn")], stratum="constrain", why="Torn."),
    points("W1", "runway", "short", "Short helps left.", left=5),
    points("W2", "mood", "torn", "Torn helps right.", right=1),
    rule("D0", Recommend("right", 90, "lean"), all=[on("mood", is_="torn")], stratum="decide", why="Right, too."),
    *by_points(),
    derived=[derived("tight")],
)
GIVEN = {"runway": "short", "mood": "torn"}
ANSWERS = st.deferred(lambda: answers_for(default_advisor().questionnaire))
LAW = settings(max_examples=share(25), derandomize=True, suppress_health_check=list(HealthCheck))


def view(**answers: Raw) -> View:
    return view_of(BASE, ASKED, answers or GIVEN)


def test_a_rule_is_told_by_its_own_sentence_and_the_answers_under_it() -> None:
    why = explain_why(view(), "c1")
    assert (why.item, why.kind, why.holds, why.sentences) == ("C1", "rule", True, ("The middle is shut.",))
    assert [(note.question, note.answer) for note in why.answers] == [("runway", "short")]


def test_a_fact_a_flag_and_an_add_on_are_told_by_the_rules_behind_them() -> None:
    assert explain_why(view(), "tight").sentences == ("You have a short runway.",)
    flag = explain_why(view(), "RF1")
    assert (flag.kind, flag.holds, flag.sentences) == ("red_flag", True, ("Torn.",))
    add_on = explain_why(view(runway="short", mood="calm"), "extra")
    assert (add_on.holds, add_on.standing, add_on.sentences) == (True, "added", ("Calm helps.",))


def test_the_points_of_an_option_are_told_rule_by_rule() -> None:
    assert explain_why(view(), "tally.left").sentences == ("Short helps left.",)


def test_a_main_option_says_how_it_stands_and_what_set_it_aside() -> None:
    why = explain_why(view(), "middle")
    assert (why.standing, why.holds, why.sentences) == ("ruled_out", False, ("The middle is shut.",))
    right = explain_why(view(), "right")
    assert (right.standing, right.sentences) == ("runner_up", ("Right, too.",))


def test_without_an_item_the_recommendation_is_explained_by_its_rule_and_its_reasons() -> None:
    why = explain_why(view())
    assert (why.item, why.title, why.root) == ("left", "Left", "recommendation")
    assert why.sentences == ("Because.",)  # no sentence of this rule base speaks of an answer but that of `tight`
    assert explain_why(view(), "left").root == "recommendation"


def test_the_walk_to_the_answers_stops_at_the_contest() -> None:
    why = explain_why(view(), "D-left")
    assert (why.answers, why.through) == ((), ("contest",))


def test_who_leads_is_told_with_what_broke_the_near_tie() -> None:
    tie = rule("T1", BreakTie(1, (("right",), ("left",))), all=[on("mood", is_="torn")], stratum="weigh", why="Torn.")
    base = rulebase(ASKED, points("W1", "runway", "short", left=2, right=1), tie, *by_points())
    why = explain_why(view_of(base, ASKED, GIVEN), "lead.option")
    assert (why.sentences, why.through) == (("Torn.",), ("contest",))
    note = why.nodes[why.root].fact
    assert note is not None
    assert note.value == "right"


def test_what_did_not_come_about_does_not_hold() -> None:
    for item in ("R1", "RF1", "extra", "tight"):
        assert not explain_why(view(runway="long"), item).holds, item


def test_an_unknown_item_is_refused_with_the_nearest() -> None:
    with pytest.raises(DataError, match="there is nothing called `tigth`; expected the id of a rule") as caught:
        explain_why(view(), "tigth")
    assert caught.value.problems[0].fix.startswith("Did you mean `tight`")
    with pytest.raises(DataError, match=r"`advisor rules list` and `advisor questions list` list the ids"):
        explain_why(view(), "\x1b[0m")


def test_a_red_flag_of_the_shipped_rules_rests_on_the_two_answers_its_rule_reads(shipped_advisor: Advisor) -> None:
    answers: dict[str, Raw] = {
        "situation": "platform_exit", "license": "social_worker", "independent": "yes", "release_letter": "did_not_ask",
    }  # fmt: skip
    trace = shipped_advisor.trace(answers)
    why = explain_why(View(shipped_advisor.rulebase, shipped_advisor.questionnaire, trace), "rf1")
    # RED-003 reads release_letter and leaving; DER rules conclude leaving from the situation.
    assert [link.to for link in why.nodes[why.root].behind] == ["rule RED-003"]
    assert [note.question for note in why.answers] == ["release_letter", "situation"]
    assert {"RF1", "K163"} <= {claim.id for claim in why.basis.claims}
    assert {(source.id, source.grade) for source in why.basis.sources} >= {("article.leaving", "one_case")}


@pytest.mark.long
@LAW
@given(ANSWERS, st.integers(0, 8))
def test_everything_that_is_so_has_a_why_that_ends_at_the_answers(answers: PlainAnswers, start: int) -> None:
    made = default_advisor()
    seen = View(made.rulebase, made.questionnaire, made.trace(answers))
    for item in (None, *[*items(seen)][start :: 27 * every()]):
        check_why(seen, item)


@LAW
@given(rule_bases(), st.data())
def test_made_up_rules_can_be_explained_as_well(texts: Folders, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as root:
        made = Advisor.load(*texts.write(Path(root)))
    try:
        trace = made.trace(data.draw(any_answers(made.questionnaire)))
    except EngineError:  # two rules conclude different values
        return
    seen = View(made.rulebase, made.questionnaire, trace)
    for item in (None, *items(seen)):
        check_why(seen, item)
