"""How much one piece of advice hangs on judgments: on weights, on single rules, and on weaker evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from advisor.errors import EngineError
from advisor.explaining.ablation import struck_by
from advisor.explaining.decide_again import MOVED
from advisor.explaining.sensitivity_weights import weight_ranges
from advisor.model.rule import AddOn, BreakTie, RedFlag, Rule, RuleOut, Weigh
from advisor.model.rulebase import RuleBase
from advisor.model.sensitivity import Ablation, Changed, EvidenceTest, Outcome, Part, Sensitivity, StruckRule
from advisor.model.trace import Trace

Retrace: TypeAlias = Callable[[frozenset[str]], Trace]
"""The trace of the same answers without some rules, such as `lambda struck: advisor.trace(answers, struck)`."""

_JUDGING = (Weigh, BreakTie, RuleOut, RedFlag, AddOn)


def sensitivity(base: RuleBase, trace: Trace, retrace: Retrace) -> Sensitivity:
    """Everything that weights, single rules and kinds of evidence could change about the advice of a trace.

    `trace` must come from `base`, and `retrace` from the same answers; it is called once for each rule that fired and
    could matter, and once for each ablation.
    """
    now = outcome_of(trace)
    fired = [base.by_id[firing.rule] for firing in trace.firings]
    tried = [rule for rule in fired if _can_matter(rule)]
    weights = weight_ranges(base, trace)
    return Sensitivity(
        now=now,
        fired=len(fired),
        tried=len(tried),
        by_points=_read_points(base, trace) or any(line.bearing == "changes" for line in weights),
        weights=weights,
        strikes=tuple(_strikes(tried, now, retrace)),
        evidence=tuple(_evidence_test(ablation, base, trace, now, retrace) for ablation in base.ablations),
        option_names={option.id: option.name for option in base.options.values()},
        rulebase=trace.rulebase,
        questionnaire=trace.questionnaire,
    )


def outcome_of(trace: Trace) -> Outcome:
    """What a trace advises, in what can be compared."""
    return Outcome(
        option=trace.recommended,
        confidence=trace.confidence,
        runner_up=trace.runner_up,
        add_ons=trace.add_ons,
        red_flags={flag.id: flag.severity for flag in trace.red_flags},
    )


def changes(now: Outcome, after: Outcome) -> tuple[Changed, ...]:
    """What differs between two outcomes; the second choice does not count."""
    found: list[Changed] = []
    if after.option != now.option:
        found.append("option")
    if after.confidence != now.confidence:
        found.append("confidence")
    if after.add_ons != now.add_ons:
        found.append("add_ons")
    if after.red_flags != now.red_flags:
        found.append("red_flags")
    return tuple(found)


def _read_points(base: RuleBase, trace: Trace) -> bool:
    """Whether the rule that settled the choice reads points or who leads by them."""
    winners = [base.by_id[p.rule] for p in trace.proposals if p.standing == "recommended"]
    return any(fact.startswith(MOVED) for rule in winners[:1] for fact in rule.when.facts())


def _can_matter(rule: Rule) -> bool:
    """Whether striking it could change what is compared: in the last stratum only adding an option can."""
    return rule.stratum != "plan" or any(isinstance(action, AddOn) for action in rule.actions)


def _strikes(rules: list[Rule], now: Outcome, retrace: Retrace) -> Iterator[StruckRule]:
    """The rules without which something differs: first those that change the option, each group in order of firing."""
    found = []
    for rule in rules:
        after = _without(frozenset({rule.id}), retrace)
        differs = changes(now, after) if after else ()
        if differs or after is None:
            part: Part = "judges" if any(isinstance(action, _JUDGING) for action in rule.actions) else "defines"
            found.append(StruckRule(rule=rule.id, title=rule.title, part=part, changes=differs, after=after))
    yield from sorted(found, key=lambda line: line.after is not None and "option" not in line.changes)


def _evidence_test(
    ablation: Ablation, base: RuleBase, trace: Trace, now: Outcome, retrace: Retrace
) -> EvidenceTest:  # fmt: skip
    struck = struck_by(ablation, base)
    after = _without(struck, retrace)
    return EvidenceTest(
        id=ablation.id,
        title=ablation.title,
        struck=tuple(firing.rule for firing in trace.firings if firing.rule in struck),
        holds=after is not None and after.option == now.option,
        after=after,
    )


def _without(struck: frozenset[str], retrace: Retrace) -> Outcome | None:
    """What is advised without some rules; None when the others then conclude different values for a fact."""
    try:
        return outcome_of(retrace(struck))
    except EngineError:
        return None
