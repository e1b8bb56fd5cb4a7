"""What every explanation must keep, whatever the rules and the answers; each function asserts one law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from advisor.explaining.view import View
from advisor.explaining.why import explain_why
from advisor.explaining.why_not import explain_why_not
from advisor.model.condition import Clause
from advisor.model.why import Why, WhyNode, WhyNot

LEAVES = ("answer", "default", "unknown")


def items(view: View) -> Iterator[str]:
    """Everything that has a why: rules that fired, raised flags, facts and options."""
    yield from sorted(view.fired_ids)
    yield from (flag.id for flag in view.trace.red_flags)
    yield from (record.fact for record in view.trace.facts)
    yield from view.base.options


def check_why(view: View, item: str | None) -> Why:
    """A why has no circle, ends at answers, defaults and what is not known, and agrees with the trace."""
    why = explain_why(view, item)
    assert why.root in why.nodes
    values = view.values
    done: set[str] = set()
    for key, node in why.nodes.items():
        _no_circle(why.nodes, key, done, ())
        if not list(node.refs()):
            assert node.kind in (*LEAVES, "silent") or _empty(view, node), key
        if node.fact is not None:
            assert node.fact.value == values.get(node.fact.fact)
        if node.rule is not None:
            assert (node.kind == "rule") is (node.rule.id in view.fired_ids)
        if node.kind == "rule":
            assert all(clause.helps is True for clause in node.clauses)
        _clauses_agree(view, node)
    assert Why.model_validate_json(why.model_dump_json()) == why
    return why


def check_why_not(view: View, item: str) -> WhyNot:
    """The clauses of a why-not agree with the condition they are of, and it comes back from JSON."""
    told = explain_why_not(view, item)
    for node in told.nodes.values():
        _clauses_agree(view, node)
    assert WhyNot.model_validate_json(told.model_dump_json()) == told
    return told


def check_silent_rule(view: View, rule: str) -> None:
    """A rule that runs and did not fire has a clause that did not hold, or none of a list of which one had to."""
    told = check_why_not(view, rule)
    node = told.nodes[f"rule {rule}"]
    assert not told.happened
    assert any(clause.helps is not True for clause in node.clauses), rule
    every = [clause.helps for clause in node.clauses if clause.part != "any"]
    some = [clause.helps for clause in node.clauses if clause.part == "any"]
    assert False in every or None in every or (some and True not in some), rule


def _empty(view: View, node: WhyNode) -> bool:
    """A rule without clauses, or a figure of fixed numbers, follows from nothing."""
    return (node.rule is not None and not node.clauses) or (node.kind in ("figure", "unknown") and not node.behind)


def _no_circle(nodes: Mapping[str, WhyNode], key: str, done: set[str], path: tuple[str, ...]) -> None:
    assert key not in path, path
    if key not in done:
        for ref in nodes[key].refs():
            _no_circle(nodes, ref, done, (*path, key))
        done.add(key)


def _clauses_agree(view: View, node: WhyNode) -> None:
    if node.rule is None:
        return
    when = view.base.by_id[node.rule.id].when
    for note in node.clauses:
        listed: tuple[Clause, ...] = getattr(when, note.part)
        clause = next(c for c in listed if str(c) == note.clause)
        truth = clause.truth(view.known)
        assert (note.truth, note.value) == (truth, view.values.get(clause.fact))
        assert note.helps is (truth if note.part != "none" or truth is None else not truth)
