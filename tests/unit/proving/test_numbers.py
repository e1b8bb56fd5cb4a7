"""The ways in which tests on tied numbers come out are those found by trying every number."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.model.figures import FormulaTerm
from advisor.model.questionnaire import Questionnaire
from advisor.model.rule import Add
from advisor.model.rulebase import RuleBase
from advisor.proving.prover import Prover
from tests.helpers.rulebases import asking, number, on, rule, rulebase
from tests.unit.proving.made import fact, figure, term
from tests.unit.proving.test_ranges import OPERATORS

QUESTIONS = asking(number("x", 0, 6), number("y", -2, 4))
PAIRS = st.builds(
    lambda op, one, other: term(op, one, other),
    st.sampled_from(OPERATORS),
    st.sampled_from([fact("x"), term("multiply", fact("x"), fact("y"))]),
    st.just(fact("y")),
)
TESTS = st.lists(st.tuples(st.sampled_from(["d.low", "d.high", "x", "y"]), st.integers(-3, 6)), min_size=1, max_size=3)


def base_of(formula: FormulaTerm, tests: list[tuple[str, int]]) -> RuleBase:
    rules = [
        rule("R0", Add("s", 1), all=[on("d.low", at_least=2)], stratum="constrain"),
        *(
            rule(f"R{i}", Add("s", 1), all=[on(name, at_least=bound)], stratum="constrain")
            for i, (name, bound) in enumerate(tests, 1)
        ),
    ]
    return rulebase(QUESTIONS, *rules, figures=[figure("d", formula)])


def points(fixed: dict[str, int]) -> list[dict[str, int]]:
    box = [range(q.minimum, q.maximum + 1) for q in QUESTIONS.questions]
    every = [dict(zip(("x", "y"), point, strict=True)) for point in product(*box)]
    return [point for point in every if point.items() >= fixed.items()]


@settings(max_examples=60, derandomize=True)
@given(PAIRS, TESTS, st.sampled_from([{}, {"x": 3}, {"y": 0}, {"x": 0, "y": 4}]))
def test_all_that_can_come_out_together_is_found(
    formula: FormulaTerm, tests: list[tuple[str, int]], fixed: dict[str, int]
) -> None:
    for group in Prover(base_of(formula, tests), QUESTIONS).encoding.groups.values():
        found = group.numbers.within(fixed)
        assert set(found) == {group.numbers.signature(point) for point in points(fixed)}
        assert all(group.numbers.signature(witness) == signature for signature, witness in found.items())
        assert set(found) <= set(group.state_of)


@settings(max_examples=40, derandomize=True)
@given(PAIRS, TESTS, st.integers(0, 6), st.integers(-2, 4))
def test_what_comes_out_when_one_or_both_change_is_found_together(
    formula: FormulaTerm, tests: list[tuple[str, int]], x: int, y: int
) -> None:
    def seen(point: dict[str, int]) -> tuple[object, ...]:
        sides = ({"y": y, "x": point["x"]}, {"x": x, "y": point["y"]}, point)
        return tuple(group.numbers.signature(side) for side in sides)

    for group in Prover(base_of(formula, tests), QUESTIONS).encoding.groups.values():
        box = {q.id: (q.minimum, q.maximum) for q in QUESTIONS.questions}
        found = group.numbers.in_views(box, [{"y": y}, {"x": x}, {}])
        assert {seen(dict(point)) for point in found} == {seen(point) for point in points({})}


def test_numbers_that_no_figure_ties_stay_apart() -> None:
    def names(questionnaire: Questionnaire, base: RuleBase) -> list[str]:
        return [variable.name for variable in Prover(base, questionnaire).encoding.variables]

    alone = rulebase(QUESTIONS, rule("R1", Add("s", 1), all=[on("x", at_least=2)]))
    assert names(QUESTIONS, alone) == ["x", "y"]
    tied = base_of(term("subtract", fact("x"), fact("y")), [])
    assert names(QUESTIONS, tied) == ["x+y"]
