from __future__ import annotations

import re

import pytest

from advisor.errors import AdvisorError
from advisor.rendering.trace_text import render_trace
from advisor.rendering.wrap import columns
from tests.unit.rendering.a_trace import a_trace
from tests.unit.rendering.an_advice import an_advice


def shown(item: str | None = None, width: int = 200) -> list[str]:
    return render_trace(an_advice(), width, item).splitlines()


def test_the_recommendation_goes_back_to_the_answers_through_rules_and_points() -> None:
    assert shown()[:24] == [
        "Recommended: Start in stages [staged], confidence lean",
        "  - proposed by rule DEC-001 (version 1, decide): propose staged at priority 50 (by_margin)",
        "    - lead.option = staged, worked out by the engine",
        "      - contest in branch start: staged 4, delegated 3, direct 1; margin 1 [1]",
        "        - branch = start, concluded by a rule [2]",
        "          - rule DER-001 (version 1, derive): conclude branch = start",
        "            - situation = planning, your answer",
        "        - points of staged: +3 +1 = 4",
        "          - +3 cash, rule WGH-001 (version 1, weigh): weigh cash: delegated +3, direct -1, staged +3 [3]",
        "            - runway = one_to_two, your answer",
        "          - +1 growth, rule WGH-002 (version 1, weigh): weigh growth: direct +2, staged +1 [4]",
        "            - branch = start [see 2]",
        "            - hiring is not known, you were not sure",
        "        - points of delegated: +3 = 3",
        "          - +3 cash, rule WGH-001 [see 3]",
        "        - points of direct: -1 +2 = 1",
        "          - -1 cash, rule WGH-001 [see 3]",
        "          - +2 growth, rule WGH-002 [see 4]",
        "        - tie broken from staged, delegated to staged by rule TIE-001 (version 1, weigh): "
        "break ties at order 1: staged before delegated",
        "          - branch = start [see 2]",
        "",
        "Second choice: Go direct [direct]",
        "  - contest in branch start: staged 4, delegated 3, direct 1; margin 1 [see 1]",
        "",
    ]


def test_what_did_not_win_and_what_was_raised_follows() -> None:
    assert shown()[24:] == [
        "Proposals that did not win:",
        "  - ruled out, proposed by rule DEC-002 (version 1, decide): propose exit at priority 10 (clear)",
        "    - situation = planning, your answer",
        "",
        "Options ruled out:",
        "  - out.exit = true, concluded by a rule",
        "    - rule CON-001 (version 1, constrain): rule out exit",
        "      - branch = start [see 2]",
        "",
        "Red flags:",
        "  - Red flag RF10, severity 3",
        "    - rule RED-028 (version 1, constrain): raise RF10 at severity 3",
        "      - branch = start [see 2]",
        "      - runway = one_to_two, your answer",
        "",
        "Add-ons:",
        "  - add_on.government_enrollment = true, concluded by a rule",
        "    - rule ADD-001 (version 1, constrain): add on government_enrollment",
        "      - payers.medicaid = true, your answer",
        "Answers set aside, since their questions do not apply: notice",
    ]


def test_a_rule_is_shown_alone_with_what_it_rests_on() -> None:
    assert shown("RED-028") == [
        "rule RED-028 (version 1, constrain): raise RF10 at severity 3",
        "  - branch = start, concluded by a rule",
        "    - rule DER-001 (version 1, derive): conclude branch = start",
        "      - situation = planning, your answer",
        "  - runway = one_to_two, your answer",
    ]


def test_a_fact_is_shown_with_the_rules_that_matched_it() -> None:
    assert shown("runway") == ["runway = one_to_two, your answer", "  - matched by RED-028, WGH-001"]


def test_a_red_flag_is_shown_alone_in_any_spelling() -> None:
    assert shown("rf10")[:2] == [
        "Red flag RF10, severity 3",
        "  - rule RED-028 (version 1, constrain): raise RF10 at severity 3",
    ]


def test_an_option_is_shown_with_its_proposals_and_points() -> None:
    assert shown("exit") == [
        "Option: Leave now [exit]",
        "  - ruled out, proposed by rule DEC-002 (version 1, decide): propose exit at priority 10 (clear)",
        "    - situation = planning, your answer",
        "  - out.exit = true, concluded by a rule",
        "    - rule CON-001 (version 1, constrain): rule out exit",
        "      - branch = start, concluded by a rule",
        "        - rule DER-001 (version 1, derive): conclude branch = start",
        "          - situation = planning, your answer",
    ]
    assert re.fullmatch(r"  - points of staged: \+3 \+1 = 4 \[see \d\]", shown("staged")[-1])


def test_a_question_or_figure_shows_each_of_its_facts() -> None:
    assert shown("payers")[0] == "payers.medicaid = true, your answer"
    assert shown("cash_gap") == ["cash_gap.low = 1, worked out as the figure cash_gap", "  - matched by no rule"]


@pytest.mark.parametrize(
    ("fact", "lines"),
    [
        ("limited_license", ["limited_license = false, its default, since no rule concluded it"]),
        ("advice.lean", ["advice.lean is not known, since nothing gave it a value"]),
        (
            "unknown_share",
            ["unknown_share = 10, worked out by the engine", "  - hiring is not known, you were not sure"],
        ),
        (
            "advice.second",
            ["advice.second = direct, worked out by the engine", "  - Second choice: Go direct [direct]"],
        ),
    ],
)
def test_a_fact_says_where_it_comes_from(fact: str, lines: list[str]) -> None:
    assert shown(fact)[: len(lines)] == lines


def test_an_unknown_item_is_refused_and_the_nearest_are_named() -> None:
    with pytest.raises(AdvisorError, match=r"nothing in this advice is called `RED-029`\. The nearest are `RED-028`"):
        render_trace(an_advice(), 80, "RED-029")


def test_an_item_like_nothing_at_all_is_refused_without_its_control_characters() -> None:
    with pytest.raises(AdvisorError) as refused:
        render_trace(an_advice(), 80, "\x1b[2J" + "%" * 500)

    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize("width", [20, 40, 80])
def test_no_line_is_too_wide(width: int) -> None:
    assert [line for line in shown(None, width) if columns(line) > width] == []


def test_a_narrow_terminal_gets_narrow_steps() -> None:
    assert shown("RED-028", 59)[2:5] == [
        " - branch = start, concluded by a rule",
        "  - rule DER-001 (version 1, derive): conclude branch =",
        "    start",
    ]


def test_every_number_that_is_referred_to_was_given_before() -> None:
    given: list[str] = []
    for line in shown():
        if found := re.search(r"\[see (\d+)\]$", line):
            assert found[1] in given
        elif found := re.search(r"\[(\d+)\]$", line):
            given.append(found[1])

    assert given == ["1", "2", "3", "4"]


def test_without_proposals_the_fallback_is_said_to_stand() -> None:
    lines = render_trace(an_advice(trace=a_trace(proposals=())), 200).splitlines()

    assert lines[1] == "  - No proposal was left, so the choice for such cases stands."
