"""Tests of the evidence as files: what they mean when read, and what is said when something is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.advice import Advisor
from advisor.loading.questionnaire import load_questionnaire
from advisor.loading.resources import sha256
from advisor.loading.rulebase import load_rulebase
from advisor.model.rulebase import RuleBase
from advisor.model.sensitivity import Ablation, Grades
from tests.helpers.folders import TINY_QUESTIONNAIRES, TINY_RULES, write_folder
from tests.unit.loading.faults import rule_faults

LAW = """\
ablations:
  - id: law
    title: Would we say the same on law
      alone?
    of: [weigh, red_flag]
    keep: {any_source: [A, B]}
  - id: stories
    title: Without stories?
    of: [conclude]
    strike: {any_source: [composite], every_source: [composite, judgment]}
"""


def loaded(folder: Path, text: str | None) -> RuleBase:
    questionnaire = load_questionnaire(write_folder(folder / "questionnaires", TINY_QUESTIONNAIRES))
    return load_rulebase(questionnaire, write_folder(folder / "rules", TINY_RULES, {"ablations.yaml": text}))


def test_each_entry_says_what_it_is_about_and_what_it_keeps_or_strikes(tmp_path: Path) -> None:
    assert loaded(tmp_path, LAW).ablations == (
        Ablation(
            "law", "Would we say the same on law alone?", ("weigh", "red_flag"), True, Grades(("A", "B")), 2
        ),
        Ablation(
            "stories", "Without stories?", ("conclude",), False, Grades(("composite",), ("composite", "judgment")), 7
        ),
    )  # fmt: skip


def test_a_rule_base_may_have_none(tmp_path: Path) -> None:
    assert loaded(tmp_path / "a", None).ablations == ()
    assert loaded(tmp_path / "b", "ablations: []\n").ablations == ()


def test_the_file_counts_in_the_digest(tmp_path: Path) -> None:
    with_it, without = loaded(tmp_path / "a", LAW), loaded(tmp_path / "b", None)
    assert with_it.files["ablations.yaml"] == sha256(LAW.encode())
    assert with_it.digest != without.digest


def test_the_shipped_file_holds_the_three_questions_asked_of_every_rule_base_here(shipped_advisor: Advisor) -> None:
    ids = [ablation.id for ablation in shipped_advisor.rulebase.ablations]
    assert {"law_and_contract", "no_composites", "no_heuristics"} <= set(ids)


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "message", "hint"),
    [
        ("of: [weigh, red_flag]", "of: [wiegh]", 5, "law.of", "`wiegh` is not known", "`weigh`"),
        ("of: [weigh, red_flag]", "of: [recommend]", 5, "law.of", "`recommend` is not known", "one of `conclude`"),
        ("of: [weigh, red_flag]", "of: []", 5, "law.of", "the list is empty", "kinds of action"),
        ("of: [conclude]", "on: [conclude]", 7, "stories.of", "this key is missing", "`of:`"),
        ("[A, B]", "[A, Z]", 2, "law", "`Z` is no grade", "one of `A`"),
        ("[composite, judgment]", "[composit]", 7, "stories", "`composit` is no grade", "`composite`"),
        ("keep: {any_source: [A, B]}", "keep: {}", 6, "law.keep", "no grade is named", "`any_source:`"),
        ("keep: {any", "keep: {sny", 6, "law.keep.sny_source", "this key is not known", "`any_source`"),
        ("    keep: {any_source: [A, B]}\n", "", 2, "law", "neither `keep` nor `strike` stands here", "one of them"),
        ("    strike:", "    keep: {any_source: [A]}\n    strike:", 7, "stories", "both `keep` and `strike`", "one of"),
        ("    strike:", "    strikes:", 7, "stories", "neither `keep` nor `strike` stands here", "one of them"),
        ("    title: Without stories?\n", "", 7, "stories.title", "this key is missing", "`title:`"),
        ("id: stories", "id: law", 7, "law", "this id is used twice", "an id of its own"),
        ("keep: {any_source: [A, B]}", "keep: [A, B]", 6, "law.keep", "a list stands here", "a mapping"),
        (
            "    title: Without",
            "    note: x\n    title: Without",
            8,
            "stories.note",
            "this key is not known",
            "`title`",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_what_to_do(
    tmp_path: Path, old: str, new: str, line: int, key: str, message: str, hint: str
) -> None:
    assert LAW.count(old) == 1
    (fault,) = rule_faults(tmp_path, {"ablations.yaml": LAW.replace(old, new)})
    assert (fault.place.file, fault.place.line, fault.place.key) == ("ablations.yaml", line, key)
    assert message in fault.message
    assert hint in f"{fault.expected} {fault.fix}"


def test_a_name_close_to_it_is_hinted_at(tmp_path: Path) -> None:
    (fault,) = rule_faults(tmp_path, {"ablation.yaml": LAW})
    assert "`ablations`" in fault.fix
