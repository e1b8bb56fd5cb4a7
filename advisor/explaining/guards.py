"""Finds the rules that stayed silent only because something is known: without that answer they would have a say."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from advisor.explaining.view import View
from advisor.model.condition import Clause, Condition
from advisor.model.rule import Action, BreakTie, Recommend, Rule, RuleOut, Weigh

_SHARE = "unknown_share"
"""The fact that grows with each answer that is missing."""


def guards(view: View, when: Condition) -> tuple[str, ...]:
    """The facts whose being known keeps a condition from holding; none when anything else keeps it so too."""
    wanted = [(clause, True) for clause in when.all] + [(clause, False) for clause in when.none]
    unmet = [(clause, needed) for clause, needed in wanted if clause.truth(view.known) is not needed]
    if when.any and not any(clause.truth(view.known) is True for clause in when.any):
        either = [(clause, True) for clause in when.any]
        unmet += [pair for pair in either if _met_by_less(*pair)] or either
    if not all(_met_by_less(clause, needed) for clause, needed in unmet):
        return ()
    return tuple(dict.fromkeys(clause.fact for clause, _ in unmet))


def held_back(view: View, kinds: tuple[type[Action], ...], options: Collection[str]) -> Iterator[Rule]:
    """The running rules that would weigh, compare, rule out or propose one of some options if less were known."""
    for rule in view.base.active:
        if rule.id in view.fired_ids or not guards(view, rule.when):
            continue
        if any(isinstance(a, kinds) and not _options(a).isdisjoint(options) for a in rule.actions):
            yield rule


def _met_by_less(clause: Clause, needed: bool) -> bool:
    """Whether a clause that is not as needed could become so by taking answers away."""
    if clause.test == "known":
        return clause.values[0] is not needed
    return clause.fact == _SHARE or (clause.test == "said" and not needed)


def _options(action: Action) -> frozenset[str]:
    """The options that an action is about."""
    if isinstance(action, Weigh):
        return frozenset(action.points)
    if isinstance(action, BreakTie):
        return frozenset(option for tier in action.tiers for option in tier)
    if isinstance(action, RuleOut):
        return frozenset(action.options)
    return frozenset((action.option,)) if isinstance(action, Recommend) else frozenset()
