from __future__ import annotations

import re
from itertools import pairwise

import pytest

from advisor.rendering.text import render_text
from advisor.rendering.wrap import columns
from tests.unit.rendering.an_advice import an_advice, an_empty_advice, headings

ORDER = (
    "sections.recommendation", "sections.reasons", "sections.red_flags", "sections.gates", "sections.steps",
    "sections.figures", "sections.unknowns", "sections.would_change", "sections.questions", "sections.calls",
    "render.sections.runner_up", "sections.options", "render.sections.add_ons", "sections.later_steps",
    "render.sections.notes", "sections.sources", "sections.about",
)  # fmt: skip


def sections(text: str) -> dict[str, str]:
    """The text of each section by its title."""
    parts = re.split(r"(?m)^(\S.*)\n=+\n", text)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def section(key: str, width: int = 200, **changes: object) -> str:
    return sections(render_text(an_advice(**changes), width))[headings()[key]]


@pytest.mark.parametrize("width", [20, 40, 80])
@pytest.mark.parametrize("advice", [an_advice(), an_empty_advice()], ids=["rich", "empty"])
def test_no_line_is_wider_than_the_terminal_unless_it_is_an_address(width: int, advice: object) -> None:
    lines = render_text(advice, width).splitlines()  # type: ignore[arg-type]

    assert [line for line in lines if columns(line) > width and "://" not in line] == []
    assert all(line == line.rstrip() for line in lines)


def test_a_width_below_twenty_is_taken_as_twenty() -> None:
    assert render_text(an_advice(), 3) == render_text(an_advice(), 20)


def test_only_plain_characters_are_used() -> None:
    assert render_text(an_advice(), 80).isascii()


def test_every_section_is_there_in_the_order_to_be_read() -> None:
    assert list(sections(render_text(an_advice(), 200))) == [
        headings()[key] for key in (*ORDER, "render.sections.recap")
    ]


def test_the_page_ends_with_the_headline_and_the_first_step_again() -> None:
    advice = an_advice()
    lines = section("render.sections.recap").strip().splitlines()

    assert lines[0] == "Start in stages; a fair second choice is direct."
    assert advice.next_steps[0].text in lines[2]


def test_the_headline_comes_first_with_how_sure_it_is_and_the_add_ons() -> None:
    assert section("sections.recommendation").strip().splitlines() == [
        "Start in stages; a fair second choice is direct.",
        "",
        "How sure this is: It leans one way.",
        "",
        "- Also: Enroll with Medicaid. You want Medicaid clients.",
        "    Rule ADD-001. Rests on K056. Source grade: D (anonymous or copied page).",
    ]


def test_four_reasons_are_shown_each_with_what_it_rests_on() -> None:
    lines = section("sections.reasons").splitlines()

    assert lines[:3] == [
        "1. Reason number 1 speaks of your answers.",
        "     Keep in mind: Caveat number 1.",
        "     Rule WGH-001. Rests on K056, C11. Source grade: D (anonymous or copied page); a made-up example.",
    ]
    assert [line[:2] for line in lines if re.match(r"\d", line)] == ["1.", "2.", "3.", "4."]
    assert sum(headings()["render.leans"] in line for line in lines) == 1


def test_what_broke_the_tie_and_what_the_priority_did_follow_the_reasons() -> None:
    assert section("sections.reasons").strip().splitlines()[-3:] == [
        "What decided a close result: A tie-breaker was used.",
        "",
        "What your top priority did: Your priority counted once.",
    ]


def test_red_flags_stand_under_their_severity_gravest_first_with_what_to_do() -> None:
    lines = section("sections.red_flags").splitlines()
    titles = [above for above, line in pairwise(lines) if re.fullmatch("-+", line)]

    assert titles == ["Stop", "Act before you sign or leave", "Watch"]
    assert lines[3:7] == [
        "- Text of RF10.",
        "    What to do: act on RF10.",
        "    Speaks against: Go direct.",
        "    [RF10, RED-RF10; K007]",
    ]


def test_each_gate_says_its_state_in_words() -> None:
    assert section("sections.gates").strip().splitlines()[::2] == [
        "- Gate 1 (passed). It is there.",
        "- Gate 2 (not passed yet). It is missing.",
        "- Gate 3 (not known yet).",
    ]


def test_five_steps_are_numbered_and_timed() -> None:
    lines = section("sections.steps").strip().splitlines()

    assert lines[:2] == ["1. This week: Do step number 1.", "     Why: It helps. [STP-001; STEP1]"]
    assert lines[-2] == "5. This week: Do step number 5."
    assert "step number 6" in section("sections.later_steps")


def test_figures_give_their_value_and_then_the_formula_in_words() -> None:
    found = [line for line in section("sections.figures").splitlines() if line.startswith("- ")]

    assert found == [
        "- Gap: 1 to 3 months. We took 4.",
        "- Wait: 1 month. We took 1.",
        "- Pay: $4,730 to $7,001. We took 100.",
        "- More: -15 percent. Below.",
    ]


def test_with_proofs_what_is_settled_comes_first_and_then_the_questions_to_answer_first() -> None:
    lines = section("sections.unknowns").strip().splitlines()

    assert lines[2:6] == ["One question is open.", "", "- Either of two.", "- The add-ons are settled."]
    assert lines[-1] == 'Your answer to "Notice?" was set aside.'


def test_with_proofs_the_changes_stand_under_who_can_make_them() -> None:
    lines = section("sections.would_change").strip().splitlines()

    assert lines == [
        "One answer away.",
        "",
        "What you could change yourself:",
        "- If control were a must.",
        "",
        "We tried all.",
    ]


def test_without_proofs_nothing_is_said_of_what_would_change_the_advice() -> None:
    assert headings()["sections.would_change"] not in render_text(an_advice(proofs=None), 80)


def test_without_proofs_the_unknowns_that_matter_come_first_with_how_far_they_could_move_the_points() -> None:
    lines = section("sections.unknowns", proofs=None).strip().splitlines()

    assert lines[3] == "- Will you hire? (You were not sure.) (up to 3 points)"
    assert lines[5:7] == ["These matter less:", "- Is CAQH full?"]
    assert lines[-1] == 'Your answer to "Notice?" was set aside.'


def test_questions_are_grouped_by_whom_to_ask_platform_first_and_left_bare_to_be_read_out() -> None:
    lines = section("sections.questions").splitlines()
    titles = [above for above, line in pairwise(lines) if re.fullmatch("-+", line)]

    assert titles == ["Ask the platform", "Ask each insurance plan", "Ask your employer or group"]
    assert "ASK-001" not in "".join(lines)


def test_the_runner_up_has_as_many_points_for_as_against() -> None:
    lines = section("render.sections.runner_up").splitlines()
    split = lines.index("Against:")

    assert lines[0] == "Go direct"
    assert "It is 3 points from the first choice." in lines[2]
    assert [line for line in lines[:split] if line.startswith("- ")] == ["- A point for direct. [K088]"]
    assert [line for line in lines[split:] if line.startswith("- ")] == ["- It costs you time. [WGH-001, -3; K056]"]


def outlines(text: str) -> dict[str, list[str]]:
    """Per option, the kinds of its parts in order: the words before a colon, or `text`."""
    parts = re.split(r"(?m)^(\S.*)\n-+\n", text)
    found = {}
    for title, body in zip(parts[1::2], parts[2::2], strict=True):
        heads = [part.splitlines()[0] for part in body.strip().split("\n\n")]
        found[title] = [head.partition(":")[0] if ":" in head else "text" for head in heads]
    return found


def test_every_option_is_laid_out_in_the_same_outline() -> None:
    outline = [
        "Where it stands", "How the points add up", "text", "What living with it is like", "For", "Against",
    ]  # fmt: skip
    ruled_out = [outline[0], "Set aside", "Set aside", *outline[1:]]

    assert outlines(section("sections.options")) == {
        "Start in stages": outline,
        "Go direct": outline,
        "Join a platform": outline,
        "Leave now": ruled_out,
    }
    assert outlines(section("render.sections.add_ons")) == {"Enroll with Medicaid": [outline[0], *outline[2:]]}


def test_every_option_stands_in_the_list_with_its_points() -> None:
    assert section("sections.options").splitlines()[:4] == [
        "- Start in stages: our recommendation, 4 points",
        "- Go direct: second choice, 1 point",
        "- Join a platform: possible, 0 points",
        "- Leave now: set aside for now, -2 points",
    ]


def test_the_arithmetic_is_shown_by_what_the_points_count_for() -> None:
    lines = section("sections.options").splitlines()
    place = lines.index("How the points add up: +2 +2 = 4")

    assert lines[place + 1 : place + 3] == ["  +2  Cash and time [WGH-001 +3, WGH-003 -1]", "  +2  Growth [WGH-002]"]


def test_the_arithmetic_adds_up_wherever_it_is_shown() -> None:
    equations = re.findall(r"add up: (.*) = (-?\d+)$", section("sections.options"), re.MULTILINE)

    assert [(sum(map(int, terms.split())), int(total)) for terms, total in equations] == [(4, 4), (1, 1), (-2, -2)]


def test_what_ruled_an_option_out_is_told_with_every_rule_that_did() -> None:
    text = section("sections.options")

    assert "Set aside: You have no platform. [CON-001]" in text
    assert "Set aside: You have no reason. [CON-002, CON-003]" in text


def test_sources_stand_under_their_grade_with_their_date() -> None:
    assert section("sections.sources").strip().splitlines() == [
        "Grade D: an anonymous or copied page",
        "------------------------------------",
        "- [f20] Credentialing times. By Headway. Dated: May 2026. Read on 2026-11-23.",
        "",
        "A made-up example",
        "-----------------",
        "- [article.erin] Article, section on Erin. By pie Health. Dated: undated. Read on 2026-11-23.",
    ]


def test_the_last_section_tells_the_disclosures_the_review_date_and_the_versions() -> None:
    lines = section("sections.about").strip().splitlines()

    assert lines[:3] == ["The publisher sells direct help.", "", "No law."]
    assert "2027-05-23" in lines[6]
    assert lines[-3:] == [
        "- Rule base credentialing, version 1.0, digest 0123456789ab",
        "- Questionnaire credentialing, version 1.1",
        "- Program version 1.0.0, engine durable-rules 2.0.28",
    ]


def test_long_lists_of_claims_end_with_a_count() -> None:
    step = an_advice().next_steps[0]
    many = step.model_copy(update={"claims": ("K1", "K2", "K3", "K4", "K5")})
    four = step.model_copy(update={"claims": ("K1", "K2", "K3", "K4")})
    text = render_text(an_advice(next_steps=(many, four)), 80)

    assert "[STP-001; K1, K2, K3 and 2 more]" in text
    assert "[STP-001; K1, K2, K3, K4]" in text


def test_what_is_empty_is_said_and_not_left_out() -> None:
    found = sections(render_text(an_empty_advice(), 200))
    said = {title: body.strip() for title, body in found.items()}
    words = headings()

    assert said[words["sections.red_flags"]] == words["render.none.red_flags"]
    assert said[words["sections.unknowns"]] == words["nothing_unknown"]
    assert said[words["render.sections.runner_up"]] == words["render.none.runner_up"]
    assert words["expiry"].split("{")[0] not in said[words["sections.about"]]
    assert words["sections.gates"] not in said
    assert words["sections.later_steps"] not in said


def test_the_top_of_the_page_reads_well_at_forty_columns() -> None:
    assert render_text(an_advice(), 40).splitlines()[:18] == [
        "Our recommendation",
        "==================",
        "Start in stages; a fair second choice is",
        "direct.",
        "",
        "How sure this is: It leans one way.",
        "",
        "- Also: Enroll with Medicaid. You want",
        "  Medicaid clients.",
        "    Rule ADD-001. Rests on K056. Source",
        "    grade: D (anonymous or copied page).",
        "",
        "",
        "Why we say so",
        "=============",
        "1. Reason number 1 speaks of your",
        "   answers.",
        "     Keep in mind: Caveat number 1.",
    ]
