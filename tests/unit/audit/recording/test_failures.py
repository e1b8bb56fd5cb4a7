"""What a log keeps of an error says where and why, and not what the user wrote."""

from __future__ import annotations

from advisor.advice import Advisor
from advisor.audit.recording.failures import failure_kind, failure_record
from advisor.errors import AdvisorError, AnswersError, ContradictionError, EngineError, Place, Problem
from tests.unit.audit.tampering import TIME


def test_what_the_user_wrote_is_left_out_and_words_of_the_questionnaire_are_kept(tiny_advisor: Advisor) -> None:
    problems = [
        Problem(
            Place("jane-doe.yaml", 1, "runway"), "`Jane Doe` is not a choice", "one of `short`", "Did you mean `short`?"
        ),
        Problem(Place("jane-doe.yaml", 2, "Jane Doe"), "there is no question with this id"),
        Problem(Place("jane-doe.yaml", 3, "runway"), "5551234567 is out of range"),
        Problem(Place("jane-doe.yaml", 4), "this is not valid YAML: found \"Jane\" and 'Doe'"),
        Problem(Place("jane-doe.yaml", 5), "`Jane` Doe` is not `short`"),
    ]
    record = failure_record(AnswersError(problems), TIME, tiny_advisor.questionnaire)
    assert not {"jane", "doe", "5551234567"} & set(record.model_dump_json().lower().replace('"', " ").split())
    assert "jane" not in record.model_dump_json().lower()
    first, *others = record.problems
    assert first.model_dump() == {
        "question": "runway", "line": 1, "message": "(left out) is not a choice", "expected": "one of `short`",
        "fix": "Did you mean `short`?",
    }  # fmt: skip
    assert [(one.question, one.line) for one in others] == [("", 2), ("runway", 3), ("", 4), ("", 5)]
    whole = failure_record(AnswersError(problems), TIME, tiny_advisor.questionnaire, private=True)
    assert whole.problems[0].message == "`Jane Doe` is not a choice"


def test_a_contradiction_is_kept_without_the_answers() -> None:
    problem = Problem(
        Place("a.yaml", 1, "city"), "both cannot be (`city` is Bucks)", "others", "Change this or a.yaml:2"
    )
    (kept,) = failure_record(ContradictionError([problem], [("city",)]), TIME).problems
    assert (kept.message, kept.fix) == ("both cannot be", "")


def test_other_errors_are_errors_and_a_fault_of_the_program_is_only_named() -> None:
    assert failure_kind(AnswersError(Problem(Place(), "x"))) == "refused"
    assert failure_kind(EngineError("x")) == "error"
    assert failure_record(AdvisorError("no `Jane`"), TIME).problems[0].message == "no (left out)"
    fault = failure_record(KeyError("Jane"), TIME, private=True)
    assert (fault.error, fault.problems[0].message) == ("KeyError", "(left out)")
