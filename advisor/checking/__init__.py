"""What is wrong with a rule base that loads: one small check per kind of defect, and the list of them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from advisor.checking.claims import claims_out_of_step
from advisor.checking.dead_facts import dead_facts
from advisor.checking.examples import failing_examples
from advisor.checking.finding import CheckDesk, Finding
from advisor.checking.forbidden_words import forbidden_words
from advisor.checking.option_detail import uneven_options
from advisor.checking.unmet_wishes import unanswered_besides, unmet_wishes
from advisor.checking.unused_questions import unused_questions

CHECKS: tuple[Callable[[CheckDesk], Iterator[Finding]], ...] = (
    failing_examples,
    dead_facts,
    unused_questions,
    unmet_wishes,
    unanswered_besides,
    claims_out_of_step,
    forbidden_words,
    uneven_options,
)

__all__ = ["CHECKS", "CheckDesk", "Finding", "check"]


def check(desk: CheckDesk) -> tuple[Finding, ...]:
    """Every finding of every check, in the order of the checks."""
    return tuple(finding for one in CHECKS for finding in one(desk))
