"""Checks each rule against the vocabulary: facts exist, types fit, strata are respected, placeholders are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from advisor.errors import Place, Problem
from advisor.loading.clause_checks import clause_problems, value_fault
from advisor.model.answers import nearest
from advisor.model.condition import Clause, Knowledge
from advisor.model.facts import DATE, FactSpec, earlier
from advisor.model.figures import SureFacts
from advisor.model.questionnaire import DAYS
from advisor.model.rule import (
    AddOn,
    BreakTie,
    Conclude,
    Recommend,
    RedFlag,
    Rule,
    RuleOut,
    Weigh,
)
from advisor.model.rulebase import Option


def problems_of(
    rule: Rule,
    facts: Mapping[str, FactSpec],
    options: Mapping[str, Option],
    criteria: Mapping[str, str],
    figured: SureFacts | None = None,
) -> Iterator[Problem]:
    """Everything wrong with one rule, most basic first; `figured` is what the figures tell, if there are any."""
    yield from clause_problems(rule.when, facts, rule.file, rule.id)
    yield from _stratum_problems(rule, facts)
    yield from _action_problems(rule, facts, options, criteria)
    yield from _template_problems(rule, facts, options, figured or SureFacts(()))
    for example in rule.examples:
        for fact, value in example.given.items():
            if (fault := value_fault(facts, fact, value)) is not None:
                yield Problem(Place(rule.file, example.line, f"{rule.id}.examples"), fault)
        for fact in example.said:
            if fact not in facts:
                yield Problem(Place(rule.file, example.line, f"{rule.id}.examples"), f"there is no fact `{fact}`")


def _stratum_problems(rule: Rule, facts: Mapping[str, FactSpec]) -> Iterator[Problem]:
    negated = {id(clause) for clause in rule.when.none}
    for clause in rule.when.clauses():
        spec = facts.get(clause.fact)
        if spec is None or earlier(spec.finished, rule.stratum):
            continue
        place = Place(rule.file, clause.line, f"{rule.id}.when")
        if spec.finished != rule.stratum:
            yield Problem(place, f"`{clause.fact}` is settled later than stratum `{rule.stratum}`", "an earlier fact")
        elif not spec.same_stratum:
            yield Problem(place, f"`{clause.fact}` is only there after stratum `{spec.finished}`", "a later stratum")
        elif id(clause) in negated or _finds_it_open(clause, spec):
            yield Problem(
                place,
                f"`{clause.fact}` is not finished in stratum `{rule.stratum}`, so it cannot be found missing, false or "
                "at the value it takes by default",
                "a fact of an earlier stratum",
                "Move the rule to a later stratum, or the fact to an earlier one",
            )


def _finds_it_open(clause: Clause, spec: FactSpec) -> bool:
    """Whether the clause could be made true by the end of the fact's stratum: by no value, or by the default one."""
    if clause.test == "known" and clause.values[0] is False:
        return True
    return spec.otherwise is not None and clause.truth(Knowledge({spec.id: spec.otherwise})) is True


def _action_problems(
    rule: Rule, facts: Mapping[str, FactSpec], options: Mapping[str, Option], criteria: Mapping[str, str]
) -> Iterator[Problem]:
    place = Place(rule.file, rule.line_of("then"), f"{rule.id}.then")
    for action in rule.actions:
        named: tuple[str, ...] = ()
        if isinstance(action, Conclude):
            spec = facts.get(action.fact)
            fault = value_fault(facts, action.fact, action.value)
            if fault is not None:
                yield Problem(place, fault, "", nearest(action.fact, list(facts)))
            elif spec is not None and (spec.origin != "rule" or spec.finished != rule.stratum):
                yield Problem(
                    place, f"`{action.fact}` cannot be concluded in stratum `{rule.stratum}`",
                    f"a fact declared in facts.yaml for `{rule.stratum}`",
                )  # fmt: skip
        elif isinstance(action, RuleOut):
            named = action.options
        elif isinstance(action, RedFlag):
            named = action.against
        elif isinstance(action, AddOn | Recommend):
            named = (action.option,)
        elif isinstance(action, Weigh):
            named = tuple(action.points)
            if action.criterion not in criteria:
                yield Problem(
                    place, f"there is no criterion `{action.criterion}`", "", nearest(action.criterion, list(criteria))
                )
        elif isinstance(action, BreakTie):
            named = tuple(option for tier in action.tiers for option in tier)
        kind = "add_on" if isinstance(action, AddOn) else "main"
        for option in named:
            if option not in options or options[option].kind != kind:
                yield Problem(
                    place, f"there is no {kind.replace('_', '-')} option `{option}`", "", nearest(option, list(options))
                )


def _template_problems(
    rule: Rule, facts: Mapping[str, FactSpec], options: Mapping[str, Option], figured: SureFacts
) -> Iterator[Problem]:
    sure = {c.fact for c in rule.when.all if c.test not in ("known", "said") or c.values[0] is True}
    sure |= {c.fact for c in rule.when.none if c.test not in ("known", "said")}
    sure |= {fact.removesuffix(DAYS) for fact in sure if fact.endswith(DAYS)}
    if rule.when.any:  # what each of the alternatives tests for a value
        sure |= (
            {rule.when.any[0].fact}
            if len({(c.fact, c.test in ("known", "said")) for c in rule.when.any}) == 1
            else set()
        )
    known = figured.beside(sure)
    for template in rule.templates():
        for slot in template.open_slots:
            if slot.partition(".")[0] != "option" and slot not in facts and f"{slot}.count" not in facts:
                place = Place(rule.file, rule.line, rule.id)
                yield Problem(place, f"there is no fact for `{{{slot}|...}}`", "", nearest(slot, list(facts)))
        for slot in template.slots:
            key = "why" if template is rule.why else "then"
            place = Place(rule.file, rule.line_of(key), f"{rule.id}.{key}")
            if slot.startswith("option."):
                if slot.removeprefix("option.") not in options:
                    yield Problem(place, f"there is no option for `{{{slot}}}`", "", nearest(slot[7:], list(options)))
            elif slot not in facts:
                yield Problem(place, f"there is no fact for `{{{slot}}}`", "", nearest(slot, list(facts)))
            elif slot not in known:
                yield Problem(
                    place, f"`{{{slot}}}` may be unknown when the rule fires", "a fact that `all` tests for a value",
                    "Test the fact under `all`, or leave it out of the sentence",
                )  # fmt: skip
            elif facts[slot].kind == "mark" and facts[slot].unit != DATE:
                yield Problem(
                    place, f"`{{{slot}}}` is a text or date of the user and is not printed in advice", "another fact"
                )
            elif facts[slot].kind not in ("number", "mark") and facts[slot].phrases is None:
                yield Problem(place, f"`{{{slot}}}` has no words to read in a sentence", "another fact")
