"""Small cases worked out by hand, where the two evaluators could most easily part."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.advice import Advisor, default_advisor
from advisor.errors import ContradictionError, RuleBaseError
from advisor.model.trace import Trace
from tests.helpers.reference_engine import ReferenceBase
from tests.helpers.strategies import PlainAnswers
from tests.properties.generated_files import Folders, Made, folders, option_body, rule_body
from tests.properties.views import by_engine, by_reference, shipped_reference

YES: Made = {"all": [{"fact": "q0", "is": "yes"}]}
QUESTION = {"id": "q0", "ref": "Q", "text": "Well?", "why": "To know.", "help": "Say it.", "kind": "one",
            "choices": [{"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}]}  # fmt: skip


def test_an_answer_that_is_set_aside_counts_as_not_given_to_later_questions() -> None:
    # Who wants no Medicare is not asked about an opt-out; so a leftover "yes" does not hide the question that follows.
    nothing_of_medicare: PlainAnswers = {
        "brings": "add_government",
        "rare": ["none_of_these"],
        "payers": ["commercial"],
    }
    answers: PlainAnswers = {**nothing_of_medicare, "medicare_opt_out": "yes", "gov_opt_thought": "yes"}

    trace = default_advisor().trace(answers)

    assert trace.set_aside == ("medicare_opt_out",)
    assert _value(trace, "gov_opt_thought") == "yes"
    assert _agree(default_advisor(), shipped_reference(), answers)


def test_an_answer_that_is_set_aside_contradicts_nothing() -> None:
    # Who is on no platform is asked nothing of its letter, so what is left over does not contradict itself.
    left_over: PlainAnswers = {"release_letter": "no_answer", "answers_written": "all"}

    trace = default_advisor().trace({"platform": "none", **left_over})

    assert set(trace.set_aside) == set(left_over)
    with pytest.raises(ContradictionError):
        default_advisor().trace({"platform": "alma", **left_over})


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_figures_and_the_unknown_share_see_the_values_that_facts_take_otherwise(tmp_path: Path, answer: str) -> None:
    figure = {"id": "f0", "ref": "F", "title": "A figure", "unit": "months", "tables": {},
              "when": {"all": [{"fact": "d1", "is": False}]}, "formula": {"value": 2}, "text": "{low} to {high}",
              "text_same": "{low}", "claims": ["K1"], "sources": ["s1"]}  # fmt: skip
    texts = _made({"conclude": {"fact": "d1", "value": True}}, "derive", YES, [figure])
    advisor = Advisor.load(*texts.write(tmp_path))

    trace = advisor.trace({"q0": answer})

    assert _value(trace, "f0.low") == (2 if answer == "no" else None)
    assert _value(trace, "unknown_share") == 50  # of q0 and q1 one is answered, in the branch b0 by default
    assert _agree(advisor, ReferenceBase(texts.rules, texts.questionnaires), {"q0": answer})


@pytest.mark.parametrize("clause", [{"is": False}, {"known": True}, {"one_of": [True, False]}])
def test_a_rule_that_would_wait_for_the_end_of_its_own_stratum_is_refused(tmp_path: Path, clause: Made) -> None:
    when = {"all": [{"fact": "out.o0", **clause}]}
    texts = _made({"red_flag": {"id": "RF1", "severity": 3, "action": "Stop."}}, "constrain", when, [])

    with pytest.raises(RuleBaseError, match=r"`out\.o0` is not finished in stratum `constrain`"):
        Advisor.load(*texts.write(tmp_path))


def _made(then: Made, stratum: str, when: Made, figures: list[Made]) -> Folders:
    """One rule, two questions, and the facts `branch` (otherwise b0) and `d1` (otherwise false)."""
    facts: list[Made] = [
        {"id": "branch", "kind": "one", "values": {"b0": "first"}, "otherwise": "b0"},
        {"id": "d1", "kind": "yes_no", "values": {"true": "yes", "false": "no"}, "otherwise": False},
    ]
    facts = [{**fact, "title": "A fact", "stratum": "derive"} for fact in facts]
    decision = {
        "close_within": 2,
        "bands": [{"confidence": "clear"}],
        "contests": {"b0": {"options": ["o0"], "decisive": ["q0", "q1"]}},
        "fallback": "o1",
        "priority_question": "q0",
        "priority_effect": "None.",
        "gates_shown_for": [],
        "gates_in": [],
    }
    options = [option_body("o0", "main"), option_body("o1", "main")]
    questions = [QUESTION, {**QUESTION, "id": "q1"}]
    return folders(questions, facts, figures, decision, options, [rule_body(0, "stable", stratum, when, then)])


def _value(trace: Trace, fact: str) -> object:
    return next(record.value for record in trace.facts if record.fact == fact)


def _agree(advisor: Advisor, reference: ReferenceBase, answers: PlainAnswers) -> bool:
    return by_engine(advisor, answers) == by_reference(reference, answers, advisor.questionnaire)
