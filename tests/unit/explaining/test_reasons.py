"""The principal reasons: at most four, of rules that fired, picked in the documented order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from advisor.explaining.reasons import reasons
from advisor.model.advice import Reason
from advisor.model.answers import Raw
from advisor.model.rule import Recommend, Rule, RuleOut
from advisor.model.rulebase import Claim, Contest
from tests.helpers.rulebases import asking, decision, on, one, rule, rulebase
from tests.unit.explaining.views import by_points, points, view_of

ASKED = asking(*(one(name, "yes", "no") for name in ("a", "b", "c", "d", "e")))
ALL: Mapping[str, Raw] = dict.fromkeys("abcde", "yes")
THREE = decision(Contest("main", ("left", "right", "middle"), ()))
WEIGH = (
    # by how much each sets left apart from both rivals together, and from right alone, which comes second:
    points("W-A", "a", "yes", "You said {a}.", left=3, right=1, middle=-3),  # 8 and 2
    points("W-B", "b", "yes", "You said {b}.", left=2, right=-1, middle=-1),  # 6 and 3
    points("W-C", "c", "yes", "You said {c}.", left=1),  # 2 and 1
    points("W-D", "d", "yes", "You said {d}.", left=2, right=1, middle=-1),  # 4 and 1
    points("W-E", "e", "yes", "You said {e}.", left=1, right=-2, middle=5),  # -1 and 3
    points("W-F", "e", "yes", "You said {e}.", right=5),  # speaks for right alone
)


def told(rules: Sequence[Rule], answers: Mapping[str, Raw] = ALL) -> tuple[Reason, ...]:
    return reasons(view_of(rulebase(ASKED, *by_points(), *rules, decision=THREE), ASKED, answers))


def ids(found: tuple[Reason, ...]) -> list[str]:
    return [reason.rule for reason in found]


def test_weighing_rules_come_by_turns_and_four_at_most() -> None:
    # By all rivals: A B D C E. By the second alone: B E A D C. In turns: A B, B E, D A, ...
    assert ids(told(WEIGH)) == ["W-A", "W-B", "W-E", "W-D"]


def test_the_runner_up_counts_once_among_the_rivals() -> None:
    apart = [
        points("W-1", "a", "yes", "You said {a}.", left=1, right=-3, middle=4),  # 4 from right, -3 from middle: 1
        points("W-2", "b", "yes", "You said {b}.", left=1),  # 1 from each: 2
    ]
    told_of = told([*apart, points("W-3", "c", "yes", middle=-9), points("W-4", "d", "yes", left=9)])
    assert ids(told_of) == ["W-2", "W-1"]


def test_a_reason_speaks_of_the_answer_and_carries_what_it_matched_and_gave() -> None:
    first = told(WEIGH)[0]
    assert first.text == "You said yes."
    assert first.facts == {"a": "yes"}
    assert first.points == {"left": 3, "right": 1, "middle": -3}


def test_a_rule_that_speaks_of_no_answer_is_no_reason_while_others_do() -> None:
    plain = points("W-0", "a", "yes", left=9)
    assert ids(told([plain, *WEIGH[2:]])) == ["W-D", "W-E", "W-C"]


def test_points_against_the_recommended_option_are_no_reason() -> None:
    assert ids(told([points("W-0", "a", "yes", "You said {a}.", left=-1), *WEIGH[1:2]])) == ["W-B"]


def test_a_rule_that_closes_a_rival_comes_before_the_points() -> None:
    closing = [
        rule("C-1", RuleOut(("right",)), all=[on("e", is_="yes")], stratum="constrain", why="{e} closes right."),
        rule("C-2", RuleOut(("left",)), all=[on("e", is_="no")], stratum="constrain", why="{e} closes left."),
    ]
    assert ids(told([*closing, *WEIGH])) == ["C-1", "W-A", "W-B", "W-D"]


def test_the_rule_that_settled_it_comes_first() -> None:
    settling = rule(
        "D-0", Recommend("left", 1, "clear"), all=[on("a", is_="yes")], stratum="decide", why="{a} settles it."
    )
    beaten = rule("D-1", Recommend("right", 2, "clear"), all=[on("a", is_="yes")], stratum="decide", why="{a} loses.")
    assert ids(told([settling, beaten, *WEIGH])) == ["D-0", "W-A", "W-B", "W-E"]


def test_with_nothing_else_to_say_the_rule_that_proposed_it_is_the_reason() -> None:
    assert ids(told([points("W-0", "a", "yes", left=9)])) == ["D-left"]


def test_without_any_proposal_there_is_no_reason() -> None:
    base = rulebase(ASKED, points("W-0", "a", "yes", left=9), decision=THREE)
    assert reasons(view_of(base, ASKED, ALL)) == ()


def test_a_reason_says_when_it_leans_the_way_its_publisher_sells() -> None:
    def claim(claim_id: str, leans: str) -> Claim:
        return Claim(claim_id, "It is so.", "fact", "", leans, 2, (), (), "", 1)

    def leans(*claims: str) -> bool:
        cited = replace(WEIGH[0], claims=claims)
        base = rulebase(ASKED, *by_points(), cited, decision=THREE)
        known = {"K1": claim("K1", "direct"), "K2": claim("K2", "delegated"), "F1": claim("F1", "direct")}
        about = replace(base.about, publisher_sells=("direct", "exit"))
        (reason,) = reasons(view_of(replace(base, claims=known, about=about), ASKED, {"a": "yes"}))
        return reason.leans_with_publisher

    assert leans("K1")
    assert leans("K2", "K1")
    assert not leans("K2")
    assert not leans("F1")  # an outside fact, not the article
    assert not leans()
