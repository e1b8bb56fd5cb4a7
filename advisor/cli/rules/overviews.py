"""The rule base as an expert reads it, worked out from the rules: weights, order, gates, claims, and one page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from advisor.model.action_line import line_of
from advisor.model.condition import Clause, Condition, Knowledge, Value
from advisor.model.page import Page
from advisor.model.rule import Conclude, Recommend, Rule, Weigh
from advisor.model.rulebase import RuleBase
from advisor.terminal.device import width, wrap

BRANCH = "branch"
GATE = "gate."
_COLUMN = 2  # spaces between two columns of points
_VALUED = ("is", "one_of")


Weighed: TypeAlias = tuple[str, tuple[str, ...], str, list[tuple[Rule, dict[str, int]]]]
"""A branch, the options that compete there, the name of a criterion, and each rule with the points that it gives."""


def weighed(base: RuleBase) -> Iterator[Weighed]:
    """For each branch the rules that give points under each criterion; of criteria without any there is nothing."""
    for branch, contest in base.decision.contests.items():
        ways = _ways_into(branch, base)
        rules = [rule for rule in base.active if _may_be(rule, branch, ways)]
        for criterion, name in base.criteria.items():
            given = [(rule, points) for rule in rules if (points := _points(rule, criterion))]
            if given:
                yield branch, tuple(contest.options), name, given


def proposed(base: RuleBase, branch: str) -> list[tuple[Recommend, Rule]]:
    """The proposals of a branch, in the order in which they are tried."""
    ways = _ways_into(branch, base)
    tried = [
        (action, rule)
        for rule in base.active
        for action in rule.actions
        if isinstance(action, Recommend) and _may_be(rule, branch, ways)
    ]
    return sorted(tried, key=lambda one: (one[0].priority, one[1].id))


def weights(base: RuleBase) -> Iterator[str]:
    """For each branch the points that each answer gives to the options that compete there, by criterion."""
    found = list(weighed(base))
    for branch, contest in base.decision.contests.items():
        yield from ("", f"{branch}: {', '.join(contest.options)}")
        for _, options, name, given in (one for one in found if one[0] == branch):
            yield _row(f"  {name}", [option.replace("_", " ") for option in options], options)
            for rule, points in given:
                cells = [f"{points[option]:+d}" if option in points else "." for option in options]
                yield _row(f"    {rule.id}", cells, options)
                others = ", ".join(f"{o} {n:+d}" for o, n in points.items() if o not in options)
                beside = [f"beside the contest: {others}"] if others else []
                for text in (rule.title, *conditions(rule.when), *beside):
                    yield from wrap(text, width(), "      ", "        ")


def order(base: RuleBase) -> Iterator[str]:
    """For each branch the proposals in the order in which they are tried: the first that fits is recommended."""
    for branch in base.decision.contests:
        yield from ("", branch)
        for number, (action, rule) in enumerate(proposed(base, branch), 1):
            yield from wrap(
                f"{rule.id}  {action.option} ({action.confidence}): {rule.title}", width(), f"  {number}. ", "     "
            )
            for text in conditions(rule.when):
                yield from wrap(text, width(), "      ", "        ")


def gates(base: RuleBase) -> Iterator[str]:
    """Each check of the exit, with the rules that settle it and those that read it."""
    for spec in base.facts.values():
        if not spec.id.startswith(GATE):
            continue
        yield from ("", f"{spec.id}  {spec.title}")
        for rule in base.active:
            for action in rule.actions:
                if isinstance(action, Conclude) and action.fact == spec.id:
                    yield from wrap(f"{rule.id}  {line_of(action)}: {rule.title}", width(), "  ", "    ")
                    for text in conditions(rule.when):
                        yield from wrap(text, width(), "      ", "        ")
        reading = [rule.id for rule in base.active if spec.id in rule.when.facts()]
        yield from wrap(", ".join(reading) or "no rule", width(), "  Read by ", "    ")


def claims(base: RuleBase) -> Iterator[str]:
    """Each item of `claims.yaml`, with the rules that encode it or the reason why none does."""
    for claim in base.claims.values():
        yield from wrap(claim.says, width(), f"{claim.id}  ", "  ")
        yield from wrap(", ".join(claim.rules) or f"Not encoded: {claim.not_encoded}", width(), "    ")


def whole_page(page: Page, base: RuleBase) -> Iterator[str]:
    """One page: whom it speaks to, what it asks, and its rules in reading order with their texts."""
    yield from wrap(page.title, width(), f"{page.id}  ", "  ")
    yield f"file {page.file}"
    yield from wrap(page.asks, width(), "It answers: ", "  ") if page.asks else ()
    for text in conditions(page.speaks_to):
        yield from wrap(text, width(), "It speaks to ", "  ")
    yield from wrap(", ".join(page.questions), width(), "It asks ", "  ") if page.questions else ()
    for paper in page.bring:
        yield from wrap(paper, width(), "It says to bring: ", "  ")
    for rule in (base.by_id[rule_id] for rule_id in page.rules):
        yield ""
        status = "" if rule.status == "stable" else f" ({rule.status})"
        yield from wrap(f"{rule.title}{status}", width(), f"{rule.id}  ", "  ")
        for text in conditions(rule.when):
            yield from wrap(text, width(), "  When ", "    ")
        for action in rule.actions:
            yield from wrap(line_of(action), width(), "  Then ", "    ")
        why, *texts = rule.templates()
        for template in texts:
            yield from wrap(template.source, width(), "  Text ", "    ")
        yield from wrap(why.source, width(), "  Why ", "    ")
        for caveat in rule.caveats:
            yield from wrap(caveat, width(), "  Caveat ", "    ")
        yield from wrap(", ".join(rule.claims), width(), "  Claims ", "    ")


def conditions(when: Condition) -> list[str]:
    """The lists of a condition that hold any clause, each as one text."""
    lists = (("all of", when.all), ("any of", when.any), ("none of (each known to be false)", when.none))
    return [f"{word}: " + "; ".join(str(clause) for clause in clauses) for word, clauses in lists if clauses]


OVERVIEWS: Mapping[str, Callable[[RuleBase], Iterator[str]]] = {
    "weights": weights,
    "order": order,
    "gates": gates,
    "claims": claims,
}


def _row(label: str, cells: Sequence[str], options: Sequence[str]) -> str:
    """A label and cells, each under the name of its option."""
    shown = "".join(cell.rjust(len(option) + _COLUMN) for cell, option in zip(cells, options, strict=True))
    return f"{label:<{max(len(label) + 1, 14)}}{shown}"


def _points(rule: Rule, criterion: str) -> dict[str, int]:
    points: dict[str, int] = {}
    for action in rule.actions:
        if isinstance(action, Weigh) and action.criterion == criterion:
            points |= action.points
    return points


def _ways_into(branch: str, base: RuleBase) -> list[Condition]:
    """The conditions under which a branch is concluded."""
    return [rule.when for rule in base.active if Conclude(BRANCH, branch) in rule.actions]


def _may_be(rule: Rule, branch: str, ways: Sequence[Condition]) -> bool:
    """Whether a rule could fire in a branch, as far as its clauses on the branch and on what decides it tell.

    A rule is left out only where each way into the branch asks for another value of a fact that the rule tests.
    """
    known = Knowledge({BRANCH: branch})
    if any(clause.fact == BRANCH and clause.truth(known) is False for clause in rule.when.all):
        return False
    if any(clause.fact == BRANCH and clause.truth(known) is True for clause in rule.when.none):
        return False
    return not ways or any(_meet(rule.when, way) for way in ways)


def _room(clause: Clause, wanted: set[Value]) -> set[Value]:
    """The values of `wanted` with which a clause may hold."""
    if clause.test == "known":
        return wanted if clause.values[0] else set()
    return wanted & set(clause.values)


def _meet(one: Condition, other: Condition) -> bool:
    """Whether no clause under `all` of the first names only values that the second has no room for."""
    for clause in (clause for clause in one.all if clause.test in _VALUED):
        wanted = set(clause.values)
        if any(not _room(c, wanted) for c in other.all if c.fact == clause.fact and c.test in (*_VALUED, "known")):
            return False
        if any(wanted == _room(c, wanted) for c in other.none if c.fact == clause.fact and c.test in _VALUED):
            return False
    return True
