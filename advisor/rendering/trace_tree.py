"""Grows the tree of a derivation: from what was concluded, through the rules, down to the answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from advisor.model.advice import Advice
from advisor.model.trace import FactRecord, Plain, Proposal
from advisor.model.words import Words
from advisor.rendering.blocks import signed


@dataclass(frozen=True, slots=True)
class TraceNode:
    """A line of the tree with what it follows from. `key` names what it is about; `again`: it was shown before."""

    label: str
    key: str = ""
    children: tuple[TraceNode, ...] = ()
    again: bool = False


class TraceTree:
    """Grows nodes from one trace. What was grown once comes back as a node marked `again`, without its children."""

    def __init__(self, advice: Advice, words: Words) -> None:
        self.advice, self.trace, self._words = advice, advice.trace, words
        self.facts = {record.fact: record for record in self.trace.facts}
        self.firings = {firing.rule: firing for firing in self.trace.firings}
        self.flags = {flag.id: flag for flag in self.trace.red_flags}
        self.titles = {case.option: case.title for case in advice.options}
        self._grown: dict[str, bool] = {}

    def whole(self) -> Iterator[TraceNode]:
        """The recommendation, second choice and contest; what was passed over or ruled out; flags and add-ons."""
        yield self.recommendation()
        yield self._second()
        if "contest" not in self._grown:
            yield self._contest()
        passed = [p for p in self.trace.proposals if p.standing in ("passed_over", "ruled_out")]
        yield from self._group("passed_over", (self._proposal(p) for p in passed))
        yield from self._group("ruled_out", (self.fact(f) for f in sorted(self.facts) if self._is_out(f)))
        yield from self._group("red_flags", (self.flag(flag) for flag in self.flags))
        yield from self._group("add_ons", (self.fact(f"add_on.{add_on}") for add_on in self.trace.add_ons))
        if self.trace.set_aside:
            yield TraceNode(self._say("set_aside", questions=", ".join(self.trace.set_aside)))

    def recommendation(self) -> TraceNode:
        """The recommended option, and the rules that proposed it; the first of them settled it."""
        trace = self.trace
        label = self._say("recommended", option=self._named(trace.recommended), confidence=trace.confidence)
        proposals = [p for p in trace.proposals if p.standing == "recommended"]
        fallback = (TraceNode(self._say("fallback")),)
        return self._once("recommendation", label, lambda: self._proposals(proposals) or fallback)

    def rule(self, rule: str, before: str = "") -> TraceNode:
        """A rule that fired: what it did, and the facts it matched; `before` is put in front of its line."""
        firing = self.firings.get(rule)
        if firing is None:
            return TraceNode(before + rule)
        label = self._say("rule", rule=rule, version=firing.version, stratum=firing.stratum, did="; ".join(firing.did))
        return self._once(
            f"rule {rule}",
            before + label,
            lambda: tuple(self._matched(fact, firing.matched[fact]) for fact in sorted(firing.matched)),
            short=before + self._say("rule_again", rule=rule),
        )

    def fact(self, fact: str) -> TraceNode:
        """A fact with its value, and the rules, sums or choices that it came from."""
        if fact.startswith("tally."):
            return self._tally(fact.removeprefix("tally."))
        record = self.facts[fact]
        short = f"{fact} = {_plain(record.value)}" if record.value is not None else ""
        return self._once(f"fact {fact}", self._fact_label(record), lambda: tuple(self._behind(record)), short)

    def flag(self, flag: str) -> TraceNode:
        """A red flag and the rules that raised it."""
        record = self.flags[flag]
        label = self._say("flag", flag=flag, severity=record.severity)
        return self._once(f"flag {flag}", label, lambda: tuple(self.rule(rule) for rule in record.rules))

    def option(self, option: str) -> TraceNode:
        """An option: the proposals for it, its points, and what ruled it out or added it."""
        proposals = [p for p in self.trace.proposals if p.option == option]
        names = [f for f in (f"out.{option}", f"add_on.{option}", f"tally.{option}") if f in self.facts]
        label = self._say("option", option=self._named(option))
        return self._once(
            f"option {option}", label, lambda: (*self._proposals(proposals), *(self.fact(name) for name in names))
        )

    def used(self, fact: str) -> TraceNode:
        """The rules that matched a fact."""
        rules = [firing.rule for firing in self.trace.firings if fact in firing.matched]
        return TraceNode(self._say("used", rules=", ".join(rules)) if rules else self._say("unused"))

    def _once(self, key: str, label: str, grow: Callable[[], tuple[TraceNode, ...]], short: str = "") -> TraceNode:
        """A node grown now; or one grown before, by its label alone, the short one if there is more behind it."""
        there = self._grown.get(key)
        if there is not None:
            return TraceNode(short or label if there else label, key, again=True)
        self._grown[key] = True
        node = TraceNode(label, key, grow())
        self._grown[key] = bool(node.children)
        return node

    def _second(self) -> TraceNode:
        trace = self.trace
        proposals = [p for p in trace.proposals if p.standing == "runner_up"]
        behind = self._proposals(proposals) or (self._contest(),)
        return TraceNode(self._say("second", option=self._named(trace.runner_up)), "", behind)

    def _proposals(self, proposals: Iterable[Proposal]) -> tuple[TraceNode, ...]:
        return tuple(self._proposal(proposal) for proposal in proposals)

    def _proposal(self, proposal: Proposal) -> TraceNode:
        return self.rule(proposal.rule, self._say(f"standing.{proposal.standing}") + " ")

    def _contest(self) -> TraceNode:
        contest = self.trace.contest
        order = ", ".join(f"{option} {contest.points[option]}" for option in contest.order)
        label = self._say("contest", branch=contest.branch, order=order, margin=contest.margin)
        return self._once("contest", label, lambda: tuple(self._contestants()))

    def _contestants(self) -> Iterator[TraceNode]:
        contest = self.trace.contest
        if "branch" in self.facts:
            yield self.fact("branch")
        for option in contest.order:
            yield self._tally(option)
        for tie in contest.tie_breaks:
            before = self._say("tie_break", before=", ".join(tie.before), after=", ".join(tie.after))
            yield self.rule(tie.rule, f"{before} ")

    def _tally(self, option: str) -> TraceNode:
        lines = [line for line in self.trace.tallies if line.option == option]
        total = self.trace.totals.get(option, sum(line.points for line in lines))
        terms = " ".join([*(signed(line.points) for line in lines), "=", str(total)])
        label = self._say("tally", option=option, terms=terms if lines else str(total))
        return self._once(
            f"fact tally.{option}",
            label,
            lambda: tuple(self.rule(line.rule, f"{signed(line.points)} {line.criterion}, ") for line in lines),
        )

    def _matched(self, fact: str, value: Plain | None) -> TraceNode:
        return self.fact(fact) if fact in self.facts else TraceNode(f"{fact} = {_plain(value)}")

    def _behind(self, record: FactRecord) -> Iterator[TraceNode]:
        if record.value is None:
            return
        if record.fact.startswith("lead.") or record.fact == "advice.lean":
            yield self._contest()
        elif record.fact == "advice.second":
            yield self._second()
        elif record.fact.startswith("advice."):
            yield self.recommendation()
        elif record.origin in ("rule", "machine"):
            for name in record.by:
                yield self.fact(name) if name in self.facts else self.rule(name)

    def _fact_label(self, record: FactRecord) -> str:
        by = ", ".join(record.by)
        if record.value is None:
            why = self._words(f"render.said.{record.said or 'not_asked'}") if record.origin == "answer" else ""
            return self._say("not_known", fact=record.fact, why=why or self._say("from.nothing"))
        origin = self._say(f"from.{record.origin}", by=by)
        return self._say("fact", fact=record.fact, value=_plain(record.value), origin=origin)

    def _group(self, name: str, nodes: Iterable[TraceNode]) -> Iterator[TraceNode]:
        found = tuple(nodes)
        if found:
            yield TraceNode(self._say(name), "", found)

    def _is_out(self, fact: str) -> bool:
        return fact.startswith("out.") and self.facts[fact].value is True

    def _named(self, option: str) -> str:
        return f"{self.titles[option]} [{option}]" if option in self.titles else option

    def _say(self, key: str, **slots: object) -> str:
        return self._words(f"render.trace.{key}", **slots)


def _plain(value: Plain | None) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
