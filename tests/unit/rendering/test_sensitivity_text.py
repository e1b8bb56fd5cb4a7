"""The page about how much hangs on judgment: its sentences, one kind at a time, with the shipped wording."""

from __future__ import annotations

import pytest

from advisor.model.sensitivity import EvidenceTest, Outcome, Sensitivity, StruckRule, WeightRange, WeightSpan
from advisor.model.trace import QuestionnaireId, RuleBaseId
from advisor.rendering.sensitivity_text import render_sensitivity
from advisor.rendering.wrap import columns
from tests.unit.rendering.an_advice import headings

NAMES = {"left": "going left", "right": "going right", "extra": "the extra", "more": "one more"}
NOW = Outcome(option="left", confidence="lean", runner_up="right", add_ons=("extra",), red_flags={"RF1": 2, "RF2": 1})
THEN = NOW.model_copy(update={"option": "right", "confidence": "toss_up"})


def span(low: str, high: str | None, option: str | None, ends: str = "[]", *words: str) -> WeightSpan:
    return WeightSpan(
        low=low, low_included=ends[0] == "[", high=high, high_included=high is not None and ends[1] == "]",
        option=option, confidences=words or ("lean",),
    )  # fmt: skip


def weight(holds: int, *spans: WeightSpan, name: str = "Cash", bearing: str = "changes") -> WeightRange:
    below, above = (spans[holds - 1] if holds else None), (spans[holds + 1] if holds + 1 < len(spans) else None)
    return WeightRange(
        criterion=name.lower(), name=name, points={"left": 3, "right": -1} if bearing != "no_points" else {},
        bearing=bearing, holds=spans[holds], below=below, above=above, spans=spans,
    )  # fmt: skip


def page(width: int = 1000, **parts: object) -> str:
    found = Sensitivity.model_validate(
        {
            "now": NOW, "fired": 30, "tried": 12, "by_points": True, "weights": (), "strikes": (), "evidence": (),
            "option_names": NAMES, "rulebase": RuleBaseId(id="r", version="1", digest="0"),
            "questionnaire": QuestionnaireId(id="q", version="1", digest="0"), **parts,
        }
    )  # fmt: skip
    return render_sensitivity(found, headings(), width)


STAYS = weight(0, span("0", None, "left"), name="Growth", bearing="never_changes")
SILENT = weight(0, span("0", None, "left"), name="Trust", bearing="no_points")


def test_it_opens_with_the_advice_and_says_that_weights_are_judgments() -> None:
    lines = page().splitlines()
    assert lines[0] == "How much hangs on our judgment"
    assert lines[2] == "The advice: going left (a lean, not a sure thing)."
    assert "are our judgment. They were not tested on real outcomes." in page()


UP = "as much as today before the choice became going right."


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (weight(0, span("0", "5/2", "left"), span("5/2", None, "right", "()")), f"more than 2.5 times {UP}"),
        (weight(0, span("0", "3", "left", "[)"), span("3", None, "right")), f"at least 3 times {UP}"),
        (weight(0, span("0", "7/3", "left"), span("7/3", None, "right", "()")), f"more than about 2.33 times {UP}"),
        (weight(1, span("0", "1/4", "right", "[)"), span("1/4", None, "left")), f"less than 0.25 times {UP}"),
        (weight(1, span("0", "1/300", "right", "[)"), span("1/300", None, "left")), f"less than 1/300 times {UP}"),
        (
            weight(1, span("0", "1/2", "right"), span("1/2", None, "left", "()")),
            "0.5 times as much as today, or less, before the choice became going right.",
        ),
        (
            weight(1, span("0", "0", "right"), span("0", None, "left", "()")),
            "It would have to count for nothing before the choice became going right.",
        ),
        (
            weight(1, span("0", "1", "right", "[)"), span("1", "1", "left"), span("1", None, None, "()")),
            "If it counted even a little less than today, the choice would become going right. If it counted even a "
            "little more than today, the choice would become no choice at all, since",
        ),
    ],
)
def test_a_weight_that_changes_the_choice_says_how_far_it_would_have_to_move(line: WeightRange, said: str) -> None:
    assert said in page(weights=(line,))


def test_the_points_of_today_stand_under_it() -> None:
    line = weight(0, span("0", "5/2", "left"), span("5/2", None, "right", "()"))
    assert "Points it gives today: going left +3; going right -1." in page(weights=(line,))


def test_choices_farther_out_are_told() -> None:
    spans = (
        span("0", "2", "left"),
        span("2", "3", "right", "()"),
        span("3", "3", "more"),
        span("3", "4", "left", "()"),
        span("4", None, "right"),
    )
    said = page(weights=(weight(0, *spans),))
    assert "again: one more at 3 times; going left between 3 and 4 times; going right beyond 4 times." in said


def test_a_tie_on_the_way_is_told_unless_it_is_one_today() -> None:
    line = weight(0, span("0", "3", "left", "[]", "lean", "toss_up"), span("3", None, "right", "()"))
    tie = "On the way, the result would be nearly a tie."
    assert tie in page(weights=(line,))
    assert tie not in page(weights=(line,), now=NOW.model_copy(update={"confidence": "toss_up"}))


def test_weights_that_change_nothing_are_named_together() -> None:
    close = weight(0, span("0", None, "left", "[]", "lean", "toss_up"), name="Control", bearing="never_changes")
    said = page(weights=(STAYS, close, SILENT))
    assert "No weight of any one thing changes this choice." in said
    assert "the choice would stay the same: Growth." in said
    assert "nearly a tie at some weights of these: Control." in said
    assert "their weight does not matter for you: Trust." in said


def test_it_is_told_when_a_rule_and_not_the_points_settled_it() -> None:
    settled = "settled this choice, not the points. So no weight can change it."
    assert settled in page(weights=(STAYS,), by_points=False)
    assert "In your case one of those rules settled the choice." in page(evidence=(HOLDS,), by_points=False)
    assert "one of those rules settled" not in page(weights=(STAYS,), evidence=(HOLDS,))
    assert settled not in page(weights=(STAYS,))


def strike(rule: str, part: str, after: Outcome | None, *changes: str) -> StruckRule:
    return StruckRule(rule=rule, title=f"Title of {rule}", part=part, changes=changes, after=after)


def test_rules_on_which_the_choice_hangs_are_told_by_what_they_do() -> None:
    said = page(strikes=(strike("W1", "judges", THEN, "option"), strike("D1", "defines", None)))
    assert "- Title of W1 (W1). Without it, the choice would become going right (nearly a tie)." in said
    assert "- Title of D1 (D1). Without it, the other rules would contradict each other" in said
    assert said.index("hangs on each of them alone:") < said.index("Title of W1")
    assert said.index("Title of W1") < said.index("say what your answers mean") < said.index("Title of D1")


def test_it_is_told_when_no_judgment_carries_the_choice_alone() -> None:
    none = "No rule that stops or weighs something carries this choice alone."
    assert none in page(strikes=(strike("D1", "defines", THEN, "option"),))
    assert none not in page(strikes=(strike("W1", "judges", THEN, "option"),))


def test_smaller_changes_are_told() -> None:
    sure = NOW.model_copy(update={"confidence": "clear", "add_ons": ("more",)})
    said = page(strikes=(strike("W1", "judges", sure, "confidence", "add_ons"),))
    assert (
        "Title of W1 (W1). Without it, this would be a clear lead. Without it, the advice would no longer include the "
        "extra. Without it, the advice would also include one more."
    ) in said


def test_red_flags_alone_are_told_in_one_sentence() -> None:
    gone = NOW.model_copy(update={"red_flags": {"RF2": 1}})
    other = NOW.model_copy(update={"red_flags": {"RF1": 3, "RF2": 1, "RF9": 1}})
    said = page(strikes=(strike("C1", "judges", gone, "red_flags"), strike("C2", "defines", other, "red_flags")))
    assert "as it says beside the rule: C1 (no RF1), C2 (RF9 added; RF1 at another severity)." in said
    assert "Title of C1" not in said


def test_the_count_of_rules_and_the_lack_of_any_are_told() -> None:
    assert "one rule at a time of the 12 that fit your answers" in page()
    assert "We left out the one rule that fits your answers" in page(tried=1)
    assert "No rule that fits your answers could bear on the advice." in page(tried=0)
    assert "Leaving out any one of them would change nothing." in page()


HOLDS = EvidenceTest(id="a", title="On law alone?", struck=("W1",), holds=True, after=NOW)


@pytest.mark.parametrize(
    ("test", "said"),
    [
        (HOLDS, "- On law alone? Yes: going left.\n    1 of the 30 rules that fit your answers was left out."),
        (
            HOLDS.model_copy(update={"struck": ()}),
            "Yes: going left.\n    None of the 30 rules that fit your answers had to be left out.",
        ),
        (
            HOLDS.model_copy(update={"struck": ("W1", "W2"), "after": NOW.model_copy(update={"confidence": "clear"})}),
            "Yes: going left. It would be a clear lead.\n    2 of the 30 rules that fit your answers were left out.",
        ),
        (
            HOLDS.model_copy(update={"holds": False, "after": THEN}),
            "No. It would be going right (nearly a tie). This tests our evidence, so please do not act on it.",
        ),
        (HOLDS.model_copy(update={"holds": False, "after": None}), "The rules that remain contradict each other"),
    ],
)
def test_each_test_of_the_evidence_is_answered(test: EvidenceTest, said: str) -> None:
    assert said in page(evidence=(test,))


def test_red_flags_that_rest_on_weaker_evidence_are_named() -> None:
    fewer = HOLDS.model_copy(update={"after": NOW.model_copy(update={"red_flags": {"RF2": 1, "RF9": 1}})})
    assert "was left out.\n    Red flags that would not be raised: RF1.\n" in page(evidence=(fewer,))
    assert "Red flags that would not be raised" not in page(evidence=(HOLDS,))


def test_a_rule_base_without_tests_of_the_evidence_has_no_such_section() -> None:
    assert "If weaker evidence were left out" not in page()
    assert "If weaker evidence were left out" in page(evidence=(HOLDS,))


def test_it_ends_with_what_it_cannot_show() -> None:
    assert "We moved one thing at a time." in page()
    assert page().endswith("exactly.\n")


@pytest.mark.parametrize("width", [1, 20, 80])
def test_no_line_is_wider_than_asked(width: int) -> None:
    line = weight(0, span("0", "7/3", "left"), span("7/3", None, "right", "()"))
    text = page(width, weights=(line, STAYS), strikes=(strike("W1", "judges", THEN, "option"),), evidence=(HOLDS,))
    assert all(columns(one) <= max(width, 20) for one in text.splitlines())


def test_no_character_that_could_steer_a_terminal_gets_through() -> None:
    title = HOLDS.model_copy(update={"title": "\x1b[31mRed?"})
    said = page(evidence=(title,), option_names={**NAMES, "left": "going\x1b[2J left"})
    assert "\x1b" not in said


def test_a_joining_word_that_is_missing_is_an_error() -> None:
    fewer = {key: text for key, text in headings().items() if key != "render.sensitivity.title"}
    found = Sensitivity(
        now=NOW, fired=1, tried=0, by_points=True, weights=(), strikes=(), evidence=(), option_names=NAMES,
        rulebase=RuleBaseId(id="r", version="1", digest="0"),
        questionnaire=QuestionnaireId(id="q", version="1", digest="0"),
    )  # fmt: skip
    with pytest.raises(KeyError, match=r"render\.sensitivity\.title"):
        render_sensitivity(found, fewer, 80)
