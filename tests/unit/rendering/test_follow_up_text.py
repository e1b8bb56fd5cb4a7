from __future__ import annotations

import datetime

import pytest

from advisor.handouts.follow_up import follow_up
from advisor.model.advice import Advice
from advisor.model.follow_up import FollowUp
from advisor.model.progress import Progress
from advisor.model.trace import RuleBaseId
from advisor.rendering.follow_up_text import MOST_SOURCES, render_follow_up
from advisor.rendering.plan_text import render_plan
from advisor.rendering.wrap import columns
from tests.unit.rendering.an_advice import CONTROL, PLAN, a_row, an_advice, headings

BEFORE = an_advice(
    plan=PLAN.model_copy(
        update={
            "rows": (
                a_row("Call three plans", key="call", date="2026-11-28", kind="today", due=0),
                a_row("File your papers", key="file", date="2026-12-04"),
                a_row("Read the contract", key="read", date="2026-12-04"),
            )
        }
    )
)
NEW_ROW = a_row("Bill from the date", key="bill", kind="not_before", when="not before the date", due=None)
AFTER = BEFORE.model_copy(
    update={
        "plan": BEFORE.plan.model_copy(
            update={"rows": (a_row("Call four plans", key="call", kind="today", due=0), NEW_ROW)}
        ),
        "rulebase": RuleBaseId(id="credentialing", version="1.1", digest="a" * 64),
    }
)
ON = datetime.date(2027, 6, 1)
PROGRESS = Progress().saying("file", "done", datetime.date(2026, 12, 1))
HEADINGS = headings()


def told(after: Advice = AFTER, width: int = 80, left_out: int = 0, **changes: object) -> str:
    found: FollowUp = follow_up(BEFORE, after, PROGRESS, (), {}, ON)
    return render_follow_up(found.model_copy(update=changes), after, width, left_out=left_out)


def test_what_was_due_stands_before_what_is_done_what_changed_the_new_plan_and_the_difference() -> None:
    text = told()
    heads = [HEADINGS[f"follow_up.{key}"] for key in ("due", "done", "changed", "difference")]
    heads.insert(3, HEADINGS["plan.headings.title"].upper())
    places = [text.index(f"\n{head}") for head in heads]
    assert places == sorted(places)
    assert "- Due Nov 28, 2026: Call three plans now." in text
    assert "- File your papers now.\n    done, Dec 1, 2026" in text
    assert "Due Dec 4, 2026: File" not in text
    assert render_plan(AFTER, 80) in text


def test_each_line_that_differs_is_told_with_how_it_was() -> None:
    text = told()
    difference = text[text.index(HEADINGS["follow_up.difference"]) :]
    assert "New:\n- not before the date: Bill from the date now." in difference
    assert "Changed:\n- this week: Call four plans now.\n    Before: this week: Call three plans now." in difference
    assert "- this week: Read the contract now." in difference


def test_when_nothing_differs_that_is_said() -> None:
    text = told(BEFORE)
    for key in ("same_answers", "same_plan"):
        assert HEADINGS[f"follow_up.{key}"] in text
    assert HEADINGS["follow_up.same_rules"].format(after="1.0") in text


def test_changed_answers_and_rules_are_told() -> None:
    text = " ".join(told(answers=(CONTROL,)).split())
    assert HEADINGS["follow_up.rules"].format(before="1.0", after="1.1") in text
    assert '"How much does control matter?" "A must". Before: It does not.' in text


def test_many_old_sources_are_counted_not_listed() -> None:
    days = {line.rule: "2027-05-01" for line in AFTER.plan.lines}
    (one, *_) = follow_up(BEFORE, AFTER, PROGRESS, (), days, ON).stale
    text = told(stale=(one,) * (MOST_SOURCES + 3))
    assert text.count(f"- {one.title} ") == MOST_SOURCES
    assert HEADINGS["follow_up.stale_more.more"].format(count=3) in text


def test_rows_left_out_of_the_plan_are_counted() -> None:
    assert HEADINGS["follow_up.left_out.one"] in " ".join(told(left_out=1).split())
    assert HEADINGS["follow_up.left_out.one"] not in " ".join(told().split())


@pytest.mark.parametrize("width", [20, 40, 80])
def test_no_line_is_wider_than_asked_for(width: int) -> None:
    assert max(columns(line) for line in told(width=width, answers=(CONTROL,)).splitlines()) <= width


def test_no_text_of_anyone_can_steer_the_terminal() -> None:
    wild = BEFORE.plan.model_copy(update={"rows": (a_row("\x1b[2JCall", key="call", date="2026-11-28"),)})
    found = follow_up(BEFORE.model_copy(update={"plan": wild}), AFTER, PROGRESS, (), {}, ON)
    assert "\x1b" not in render_follow_up(found, AFTER, 80)
