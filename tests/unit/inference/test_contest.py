"""The contest and the choice: every order, margin and confidence worked out by hand."""

from __future__ import annotations

import pytest

from advisor.model.contest import ContestStanding, band, choose, settle_contest
from advisor.model.rule import BreakTie, Recommend, Rule
from tests.helpers.rulebases import decision, rule

DECISION = decision()
POINTS = {"a": 10, "b": 9, "c": 8, "d": 7}


def tie(rule_id: str, order: int, *tiers: tuple[str, ...]) -> tuple[Rule, BreakTie]:
    """A tie-breaker and its rule."""
    action = BreakTie(order, tiers)
    return rule(rule_id, action, stratum="weigh"), action


def proposal(rule_id: str, option: str, priority: int, confidence: str = "clear") -> tuple[Recommend, Rule]:
    """A proposal and its rule."""
    action = Recommend(option, priority, confidence)
    return action, rule(rule_id, action, stratum="decide")


def test_options_stand_in_order_of_points() -> None:
    assert settle_contest(["a", "b", "c"], {"a": 3, "b": 5, "c": 4}, [], 2) == ContestStanding(("b", "c", "a"), 1, ())
    assert settle_contest(["a", "b"], {"a": -1, "b": -4}, [], 2) == ContestStanding(("a", "b"), 3, ())


def test_options_with_equal_points_keep_the_order_given() -> None:
    assert settle_contest(["b", "a", "c"], {"a": 1, "b": 1, "c": 1}, [], 2) == ContestStanding(("b", "a", "c"), 0, ())


def test_no_option_and_one_option_have_no_margin() -> None:
    assert settle_contest([], {}, [tie("T", 1, ("a",))], 2) == ContestStanding((), 0, ())
    assert settle_contest(["a"], {"a": 7}, [tie("T", 1, ("b",))], 2) == ContestStanding(("a",), 0, ())


def test_points_of_options_that_do_not_compete_do_not_count() -> None:
    assert settle_contest(["c", "d"], POINTS, [], 2) == ContestStanding(("c", "d"), 1, ())


def test_a_tie_breaker_decides_among_those_close_to_the_top() -> None:
    standing = settle_contest("abcd", POINTS, [tie("T", 1, ("c",), ("a", "b"))], 2)

    assert standing == ContestStanding(("c", "a", "b", "d"), 2, (("T", ("a", "b", "c"), ("c",)),)), "d is 3 behind"


def test_a_tie_breaker_cannot_lift_an_option_that_is_not_close() -> None:
    assert settle_contest("abcd", POINTS, [tie("T", 1, ("d",), ("b",))], 2) == ContestStanding(
        ("b", "a", "c", "d"), 1, (("T", ("a", "b", "c"), ("b",)),)
    )


def test_a_tie_breaker_that_narrows_nothing_is_not_recorded() -> None:
    for breaker in (tie("T", 1, ("d",), ("x",)), tie("T", 1, ("a", "b", "c")), tie("T", 1)):
        assert settle_contest("abcd", POINTS, [breaker], 2) == ContestStanding(("a", "b", "c", "d"), 1, ())


def test_tie_breakers_go_by_their_order_and_then_by_rule_id() -> None:
    late, early = tie("A", 2, ("a",)), tie("Z", 1, ("b", "c"))
    twins = [tie("T2", 1, ("c",)), tie("T1", 1, ("b",))]

    assert settle_contest("abcd", POINTS, [late, early], 2) == ContestStanding(
        ("b", "a", "c", "d"), 1, (("Z", ("a", "b", "c"), ("b", "c")),)
    ), "A's tier then holds none of the two that are left, so points decide between them"
    assert settle_contest("abcd", POINTS, twins, 2).tie_breaks == (("T1", ("a", "b", "c"), ("b",)),)


def test_tie_breakers_stop_when_one_option_is_left() -> None:
    breakers = [tie("T1", 1, ("a", "c")), tie("T2", 2, ("c",)), tie("T3", 3, ("a",))]

    assert settle_contest("abcd", POINTS, breakers, 2) == ContestStanding(
        ("c", "a", "b", "d"), 2, (("T1", ("a", "b", "c"), ("a", "c")), ("T2", ("a", "c"), ("c",)))
    )


def test_with_close_within_zero_only_equal_points_are_a_tie() -> None:
    assert settle_contest("ab", {"a": 5, "b": 5}, [tie("T", 1, ("b",))], 0).order == ("b", "a")
    assert settle_contest("ab", {"a": 5, "b": 4}, [tie("T", 1, ("b",))], 0).order == ("a", "b")


@pytest.mark.parametrize(
    ("margin", "word"), [(0, "toss_up"), (2, "toss_up"), (3, "lean"), (5, "lean"), (6, "clear"), (99, "clear")]
)
def test_the_margin_gives_the_confidence(margin: int, word: str) -> None:
    assert band(margin, DECISION) == word


def test_the_lowest_priority_number_wins_and_the_next_option_is_second() -> None:
    proposals = [proposal("R3", "c", 30), proposal("R1", "a", 10, "lean"), proposal("R2", "b", 20)]

    choice = choose(proposals, frozenset(), ContestStanding(("d", "c"), 9, ()), DECISION, POINTS)

    assert (choice.winner, choice.second, choice.confidence) == ("a", "b", "lean")
    assert [one.option for one, _ in choice.proposals] == ["a", "b", "c"]
    assert choice.rule is not None
    assert choice.rule.id == "R1"


def test_equal_priorities_go_by_rule_id() -> None:
    proposals = [proposal("R2", "b", 10), proposal("R1", "a", 10)]

    assert choose(proposals, frozenset(), ContestStanding((), 0, ()), DECISION, POINTS).winner == "a"


def test_an_option_that_is_ruled_out_cannot_win_or_come_second() -> None:
    proposals = [proposal("R1", "a", 10), proposal("R2", "b", 20), proposal("R3", "c", 30), proposal("R4", "d", 40)]

    choice = choose(proposals, frozenset("ac"), ContestStanding(("a", "b"), 1, ()), DECISION, POINTS)

    assert (choice.winner, choice.second) == ("b", "d")
    assert len(choice.proposals) == 4


def test_a_second_proposal_for_the_same_option_is_no_runner_up() -> None:
    proposals = [proposal("R1", "a", 10), proposal("R2", "a", 20)]

    assert choose(proposals, frozenset(), ContestStanding(("a", "c"), 1, ()), DECISION, POINTS).second == "c"


def test_without_a_second_proposal_the_runner_up_comes_from_the_contest_then_from_the_points() -> None:
    only = [proposal("R1", "b", 10)]

    assert choose(only, frozenset(), ContestStanding(("b", "d"), 1, ()), DECISION, POINTS).second == "d"
    assert choose(only, frozenset("d"), ContestStanding(("b", "d"), 1, ()), DECISION, POINTS).second == "a", "10 points"
    assert choose(only, frozenset("da"), ContestStanding((), 0, ()), DECISION, POINTS).second == "c", "8 points"
    assert choose(only, frozenset("acd"), ContestStanding((), 0, ()), DECISION, POINTS).second == "middle", (
        "the fallback"
    )


def test_confidence_by_margin_is_read_from_the_contest() -> None:
    by_margin = [proposal("R1", "a", 10, "by_margin")]

    for margin, word in ((1, "toss_up"), (4, "lean"), (8, "clear")):
        assert (
            choose(by_margin, frozenset(), ContestStanding(("a", "b"), margin, ()), DECISION, POINTS).confidence == word
        )


def test_without_a_proposal_that_stands_the_fallback_wins_provisionally() -> None:
    for proposals in ([], [proposal("R1", "a", 10)]):
        choice = choose(proposals, frozenset("a"), ContestStanding(("b", "c"), 1, ()), DECISION, POINTS)

        assert (choice.winner, choice.second, choice.confidence) == ("middle", "b", "provisional")
        assert choice.rule is None
