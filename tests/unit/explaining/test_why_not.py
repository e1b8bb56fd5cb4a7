"""Why not: each clause true, false or not known, who ruled a thing out, who won instead, and where it stood."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.advice import Advisor, default_advisor
from advisor.errors import DataError, EngineError
from advisor.explaining.view import View
from advisor.explaining.why_not import explain_why_not
from advisor.model.answers import Raw
from advisor.model.rule import AddOn, BreakTie, Conclude, Recommend, RedFlag, RuleOut
from advisor.model.rulebase import Contest
from advisor.model.template import Template
from tests.helpers.effort import every, share
from tests.helpers.rulebases import asking, decision, derived, on, one, rule, rulebase, several
from tests.helpers.strategies import PlainAnswers, answers_for, any_answers
from tests.properties.generated_files import Folders
from tests.properties.generated_rules import rule_bases
from tests.unit.explaining.views import by_points, points, view_of
from tests.unit.explaining.why_laws import check_silent_rule, check_why_not

ASKED = asking(one("runway", "short", "long"), one("mood", "calm", "torn"), several("payers", "public", "cash"))
BASE = rulebase(
    ASKED,
    rule("R1", Conclude("tight", True), all=[on("runway", is_="short")]),
    rule(
        "R2", Conclude("hurry", True), all=[on("tight", is_=True), on("payers.cash", is_=True)],
        none=[on("mood", is_="calm")],
    ),
    rule("C1", RuleOut(("middle",)), all=[on("mood", is_="torn")], stratum="constrain"),
    rule("C2", AddOn("extra"), all=[on("hurry", is_=True)], stratum="constrain"),
    rule("F1", RedFlag("RF1", 2, Template.of("Act.")), all=[on("mood", is_="calm")], stratum="constrain"),
    points("W1", "runway", "short", left=4, right=3),
    rule("T1", BreakTie(1, (("right",), ("left",))), all=[on("mood", is_="calm")], stratum="weigh"),
    rule("D1", Recommend("middle", 5, "clear"), all=[on("mood", is_="torn")], stratum="decide"),
    rule("D2", Recommend("right", 90, "lean"), all=[on("runway", is_="short")], stratum="decide"),
    *by_points(),
    derived=[derived("tight"), derived("hurry", otherwise=False)],
    decision=decision(Contest("main", ("left", "right"), ()), fallback="left"),
)  # fmt: skip
ANSWERS = st.deferred(lambda: answers_for(default_advisor().questionnaire))
LAW = settings(max_examples=share(20), derandomize=True, suppress_health_check=list(HealthCheck))


def view(**answers: Raw) -> View:
    return view_of(BASE, ASKED, answers)


def test_each_clause_of_a_silent_rule_is_true_false_or_not_known() -> None:
    told = explain_why_not(view(runway="short", payers="not_sure", mood="calm"), "R2")
    clauses = told.nodes["rule R2"].clauses
    assert [(c.clause, c.truth, c.helps) for c in clauses] == [
        ("tight is true", True, True), ("payers.cash is true", None, None), ("mood is calm", True, False),
    ]  # fmt: skip
    assert [c.needs for c in clauses] == ["is", "includes", "is_not"]
    assert [c.because for c in clauses] == ["fact tight", "question payers", "question mood"]
    note = told.nodes["question payers"].answer
    assert note is not None
    assert note.said == "not_sure"
    assert "question runway" in told.nodes  # why `tight` is true
    assert (told.happened, told.state) == (False, "silent")


def test_a_derived_fact_without_a_value_is_followed_to_the_answers_that_are_missing() -> None:
    told = explain_why_not(view(), "extra")
    assert [maker.rule for maker in told.makers] == ["rule C2"]
    assert told.nodes["rule C2"].clauses[0].because == "fact hurry"
    assert told.nodes["fact hurry"].silent == ("rule R2",)
    assert told.nodes["fact tight"].silent == ("rule R1",)
    assert told.nodes["question runway"].kind == "unknown"


def test_an_option_that_was_ruled_out_names_the_rule_and_why_it_fired() -> None:
    told = explain_why_not(view(runway="short", mood="torn"), "middle")
    assert (told.state, told.ruled_out_by) == ("ruled_out", ("rule C1",))
    assert told.nodes["rule C1"].clauses[0].because == "question mood"
    fates = {maker.rule: (maker.fired, maker.standing, maker.beaten_by) for maker in told.makers}
    assert fates == {"rule D1": (True, "ruled_out", ""), "rule D-middle": (False, "", "")}
    assert told.place is not None
    assert told.place.not_in == "other_branch"


def test_an_option_that_lost_names_the_proposal_that_goes_first_and_its_place_in_the_contest() -> None:
    told = explain_why_not(view(runway="short", mood="torn"), "right")
    fates = {maker.rule: maker for maker in told.makers}
    lost = fates["rule D2"]
    assert (lost.standing, lost.priority, lost.beaten_by, lost.beaten_priority) == ("runner_up", 90, "rule D-left", 50)
    assert not fates["rule D-right"].fired
    place = told.place
    assert place is not None
    assert (place.not_in, place.points, place.leader, place.leader_points, place.behind) == ("", 3, "left", 4, 1)
    assert (told.recommended, told.fallback) == ("Left", False)


def test_a_tie_breaker_that_went_against_it_is_named() -> None:
    told = explain_why_not(view(runway="short", mood="calm"), "left")
    assert told.place is not None
    assert (told.place.behind, told.place.ties_lost) == (-1, ("rule T1",))
    assert "rule T1" in told.nodes


def test_an_option_that_no_rule_puts_forward_and_the_fallback_are_told() -> None:
    base = rulebase(ASKED, decision=decision(Contest("main", ("left", "right"), ()), fallback="middle"))
    told = explain_why_not(view_of(base, ASKED, {}), "right")
    assert (told.makers, told.fallback, told.recommended, told.state) == ((), True, "Middle", "possible")


def test_an_option_stands_in_no_contest_when_the_branch_is_not_known() -> None:
    base = rulebase(ASKED, derived=[derived("branch", "main")])
    told = explain_why_not(view_of(base, ASKED, {}), "left")
    assert told.place is not None
    assert (told.place.not_in, told.place.branch, told.place.leader) == ("no_branch", "", "")


def test_what_did_come_about_says_so() -> None:
    seen = view(runway="short", mood="calm", payers=["cash"])
    for item, state in (("R1", "fired"), ("RF1", "raised"), ("right", "recommended"), ("tight", "known")):
        told = explain_why_not(seen, item)
        assert (told.happened, told.state) == (True, state), item
    added = explain_why_not(view(runway="short", mood="torn", payers=["cash"]), "extra")
    assert (added.happened, added.state) == (True, "added")


def test_a_draft_does_not_run() -> None:
    draft = rule("R9", Conclude("tight", True), all=[on("runway", is_="short")], status="draft")
    base = rulebase(ASKED, draft, derived=[derived("tight")])
    told = explain_why_not(view_of(base, ASKED, {"runway": "short"}), "R9")
    assert (told.happened, told.state) == (False, "not_running")


def test_an_answer_that_was_not_given_is_no_mystery() -> None:
    told = explain_why_not(view(runway="skip"), "runway")
    assert (told.kind, told.happened, told.state, told.about) == ("question", False, "not_known", "question runway")


def test_repairs_are_handed_through() -> None:
    told = explain_why_not(view(), "extra", ("Change this.",), "No smaller change was found.")
    assert (told.repairs, told.repairs_proof) == (("Change this.",), "No smaller change was found.")


def test_an_unknown_item_is_refused_with_the_nearest() -> None:
    with pytest.raises(DataError, match="Did you mean `extra`"):
        explain_why_not(view(), "extre")


def test_a_shipped_option_of_another_branch_is_set_aside_by_the_rule_that_says_so(shipped_advisor: Advisor) -> None:
    answers: dict[str, Raw] = {"situation": "planning", "license": "counselor", "independent": "yes"}
    seen = View(shipped_advisor.rulebase, shipped_advisor.questionnaire, shipped_advisor.trace(answers))
    told = explain_why_not(seen, "exit")
    # CON-023: not on a platform, and starting out
    assert (told.state, told.ruled_out_by) == ("ruled_out", ("rule CON-023",))
    assert told.place is not None
    assert (told.place.not_in, told.place.branch) == ("other_branch", "starting out")


@pytest.mark.long
@LAW
@given(ANSWERS, st.integers(0, 12))
def test_every_silent_rule_has_a_clause_that_did_not_hold(answers: PlainAnswers, start: int) -> None:
    made = default_advisor()
    seen = View(made.rulebase, made.questionnaire, made.trace(answers))
    silent = [rule.id for rule in made.rulebase.active if rule.id not in seen.fired_ids]
    for rule_id in silent[start :: 78 * every()]:
        check_silent_rule(seen, rule_id)
    for item in [*made.rulebase.options, *made.rulebase.facts][start :: 78 * every()]:
        check_why_not(seen, item)


@LAW
@given(rule_bases(), st.data())
def test_made_up_rules_that_stayed_silent_are_explained_as_well(texts: Folders, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as root:
        made = Advisor.load(*texts.write(Path(root)))
    try:
        trace = made.trace(data.draw(any_answers(made.questionnaire)))
    except EngineError:  # two rules conclude different values
        return
    seen = View(made.rulebase, made.questionnaire, trace)
    for rule_ in made.rulebase.active:
        if rule_.id not in seen.fired_ids:
            check_silent_rule(seen, rule_.id)
    for item in (*made.rulebase.options, *made.rulebase.facts):
        check_why_not(seen, item)
