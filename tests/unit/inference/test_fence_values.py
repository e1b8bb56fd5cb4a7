"""The fence against wrong answers in values and limits: a test or more for each hazard W7 to W13 of durable-rules."""
# ruff: noqa: N802 - a test is named after its hazard

from __future__ import annotations

import pytest

from advisor.advice import Advisor
from advisor.errors import EngineError, RuleBaseError
from advisor.inference.durable_engine import DurableEngine
from advisor.inference.program import compile_rules
from advisor.inference.to_durable import MAX_SHARED, PROPERTIES, fnv32
from advisor.loading.answers import check_answers
from advisor.loading.clause_checks import clause_problems
from advisor.model.rulebase import RuleBase
from tests.helpers.rulebases import asking, number, on, one, rule, rulebase, several, text, when
from tests.unit.inference.engines import NOTE, bare, engine_for, firing, patterns, plain_tests, reading

X = {"q": "x", "id": "x"}


def x_is(*parts: object) -> dict[str, object]:
    """A pattern of the bare engine on the fact x."""
    return {"$and": [{"q": "x"}, *parts]}


def test_W7_strings_are_short_on_both_sides() -> None:
    """Hazard: lengths are kept in 16 bits, so "abc" equals "abc" followed by 65,536 letters. Safe: only declared choice
    ids are ever compared, and one longer than 200 characters is refused where the rule stands."""
    long = "abc" + "x" * 65536
    too_long = rule("R", NOTE, all=[on("x", is_=long)], line=7)

    assert bare({"r": {"all": [{"a": x_is({"v": "abc"})}]}}, {**X, "v": long}) == ([0], ["r"])
    with pytest.raises(RuleBaseError, match=r"made/R\.yaml:7: `R`: a value of `x` is too long"):
        engine_for(too_long, asked=[one("x", "abc", long)])
    engine = engine_for(reading(on("x", is_="abc")), asked=[one("x", "abc", long)])
    with pytest.raises(EngineError), engine.session() as session:
        session.put("x", long)


def test_W7_a_long_text_answer_is_marked_as_given_and_never_compared() -> None:
    """Hazard: as above. Safe: the engine is told that a text was given, and never which."""
    engine = engine_for(reading(on("words", known=True)), asked=[text("words", 100_000)])

    assert firing(engine, {"words": "x" * 100_000}) == ["R"]
    assert firing(engine, {"words": None}) == []


def test_W8_strings_are_never_put_in_order() -> None:
    """Hazard: `<` and `>` on strings go wrong where one begins the other. Safe: the loader refuses `at_least` and
    `at_most` for anything but numbers, whose limits are whole numbers by their type."""
    base = rulebase(asking(one("x", "a", "ab"), several("y", "a", "b"), text("t")))

    for fact in ("x", "y.a", "t"):
        for clause in (on(fact, at_least=1), on(fact, at_most=1)):
            assert list(clause_problems(when(all=[clause]), base.facts, "made.yaml", "R"))


def test_W8_no_ordering_of_strings_reaches_the_engine(shipped_advisor: Advisor) -> None:
    """Hazard: as above. Safe: every ordered test of the shipped rules has a whole number for a limit."""
    ordered = [
        t for p in patterns(shipped_advisor.rulebase) for t in plain_tests(p) if t[0] in ("$lt", "$lte", "$gt", "$gte")
    ]

    assert ordered
    assert all(type(constant) is int and name == "v" for _, name, constant in ordered)


def test_W8_strings_that_begin_alike_are_told_apart() -> None:
    """Hazard: as above, were it to touch equality. Safe: equality of strings is exact."""
    choices = ("a", "ab", "a b", "a!", "a ", "A", "á", "a\\", 'a"', "a\tb", "日本", "🙂", "costarring", "liquid")
    engine = engine_for(*(reading(on("x", is_=c), name=c) for c in choices), asked=[one("x", *choices)])

    for choice in choices:
        assert firing(engine, {"x": choice}) == [choice]


def test_W9_whole_numbers_beyond_two_to_the_53_are_refused() -> None:
    """Hazard: numbers beyond 64 bits saturate, so 2**70 equals 2**63 - 1. Safe: refused from 2**53 on, in a rule with
    its file and line, in a fact as an error; below it neighbors are told apart."""
    asked = [number("x", -(2**80), 2**80)]
    top = 2**53 - 1
    engine = engine_for(reading(on("x", is_=top)), asked=asked)

    assert bare({"r": {"all": [{"a": x_is({"v": 2**63 - 1})}]}}, {**X, "v": 2**70}) == ([0], ["r"])
    assert firing(engine, {"x": top}) == ["R"]
    assert firing(engine, {"x": top - 1}) == []
    assert firing(engine, {"x": -top}) == []
    for value in (2**53, -(2**53), 2**63, 2**70):
        with pytest.raises(EngineError), engine.session() as session:
            session.put("x", value)
        with pytest.raises(RuleBaseError, match=r"made/R\.yaml:1: `R`: a value of `x` is too long or too large"):
            engine_for(reading(on("x", at_least=value)), asked=asked)


def test_W10_no_fact_is_compared_with_another(shipped_advisor: Advisor) -> None:
    """Hazard: a join of 1 with 1.0 does not match, one of near-equal decimals crashes. Safe: every test of every
    pattern is against a constant, and every number is whole."""
    constants = [constant for p in patterns(shipped_advisor.rulebase) for _, _, constant in plain_tests(p)]

    assert {type(constant) for constant in constants} <= {bool, int, str}


def test_W10_an_answer_written_as_a_decimal_becomes_a_whole_number() -> None:
    """Hazard: as above. Safe: 1.0 in a file is the number 1 before any rule sees it; 1.5 is refused there."""
    answer = check_answers({"x": 1.0}, asking(number("x", 0, 9))).get("x")

    assert answer is not None
    assert type(answer.value) is int
    assert answer.value == 1


def _alike(count: int) -> RuleBase:
    rules = [reading(on("x", is_="a"), name=f"R{n:03}") for n in range(count)]
    return rulebase(asking(one("x", "a", "b")), *rules)


@pytest.mark.parametrize("count", [MAX_SHARED - 1, MAX_SHARED, MAX_SHARED + 1, 256, 257, 2 * MAX_SHARED + 1])
def test_W11_any_number_of_rules_with_one_clause_fire_once_each(count: int) -> None:
    """Hazard: with 256 rules on one pattern a list is overrun and one fires twice. Safe: at most 250 rules stand behind
    one gate and one copy of a fact; further ones get another gate and another copy."""
    engine = DurableEngine(compile_rules(_alike(count)))

    assert sorted(firing(engine, {"x": "a"})) == [f"R{n:03}" for n in range(count)]
    assert firing(engine, {"x": "b"}) == []


def test_W12_property_names_are_few_fixed_and_do_not_collide() -> None:
    """Hazard: properties are told apart by a 32-bit hash only. Safe: a fact's name is a value, not a property; the
    properties are ours and differ in their hash."""
    collide = {"r": {"all": [{"a": {"costarring": 1}}]}}

    assert bare(collide, {"liquid": 1, "id": "a"}) == ([0], ["r"])
    assert len({fnv32(name) for name in PROPERTIES}) == len(PROPERTIES)


def test_W12_every_property_tested_is_one_of_ours(shipped_advisor: Advisor) -> None:
    """Hazard: as above. Safe: the definition of the shipped rules has no other property."""
    used = {name for p in patterns(shipped_advisor.rulebase) for _, name, _ in plain_tests(p)}

    assert used == {"gate", "q", "k", "v", "u"}
    assert used <= set(PROPERTIES)


def test_W12_facts_and_choices_whose_names_collide_are_refused_or_told_apart() -> None:
    """Hazard: as above. Safe: two facts that share a hash are refused by name (the name is also the id, see L1)."""
    asked = [one("costarring", "a", "b"), one("liquid", "a", "b")]

    with pytest.raises(RuleBaseError, match="`liquid` and `costarring` look the same to the engine"):
        engine_for(reading(on("costarring", is_="a"), on("liquid", is_="a")), asked=asked)


def test_W13_choices_are_compared_as_they_are_written() -> None:
    """Hazard: the engine's regular expressions are a dialect of its own that silently does not match. Safe: we have no
    such test; marks of a regular expression in a choice stand for themselves."""
    choices = ("a.b", "a*", "^a", "[^a]", "\\d+", "a|b", "(a)", "axb", "aa", "7", "b")
    engine = engine_for(*(reading(on("x", is_=c), name=c) for c in choices), asked=[one("x", *choices)])

    assert bare({"r": {"all": [{"a": x_is({"$mt": {"v": "\\d+"}})}]}}, {**X, "v": "7"}) == ([1], [])
    for choice in choices:
        assert firing(engine, {"x": choice}) == [choice]


def test_W13_only_safe_operators_reach_the_engine(shipped_advisor: Advisor) -> None:
    """Hazard: as above. Safe: the definition of the shipped rules uses equality, difference and order of numbers."""
    used = {operator for p in patterns(shipped_advisor.rulebase) for operator, _, _ in plain_tests(p)}

    assert used <= {"$eq", "$neq", "$lt", "$lte", "$gt", "$gte"}
