"""The shipped rules as one logic program, which takes as long to make as a hundred pieces of advice: once a process."""

from __future__ import annotations

from functools import cache

import pytest

from advisor.advice import default_advisor
from advisor.model.answers import Answers
from advisor.proving.prover import Prover

ONE_PROCESS = pytest.mark.xdist_group("shipped prover")
"""For tests and modules that need it: they run in one process, so that it is made once."""


@cache
def shipped_prover(own: tuple[tuple[str, int], ...] = ()) -> Prover:
    """The program of all pages, for people of whom it is not known what they came with; `own` are the numbers that they
    gave in the place of those that are taken."""
    return Prover(default_advisor().rulebase.given(dict(own)), default_advisor().questionnaire)


def prover_for(answers: Answers) -> Prover:
    """The same for some answers, with the numbers of their own."""
    taken = {one.question for one in default_advisor().rulebase.inputs}
    return shipped_prover(tuple((a.question, int(str(a.value))) for a in answers if a.question in taken))
