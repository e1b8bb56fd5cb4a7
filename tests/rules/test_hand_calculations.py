from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from advisor.advice import Advisor
from advisor.model.condition import Knowledge
from advisor.model.figures import ENDS, work_out

CASES = yaml.safe_load((Path(__file__).parent / "hand_calculations.yaml").read_text(encoding="utf-8"))


def worked_out(advisor: Advisor, given: dict[str, Any]) -> dict[str, Any]:
    """The facts given and the ends of every figure made of them, each as later figures read it."""
    values = dict(given)
    for _, ends in work_out(advisor.rulebase.figures, Knowledge(values)):
        values.update(ends)
    return values


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['of']} {case['figure']}")
def test_a_figure_gives_what_was_worked_out_by_hand(case: dict[str, Any], shipped_advisor: Advisor) -> None:
    values = worked_out(shipped_advisor, case["given"])
    found = [values.get(case["figure"] + end) for end in ENDS]
    assert found == ([None, None, None] if case["is"] == "none" else case["is"]), case["by"]
