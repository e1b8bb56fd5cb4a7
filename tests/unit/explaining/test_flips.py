"""Single answers that would change the advice: worked out by hand on small bases, and run again on the shipped one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from advisor.advice import advise, default_advisor
from advisor.explaining.flips import flips
from advisor.model.answers import Raw
from advisor.model.questionnaire import Contradiction, Questionnaire
from advisor.model.rule import BreakTie, Recommend, Rule, RuleOut
from tests.helpers.rulebases import asking, on, one, rule, rulebase, when
from tests.helpers.strategies import PlainAnswers, realistic_answers
from tests.unit.explaining.views import WORDING, by_points, influence_of, points, view_of

RUNWAY, PAY = one("runway", "short", "long"), one("pay", "low", "high")
ASKED = asking(RUNWAY, PAY)
RULES = (
    *by_points(),
    points("W1", "runway", "short", left=5),
    points("W2", "runway", "long", right=4),
    points("W3", "pay", "low", left=1),
    points("W4", "pay", "high", right=2),
)
SHORT_LOW: Mapping[str, Raw] = {"runway": "short", "pay": "low"}  # left 6, right 0


def told(
    answers: Mapping[str, Raw], rules: Sequence[Rule] = RULES, questionnaire: Questionnaire = ASKED
) -> list[tuple[str, str, str]]:
    view = view_of(rulebase(questionnaire, *rules, wording=WORDING), questionnaire, answers)
    return [(line.question, line.choice, line.option) for line in flips(view, influence_of(view))]


def test_an_answer_after_which_another_option_leads_is_told() -> None:
    # runway long: left 1, right 4. pay high: left 5, right 2, and left still leads.
    assert told(SHORT_LOW) == [("runway", "long", "right")]


def test_the_line_says_question_choice_and_option() -> None:
    view = view_of(rulebase(ASKED, *RULES, wording=WORDING), ASKED, SHORT_LOW)
    (line,) = flips(view, influence_of(view))
    assert line.text == 'If "runway" were "long", it would be right.'


def test_an_answer_not_given_is_no_change() -> None:
    # Only pay can change: left 0, right 2 in place of left 1, right 0.
    assert told({"pay": "low"}) == [("pay", "high", "right")]
    assert told({"pay": "low", "runway": "not_sure"}) == [("pay", "high", "right")]


def test_nothing_is_told_when_a_rule_and_not_the_points_decided() -> None:
    settled = rule("D0", Recommend("left", 1, "clear"), all=[on("runway", is_="short")], stratum="decide")
    assert told(SHORT_LOW, (*RULES, settled)) == []


def test_an_answer_that_rules_an_option_out_is_not_told() -> None:
    out = rule("C1", RuleOut(("right",)), all=[on("runway", is_="long")], stratum="constrain", why="No.")
    assert told(SHORT_LOW, (*RULES, out)) == []


def test_an_answer_that_contradicts_another_is_not_told() -> None:
    odd = Contradiction("odd", ("runway", "pay"), when(all=[on("runway", is_="long"), on("pay", is_="low")]), "Odd.")
    assert told(SHORT_LOW, questionnaire=asking(RUNWAY, PAY, contradictions=[odd])) == []


def test_an_answer_after_which_another_would_be_set_aside_is_not_told() -> None:
    more = one("more", "x", "y", when=when(all=[on("runway", is_="short")]))
    asked = asking(RUNWAY, PAY, more)
    assert told(SHORT_LOW, questionnaire=asked) == [("runway", "long", "right")]
    assert told({**SHORT_LOW, "more": "x"}, questionnaire=asked) == []


def test_tie_breakers_are_asked_again() -> None:
    # runway long: left 1, right 2, which is close; the tie-breaker then keeps left first.
    rules = (*RULES[:4], points("W2", "runway", "long", right=2), *RULES[5:])
    tie = rule("T1", BreakTie(1, (("left",), ("right",))), all=[on("pay", is_="low")], stratum="weigh")
    assert told(SHORT_LOW, rules) == [("runway", "long", "right")]
    assert told(SHORT_LOW, (*rules, tie)) == []


def test_two_are_told_at_most_one_a_question_the_widest_lead_first() -> None:
    asked = asking(*(one(name, "x", "y", "z") for name in "abc"))
    rules = list(by_points())
    for name, far, near in (("a", 9, 5), ("b", 7, 6), ("c", 8, 7)):
        rules.append(points(f"{name}X", name, "x", left=2))
        rules.append(points(f"{name}Y", name, "y", right=far))
        rules.append(points(f"{name}Z", name, "z", right=near))
    # All x: left 6. One of them y: left 4, right 9, 7 or 8, so ahead by 5, 3 or 4.
    assert told(dict.fromkeys("abc", "x"), rules, asked) == [("a", "y", "right"), ("c", "y", "right")]


def _hold(answers: PlainAnswers) -> None:
    given_: dict[str, Raw] = {name: tuple(v) if isinstance(v, list) else v for name, v in answers.items()}
    for line in advise(given_).would_change:
        again = advise({**given_, line.question: line.choice})
        assert again.recommendation.option == line.option


PEOPLE = st.deferred(lambda: realistic_answers(default_advisor().questionnaire))
RUN = settings(
    max_examples=120, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck),
    phases=(Phase.generate, Phase.shrink),
)  # fmt: skip


@RUN
@given(PEOPLE)
def test_every_line_printed_is_true_when_the_engine_runs_again(answers: PlainAnswers) -> None:
    _hold(answers)


@pytest.mark.slow
@settings(RUN, max_examples=3000)
@given(PEOPLE)
def test_every_line_printed_is_true_for_thousands_of_people(answers: PlainAnswers) -> None:
    _hold(answers)
