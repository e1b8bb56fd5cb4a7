"""The checker of explanations finds out what does not matter, what cannot be changed, and what is not enough."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from advisor.advice import Advisor
from advisor.errors import AnswersError
from advisor.model.answers import Raw
from advisor.proving.prover import Prover
from tests.helpers.faithful import said, together
from tests.helpers.faithfulness import Faithfulness, Finding, Score, score
from tests.helpers.folders import TINY_QUESTIONNAIRES, TINY_RULES, rule_file, write_folder
from tests.helpers.provers import ONE_PROCESS, shipped_prover

MANY = "{all: [{fact: sessions, at_least: 10}]}"
GIVEN = ("{sessions: 12}", "{sessions: 2}")
LONG = rule_file(
    "WGH-9", "weigh", "{all: [{fact: runway, is: long}]}", "{weigh: {criterion: cash, points: {right: 2}}}",
    ("{runway: long}", "{runway: short}"),
)  # fmt: skip
GOVERNMENT = ["medicare", "medicare_advantage", "medicaid", "tricare"]


def step(rule_id: str, when: str, text: str) -> str:
    return rule_file(
        rule_id, "plan", when, f"{{next_step: {{order: 1, timing: This week, text: {text}}}}}", ("{}", "{}")
    )


def checker(advisor: Advisor) -> Faithfulness:
    """What puts the explanations of an advisor to the test."""
    return Faithfulness(advisor, Prover(advisor.rulebase, advisor.questionnaire))


def findings(folder: Path, answers: Mapping[str, Raw], **more: str) -> dict[tuple[str, str], tuple[str, bool, bool]]:
    """For each kind of line and rule: the verdict, whether it is necessary, and whether sufficient."""
    rules = write_folder(folder / "rules", TINY_RULES, {f"more/{name}.yaml": text for name, text in more.items()})
    asked = write_folder(folder / "questionnaires", TINY_QUESTIONNAIRES)
    found = checker(Advisor.load(rules, asked)).findings(answers)
    return {(f.kind, f.rule): (f.verdict, f.necessary, f.sufficient) for f in found}


def test_a_rule_that_gave_points_and_one_that_recommended_are_necessary_and_sufficient(tmp_path: Path) -> None:
    assert findings(tmp_path, {"runway": "short"}, other=LONG) == {
        ("reason", "DEC-1"): ("changes", True, True),
        ("point", "WGH-1"): ("changes", True, True),
    }


def test_a_recommendation_that_no_answer_changes_is_held_though_its_points_matter(tmp_path: Path) -> None:
    # Nothing speaks for `right`, so `left` leads with 3 points and, as the first listed, with none.
    found = findings(tmp_path, {"runway": "short"})
    assert found["reason", "DEC-1"] == ("held", False, True)
    assert found["point", "WGH-1"] == ("changes", True, True)


def test_a_rule_that_any_answer_would_fire_is_held(tmp_path: Path) -> None:
    then = "{weigh: {criterion: cash, points: {left: 1}}}"
    rule = rule_file("WGH-2", "weigh", "{all: [{fact: sessions, known: true}]}", then, GIVEN)
    assert findings(tmp_path, {"sessions": 3}, w=rule)["point", "WGH-2"] == ("held", False, True)


def test_a_rule_that_rules_out_what_another_rules_out_too_changes_nothing(tmp_path: Path) -> None:
    out = "{rule_out: {options: [left]}}"
    twice = {"a": rule_file("CON-1", "constrain", MANY, out, GIVEN),
             "b": rule_file("CON-2", "constrain", "{all: [{fact: runway, is: long}]}", out, GIVEN)}  # fmt: skip
    found = findings(tmp_path, {"sessions": 12, "runway": "long"}, **twice)
    # Without CON-1 `left` stays ruled out. Without CON-2 it does too, but another runway gives it 3 points.
    assert found["ruled_out", "CON-1"] == ("nothing", False, True)
    assert found["ruled_out", "CON-2"] == ("changes", True, True)


def test_for_a_step_it_is_enough_that_its_own_line_goes(tmp_path: Path) -> None:
    found = findings(tmp_path, {"sessions": 12}, a=step("STP-1", MANY, "Do it."))
    assert found["step", "STP-1"] == ("line", True, True)


def test_a_step_that_another_rule_gives_in_the_same_words_is_not_necessary(tmp_path: Path) -> None:
    same = {"a": step("STP-1", MANY, "Do it."), "b": step("STP-2", "{all: [{fact: sessions, known: true}]}", "Do it.")}
    found = findings(tmp_path, {"sessions": 12}, **same)
    assert found["step", "STP-1"] == ("nothing", False, True)
    assert ("step", "STP-2") not in found  # its words are printed once


def test_an_answer_that_only_kept_other_rules_silent_is_listed_with_what_hangs_on_it(tmp_path: Path) -> None:
    # Without any number of sessions DEC-2 would propose `right` before DEC-1 proposes `left`.
    proposing = "{recommend: {option: right, priority: 5, confidence: clear}}"
    before = rule_file("DEC-2", "decide", "{all: [{fact: sessions, known: false}]}", proposing, ("{}", "{sessions: 2}"))
    after = step("STP-1", "{all: [{fact: advice.option, is: left}]}", "Do it.")
    found = findings(tmp_path, {"sessions": 3, "runway": "short"}, a=before, b=after, c=LONG)
    assert found["step", "STP-1"] == ("changes", True, True)


@pytest.mark.long
@ONE_PROCESS
def test_more_choices_of_one_answer_than_a_search_changes_are_changed_all_at_once(shipped_advisor: Advisor) -> None:
    shipped = Faithfulness(shipped_advisor, shipped_prover())
    for answers in ({"payers": GOVERNMENT}, {"payers": GOVERNMENT, "leave_reasons": ["government", "pay"]}):
        found = {f.rule: f.verdict for f in shipped.findings(answers) if f.kind == "point"}
        assert found["CON-002"] == "changes"


def test_wrong_answers_are_refused(tiny_advisor: Advisor) -> None:
    with pytest.raises(AnswersError, match="`shrot` is not a choice"):
        checker(tiny_advisor).findings({"runway": "shrot"})


GOOD = Finding(kind="point", rule="A", verdict="changes", sufficient=True)
BAD = Finding(kind="reason", rule="B", verdict="held", sufficient=True)
STEP = Finding(kind="step", rule="C", verdict="line", sufficient=False)


def test_a_score_counts_by_kind_and_names_what_failed() -> None:
    found = score([(GOOD, BAD), (GOOD, STEP)])
    counts = {one.kind: (one.lines, one.necessary, one.sufficient) for one in found.kinds}
    assert counts == {
        "reason": (1, 0, 1), "red_flag": (0, 0, 0), "point": (2, 2, 2), "ruled_out": (0, 0, 0), "step": (1, 1, 0),
    }  # fmt: skip
    assert [(one.finding, one.times) for one in found.unfaithful] == [(BAD, 1), (STEP, 1)]
    assert Score.model_validate_json(found.model_dump_json()) == found


def test_scores_of_several_tests_add_up() -> None:
    assert together([score([(GOOD, BAD)]), score([(GOOD, STEP), (BAD,)])]) == score([(GOOD, BAD), (GOOD, STEP), (BAD,)])


def test_a_score_is_told_in_lines_and_never_rounded_up_to_all() -> None:
    lines = said(score([(GOOD,)] * 1999 + [(Finding(kind="point", rule="A", verdict="nothing", sufficient=True),)]))
    assert lines[0] == "2000 pieces of advice"
    assert "point             2000       99.9%      100.0%" in lines
    assert lines[-1] == "below 100%: A as point, nothing, sufficient: 1"
