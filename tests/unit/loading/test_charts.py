from __future__ import annotations

from pathlib import Path

import pytest

from advisor.advice import Advisor
from advisor.loading.charts import chart_problems
from advisor.loading.questionnaire import load_questionnaire
from advisor.loading.rulebase import load_rulebase
from advisor.model.chart_plans import PlannedChart
from tests.helpers.folders import TINY_QUESTIONNAIRES, TINY_RULES, write_folder
from tests.unit.loading.faults import rule_faults

EMPTY = "charts: []\n"
LOST = """
charts:
  - id: waits
    title: The waits
    unit: weeks
    pages: [nowhere]
    when: {all: [{fact: nobody, known: true}]}
    says:
      - text: About {nothing.likely} weeks.
    spans:
      - {name: A road, of: [no_figure]}
    claims: [NO1]
    sources: []
"""


def loaded(folder: Path, text: str | None) -> tuple[PlannedChart, ...]:
    questionnaire = load_questionnaire(write_folder(folder / "questionnaires", TINY_QUESTIONNAIRES))
    return load_rulebase(questionnaire, write_folder(folder / "rules", TINY_RULES, {"charts.yaml": text})).charts


def test_a_rule_base_may_have_no_charts(tmp_path: Path) -> None:
    assert loaded(tmp_path / "a", None) == ()
    assert loaded(tmp_path / "b", EMPTY) == ()


def test_all_that_a_chart_names_must_be_there(tmp_path: Path) -> None:
    said = [fault.message for fault in rule_faults(tmp_path, {"charts.yaml": LOST})]
    for name in ("`no_figure`", "`nowhere`", "`nobody`", "{nothing.likely}", "`NO1`"):
        assert any(name in message for message in said), name


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("    spans:\n", "    curves: []\n    spans:\n", "either `spans` or `curves`"),
        ("    spans:\n      - {name: A road, of: [no_figure]}\n", "    curves: []\n    until: 0\n", "no end for lines"),
        ("    unit: weeks\n", "    unit: weeks\n    nearest: 0\n", "rounded to this"),
        ("    unit: weeks\n", "    unit: weeks\n    colour: red\n", "colour"),
    ],
)
def test_a_chart_that_cannot_be_read_is_refused(old: str, new: str, expected: str, tmp_path: Path) -> None:
    (fault,) = rule_faults(tmp_path, {"charts.yaml": LOST.replace(old, new)})
    assert fault.place.file == "charts.yaml"
    assert expected in str(fault)


def test_the_shipped_charts_cover_starting_leaving_and_one_plan(shipped_advisor: Advisor) -> None:
    base = shipped_advisor.rulebase
    assert {page for chart in base.charts for page in chart.pages} >= {"start_own", "leave_platform", "one_plan"}
    assert not list(chart_problems(base))
    assert "charts.yaml" in base.files
