"""Turns the name of an option, a red flag or a rule into what is to be brought about by changed answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from advisor.errors import DataError, Place, Problem
from advisor.model.answers import nearest
from advisor.model.rulebase import RuleBase
from advisor.model.safe_text import shown
from advisor.model.trace import Trace
from advisor.proving import changes
from advisor.proving.changes import Goal


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be brought about, as atoms for the solver, and as a test of a trace."""

    goal: Goal
    holds: Callable[[Trace], bool]


def wanted(base: RuleBase, trace: Trace, item: str) -> Wanted:
    """Another main option (`item` empty), or the opposite of how an option, a red flag or a rule stands in the trace.

    Raises DataError for a name that is none of these.
    """
    if not item:
        now = trace.recommended
        return Wanted(changes.another_option(now), lambda t: t.recommended != now)
    found = option_or_flag(base, trace, item)
    if found is None:
        known = [*base.options, *_flags(base), *base.by_id]
        expected = "the id of an option, a red flag or a rule that runs"
        raise DataError(
            Problem(Place(key=shown(item)), "there is nothing of this name", expected, nearest(item, known))
        )
    return found


def option_or_flag(base: RuleBase, trace: Trace, item: str) -> Wanted | None:
    """As `wanted`, or None for a name that is no option, red flag or rule that runs."""
    if item in base.options:
        return _option(base, trace, item)
    if item in _flags(base):
        raised = _raised(trace, item)
        return Wanted(changes.flag(item, raised=not raised), lambda t: _raised(t, item) is not raised)
    if item in {rule.id for rule in base.active}:
        fired = _fired(trace, item)
        return Wanted(changes.firing(item, fires=not fired), lambda t: _fired(t, item) is not fired)
    return None


def _option(base: RuleBase, trace: Trace, item: str) -> Wanted:
    if base.options[item].kind == "add_on":
        added = item in trace.add_ons
        return Wanted(changes.add_on(item, added=not added), lambda t: (item in t.add_ons) is not added)
    if trace.recommended == item:
        return Wanted(changes.another_option(item), lambda t: t.recommended != item)
    return Wanted(changes.option(item), lambda t: t.recommended == item)


def _flags(base: RuleBase) -> tuple[str, ...]:
    return tuple(fact.removeprefix("flag.") for fact in base.facts if fact.startswith("flag."))


def _raised(trace: Trace, flag: str) -> bool:
    return any(record.id == flag for record in trace.red_flags)


def _fired(trace: Trace, rule: str) -> bool:
    return any(firing.rule == rule for firing in trace.firings)
