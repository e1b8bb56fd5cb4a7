"""Answers "why not?": what stood in the way of an option, an add-on, a red flag, a rule or a fact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from advisor.explaining.derivation import Derivation
from advisor.explaining.view import View
from advisor.explaining.why import standing
from advisor.explaining.why_items import WhyItem, find_item, key_of_fact, makers_by_fact, proposers
from advisor.explaining.why_notes import basis, fact_note
from advisor.model.rule import Recommend, Rule, RuleOut
from advisor.model.why import ContestPlace, Lost, WhereNot, WhyNot


@dataclass(frozen=True, slots=True)
class _Found:
    """What stands in the way of one item, before its graph is grown."""

    happened: bool
    state: str
    about: str = ""
    makers: tuple[Lost, ...] = ()
    ruled_out_by: tuple[str, ...] = ()
    place: ContestPlace | None = None

    def roots(self) -> Iterable[str]:
        yield from self.ruled_out_by
        for maker in self.makers:
            yield from (key for key in (maker.rule, maker.beaten_by) if key)
        yield from self.place.ties_lost if self.place else ()
        yield from (self.about,) if self.about else ()


def explain_why_not(view: View, item: str, repairs: tuple[str, ...] = (), repairs_proof: str = "") -> WhyNot:
    """Why an item did not come about: each clause that was false or not known, and who won instead.

    An item is as for `explain_why`. `repairs` are ready sentences on what would have to change for it, and
    `repairs_proof` one on how far they were searched for. For what did come about, `happened` is True. Raises DataError
    with the nearest ids for an unknown item, and KeyError for a trace that lacks a part.
    """
    named = find_item(view, item)
    found = _found(view, named)
    nodes = Derivation(view, deep=True).grow(found.roots())
    trace = view.trace
    return WhyNot(
        item=named.id,
        kind=named.kind,
        title=_title(view, named),
        happened=found.happened,
        state=found.state,
        recommended=view.base.options[trace.recommended].title,
        fallback=not any(proposal.standing == "recommended" for proposal in trace.proposals),
        ruled_out_by=found.ruled_out_by,
        makers=found.makers,
        place=found.place,
        about=found.about,
        nodes=nodes,
        basis=basis(view, nodes.values()),
        repairs=repairs,
        repairs_proof=repairs_proof,
    )


def _found(view: View, item: WhyItem) -> _Found:
    if item.kind == "rule":
        return _of_rule(view, view.base.by_id[item.id])
    if item.kind == "option":
        return _of_option(view, item)
    if item.kind == "add_on":
        added = item.id in view.trace.add_ons
        return _of_makers(view, f"add_on.{item.id}", added, standing(view, item))
    if item.kind == "red_flag":
        fact = f"flag.{item.id.removeprefix('flag.')}"
        raised = view.values.get(fact, 0) != 0
        return _of_makers(view, fact, raised, "raised" if raised else "not_raised")
    return _of_fact(view, item)


def _of_rule(view: View, rule: Rule) -> _Found:
    if rule.id in view.fired_ids:
        return _Found(True, "fired")
    state = "silent" if rule.status == "stable" else "not_running"
    return _Found(False, state, makers=(Lost(rule=f"rule {rule.id}", fired=False),))


def _of_makers(view: View, fact: str, happened: bool, state: str) -> _Found:
    rules = () if happened else makers_by_fact(view).get(fact, ())
    return _Found(happened, state, makers=tuple(Lost(rule=f"rule {rule.id}", fired=False) for rule in rules))


def _of_fact(view: View, item: WhyItem) -> _Found:
    """A fact has a value, and then the rules that would have given another stayed silent; or it has none."""
    if item.id in view.questionnaire.by_id:
        key = f"question {item.id}"
        happened = any(fact in view.values for fact in view.questionnaire.question(item.id).facts())
        return _Found(happened, "known" if happened else "not_known", about=key)
    fact = item.id if item.id in view.base.facts else f"{item.id}.low"
    record = next(record for record in view.trace.facts if record.fact == fact)
    happened = record.value is not None and record.origin != "default"
    silent = [rule for rule in makers_by_fact(view).get(fact, ()) if rule.id not in view.fired_ids]
    makers = tuple(Lost(rule=f"rule {rule.id}", fired=False) for rule in silent)
    return _Found(
        happened, "known" if record.value is not None else "not_known", about=key_of_fact(view, fact), makers=makers
    )


def _of_option(view: View, item: WhyItem) -> _Found:
    state = standing(view, item)
    if state == "recommended":
        return _Found(True, state)
    closing = [rule for rule, _, action in view.doing(RuleOut) if item.id in action.options]
    return _Found(
        False,
        state,
        makers=tuple(_lost(view, rule, item.id) for rule in proposers(view, item.id)),
        ruled_out_by=tuple(dict.fromkeys(f"rule {rule.id}" for rule in closing)),
        place=_place(view, item.id),
    )


def _lost(view: View, rule: Rule, option: str) -> Lost:
    """How a rule that proposes an option fared; a fired one that was not ruled out lost to the winning proposal."""
    key = f"rule {rule.id}"
    priority = min(a.priority for a in rule.actions if isinstance(a, Recommend) and a.option == option)
    own = [p for p in view.trace.proposals if p.rule == rule.id and p.option == option]
    if not own:
        return Lost(rule=key, fired=False, priority=priority)
    won = next((p for p in view.trace.proposals if p.standing == "recommended"), None)
    if own[0].standing == "ruled_out" or won is None:
        return Lost(rule=key, fired=True, standing=own[0].standing, priority=priority)
    return Lost(
        rule=key,
        fired=True,
        standing=own[0].standing,
        priority=priority,
        beaten_by=f"rule {won.rule}",
        beaten_priority=won.priority,
    )


def _place(view: View, option: str) -> ContestPlace:
    contest, trace = view.trace.contest, view.trace
    leader = contest.order[0] if contest.order else ""
    leader_points = trace.totals[leader] if leader else 0
    lost = [tie.rule for tie in contest.tie_breaks if option in tie.before and option not in tie.after]
    return ContestPlace(
        not_in=_not_in(view, option),
        branch=fact_note(view, "branch").reads,
        points=trace.totals[option],
        leader=leader,
        leader_title=view.base.options[leader].title if leader else "",
        leader_points=leader_points,
        behind=leader_points - trace.totals[option],
        ties_lost=tuple(f"rule {rule}" for rule in lost),
    )


def _not_in(view: View, option: str) -> WhereNot:
    contest = view.base.decision.contests.get(view.trace.contest.branch)
    if contest is None:
        return "no_branch"
    if option not in contest.options:
        return "other_branch"
    return "" if option in view.trace.contest.order else "ruled_out"


def _title(view: View, item: WhyItem) -> str:
    if item.kind != "red_flag":
        return item.title
    return fact_note(view, f"flag.{item.id.removeprefix('flag.')}").title
