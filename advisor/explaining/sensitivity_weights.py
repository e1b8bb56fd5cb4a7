"""How far each criterion's weight could move before another option is recommended, found exactly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise
from typing import TypeAlias

from advisor.errors import EngineError
from advisor.explaining.decide_again import Decided, Decider
from advisor.model.condition import Clause
from advisor.model.rulebase import RuleBase
from advisor.model.sensitivity import WeightRange, WeightSpan
from advisor.model.trace import Trace

ZERO, TODAY = Fraction(0), Fraction(1)

_Part: TypeAlias = tuple[Fraction, Fraction | None]
"""The lowest and the highest weight of a part of the range, see `_Piece`."""


def weight_ranges(base: RuleBase, trace: Trace) -> tuple[WeightRange, ...]:
    """One range for each criterion, in the order of `criteria.yaml`.

    Points are linear in a weight, so the decision can only change where two totals come to differ by nothing, by the
    distance that counts as close, or by a limit that a rule or a band sets, or where a total reaches a number that a
    rule tests. The decision is made anew at each such weight and between each two.
    """
    decider = Decider(base, trace)
    return tuple(_range(base, trace, decider, criterion) for criterion in base.criteria)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A single weight (`low` is `high`), or all weights between two, ends left out; None: no upper end.

    `decided` is the same in all of it; None when the rules would contradict one another there.
    """

    low: Fraction
    high: Fraction | None
    decided: Decided | None

    @property
    def option(self) -> str | None:
        return self.decided.option if self.decided else None

    @property
    def single(self) -> bool:
        return self.low == self.high

    def holds(self, weight: Fraction) -> bool:
        if self.single:
            return weight == self.low
        return self.low < weight and (self.high is None or weight < self.high)


def _range(base: RuleBase, trace: Trace, decider: Decider, criterion: str) -> WeightRange:
    slopes = dict.fromkeys(trace.totals, ZERO)
    for line in trace.tallies:
        if line.criterion == criterion:
            slopes[line.option] += line.points
    points = {option: int(slope) for option, slope in slopes.items() if slope}
    fixed = {option: total - slopes[option] for option, total in trace.totals.items()}
    turns = sorted({ZERO, *_turns(base, decider, fixed, slopes)}) if points else [ZERO]
    pieces = [_Piece(*part, _decided(decider, fixed, slopes, part)) for part in _parts(turns)]
    groups = list(_merged(pieces))
    at = next(place for place, group in enumerate(groups) if any(piece.holds(TODAY) for piece in group))
    spans = tuple(_span(group) for group in groups)
    return WeightRange(
        criterion=criterion,
        name=base.criteria[criterion],
        points=points,
        bearing="no_points" if not points else "never_changes" if len(spans) == 1 else "changes",
        holds=spans[at],
        below=spans[at - 1] if at else None,
        above=spans[at + 1] if at + 1 < len(spans) else None,
        spans=spans,
    )


def _turns(
    base: RuleBase, decider: Decider, fixed: Mapping[str, Fraction], slopes: Mapping[str, Fraction]
) -> Iterator[Fraction]:
    """The weights from 0 up at which the decision may change."""
    decision = base.decision
    clauses = [clause for rule in decider.rules for clause in rule.when.clauses()]
    limits = {0, decision.close_within, *(limit for _, limit in decision.bands if limit is not None)}
    limits |= set(_numbers(clauses, "lead.margin"))
    for one, other in combinations(decider.contestants, 2):
        for limit in limits:
            for gap in (limit, -limit):
                yield from _meeting(fixed[one] - fixed[other] - gap, slopes[one] - slopes[other])
    for option in fixed:
        for number in _numbers(clauses, f"tally.{option}"):
            yield from _meeting(fixed[option] - number, slopes[option])


def _numbers(clauses: Iterable[Clause], fact: str) -> Iterator[int]:
    """The numbers with which a fact is compared."""
    for clause in clauses:
        if clause.fact == fact and clause.test not in ("known", "said"):
            yield from (int(value) for value in clause.values)


def _meeting(fixed: Fraction, slope: Fraction) -> Iterator[Fraction]:
    """The weight from 0 up, if there is one, at which `fixed + weight * slope` is 0."""
    if slope and (weight := -fixed / slope) >= ZERO:
        yield weight


def _parts(turns: list[Fraction]) -> Iterator[_Part]:
    """Each turn by itself, and what lies between it and the next, the last without end."""
    for low, high in pairwise(turns):
        yield low, low
        yield low, high
    yield turns[-1], turns[-1]
    yield turns[-1], None


def _decided(
    decider: Decider, fixed: Mapping[str, Fraction], slopes: Mapping[str, Fraction], part: _Part
) -> Decided | None:
    """What is decided in one part; None when the rules would contradict one another there."""
    low, high = part
    weight = low + 1 if high is None else (low + high) / 2
    try:
        return decider.decide({option: fixed[option] + weight * slopes[option] for option in fixed})
    except EngineError:
        return None


def _merged(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """Neighbors with the same option, together."""
    group: list[_Piece] = []
    for piece in pieces:
        if group and piece.option != group[-1].option:
            yield group
            group = []
        group.append(piece)
    yield group


def _span(group: list[_Piece]) -> WeightSpan:
    first, last = group[0], group[-1]
    return WeightSpan(
        low=str(first.low),
        low_included=first.single,
        high=None if last.high is None else str(last.high),
        high_included=last.single,
        option=first.option,
        confidences=tuple(dict.fromkeys(piece.decided.confidence for piece in group if piece.decided)),
    )
