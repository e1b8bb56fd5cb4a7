"""Grows the graph of a derivation from a trace: from any conclusion through the rules down to the user's answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from advisor.explaining.guards import guards, held_back
from advisor.explaining.view import View
from advisor.explaining.why_items import key_of_fact, makers_by_fact
from advisor.explaining.why_notes import answer_note, clause_notes, fact_note, rule_note
from advisor.model.condition import Condition
from advisor.model.rule import Action, Add, BreakTie, Recommend, Rule, RuleOut, Weigh
from advisor.model.trace import FactRecord, Firing, Proposal
from advisor.model.why import ClauseNote, ContestNote, NodeKind, WhyLink, WhyNode


class Derivation:
    """Grows nodes from one view, each once.

    A derivation of what is so has no cycle, and ends at answers, defaults and what is not known. Of the rules that
    stayed silent it follows those that would not have if less were known. A `deep` one goes on through all of them, to
    the answers that kept them so.
    """

    def __init__(self, view: View, *, deep: bool = False) -> None:
        self._view, self._deep = view, deep
        self._records: Mapping[str, FactRecord] = {record.fact: record for record in view.trace.facts}
        self._firings: Mapping[str, Firing] = {firing.rule: firing for firing in view.trace.firings}

    def grow(self, roots: Iterable[str]) -> dict[str, WhyNode]:
        """The nodes of some keys and of all that they follow from, by key, in reading order.

        Keys are `rule <id>`, `fact <id>`, `question <id>`, `option <id>`, `contest` and `recommendation`. Raises
        KeyError for what is not in the trace.
        """
        nodes: dict[str, WhyNode] = {}
        pending = [*roots][::-1]
        while pending:
            key = pending.pop()
            if key not in nodes:
                nodes[key] = node = self._node(key)
                pending += [*node.refs()][::-1]
        return nodes

    def _node(self, key: str) -> WhyNode:
        kind, _, name = key.partition(" ")
        if kind == "rule":
            return self._rule(key, name)
        if kind == "fact":
            return self._fact(key, name)
        if kind == "question":
            return self._question(key, name)
        if kind == "option":
            return self._option(key, name)
        return self._contest() if kind == "contest" else self._recommendation()

    def _rule(self, key: str, name: str) -> WhyNode:
        rule, firing = self._view.base.by_id[name], self._firings.get(name)
        if firing is None:
            followed = rule.when.facts() if self._deep else guards(self._view, rule.when)
            clauses = clause_notes(self._view, rule.when, self._because(followed))
            return WhyNode(key=key, kind="silent", title=rule.title, rule=rule_note(self._view, rule), clauses=clauses)
        when = rule.when
        held = tuple(c for c in when.any if c.fact in firing.matched and c.truth(self._view.known) is True)
        matched = Condition(when.all, held, when.none)
        clauses = clause_notes(self._view, matched, self._because(matched.facts()))
        return WhyNode(key=key, kind="rule", title=rule.title, rule=rule_note(self._view, rule), clauses=clauses)

    def _question(self, key: str, name: str) -> WhyNode:
        question = self._view.questionnaire.question(name)
        note = answer_note(self._view, question)
        if note.said in ("answered", "followed"):
            told = self._view.followed.get(name, ())
            behind = tuple(WhyLink(to=f"question {other}", word="worked_from") for other in told)
            return WhyNode(key=key, kind="answer", title=question.text, answer=note, behind=behind)
        asked = question.when if self._deep and note.said in ("set_aside", "not_applying") else Condition()
        clauses = clause_notes(self._view, asked, self._because(asked.facts()))
        return WhyNode(key=key, kind="unknown", title=question.text, answer=note, clauses=clauses)

    def _fact(self, key: str, fact: str) -> WhyNode:
        record, note = self._records[fact], fact_note(self._view, fact)
        behind = self._behind(record)
        kind = _kind(record, bool(behind))
        return WhyNode(
            key=key,
            kind=kind,
            title=note.title,
            fact=note,
            clauses=self._unmade(fact) if kind == "unknown" and self._deep else (),
            behind=behind,
            silent=self._silent(fact) if kind in ("default", "unknown") else (),
        )

    def _behind(self, record: FactRecord) -> tuple[WhyLink, ...]:
        name, _, rest = record.fact.partition(".")
        if name == "lead" or record.fact == "advice.lean":
            return (WhyLink(to="contest", word="settled"),)
        if name == "advice":
            return (WhyLink(to="recommendation", word="settled"),)
        if name == "score":
            return self._added(rest)
        if name == "tally":
            return self._weighed(rest)
        if name == "flag":
            return tuple(WhyLink(to=f"rule {rule}", word="raised") for rule in record.by)
        if record.fact == "unknown_share":
            asked = self._view.base.decision.contests.get(str(self._view.values.get("branch")))
            questions = dict.fromkeys((*record.by, *(asked.decisive if asked else ())))
            keys = ["fact branch", *(f"question {question}" for question in questions)]
            return tuple(WhyLink(to=key, word="counted") for key in keys)
        if self._view.base.facts[record.fact].origin == "figure":
            return self._worked_from(record.fact.rpartition(".")[0])
        supporters = self._supporters(record) if record.origin == "rule" else ()
        return tuple(WhyLink(to=f"rule {rule}", word="concluded") for rule in supporters)

    def _added(self, score: str) -> tuple[WhyLink, ...]:
        adds = [(rule, action) for rule, _, action in self._view.doing(Add) if action.to == score]
        return tuple(WhyLink(to=f"rule {rule.id}", word="added", points=add.points) for rule, add in adds)

    def _weighed(self, option: str) -> tuple[WhyLink, ...]:
        names = self._view.base.criteria
        return tuple(
            WhyLink(to=f"rule {line.rule}", word="weighed", points=line.points, criterion=names[line.criterion])
            for line in self._view.trace.tallies
            if line.option == option
        )

    def _worked_from(self, figure_id: str) -> tuple[WhyLink, ...]:
        figure = next(figure for figure in self._view.base.figures if figure.id == figure_id)
        keys = dict.fromkeys(key_of_fact(self._view, fact) for fact in figure.facts())
        return tuple(WhyLink(to=key, word="worked_from") for key in keys)

    def _unmade(self, fact: str) -> tuple[ClauseNote, ...]:
        """The clauses of a figure that was not made; nothing for another fact."""
        figure = next((f for f in self._view.base.figures if fact in (f"{f.id}.low", f"{f.id}.high")), None)
        return clause_notes(self._view, figure.when, self._because(figure.when.facts())) if figure else ()

    def _supporters(self, record: FactRecord) -> tuple[str, ...]:
        """The rules that concluded a fact, less those that came to fire only because of it."""
        first = min(record.by, key=lambda rule: self._firings[rule].n, default="")
        return tuple(rule for rule in record.by if rule == first or not self._reaches(rule, record.fact))

    def _reaches(self, rule: str, fact: str) -> bool:
        seen, pending = {rule}, [rule]
        while pending:
            for matched in self._firings[pending.pop()].matched:
                if matched == fact:
                    return True
                record = self._records[matched]
                more = [by for by in record.by if record.origin == "rule" and by not in seen]
                seen.update(more)
                pending += more
        return False

    @cached_property
    def _makers(self) -> Mapping[str, tuple[Rule, ...]]:
        return makers_by_fact(self._view)

    def _silent(self, fact: str) -> tuple[str, ...]:
        return tuple(f"rule {rule.id}" for rule in self._makers.get(fact, ()) if rule.id not in self._firings)

    def _because(self, facts: Iterable[str]) -> Mapping[str, str]:
        return {fact: key_of_fact(self._view, fact) for fact in facts}

    def _held_back(self, kinds: tuple[type[Action], ...], options: Collection[str]) -> tuple[str, ...]:
        return tuple(f"rule {rule.id}" for rule in held_back(self._view, kinds, options))

    def _contest(self) -> WhyNode:
        view, contest = self._view, self._view.trace.contest
        listed = view.base.decision.contests.get(contest.branch)
        out = [option for option in (listed.options if listed else ()) if option not in contest.order]
        links = [WhyLink(to="fact branch", word="settled")]
        links += [WhyLink(to=f"fact out.{option}", word="settled") for option in out]
        links += [WhyLink(to=f"fact tally.{option}", word="counted") for option in contest.order]
        links += [
            WhyLink(
                to=f"rule {tie.rule}", word="broke_tie", before=self._titles(tie.before), after=self._titles(tie.after)
            )
            for tie in contest.tie_breaks
        ]
        branch = fact_note(view, "branch").reads
        order = tuple((option, view.base.options[option].title, contest.points[option]) for option in contest.order)
        note = ContestNote(branch=branch, order=order, margin=contest.margin)
        return WhyNode(
            key="contest",
            kind="contest",
            title=branch,
            contest=note,
            behind=tuple(links),
            silent=self._held_back((Weigh, BreakTie, RuleOut), contest.order),
        )

    def _recommendation(self) -> WhyNode:
        trace = self._view.trace
        links = [self._proposed(proposal) for proposal in trace.proposals]
        out = dict.fromkeys(p.option for p in trace.proposals if p.standing == "ruled_out")
        links += [WhyLink(to=f"fact out.{option}", word="settled") for option in out]
        links.append(WhyLink(to="contest", word="settled"))
        title = self._view.base.options[trace.recommended].title
        return WhyNode(
            key="recommendation",
            kind="recommendation",
            title=title,
            behind=tuple(links),
            silent=(
                *self._held_back((RuleOut,), (trace.recommended, trace.runner_up)),
                *self._held_back((Recommend,), self._view.base.options),
            ),
        )

    def _option(self, key: str, option: str) -> WhyNode:
        links = [self._proposed(proposal) for proposal in self._view.trace.proposals if proposal.option == option]
        if self._view.values.get(f"out.{option}") is True:
            links.insert(0, WhyLink(to=f"fact out.{option}", word="settled"))
        links.append(WhyLink(to=f"fact tally.{option}", word="counted"))
        return WhyNode(key=key, kind="option", title=self._view.base.options[option].title, behind=tuple(links))

    def _proposed(self, proposal: Proposal) -> WhyLink:
        return WhyLink(
            to=f"rule {proposal.rule}",
            word="proposed",
            option=self._view.base.options[proposal.option].title,
            priority=proposal.priority,
            confidence=proposal.confidence,
            standing=proposal.standing,
        )

    def _titles(self, options: Iterable[str]) -> tuple[str, ...]:
        return tuple(self._view.base.options[option].title for option in options)


def _kind(record: FactRecord, given: bool) -> NodeKind:
    """What kind of node tells of a fact; a sum or flag to which no rule gave anything has only its default."""
    if record.value is None:
        return "unknown"
    if record.fact.startswith(("lead.", "advice.")):
        return "choice"
    if record.origin == "machine":
        return "default" if not given else "flag" if record.fact.startswith("flag.") else "sum"
    return "concluded" if record.origin == "rule" else "figure" if record.origin == "figure" else "default"
