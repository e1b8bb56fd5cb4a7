"""What the tables of states and plans hold is told: each cell to somebody of that state or plan, and to nobody else."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import islice

import pytest

from advisor.advice import Advisor, default_advisor
from advisor.errors import RuleBaseError
from advisor.loading.cell_table import CellTable, read_cells
from advisor.loading.fields import Fields
from advisor.loading.resources import shipped
from advisor.loading.yaml_reader import Node, read_yaml
from advisor.model.advice import Advice
from advisor.model.answers import Raw
from advisor.rendering.plan_text import render_plan

pytestmark = pytest.mark.xdist_group("states")  # in one process, so that everyone is advised once

PEOPLE: Mapping[str, Mapping[str, Raw]] = {
    "titles": {"brings": "leave_job", "license": "mft"},
    "credentialing_clock": {"brings": "leave_job", "license": "mft"},
    "joining_rule": {"brings": "first_hires", "license": "mft"},
    "associate_billing": {"brings": "first_hires", "license": "mft", "hire_supervised": 1},
    "noncompete": {"brings": "side_practice", "license": "mft"},
    "psypact": {"brings": "other_state", "license": "psychologist"},
    "counseling_compact": {"brings": "other_state", "license": "counselor"},
    "social_work_compact": {"brings": "start_own", "license": "social_worker"},
    "medicaid": {"brings": "more_plans", "license": "social_worker", "payers": ["medicaid"]},
    "blue": {"brings": "more_plans", "license": "mft"},
    "medicaid_plans": {"brings": "more_plans", "license": "mft"},
    "np_practice": {"brings": "prescriber", "license": "nurse_practitioner"},
    "final_pay": {"brings": "leave_job", "license": "mft", "job_also": ["unpaid"]},
    "wage_office": {"brings": "leave_job", "license": "mft", "job_also": ["unpaid"]},
    "company": {"brings": "start_own", "license": "mft"},
    "medicaid_door": {"brings": "start_own", "license": "mft", "first_plans": ["medicaid"]},
    "prompt_pay": {"brings": "claims_failing", "license": "mft", "fail_bills": "mine", "fail_state": "bouncing"},
    "takeback": {"brings": "lapsed", "license": "mft", "lapse_kind": "dropped", "lap_also": ["takeback"]},
    "contract_notice": {"brings": "offer", "license": "mft", "offer_split": 60},
    "insurance_office": {"brings": "plan_said_no", "license": "mft"},
    "leave_pay": {"brings": "pause_close", "license": "mft", "away_kind": "leave"},
    "records_kept": {"brings": "pause_close", "license": "mft", "away_kind": "closing"},
    "telehealth_rule": {"brings": "other_state", "license": "mft", "state_kind": "client_moved", "state_clear": "none"},
    "license_renewal": {"brings": "pause_close", "license": "mft", "away_kind": "leave"},
}
"""Whom the cells of a block are for, but for where they work."""


@cache
def table() -> CellTable:
    """The shipped table."""
    node = read_yaml((shipped("rules") / "states.yaml").read_text("utf-8"), "states.yaml", RuleBaseError)
    return read_cells(
        "state", Fields(node or Node("scalar", 1), "states.yaml", RuleBaseError), default_advisor().questionnaire
    )


def people() -> Iterator[tuple[tuple[str, ...], dict[str, Raw]]]:
    """A person for each cell, with the states where they work: in that one, or, for a compact, in the next one too."""
    states = list(dict.fromkeys(cell.row for cell in table().cells))
    for cell in table().cells:
        there: tuple[str, ...] = (cell.row,)
        if cell.block == "social_work_compact":
            there = (cell.row, states[states.index(cell.row) - 1])
        license_for = {} if cell.only is None else {"license": str(cell.only.values[0])}
        yield there, {"independent": "yes", **PEOPLE[cell.block], **license_for, "states": list(there)}


STEPS = (8, pytest.param(1, marks=pytest.mark.long))
"""Every so many-th of them is advised in each run, and all with the tests marked long."""


@cache
def told(step: int) -> tuple[tuple[tuple[str, ...], Advice], ...]:
    """The advice for every so many-th of them."""
    some = islice(people(), 0, None, step)
    return tuple((states, default_advisor().advise(answers)) for states, answers in some)


def cells_of(advisor: Advisor, advice: Advice) -> set[str]:
    """The cells, by the id of their source, from which rules speak in some advice."""
    base = advisor.rulebase
    spoken = [rule for f in advice.trace.firings if (rule := base.by_id[f.rule]).page.startswith("state_")]
    return {source for rule in spoken for source in rule.sources} & {
        source.id for cell in table().cells for source in cell.sources
    }


@pytest.mark.long
def test_each_cell_is_told_to_some_person(shipped_advisor: Advisor) -> None:
    spoken = {source for _, advice in told(1) for source in cells_of(shipped_advisor, advice)}
    assert sorted({source.id for cell in table().cells for source in cell.sources} - spoken) == []


@pytest.mark.parametrize("step", STEPS)
def test_nobody_is_told_of_a_state_in_which_they_do_not_work(step: int, shipped_advisor: Advisor) -> None:
    base = shipped_advisor.rulebase
    for states, advice in told(step):
        for rule in (base.by_id[firing.rule] for firing in advice.trace.firings):
            named = {clause.fact for clause in rule.when.all if clause.fact.startswith("states.")} - {"states.count"}
            if rule.page.startswith("state_"):
                assert named <= {f"states.{state}" for state in states}, (rule.id, states)


def test_a_state_without_a_cell_has_no_line(shipped_advisor: Advisor) -> None:
    # Florida has no clock in the table, and Louisiana no list of PSYPACT.
    held = {(cell.row, cell.block) for cell in table().cells}
    assert ("fl", "credentialing_clock") not in held
    assert ("la", "psypact") not in held
    those = [answers for states, answers in people() if states in (("fl",), ("la",), ("wa",))]
    fired = {firing.rule for answers in those for firing in shipped_advisor.advise(answers).trace.firings}
    assert "CLK-01.wa" in fired
    assert "CLK-01.fl" not in fired
    assert "CPT-01.la" not in fired


@pytest.mark.parametrize("step", STEPS)
def test_a_page_shows_two_lines_of_the_table_at_most(step: int, shipped_advisor: Advisor) -> None:
    base = shipped_advisor.rulebase
    for _, advice in told(step):
        page = " ".join(render_plan(advice, 80).split())
        lines = [line.text for line in (*advice.plan.reasons, *advice.plan.watch, *advice.plan.find_out)
                 if base.by_id[line.rule].page.startswith("state_")]  # fmt: skip
        assert len([line for line in lines if line in page]) <= 2, lines


def test_a_title_is_known_where_it_is_sure(shipped_advisor: Advisor) -> None:
    def title(**answers: Raw) -> str | None:
        facts = shipped_advisor.advise({"brings": "start_own", **answers}).trace.facts
        return next((str(fact.value) for fact in facts if fact.fact == "title_here" and fact.value is not None), None)

    assert title(license="mft", states=["tn"], independent="yes") == "LMFT"
    assert title(license="counselor", states=["tn"], independent="yes") == "LPC-MHSP"
    assert title(license="mft", states=["tn", "oh"], independent="yes") is None
    assert title(license="mft", states=["tn"], independent="supervised") is None
    assert title(license="social_worker", states=["nd"], independent="yes") is None


def test_the_plans_of_a_state_are_known_by_name_to_who_works_there_alone(shipped_advisor: Advisor) -> None:
    def names(*states: str) -> tuple[str | None, str | None]:
        facts = shipped_advisor.advise({"brings": "more_plans", "states": list(states)}).trace.facts
        known = {fact.fact: str(fact.value) for fact in facts if fact.value is not None}
        return known.get("blue_here"), known.get("medicaid_plans_here")

    assert names("tn") == (
        "BlueCross BlueShield of Tennessee", "BlueCare, Wellpoint and UnitedHealthcare Community Plan",
    )  # fmt: skip
    assert names("ga") == ("Anthem", None)
    assert names("tn", "ga") == (None, None)


def test_a_thin_source_is_told_with_care(shipped_advisor: Advisor) -> None:
    careful = {source.id for cell in table().cells if cell.words["caution"] for source in cell.sources}
    assert careful
    for rule in shipped_advisor.rulebase.rules:
        if careful & set(rule.sources) and rule.page in ("state_clocks", "state_work_limits", "state_medicaid"):
            caution = table().blocks[next(c.block for c in table().cells if c.sources[0].id in rule.sources)].caution
            assert any(caution in template.source for template in rule.templates()), rule.id


@pytest.mark.parametrize(
    ("states", "named"),
    [
        (["nc"], "Blue Cross NC"),
        (["ga"], "Anthem"),
        (["ca"], "the local Blue plan"),
        (["nc", "ga"], "the local Blue plan"),
    ],
)
def test_a_blue_plan_that_was_picked_is_called_by_its_name_where_there_is_one(
    states: list[str], named: str, shipped_advisor: Advisor
) -> None:
    answers: dict[str, Raw] = {
        "brings": "start_own", "license": "counselor", "states": states, "first_plans": ["blue"], "runway": "five_plus",
    }  # fmt: skip
    assert named in shipped_advisor.advise(answers).plan.answer.text


def test_another_blue_plan_beside_anthem_is_not_called_anthem(shipped_advisor: Advisor) -> None:
    answers: dict[str, Raw] = {
        "brings": "plan_said_no",
        "states": ["ga"],
        "the_plan": "bcbs",
        "no_reason_given": "full",
    }
    told = render_plan(shipped_advisor.advise(answers), 80)
    assert "your Blue plan" in told or "Your Blue plan" in told
    assert "Anthem" not in told


TOLD_BY_PLAN: Mapping[str, Callable[[str], Mapping[str, Raw]]] = {
    "joining": lambda plan: {"brings": "lapsed", "lapse_kind": "dropped", "the_plan": plan},
    "claims": lambda plan: {"brings": "claims_failing", "fail_state": "bouncing", "the_plan": plan},
    "tax_id": lambda plan: {"brings": "tax_id_change", "what_changed": "new_company", "who_plans": [plan]},
    "supervised": lambda plan: {"brings": "first_hires", "hire_supervised": 1, "hire_plans": [plan]},
    "group": lambda plan: {"brings": "first_hires", "contract_holder": "each_person", "hire_plans": [plan]},
    "takeback": lambda plan: {"brings": "letter", "letter_kind": "money", "the_plan": plan},
    "reviews": lambda plan: {"brings": "letter", "letter_kind": "records", "the_plan": plan},
}
"""For each block of the table of plans, somebody whom the cell of a plan concerns."""


@cache
def plans() -> CellTable:
    """The shipped table of plans."""
    node = read_yaml((shipped("rules") / "plans.yaml").read_text("utf-8"), "plans.yaml", RuleBaseError)
    return read_cells(
        "plan", Fields(node or Node("scalar", 1), "plans.yaml", RuleBaseError), default_advisor().questionnaire
    )


def test_each_cell_of_a_plan_is_told_to_whom_it_concerns_and_no_other_plan(shipped_advisor: Advisor) -> None:
    base = shipped_advisor.rulebase
    told_of = {source.id: cell.row for cell in plans().cells for source in cell.sources}
    for cell in plans().cells:
        answers: dict[str, Raw] = {**TOLD_BY_PLAN[cell.block](cell.row), "license": "counselor"}
        if cell.only is not None and cell.only.fact.startswith("states."):
            answers["states"] = [cell.only.fact.removeprefix("states.")]
        elif cell.only is not None:
            answers["license"] = str(cell.only.values[0])
        trace = shipped_advisor.trace(answers)
        cited = {source for firing in trace.firings for source in base.by_id[firing.rule].sources} & {*told_of}
        assert {source.id for source in cell.sources} <= cited
        assert {told_of[source] for source in cited} == {cell.row}


def test_a_days_limit_of_a_plan_is_a_day_of_the_calendar(shipped_advisor: Advisor) -> None:
    answers: dict[str, Raw] = {
        "brings": "tax_id_change", "what_changed": "new_company", "tin_billed": "denied", "tin_oldest": "2026-10-01",
        "who_plans": ["aetna", "cigna"],
    }  # fmt: skip
    rows = shipped_advisor.advise(answers, as_of=datetime.date(2026, 11, 28)).plan.rows
    # 120 days after Oct 1, 2026 are Jan 29, 2027, which is 62 days ahead; 90 days are Dec 30, 2026, 32 days ahead.
    due = {row.due for row in rows if "oldest visit" in row.do}
    assert due
    assert due <= {62, 32}
