"""What a rule concludes at once, and the sentences it holds."""

from __future__ import annotations

from advisor.model.rule import (
    STRATA_OF_ACTION,
    Action,
    Add,
    AddOn,
    Ask,
    BreakTie,
    Call,
    CaseAnswer,
    Conclude,
    Line,
    NextStep,
    Note,
    PlanRow,
    Recommend,
    RedFlag,
    RuleOut,
    Say,
    Time,
    Weigh,
)
from advisor.model.template import Template
from tests.helpers.rulebases import rule


def of(text: str) -> Template:
    return Template.of(text)


EVERY: tuple[Action, ...] = (
    Conclude("tight", True), Add("score", 2), RuleOut(("left", "right")), RedFlag("R", 3, of("Stop.")), AddOn("extra"),
    Weigh("cash", {"left": 1}), BreakTie(1, (("left",),)), Recommend("left", 1, "clear"),
    NextStep(1, "Now", of("Step.")), Ask("payer", 1, of("Ask.")), Call("Bob", of("Call.")), Note("t", of("Note.")),
    CaseAnswer("page", "question", 1, of("Answer."), of("Brief."), "clear", of("Since."), of("Unless.")),
    PlanRow(Time("today"), of("Row."), of("Done.")), Line("reason", of("Line.")), Say(of("Bob"), "call", of("Say.")),
)  # fmt: skip


def test_conclusions_exclusions_and_add_ons_are_facts_at_once() -> None:
    assert rule("R", *EVERY).concluded() == (
        ("tight", True), ("out.left", True), ("out.right", True), ("add_on.extra", True),
    )  # fmt: skip


def test_the_sentences_of_a_rule_are_its_why_and_those_of_its_actions() -> None:
    sources = [template.source for template in rule("R", *EVERY, why="Why.").templates()]
    assert sources == [
        "Why.", "Stop.", "Step.", "Ask.", "Call.", "Note.", "Answer.", "Brief.", "Since.", "Unless.", "Row.", "Done.",
        "Line.", "Bob", "Say.",
    ]  # fmt: skip


def test_every_action_has_its_strata() -> None:
    assert {type(action) for action in EVERY} == set(STRATA_OF_ACTION)


def test_a_rule_without_the_lines_of_its_keys_gives_its_own() -> None:
    assert rule("R", *EVERY, line=7).line_of("then") == 7
