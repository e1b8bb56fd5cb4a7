"""Answers "why?": what a recommendation, rule, option, red flag, fact or step rests on, down to the user's answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from advisor.explaining.derivation import Derivation
from advisor.explaining.reasons import reasons
from advisor.explaining.view import View
from advisor.explaining.why_items import WhyItem, find_item, key_of_fact
from advisor.explaining.why_notes import basis
from advisor.model.why import AnswerNote, Why, WhyNode

RECOMMENDATION = "recommendation"
_STOPS = ("contest", RECOMMENDATION)


def explain_why(view: View, item: str | None = None) -> Why:
    """Why an item is so; without one, why the main recommendation was made.

    An item is a rule id, an option, a red flag, a fact, a figure or a question. For what did not come about, `holds`
    is False and the rest says how it stands. Raises DataError with the nearest ids for an unknown item, and KeyError
    for a trace that lacks a part.
    """
    if item is None:
        found = WhyItem("recommendation", view.trace.recommended, view.base.options[view.trace.recommended].title)
    else:
        found = find_item(view, item)
    root = _root(view, found)
    starts = _starts(view, root)
    nodes = Derivation(view).grow([root, *starts])
    answers, through = _resting_on(nodes, starts)
    return Why(
        item=found.id,
        kind=found.kind,
        title=nodes[root].title if found.kind in ("rule", "red_flag", "question") else found.title,
        holds=_holds(view, found, nodes[root]),
        standing=standing(view, found),
        sentences=tuple(dict.fromkeys((*_sentences(view, nodes, starts), *_figure_text(view, found)))),
        answers=answers,
        through=tuple(key for key in through if key != root),
        root=root,
        nodes=nodes,
        basis=basis(view, nodes.values()),
    )


def standing(view: View, item: WhyItem) -> str:
    """How an option stands in the advice, as `OptionCase.standing` says it; empty for what is no option."""
    trace = view.trace
    if item.kind == "add_on":
        return "added" if item.id in trace.add_ons else "not_added"
    if item.kind not in ("option", "recommendation"):
        return ""
    if item.id == trace.recommended:
        return "recommended"
    if view.values.get(f"out.{item.id}") is True:
        return "ruled_out"
    return "runner_up" if item.id == trace.runner_up else "possible"


def _root(view: View, item: WhyItem) -> str:
    if item.kind == "recommendation" or (item.kind == "option" and item.id == view.trace.recommended):
        return RECOMMENDATION
    if item.kind == "add_on":
        return f"fact add_on.{item.id}"
    if item.kind == "red_flag":
        return f"fact flag.{item.id.removeprefix('flag.')}"
    if item.kind == "question" and item.id in view.questionnaire.by_id:
        return f"question {item.id}"
    if item.kind in ("fact", "question"):
        return key_of_fact(view, item.id if item.id in view.base.facts else f"{item.id}.low")
    return f"{item.kind} {item.id}"


def _holds(view: View, item: WhyItem, root: WhyNode) -> bool:
    if item.kind == "red_flag":
        return root.kind == "flag"
    if item.kind in ("option", "add_on"):
        return standing(view, item) in ("recommended", "added")
    return root.kind not in ("silent", "unknown")


def _starts(view: View, root: str) -> tuple[str, ...]:
    """Where the short answer begins: at the item, or, for a recommendation, at its rule and its principal reasons."""
    if root != RECOMMENDATION:
        return (root,)
    won = [proposal.rule for proposal in view.trace.proposals if proposal.standing == "recommended"][:1]
    return tuple(f"rule {rule}" for rule in dict.fromkeys((*won, *(reason.rule for reason in reasons(view)))))


def _sentences(view: View, nodes: Mapping[str, WhyNode], starts: tuple[str, ...]) -> Iterator[str]:
    """The sentences of the rules at the start, or of those right behind it, or of what broke a near-tie behind it."""
    for key in starts:
        node = nodes[key]
        if node.rule is not None and node.rule.text:
            yield node.rule.text
        if any(link.to == "contest" for link in node.behind) and node.fact is not None:
            node = nodes["contest"]
        outs = [link.to for link in node.behind if link.to.startswith("fact out.") and node.kind == "option"]
        for link in (*(link for out in outs for link in nodes[out].behind), *node.behind):
            rule = nodes[link.to].rule
            if rule is not None and rule.text and (not outs or link.word == "concluded"):
                yield rule.text


def _resting_on(
    nodes: Mapping[str, WhyNode], starts: tuple[str, ...]
) -> tuple[tuple[AnswerNote, ...], tuple[str, ...]]:
    """The answers reached from some nodes, and where the walk stopped because all the answers lie beyond."""
    answers: list[AnswerNote] = []
    stops: list[str] = []
    seen: set[str] = set()
    pending = [*starts][::-1]
    while pending:
        key = pending.pop()
        if key in seen:
            continue
        seen.add(key)
        node = nodes[key]
        if node.answer is not None:
            answers.append(node.answer)
        if key in _STOPS and key not in starts:
            stops.append(key)
        else:
            pending += [ref for ref in node.refs() if ref not in node.silent][::-1]
    return tuple(answers), tuple(stops)


def _figure_text(view: View, item: WhyItem) -> Iterator[str]:
    """A figure's own sentence, when a figure was asked for and could be worked out."""
    for figure in view.base.figures:
        bounds = view.bounds(figure)
        if bounds is not None and item.id in (figure.id, f"{figure.id}.low", f"{figure.id}.high"):
            yield view.figure_text(figure, *bounds)
