"""What `advisor rules impact` says of lines of the plan, and of rule bases that cannot be put side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

import advisor.audit.impact
from advisor.advice import Advisor
from advisor.errors import ProofError
from tests.cli.running import run
from tests.helpers.folders import TINY_RULES, rule_file, write_folder

STEP = rule_file("STP-1", "plan", "{all: [{fact: runway, is: short}]}",
                 "{next_step: {order: 1, timing: Now, text: Save some money.}}",
                 ("{runway: short}", "{runway: long}"))  # fmt: skip


def folders(tmp_path: Path) -> tuple[Path, Path]:
    old = write_folder(tmp_path / "one", TINY_RULES, {"steps/save.yaml": STEP})
    return old, write_folder(tmp_path / "two", TINY_RULES, {"steps/save.yaml": STEP.replace("some", "more")})


def test_a_step_that_is_only_reworded_differs_in_lines_alone(tmp_path: Path, tiny_folders: tuple[Path, Path]) -> None:
    """Only a short runway, one answer, gives the step."""
    asked = tiny_folders[1]
    old, new = (Advisor.load(rules, asked) for rules in folders(tmp_path))
    found = advisor.audit.impact.impact(old, new)
    cases = {one.aspect: one.case for one in found.compared}
    case = cases.pop("lines")
    assert set(cases.values()) == {None}
    assert case is not None
    assert case.answers == {"runway": "short"}
    assert (case.old.lines, case.new.lines) == (
        ("next_step, Now: Save some money.",), ("next_step, Now: Save more money.",)
    )  # fmt: skip
    page = run("rules", "impact", *folders(tmp_path), "--old-questionnaires", asked, "--new-questionnaires", asked)
    assert "The lines of the plan: differs" in page.out
    assert "Not compared: the sentences of reasons" in page.out


def test_bases_that_cannot_be_compared_still_tell_which_rules_changed(
    tmp_path: Path, tiny_folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise ProofError("their figures differ")

    monkeypatch.setattr(advisor.audit.impact, "TwoBases", refused)
    old, new = (Advisor.load(rules, tiny_folders[1]) for rules in folders(tmp_path))
    found = advisor.audit.impact.impact(old, new)
    assert [change.rule for change in found.rules] == ["STP-1"]
    assert {(one.decided, one.reason) for one in found.compared} == {(False, "their figures differ")}
    assert not found.equivalent
