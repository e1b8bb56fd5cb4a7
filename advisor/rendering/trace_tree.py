"""Grows the tree of a derivation: from what was concluded, through the rules, down to the answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from advisor.model.advice import Advice
from advisor.model.trace import FactRecord, Plain, Proposal
from advisor.rendering.blocks import signed
from advisor.rendering.words import Words


@dataclass(frozen=True, slots=True)
class Node:
    """A line of the tree with what it follows from. `key` names what it is about; `again`: it was shown before."""

    label: str
    key: str = ""
    children: tuple[Node, ...] = ()
    again: bool = False


class Tree:
    """Grows nodes from one trace. What was grown once comes back as a node marked `again`, without its children."""

    def __init__(self, advice: Advice, words: Words) -> None:
        self.advice, self.trace, self._words = advice, advice.trace, words
        self.facts = {record.fact: record for record in self.trace.facts}
        self.firings = {firing.rule: firing for firing in self.trace.firings}
        self.flags = {flag.id: flag for flag in self.trace.red_flags}
        self.titles = {case.option: case.title for case in advice.options}
        self._grown: set[str] = set()

    def whole(self) -> Iterator[Node]:
        """The recommendation first, then the other proposals, the options ruled out, the red flags and add-ons."""
        yield self.recommendation()
        yield self._second()
        passed = [p for p in self.trace.proposals if p.standing in ("passed_over", "ruled_out")]
        yield from self._group("passed_over", (self._proposal(p) for p in passed))
        yield from self._group("ruled_out", (self.fact(f) for f in sorted(self.facts) if self._is_out(f)))
        yield from self._group("red_flags", (self.flag(flag) for flag in self.flags))
        yield from self._group("add_ons", (self.fact(f"add_on.{add_on}") for add_on in self.trace.add_ons))
        if "contest" not in self._grown:
            yield self._contest()
        if self.trace.set_aside:
            yield Node(self._say("set_aside", questions=", ".join(self.trace.set_aside)))

    def recommendation(self) -> Node:
        """The recommended option, and the rules that proposed it; the first of them settled it."""
        trace = self.trace
        label = self._say("recommended", option=self._named(trace.recommended), confidence=trace.confidence)
        proposals = [p for p in trace.proposals if p.standing == "recommended"]
        return self._once("recommendation", label, lambda: self._proposals(proposals) or (self._leaf("fallback"),))

    def rule(self, rule: str, before: str = "") -> Node:
        """A rule that fired: what it did, and the facts it matched; `before` is put in front of its line."""
        firing = self.firings.get(rule)
        if firing is None:
            return Node(before + rule)
        did = "; ".join(firing.did)
        label = self._say("rule", rule=rule, version=firing.version, stratum=firing.stratum, did=did)
        return self._once(
            f"rule {rule}", before + label, lambda: tuple(self._matched(f, firing.matched[f]) for f in sorted(firing.matched))
        )

    def fact(self, fact: str) -> Node:
        """A fact with its value, and the rules, sums or choices that it came from."""
        record = self.facts[fact]
        return self._once(f"fact {fact}", self._fact_label(record), lambda: tuple(self._behind(record)))

    def flag(self, flag: str) -> Node:
        """A red flag and the rules that raised it."""
        record = self.flags[flag]
        label = self._say("flag", flag=flag, severity=record.severity)
        return self._once(f"flag {flag}", label, lambda: tuple(self.rule(rule) for rule in record.rules))

    def option(self, option: str) -> Node:
        """An option: the proposals for it, its points, and what ruled it out or added it."""
        proposals = [p for p in self.trace.proposals if p.option == option]
        names = [f for f in (f"out.{option}", f"add_on.{option}", f"tally.{option}") if f in self.facts]
        label = self._say("option", option=self._named(option))
        return self._once(
            f"option {option}", label, lambda: (*self._proposals(proposals), *(self.fact(name) for name in names))
        )

    def used(self, fact: str) -> Node:
        """The rules that matched a fact."""
        rules = [firing.rule for firing in self.trace.firings if fact in firing.matched]
        return Node(self._say("used", rules=", ".join(rules)) if rules else self._say("unused"))

    def _once(self, key: str, label: str, grow: Callable[[], tuple[Node, ...]]) -> Node:
        if key in self._grown:
            return Node(label, key, again=True)
        self._grown.add(key)
        return Node(label, key, grow())

    def _second(self) -> Node:
        trace = self.trace
        proposals = [p for p in trace.proposals if p.standing == "runner_up"]
        behind = self._proposals(proposals) or (self._contest(),)
        return Node(self._say("second", option=self._named(trace.runner_up)), "", behind)

    def _proposals(self, proposals: Iterable[Proposal]) -> tuple[Node, ...]:
        return tuple(self._proposal(proposal) for proposal in proposals)

    def _proposal(self, proposal: Proposal) -> Node:
        standing = self._words(f"render.trace.standing.{proposal.standing}")
        before = self._say(
            "proposal", option=self._named(proposal.option), priority=proposal.priority, standing=standing
        )
        return self.rule(proposal.rule, f"{before} ")

    def _contest(self) -> Node:
        contest = self.trace.contest
        order = ", ".join(f"{option} {contest.points[option]}" for option in contest.order)
        label = self._say("contest", branch=contest.branch, order=order, margin=contest.margin)
        return self._once("contest", label, lambda: tuple(self._contestants()))

    def _contestants(self) -> Iterator[Node]:
        contest = self.trace.contest
        if "branch" in self.facts:
            yield self.fact("branch")
        for option in contest.order:
            yield self._tally(option)
        for tie in contest.tie_breaks:
            before = self._say("tie_break", before=", ".join(tie.before), after=", ".join(tie.after))
            yield self.rule(tie.rule, f"{before} ")

    def _tally(self, option: str) -> Node:
        lines = [line for line in self.trace.tallies if line.option == option]
        total = self.trace.totals.get(option, sum(line.points for line in lines))
        terms = " ".join([*(signed(line.points) for line in lines), "=", str(total)])
        label = self._say("tally", option=option, terms=terms if lines else str(total))
        return self._once(
            f"fact tally.{option}",
            label,
            lambda: tuple(self.rule(line.rule, f"{signed(line.points)} {line.criterion}, ") for line in lines),
        )

    def _matched(self, fact: str, value: Plain | None) -> Node:
        if fact.startswith("tally.") and fact in self.facts:
            return self._tally(fact.removeprefix("tally."))
        return self.fact(fact) if fact in self.facts else Node(f"{fact} = {_plain(value)}")

    def _behind(self, record: FactRecord) -> Iterator[Node]:
        if record.fact.startswith("lead."):
            yield self._contest()
        elif record.fact.startswith("advice."):
            yield self.recommendation()
        elif record.fact.startswith("tally."):
            yield from self._tally(record.fact.removeprefix("tally.")).children
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

    def _group(self, name: str, nodes: Iterable[Node]) -> Iterator[Node]:
        found = tuple(nodes)
        if found:
            yield Node(self._say(name), "", found)

    def _is_out(self, fact: str) -> bool:
        return fact.startswith("out.") and self.facts[fact].value is True

    def _named(self, option: str) -> str:
        return f"{self.titles[option]} [{option}]" if option in self.titles else option

    def _leaf(self, key: str) -> Node:
        return Node(self._say(key))

    def _say(self, key: str, **slots: object) -> str:
        return self._words(f"render.trace.{key}", **slots)


def _plain(value: Plain | None) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
