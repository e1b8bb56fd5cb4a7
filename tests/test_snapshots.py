"""Whole pieces of advice as a reader sees them; write them anew with `pytest tests/test_snapshots.py --record`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from advisor.advice import Advisor
from advisor.loading.answers import answers_from_bytes
from advisor.rendering import RENDERER_BY_NAME

HERE = Path(__file__).parent
ANSWERS = sorted((HERE / "cases" / "answers").glob("*.yaml"))
WIDTHS = {"text": 80, "markdown": 80}


@pytest.mark.parametrize("format_", WIDTHS)
@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: path.stem)
def test_advice_reads_as_it_was_last_read_and_approved(
    path: Path, format_: str, shipped_advisor: Advisor, record: bool
) -> None:
    answers = answers_from_bytes(path.read_bytes(), path.name, shipped_advisor.questionnaire)
    shown = RENDERER_BY_NAME[format_](shipped_advisor.advise(answers), WIDTHS[format_])
    shown = re.sub(r"digest [0-9a-f]{12}", "digest (not part of the snapshot)", shown)
    golden = HERE / "snapshots" / f"{path.stem}.{format_}.txt"
    if record:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(shown, encoding="utf-8")
        return

    assert golden.read_text(encoding="utf-8") == shown
