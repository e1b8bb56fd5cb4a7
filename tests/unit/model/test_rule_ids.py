"""Ids of rules may be typed in any case."""

from __future__ import annotations

import pytest

from advisor.model.rule_ids import rule_id


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("wgh-011", "WGH-011"),
        ("CLK-01.nc", "CLK-01.nc"),
        ("clk-01.NC", "CLK-01.nc"),
        ("ncp-01.tx.Prescribers", "NCP-01.tx.prescribers"),
        ("", ""),
    ],
)
def test_an_id_reads_as_the_rule_base_writes_it(typed: str, written: str) -> None:
    assert rule_id(typed) == written
