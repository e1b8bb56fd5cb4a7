"""Which rules encode each claim: worked out from what the rules, and the files beside them, cite."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from advisor.model.rulebase import RuleBase


def encoded(base: RuleBase) -> RuleBase:
    """The rule base with the rules of each claim filled in, by id, and after them where else it is encoded.

    Drafts and deprecated rules do not run, so they encode nothing.
    """
    places: dict[str, list[str]] = {claim: [] for claim in base.claims}
    for claim, place in (*_by_rules(base), *_elsewhere(base)):
        if place not in places.get(claim, [place]):
            places[claim].append(place)
    return replace(base, claims={name: replace(one, rules=tuple(places[name])) for name, one in base.claims.items()})


def _by_rules(base: RuleBase) -> Iterator[tuple[str, str]]:
    for rule in sorted(base.active, key=lambda one: one.id):
        for claim in rule.claims:
            yield claim, rule.id


def _elsewhere(base: RuleBase) -> Iterator[tuple[str, str]]:
    for option in base.options.values():
        points = (*option.pros, *option.cons)
        for claim in (option.ref, *(claim for point in points for claim in point.claims)):
            yield claim, f"options.yaml#{option.id}"
    for figure in base.figures:
        for claim in (figure.ref, *figure.claims):
            yield claim, f"figures.yaml#{figure.id}"
    for chart in base.charts:
        for claim in chart.claims:
            yield claim, f"charts.yaml#{chart.id}"
    for ban in base.bans:
        yield ban.id, f"never_say.yaml#{ban.id}"
