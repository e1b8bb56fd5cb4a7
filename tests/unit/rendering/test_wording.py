"""Every word that the rule base can put into advice has its joining word in `wording.yaml`."""

from __future__ import annotations

from typing import get_args

from advisor.loading.figures import UNITS
from advisor.loading.rule import ASKED
from advisor.model.trace import Proposal
from tests.unit.rendering.an_advice import headings


def below(prefix: str) -> set[str]:
    """The next part of every key under a prefix."""
    return {key.removeprefix(prefix).split(".")[0] for key in headings() if key.startswith(prefix)}


def test_every_grade_has_a_short_name() -> None:
    assert below("render.grade.") == below("grades.")


def test_every_unit_of_a_figure_has_its_words() -> None:
    assert below("render.unit.") == set(UNITS)


def test_everyone_who_can_be_asked_has_a_title() -> None:
    assert below("render.ask.") == set(ASKED)


def test_every_outcome_of_a_proposal_has_its_words() -> None:
    assert below("render.trace.standing.") == set(get_args(Proposal.model_fields["standing"].annotation))


def test_no_answer_is_told_apart_by_why_there_is_none() -> None:
    assert below("render.said.") == below("render.why_unknown.") == {"not_sure", "skip", "not_asked"}
