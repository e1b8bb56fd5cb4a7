"""The two engines agree on every case, and where they are made to differ the difference is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from advisor.advice import default_advisor
from advisor.errors import ContradictoryRulesError
from advisor.loading.answers import check_answers
from advisor.model.answers import Answers, Raw
from advisor.model.rule import Conclude, Recommend, RedFlag, Rule, Weigh
from advisor.model.rulebase import RuleBase
from advisor.model.trace import FactRecord, FlagRecord, Trace
from advisor.proving.agreement import differences
from advisor.proving.prover import Prover
from tests.helpers.cases import Case, all_cases
from tests.helpers.effort import long_but_every
from tests.helpers.provers import ONE_PROCESS, prover_for, shipped_prover
from tests.helpers.rulebases import asking, derived, number, on, one, rule, rulebase, traced

ASKED = asking(one("runway", "short", "long"), number("sessions", 0, 80))
SHORT: dict[str, Raw] = {"runway": "short", "sessions": 10}
HEAVY, OFFER, WARN = (
    rule("HEAVY", Weigh("cash", {"left": 3}), all=[on("sessions", at_least=10)], stratum="weigh"),
    rule("OFFER", Recommend("left", 10, "by_margin"), all=[on("lead.option", is_="left")], stratum="decide"),
    rule("WARN", RedFlag("RF1", 2, rule("X").why), all=[on("runway", is_="short")], stratum="constrain"),
)
HURRY = rule("HURRY", Recommend("right", 5, "lean"), all=[on("sessions", at_least=60)], stratum="decide")


def base_of(*changed: Rule) -> RuleBase:
    """The small base, with some of its rules replaced by others of the same id."""
    rules = {one.id: one for one in (HEAVY, OFFER, WARN, HURRY)} | {one.id: one for one in changed}
    return rulebase(ASKED, *rules.values(), derived=[derived("tight", otherwise=False)])


def answers() -> Answers:
    return check_answers(SHORT, ASKED)


def found(base: RuleBase, trace: Trace) -> str:
    return "\n".join(differences(Prover(base, ASKED), answers(), trace))


@ONE_PROCESS
@pytest.mark.parametrize("case", long_but_every(17, all_cases(), then_every=3), ids=lambda case: case.file)
def test_both_engines_agree_on_every_case(case: Case) -> None:
    given = check_answers(dict(case.answers), default_advisor().questionnaire)
    assert differences(prover_for(given), given, default_advisor().trace(given)) == ()


@ONE_PROCESS
def test_both_engines_agree_when_nothing_is_known() -> None:
    assert differences(shipped_prover(), Answers(), default_advisor().trace(Answers())) == ()


def test_the_small_base_stands_as_it_is_worked_out_by_hand() -> None:
    trace = traced(base_of(), ASKED, SHORT)
    assert (trace.recommended, trace.runner_up, trace.confidence) == ("left", "right", "lean")  # 3 points ahead
    assert found(base_of(), trace) == ""


def _fact(trace: Trace, name: str, **changes: object) -> tuple[FactRecord, ...]:
    return tuple(one.model_copy(update=changes) if one.fact == name else one for one in trace.facts)


TAMPERED: dict[str, Callable[[Trace], dict[str, object]]] = {
    "fact tight": lambda trace: {"facts": _fact(trace, "tight", value=True)},
    'test t("sessions","ge","10")': lambda trace: {"facts": _fact(trace, "sessions", value=9)},
    'test t("lead.option","in","left")': lambda trace: {"facts": _fact(trace, "lead.option", value="right")},
    "rules that fire": lambda trace: {"firings": trace.firings[1:]},
    "recommendation": lambda trace: {"recommended": "right"},
    "runner-up": lambda trace: {"runner_up": "middle"},
    "confidence": lambda trace: {"confidence": "clear"},
    "order": lambda trace: {"contest": trace.contest.model_copy(update={"order": ("right", "left")})},
    "add-ons": lambda trace: {"add_ons": ("extra",)},
    "sums": lambda trace: {"totals": {**trace.totals, "right": 30}},
}


@pytest.mark.parametrize("named", TAMPERED)
def test_a_trace_that_was_tampered_with_is_found_out(named: str) -> None:
    trace = traced(base_of(), ASKED, SHORT)
    told = found(base_of(), trace.model_copy(update=TAMPERED[named](trace)))
    assert any(line.startswith(named) for line in told.splitlines()), told


def test_a_red_flag_at_another_severity_is_found_out() -> None:
    trace = traced(base_of(), ASKED, SHORT)
    assert trace.red_flags == (FlagRecord(id="RF1", severity=2, rules=("WARN",)),)
    silent = trace.model_copy(update={"firings": tuple(one for one in trace.firings if one.rule != "WARN")})
    assert "red flags: the solver alone has ['RF1,2']" in found(base_of(), silent)


def test_other_points_of_one_rule_are_found_out() -> None:
    heavier = replace(HEAVY, actions=(Weigh("cash", {"left": -3}),))
    told = found(base_of(heavier), traced(base_of(), ASKED, SHORT))
    assert "recommendation: the solver alone has ['middle'], the engine alone ['left']" in told
    assert "order: the solver alone has ['right,left'], the engine alone ['left,right']" in told


def test_another_clause_of_one_rule_is_found_out() -> None:
    later = rule("HEAVY", *HEAVY.actions, all=[on("sessions", at_least=11)], stratum="weigh")
    assert "rules that fire: the solver alone has nothing, the engine alone ['HEAVY']" in found(
        base_of(later), traced(base_of(), ASKED, SHORT)
    )


def test_another_priority_of_one_rule_is_found_out() -> None:
    both = replace(HURRY, when=rule("X", all=[on("sessions", at_least=10)]).when)
    trace = traced(base_of(both), ASKED, SHORT)
    assert trace.recommended == "right"
    last = replace(both, actions=(Recommend("right", 20, "lean"),))
    assert "recommendation: the solver alone has ['left'], the engine alone ['right']" in found(base_of(last), trace)


@pytest.mark.long
def test_points_of_a_shipped_rule_are_found_out_in_some_case() -> None:
    base = default_advisor().rulebase
    heaviest = max(
        (one for one in base.active for action in one.actions if isinstance(action, Weigh)),
        key=lambda one: max(abs(p) for a in one.actions if isinstance(a, Weigh) for p in a.points.values()),
    )
    turned = tuple(
        Weigh(a.criterion, {option: -9 * points for option, points in a.points.items()}) if isinstance(a, Weigh) else a
        for a in heaviest.actions
    )
    changed = replace(base, rules=tuple(replace(r, actions=turned) if r.id == heaviest.id else r for r in base.rules))
    prover = Prover(changed, default_advisor().questionnaire)
    answers = (check_answers(dict(case.answers), default_advisor().questionnaire) for case in all_cases())
    told = (line for given in answers for line in differences(prover, given, default_advisor().trace(given)))
    assert any(line.startswith("sums:") for line in told)


def test_rules_that_conclude_different_values_on_some_answers_are_not_reasoned_about() -> None:
    yes = rule("YES", Conclude("tight", True), all=[on("runway", is_="short")])
    no = rule("NO", Conclude("tight", False), all=[on("sessions", at_most=10)])
    with pytest.raises(ContradictoryRulesError, match=r"With runway: short; sessions: \d+: rule NO .*; rule YES"):
        Prover(base_of(yes, no), ASKED)
