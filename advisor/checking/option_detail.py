"""Options whose case for and against is not told in equal detail."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.checking.finding import CheckDesk, Finding
from advisor.model.rulebase import Point

SLACK = 0.25  # how far two word counts may differ, as a share of the larger (IPDAS: equal detail)


def uneven_options(desk: CheckDesk) -> Iterator[Finding]:
    """Each option has as many general points for as against, of like length, and all options as many as one another."""
    counts = {(len(o.pros), len(o.cons)) for o in desk.base.options.values()}
    if len(counts) > 1:
        yield Finding("option_detail", "options.yaml", 0, "the options differ in how many points they have")
    for option in desk.base.options.values():
        pros, cons = _words(option.pros), _words(option.cons)
        if abs(pros - cons) > SLACK * max(pros, cons):
            message = f"`{option.id}` has {pros} words for and {cons} against; they should be within a quarter"
            yield Finding("option_detail", "options.yaml", 0, message)


def _words(points: tuple[Point, ...]) -> int:
    return sum(len(point.text.split()) for point in points)
