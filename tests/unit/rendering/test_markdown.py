from __future__ import annotations

import re
from itertools import pairwise

import pytest

from advisor.rendering.markdown import escaped, link, render_markdown
from advisor.rendering.text import render_text
from tests.unit.rendering.an_advice import an_advice, headings


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("# not a title", r"\# not a title"),
        ("- not a list", r"\- not a list"),
        ("+ not a list", r"\+ not a list"),
        ("1. not a list", r"1\. not a list"),
        ("12) not a list", r"12\) not a list"),
        ("---", r"\---"),
        ("===", r"\==="),
        ("-3 points", "-3 points"),
        ("1.5 hours", "1.5 hours"),
        ("*not* **bold**", r"\*not\* \*\*bold\*\*"),
        ("_not_ slanted, one_word is", r"\_not\_ slanted, one_word is"),
        ("`not code`", r"\`not code\`"),
        ("<b>not bold</b>", r"\<b\>not bold\</b\>"),
        ("[not](a link)", r"\[not\](a link)"),
        ("a | b", r"a \| b"),
        ("&amp;", r"\&amp;"),
        ("$5 and $6", r"\$5 and \$6"),
        ("a\\", "a\\\\"),
        ("http://x.example and www.x.example", r"http\://x.example and www\.x.example"),
        ("Plain words, with commas (and brackets).", "Plain words, with commas (and brackets)."),
    ],
)
def test_text_is_shown_as_it_is(text: str, safe: str) -> None:
    assert escaped(text) == safe


def test_only_web_addresses_become_links() -> None:
    assert link("https://a.example/?p=1&q=2") == "<https://a.example/?p=1&q=2>"
    assert link("javascript:alert(1)") == "javascript:alert(1)"
    assert link("https://a.example/> <script>") == r"https\://a.example/\> \<script\>"
    assert link("the project's own notes") == "the project's own notes"


def test_no_text_from_outside_can_break_the_document() -> None:
    usual = an_advice()
    evil = "x\n\n# Title\n- item\n| a | b |\n<script>[l](javascript:x)"
    evil_reason = usual.reasons[0].model_copy(update={"text": evil})
    lines = render_markdown(usual.model_copy(update={"set_aside": (evil,), "reasons": (evil_reason,)})).splitlines()

    shown = r"x \# Title - item \| a \| b \| \<script\>\[l\](javascript:x)"
    assert f"1. {shown}" in lines
    assert shown in lines


def test_sections_are_the_same_and_in_the_same_order_as_in_the_text_less_its_recap() -> None:
    titles = re.findall(r"(?m)^##? (.*)$", render_markdown(an_advice()))

    *in_text, recap = re.findall(r"(?m)^(\S.*)\n=+$", render_text(an_advice(), 200))

    assert titles == in_text
    assert recap not in titles


def test_there_is_one_title_and_no_level_is_skipped() -> None:
    levels = [len(marks) for marks in re.findall(r"(?m)^(#+) ", render_markdown(an_advice()))]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_reason_is_a_numbered_entry_with_its_basis_below() -> None:
    lines = render_markdown(an_advice()).splitlines()
    place = lines.index("1. Reason number 1 speaks of your answers.")

    assert lines[place + 1 : place + 4] == [
        "   - Keep in mind: Caveat number 1.",
        "   - *Rule WGH-001. Rests on K056, C11. Source grade: D (anonymous or copied page); a made-up example.*",
        "2. Reason number 2 speaks of your answers.",
    ]


def test_options_are_compared_in_a_table() -> None:
    text = render_markdown(an_advice())

    assert (
        "| Choice | Where it stands | Points |\n"
        "| --- | --- | --- |\n"
        "| Start in stages | our recommendation | 4 points |\n"
        "| Go direct | second choice | 1 point |\n"
        "| Join a platform | possible | 0 points |\n"
        "| Leave now | set aside for now | -2 points |\n"
    ) in text


def test_the_arithmetic_is_an_equation_with_a_table() -> None:
    text = render_markdown(an_advice())

    assert (
        "**How the points add up:** +2 +2 = 4\n\n"
        "| Points | What they count for | Rules |\n"
        "| --- | --- | --- |\n"
        "| +2 | Cash and time | WGH-001 +3, WGH-003 -1 |\n"
        "| +2 | Growth | WGH-002 |\n"
    ) in text


def test_sources_link_to_their_addresses() -> None:
    lines = render_markdown(an_advice()).splitlines()
    place = lines.index(r"- \[f20\] Credentialing times. By Headway. Dated: May 2026. Read on 2026-11-23.")

    assert lines[place + 1].startswith("  - <https://help.headway.example/a-very-long")
    assert lines[place + 2] == "  - notes of the project"


def test_every_reason_flag_step_and_figure_of_the_text_is_in_the_document() -> None:
    advice = an_advice()
    document = render_markdown(advice)
    spoken = [
        *(reason.text for reason in advice.reasons[:4]), *(flag.text for flag in advice.red_flags),
        *(step.text for step in (*advice.next_steps, *advice.later_steps)), *(f.text for f in advice.figures),
        *(case.summary for case in advice.options), *(line.text for line in advice.questions_to_ask),
        *(note.text for note in advice.notes), *(d.text for d in advice.disclosures),
    ]  # fmt: skip

    assert [text for text in spoken if text not in document] == []
    assert headings()["render.none.points"] in document
