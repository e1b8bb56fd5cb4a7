"""Adds up points, finds who leads a branch's contest, and picks the recommendation among the proposals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from advisor.model.rule import BreakTie, Recommend, Rule
from advisor.model.rulebase import DecisionRules


@dataclass(frozen=True, slots=True)
class ContestStanding:
    """A contest's outcome: the options in final order, the margin of the first two in points, and what broke ties.

    `tie_breaks` holds (rule id, options before, options after) for each tie-breaker that narrowed the field.
    """

    order: tuple[str, ...]
    margin: int
    tie_breaks: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]


def settle_contest(
    options: Sequence[str], points: Mapping[str, int], tie_breakers: Sequence[tuple[Rule, BreakTie]], close_within: int
) -> ContestStanding:
    """Order the options by points; among those within `close_within` points of the top, tie-breakers decide the first.

    The others follow by points, then in the order given. The margin is the absolute difference in points between
    the first and the second.
    """
    ranked = sorted(options, key=lambda option: -points[option])
    if not ranked:
        return ContestStanding((), 0, ())
    top = points[ranked[0]]
    close = tuple(option for option in ranked if top - points[option] <= close_within)
    applied = []
    for rule, tie in sorted(tie_breakers, key=lambda pair: (pair[1].order, pair[0].id)):
        if len(close) < 2:
            break
        kept = next((kept for tier in tie.tiers if (kept := tuple(o for o in close if o in tier))), close)
        if kept != close:
            applied.append((rule.id, close, kept))
            close = kept
    first = close[0]
    order = (first, *(option for option in ranked if option != first))
    margin = abs(points[order[0]] - points[order[1]]) if len(order) > 1 else 0
    return ContestStanding(order, margin, tuple(applied))


@dataclass(frozen=True, slots=True)
class ChosenOption:
    """The proposals in order of priority, with the winner, the runner-up and the confidence word."""

    proposals: tuple[tuple[Recommend, Rule], ...]
    winner: str
    second: str
    confidence: str
    rule: Rule | None


def choose(
    proposals: Iterable[tuple[Recommend, Rule]],
    ruled_out: frozenset[str],
    standing: ContestStanding,
    decision: DecisionRules,
    totals: Mapping[str, int],
) -> ChosenOption:
    """The proposal with the lowest priority number whose option is not ruled out, and the next for another option.

    Without any proposal the fallback wins. Without a second proposal the runner-up is the next of the contest,
    else the option with the most points that is not ruled out.
    """
    ordered = tuple(sorted(proposals, key=lambda pair: (pair[0].priority, pair[1].id)))
    standing_ones = [pair for pair in ordered if pair[0].option not in ruled_out]
    if standing_ones:
        recommend, rule = standing_ones[0]
        winner, confidence = recommend.option, recommend.confidence
        if confidence == "by_margin":
            confidence = band(standing.margin, decision)
    else:
        rule, winner, confidence = None, decision.fallback, "provisional"
    later = [pair[0].option for pair in standing_ones] + [o for o in standing.order if o not in ruled_out]
    later += sorted((o for o in totals if o not in ruled_out), key=lambda o: -totals[o])
    second = next((option for option in later if option != winner), decision.fallback)
    return ChosenOption(ordered, winner, second, confidence, rule)


def band(margin: int, decision: DecisionRules) -> str:
    """The confidence word for a margin in points."""
    for confidence, limit in decision.bands:
        if limit is None or margin <= limit:
            return confidence
    return decision.bands[-1][0]
