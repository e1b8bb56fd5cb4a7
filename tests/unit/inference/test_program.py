"""Compiling: clauses become positive tests, and a rule its variants."""

from __future__ import annotations

import pytest

from advisor.inference.program import FactTest, compile_rule, compile_rules
from advisor.model.condition import Clause, Knowledge
from advisor.model.facts import STRATA
from advisor.model.rule import Conclude, RuleOut
from tests.helpers.rulebases import asking, derived, on, one, rule, rulebase, several
from tests.unit.inference.engines import NOTE

CLAUSES = [
    (on("x", is_="a"), FactTest("x", "in", ("a",)), FactTest("x", "not_in", ("a",))),
    (on("x", one_of=["a", "b"]), FactTest("x", "in", ("a", "b")), FactTest("x", "not_in", ("a", "b"))),
    (on("x", at_least=3), FactTest("x", "ge", (3,)), FactTest("x", "lt", (3,))),
    (on("x", at_most=3), FactTest("x", "le", (3,)), FactTest("x", "gt", (3,))),
    (on("x", known=True), FactTest("x", "known"), FactTest("x", "unknown")),
    (on("x", known=False), FactTest("x", "unknown"), FactTest("x", "known")),
    (on("x", said="skip"), FactTest("x", "said", ("skip",)), FactTest("x", "not_said", ("skip",))),
]


@pytest.mark.parametrize(("clause", "test", "opposite"), CLAUSES)
def test_a_clause_becomes_a_test_and_under_none_the_opposite_test(
    clause: Clause, test: FactTest, opposite: FactTest
) -> None:
    assert compile_rule(rule("R", NOTE, all=[clause])).variants == ((test,),)
    assert compile_rule(rule("R", NOTE, none=[clause])).variants == ((opposite,),)
    assert compile_rule(rule("R", NOTE, any=[clause])).variants == ((test,),)


def test_each_clause_of_any_makes_a_variant_with_all_the_common_tests() -> None:
    made = compile_rule(
        rule("R", NOTE, all=[on("x", is_="a")], any=[on("y", is_="a"), on("z", is_="b")], none=[on("w", is_="c")])
    )

    common = (FactTest("x", "in", ("a",)), FactTest("w", "not_in", ("c",)))
    assert made.variants == ((*common, FactTest("y", "in", ("a",))), (*common, FactTest("z", "in", ("b",))))


def test_tests_and_variants_that_are_written_twice_are_kept_once() -> None:
    twice = [on("x", is_="a"), on("x", is_="a")]

    assert compile_rule(rule("R", NOTE, all=twice)).variants == ((FactTest("x", "in", ("a",)),),)
    assert compile_rule(rule("R", NOTE, any=twice)).variants == ((FactTest("x", "in", ("a",)),),)


def test_only_stable_rules_are_compiled() -> None:
    rules = [rule(status, NOTE, all=[on("x", is_="a")], status=status) for status in ("draft", "stable", "deprecated")]
    program = compile_rules(rulebase(asking(one("x", "a", "b")), *rules))

    assert [compiled.rule.id for compiled in program.rules] == ["stable"]
    assert set(program.by_id) == {"stable"}


def test_a_firing_matched_the_facts_of_all_and_none_and_of_those_alternatives_that_are_true() -> None:
    made = compile_rule(
        rule(
            "R", NOTE, all=[on("x", is_="a"), on("y", known=False)], none=[on("z", is_="a")],
            any=[on("p", is_="a"), on("q", is_="a"), on("r", is_="a"), on("x", is_="a")],
        )
    )  # fmt: skip

    assert made.matched(Knowledge({"x": "a", "z": "b", "p": "b", "q": "a"})) == ("x", "y", "z", "q")


def test_a_rule_concludes_its_facts_the_options_it_rules_out_and_nothing_else() -> None:
    conclude = compile_rule(rule("R", Conclude("d", True), NOTE, all=[on("x", is_="a")]))
    rule_out = compile_rule(rule("S", RuleOut(("left", "right")), all=[on("x", is_="a")], stratum="constrain"))

    assert conclude.concluded == (("d", True),)
    assert rule_out.concluded == (("out.left", True), ("out.right", True))


def test_a_program_knows_its_answer_facts_and_when_the_others_are_finished() -> None:
    base = rulebase(
        asking(several("s", "b", "a"), one("r", "a", "b")), derived=[derived("d"), derived("e", stratum="decide")]
    )
    program = compile_rules(base)

    assert program.answer_facts == ("r", "s.a", "s.b", "s.count")
    finished = {stratum: {spec.id for spec in program.finished_in[stratum]} for stratum in STRATA}
    assert {"d", "branch", "unknown_share"} <= finished["derive"]
    assert {"out.left", "out.right"} <= finished["constrain"]
    assert {"tally.left", "lead.option", "lead.margin"} <= finished["weigh"]
    assert {"e", "advice.option", "advice.confidence"} <= finished["decide"]
