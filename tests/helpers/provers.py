"""The shipped rules as one logic program, which takes as long to make as a hundred pieces of advice: once a process."""

from __future__ import annotations

from functools import cache

import pytest

from advisor.advice import default_advisor
from advisor.proving.prover import Prover

ONE_PROCESS = pytest.mark.xdist_group("shipped prover")
"""For tests and modules that need it: they run in one process, so that it is made once."""


@cache
def shipped_prover() -> Prover:
    """The program of all pages, for people of whom it is not known what they came with."""
    return Prover(default_advisor().rulebase, default_advisor().questionnaire)
