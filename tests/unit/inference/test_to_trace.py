"""The trace of a run holds all that happened, in numbers and names, and reads back as it was written."""

from __future__ import annotations

import pytest

from advisor.inference.durable_engine import DurableEngine
from advisor.inference.program import compile_rules
from advisor.inference.run import Run
from advisor.inference.to_trace import trace_of
from advisor.model.answers import Answers, Raw
from advisor.model.rule import Add, AddOn, BreakTie, Conclude, Recommend, RedFlag, RuleOut, Weigh
from advisor.model.template import Template
from advisor.model.trace import Proposal, TallyLine, TieBreak, Trace
from tests.helpers.rulebases import asking, derived, number, on, one, rule, rulebase, several, traced, values
from tests.unit.inference.engines import NOTE

ASKED = asking(one("x", "a", "b"), several("s", "p", "q"), number("n", 0, 99), one("y", "a", "b"))
A = on("x", is_="a")
BASE = rulebase(
    ASKED,
    rule("DER", Conclude("d", True), Add("lock", 2), all=[A], none=[on("n", at_least=50)]),
    rule("OUT", RuleOut(("middle",)), all=[on("d", is_=True), on("y", known=False)], stratum="constrain"),
    rule("FLG", RedFlag("RF1", 2, Template.of("Do it."), ("left",)), any=[on("s.p", is_=True), A], stratum="constrain"),
    rule("QUIET", RedFlag("RF2", 3, Template.of("Do it.")), all=[on("y", is_="a")], stratum="constrain"),
    rule("WGH", Weigh("cash", {"left": 3, "right": 4}), all=[A], stratum="weigh"),
    rule("TIE", BreakTie(1, (("left",), ("right",))), all=[A], stratum="weigh"),
    rule("DEC1", Recommend("middle", 5, "clear"), all=[A], stratum="decide"),
    rule("DEC2", Recommend("left", 10, "by_margin"), all=[on("lead.option", is_="left")], stratum="decide"),
    rule("DEC3", Recommend("left", 20, "lean"), all=[A], stratum="decide"),
    rule("DEC4", Recommend("right", 30, "lean"), all=[A], stratum="decide"),
    rule("ADD", AddOn("extra"), NOTE, all=[A], stratum="plan"),
    derived=[derived("d", otherwise=False)],
)
ANSWERS: dict[str, Raw] = {"x": "a", "s": ["q", "p"], "n": 7, "y": "not_sure"}


@pytest.fixture(scope="module")
def trace() -> Trace:
    """The trace of ANSWERS."""
    return traced(BASE, ASKED, ANSWERS)


def test_answers_stand_as_given_and_what_was_said_instead_in_its_word(trace: Trace) -> None:
    assert trace.answers == {"x": "a", "s": ("p", "q"), "n": 7, "y": "not_sure"}
    assert trace.set_aside == ()


def test_firings_are_numbered_and_say_what_they_matched_and_did(trace: Trace) -> None:
    by_rule = {firing.rule: firing for firing in trace.firings}

    assert [firing.n for firing in trace.firings] == list(range(1, len(trace.firings) + 1))
    assert trace.firings[0].rule == "DER"
    assert by_rule["DER"].matched == {"x": "a", "n": 7}
    assert by_rule["DER"].concluded == {"d": True}
    assert by_rule["DER"].did == ("conclude d = true", "add +2 to lock")
    assert by_rule["OUT"].matched == {"d": True, "y": None}, "matched as unknown"
    assert by_rule["OUT"].concluded == {"out.middle": True}
    assert by_rule["OUT"].stratum == "constrain"
    assert by_rule["FLG"].matched == {"s.p": True, "x": "a"}
    assert by_rule["WGH"].did == ("weigh cash: left +3, right +4",)
    assert "QUIET" not in by_rule


def test_every_fact_of_the_vocabulary_is_settled_once(trace: Trace) -> None:
    names = [record.fact for record in trace.facts]

    assert len(names) == len(set(names))
    assert set(names) == set(BASE.facts)
    by = {record.fact: (record.origin, record.by) for record in trace.facts}
    assert (by["d"], by["n"], by["score.lock"]) == (("rule", ("DER",)), ("answer", ("n",)), ("machine", ("DER",)))


def test_only_flags_that_were_raised_are_listed(trace: Trace) -> None:
    assert [(flag.id, flag.severity, flag.rules) for flag in trace.red_flags] == [("RF1", 2, ("FLG",))]
    assert values(trace)["flag.RF2"] == 0


def test_the_points_add_up_line_by_line(trace: Trace) -> None:
    assert trace.tallies == (
        TallyLine(option="left", rule="WGH", criterion="cash", points=3),
        TallyLine(option="right", rule="WGH", criterion="cash", points=4),
    )
    assert trace.totals == {"left": 3, "right": 4, "middle": 0}


def test_the_contest_shows_the_branch_the_order_the_points_and_what_broke_the_tie(trace: Trace) -> None:
    assert trace.contest.branch == "main"
    assert trace.contest.order == ("left", "right")
    assert trace.contest.points == {"left": 3, "right": 4}
    assert trace.contest.margin == 1
    assert trace.contest.tie_breaks == (TieBreak(rule="TIE", before=("right", "left"), after=("left",)),)


def test_every_proposal_is_listed_with_what_became_of_it(trace: Trace) -> None:
    assert trace.proposals == (
        Proposal(option="middle", rule="DEC1", priority=5, confidence="clear", standing="ruled_out"),
        Proposal(option="left", rule="DEC2", priority=10, confidence="by_margin", standing="recommended"),
        Proposal(option="left", rule="DEC3", priority=20, confidence="lean", standing="recommended"),
        Proposal(option="right", rule="DEC4", priority=30, confidence="lean", standing="runner_up"),
    )
    assert (trace.recommended, trace.runner_up, trace.confidence) == ("left", "right", "toss_up")
    assert trace.add_ons == ("extra",)


def test_the_trace_names_what_made_it(trace: Trace) -> None:
    assert (trace.rulebase.id, trace.rulebase.version, trace.rulebase.digest) == ("tiny", "1", "0" * 64)
    assert (trace.questionnaire.id, trace.questionnaire.version) == ("tiny", "1")
    assert (trace.versions.engine, trace.versions.engine_version) == ("durable-rules", "2.0.28")


def test_a_trace_reads_back_as_it_was_written(trace: Trace) -> None:
    assert Trace.model_validate_json(trace.model_dump_json()) == trace


def test_the_same_answers_give_the_same_trace_byte_for_byte(trace: Trace) -> None:
    backward = dict(reversed(ANSWERS.items()))

    for answers in (ANSWERS, backward):
        assert traced(BASE, ASKED, answers).model_dump_json() == trace.model_dump_json()


def test_a_run_that_is_not_finished_has_no_trace() -> None:
    engine = DurableEngine(compile_rules(BASE))

    with pytest.raises(ValueError, match="not finished"):
        trace_of(Run(BASE, ASKED, Answers(), (), {}, {}), engine, "0")
