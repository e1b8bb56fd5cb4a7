"""Writes the lines of the plan as a program: each next step, question to ask, call and note by what it says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod

from advisor.audit.comparing.plan_lines import line_text, readings, template_of
from advisor.errors import ProofError
from advisor.model.rulebase import RuleBase
from advisor.proving.encode_answers import body
from advisor.proving.encode_rules import fires
from advisor.proving.literals import Literal

_MOST_READINGS = 2_000  # ways in which one sentence can read


def line_tests(base: RuleBase) -> tuple[Literal, ...]:
    """The tests of the facts that the sentences of the plan put into words."""
    found: dict[Literal, None] = {}
    for rule in base.active:
        for action in rule.actions:
            template = template_of(action)
            for slot, phrases in readings(base, template).items() if template is not None else ():
                found |= dict.fromkeys(Literal(slot, "in", (value,)) for value in phrases)
    return tuple(found)


def lines(base: RuleBase, numbers: dict[str, int]) -> Iterator[str]:
    """When each line is said. `numbers` has a number for each line and gets one for each new line.

    Raises ProofError for a sentence that can read in too many ways.
    """
    for rule in base.active:
        for action in rule.actions:
            template = template_of(action)
            if template is None:
                continue
            slots = readings(base, template)
            if prod(len(phrases) for phrases in slots.values()) > _MOST_READINGS:
                raise ProofError(f"a sentence of rule {rule.id} can read in more than {_MOST_READINGS:,} ways")
            for values in product(*slots.values()):
                row = dict(zip(slots, values, strict=True))
                text = line_text(base, action, {slot: slots[slot][value] for slot, value in row.items()})
                tests = [Literal(slot, "in", (value,)).text for slot, value in row.items()]
                number = numbers.setdefault(text, len(numbers))
                yield f"line({number}){body(fires(rule.id), *tests)}."
