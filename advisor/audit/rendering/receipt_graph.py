"""The derivation as a graph: what led to the recommendation and its principal reasons, from the answers on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from advisor.audit.model.quotes import QuotedTerm
from advisor.audit.rendering.receipt_view import ReceiptView, shown
from advisor.model.trace import FactRecord, Firing
from advisor.rendering.blocks import signed
from advisor.rendering.page_advice import MOST_REASONS

Kind: TypeAlias = Literal["answer", "rule", "sum", "advice"]


@dataclass(frozen=True, slots=True)
class Dot:
    """A node: its kind, a short title, the lines below it, and the ids of the nodes it follows from."""

    id: str
    kind: Kind
    title: str
    lines: tuple[str, ...]
    behind: tuple[str, ...]


class Graph:
    """The nodes by id, each after all that it follows from; the last is the recommendation."""

    def __init__(self, view: ReceiptView) -> None:
        self._view = view
        self._open: set[str] = set()
        self.dots: dict[str, Dot] = {}
        self.top = self._recommendation()

    def _recommendation(self) -> str:
        trace = self._view.trace
        rules = [p.rule for p in trace.proposals if p.standing == "recommended" and p.rule in self._view.firings]
        settling = [self._rule(rule) for rule in rules]
        contest = self._contest()
        behind = settling if "contest" in self._reached(settling) else [*settling, contest]
        behind += [self._rule(rule) for rule in self._reasons() if f"rule {rule}" not in self._reached(behind)]
        title = self._view.options.get(trace.recommended, trace.recommended)
        sure = self._view.say("graph.sure", confidence=trace.confidence)
        return self._add(Dot("advice", "advice", trace.recommended, (title, sure), _kept(behind)))

    def _reasons(self) -> list[str]:
        """The rules of the principal reasons."""
        rules = [reason.rule for reason in self._view.advice.reasons[:MOST_REASONS]]
        return [rule for rule in rules if rule in self._view.firings]

    def _reached(self, names: list[str]) -> set[str]:
        """All nodes that some nodes follow from, and these."""
        found, waiting = set[str](), [name for name in names if name]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self.dots[name].behind
        return found

    def _contest(self) -> str:
        """The sum of points: the principal reasons one by one, all other rules together."""
        if not self._enter("contest"):
            return self._there("contest")
        view, trace = self._view, self._view.trace
        weighed = {line.rule: None for line in trace.tallies if line.option in trace.contest.points}
        reasons = [rule for rule in self._reasons() if rule in weighed] or weighed
        principal = [rule for rule in reasons if rule in view.firings][:MOST_REASONS]
        behind = [self._rule(rule) for rule in principal]
        others = weighed.keys() - set(principal)
        if others:
            text = view.words.counted("render.receipt.graph.others", len(others))
            behind.append(self._add(Dot("others", "rule", view.say("graph.others_title"), (text,), ())))
        behind += [self._rule(tie.rule) for tie in trace.contest.tie_breaks if tie.rule in view.firings]
        points = tuple(f"{option} {trace.contest.points[option]}" for option in trace.contest.order)
        title = view.say("graph.contest")
        return self._add(Dot("contest", "sum", title, points, _kept(behind)))

    def _rule(self, rule: str) -> str:
        name = f"rule {rule}"
        if not self._enter(name):
            return self._there(name)
        firing = self._view.firings[rule]
        behind = [self._fact(fact) for fact in sorted(firing.matched)]
        return self._add(Dot(name, "rule", rule, tuple(self._did(firing)), _kept(behind)))

    def _did(self, firing: Firing) -> Iterator[str]:
        """What a rule did: its points option by option, or its actions as the trace tells them."""
        points = [line for line in self._view.trace.tallies if line.rule == firing.rule]
        if points:
            yield ", ".join(f"{line.option} {signed(line.points)}" for line in points)
        elif firing.concluded:
            yield from (f"{fact} = {shown(value)}" for fact, value in sorted(firing.concluded.items()))
        else:
            yield from firing.did

    def _fact(self, fact: str) -> str:
        """The node a fact comes from; facts of one origin share it."""
        record = self._view.facts.get(fact)
        if record is None or record.value is None or record.origin in ("answer", "default"):
            return self._plain(fact, record)
        if fact.startswith(("lead.", "tally.")):
            return self._contest()
        if record.origin == "rule":
            return self._rule(record.by[0]) if record.by and record.by[0] in self._view.firings else ""
        name = f"fact {fact}"
        if not self._enter(name):
            return self._there(name)
        behind = self._figures(record) if record.origin == "figure" else list(self._named(record))
        kept = _kept(behind)
        return self._add(Dot(name, "sum", fact, (shown(record.value),), kept))

    def _named(self, record: FactRecord) -> Iterator[str]:
        for name in record.by:
            if name in self._view.firings:
                yield self._rule(name)
            elif name in self._view.facts:
                yield self._fact(name)

    def _figures(self, record: FactRecord) -> list[str]:
        """The facts that the formula of a figure reads, those of earlier figures in it too."""
        by_id = {figure.id: figure for figure in self._view.content.figures}
        found: list[str] = []
        waiting, seen = [name for name in record.by if name in by_id], set[str]()
        while waiting:
            figure = waiting.pop()
            if figure in seen or figure not in by_id:
                continue
            seen.add(figure)
            for op, name in _leaves(by_id[figure].formula):
                if op == "figure":
                    waiting.append(name)
                elif name in self._view.facts:
                    found.append(self._fact(name))
        return sorted(set(found))

    def _plain(self, fact: str, record: FactRecord | None) -> str:
        if f"fact {fact}" in self.dots:
            return f"fact {fact}"
        known = record is not None and record.value is not None
        origin = record.origin if record is not None and known else "missing"
        lines = (
            (self._view.value(fact),) if origin != "default" else (self._view.value(fact), self._view.say("default"))
        )
        return self._add(Dot(f"fact {fact}", "answer", fact, lines, ()))

    def _enter(self, name: str) -> bool:
        """Whether a node is to be made now: not when it is there, nor while it is being made (a forged circle)."""
        if name in self._open:
            return False
        self._open.add(name)
        return True

    def _there(self, name: str) -> str:
        return name if name in self.dots else ""

    def _add(self, dot: Dot) -> str:
        self.dots[dot.id] = dot
        return dot.id


def _kept(names: Iterable[str]) -> tuple[str, ...]:
    """The nodes that are there, each once."""
    return tuple(dict.fromkeys(name for name in names if name))


def _leaves(term: QuotedTerm) -> Iterator[tuple[str, str]]:
    if term.name is not None:
        yield term.op, term.name
    for part in term.parts or ():
        yield from _leaves(part)
