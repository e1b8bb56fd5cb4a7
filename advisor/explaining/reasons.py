"""The principal reasons: at most four rules that fired and made the difference, in the user's own answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from advisor.explaining.view import View
from advisor.model.advice import Reason
from advisor.model.rule import Recommend, Rule, RuleOut, Weigh
from advisor.model.trace import Firing

MOST = 4  # more than four reasons are not likely to help (Regulation B, official comment 9(b)(2)-1)


def reasons(view: View) -> tuple[Reason, ...]:
    """The rule that settled it (when a rule did, not the points), the rules that closed a rival option, then the
    rules whose points set the recommended option apart most. Each speaks of an answer."""
    found: dict[str, tuple[Rule, Firing]] = {}
    for rule, firing in (*_settling(view), *_closing(view), *_weighing(view)):
        if rule.why.slots:
            found.setdefault(rule.id, (rule, firing))
    if not found:
        found = {rule.id: (rule, firing) for rule, firing in _settling(view, points_too=True)}
    return tuple(_reason(view, rule, firing) for rule, firing in list(found.values())[:MOST])


def _settling(view: View, *, points_too: bool = False) -> Iterator[tuple[Rule, Firing]]:
    winners = {p.rule: p.priority for p in view.trace.proposals if p.standing == "recommended"}
    for rule, firing, action in sorted(
        (t for t in view.doing(Recommend) if t[0].id in winners), key=lambda t: (t[2].priority, t[0].id)
    ):
        if points_too or action.confidence != "by_margin":
            yield rule, firing


def _closing(view: View) -> Iterator[tuple[Rule, Firing]]:
    contest = view.base.decision.contests.get(view.trace.contest.branch)
    rivals = set(contest.options if contest else ()) - {view.trace.recommended}
    for rule, firing, action in view.doing(RuleOut):
        if rivals.intersection(action.options):
            yield rule, firing


def _weighing(view: View) -> Iterator[tuple[Rule, Firing]]:
    """Weigh rules in favor, by turns: the one that most sets the option apart from all its rivals, then the one that
    most sets it apart from the runner-up, and so on."""
    first, second = view.trace.recommended, view.trace.runner_up
    if view.trace.confidence == "provisional" and view.trace.contest.order:
        first, *rest = view.trace.contest.order
        second = rest[0] if rest else second
    rivals = [option for option in dict.fromkeys((*view.trace.contest.order, second)) if option != first]
    for_it = [
        (rule, firing, action.points) for rule, firing, action in view.doing(Weigh) if action.points.get(first, 0) > 0
    ]

    def lead(points: Mapping[str, int], others: Sequence[str]) -> int:
        return sum(points[first] - points.get(other, 0) for other in others)

    by_all = sorted(for_it, key=lambda t: (-lead(t[2], rivals), t[0].id))
    by_second = sorted(for_it, key=lambda t: (-lead(t[2], [second]), -t[2][first], t[0].id))
    for pair in zip(by_all, by_second, strict=True):
        for rule, firing, _ in pair:
            yield rule, firing


def _reason(view: View, rule: Rule, firing: Firing) -> Reason:
    points: dict[str, int] = {}
    for action in rule.actions:
        if isinstance(action, Weigh):
            points.update(action.points)
    return Reason(
        rule=rule.id,
        text=view.why(rule),
        facts=firing.matched,
        claims=rule.claims,
        sources=rule.sources,
        points=points,
        caveats=rule.caveats,
        leans_with_publisher=leans_with_publisher(view, rule),
    )


def leans_with_publisher(view: View, rule: Rule) -> bool:
    """Whether a rule rests on an item of the article that leans the way its publisher sells."""
    claims, sold = view.base.claims, view.base.about.publisher_sells
    return any(c.startswith("K") and claims[c].leans in sold for c in rule.claims if c in claims)
