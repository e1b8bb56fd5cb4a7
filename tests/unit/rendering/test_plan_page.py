from __future__ import annotations

import pytest

from advisor.model.plan_page import PlanPage
from advisor.rendering.plan_fit import MOST_LINES, MOST_WORDS
from advisor.rendering.plan_markdown import render_plan_markdown
from advisor.rendering.plan_text import render_plan
from tests.unit.rendering.an_advice import PLAN, a_row, an_advice, headings


def page(width: int = 80, *, full: bool = False, **changes: object) -> str:
    """The page of the plan made by hand, with some of its parts replaced."""
    return render_plan(an_advice(plan=PLAN.model_copy(update=changes)), width, full=full)


def under(heading: str, text: str) -> list[str]:
    """The lines below a heading, up to the next empty line."""
    lines = text.splitlines()
    start = lines.index(headings()[f"plan.headings.{heading}"].upper()) + 1
    return lines[start : lines.index("", start) if "" in lines[start:] else len(lines)]


def test_the_answer_and_how_sure_it_is_come_first_with_the_day() -> None:
    lines = page().splitlines()
    assert lines[0] == "YOUR PLAN".ljust(80 - len("as of Nov 28, 2026")) + "as of Nov 28, 2026"
    assert lines[2:4] == ["Apply to one platform now. [1]", "How sure: clear, because money is short."]


def test_without_a_day_the_title_stands_alone() -> None:
    assert page(as_of=None).splitlines()[0] == "YOUR PLAN"


def test_stops_come_before_rows_and_rows_before_reasons() -> None:
    text = page()
    places = [text.index(headings()[f"plan.headings.{name}"].upper() + "\n") for name in ("stops", "rows", "reasons")]
    assert places == sorted(places)


def _places(text: str, *names: str) -> list[int]:
    return [text.index(headings()[f"plan.headings.{name}"].upper() + "\n") for name in names]


def test_the_first_reply_comes_before_the_rows_and_the_others_before_the_reasons() -> None:
    second = PLAN.replies[0].model_copy(update={"text": "What does it cost? Nothing."})
    text = page(replies=(*PLAN.replies, second))
    assert under("replies", text) == ["- How long? Two to five months. [1]"]
    assert under("more_replies", text) == ["- What does it cost? Nothing. [1]"]
    places = _places(text, "stops", "replies", "rows", "more_replies", "reasons")
    assert places == sorted(places)


def test_where_two_stops_stand_what_to_do_comes_before_what_was_asked() -> None:
    text = page(stops=PLAN.stops * 2)
    assert len(under("stops", text)) == 2
    places = _places(text, "stops", "rows", "replies", "reasons")
    assert places == sorted(places)


def test_a_row_has_its_time_in_front_and_says_when_it_is_done() -> None:
    assert under("rows", page())[:2] == [
        "[ ] today         Call three plans now. Done: it is done. [1]",
        "[ ] by Dec 12     File your papers now. Done: it is done. [1]",
    ]


def test_on_a_narrow_terminal_the_time_runs_into_the_row() -> None:
    assert under("rows", page(40))[:2] == ["[ ] today: Call three plans now. Done:", "    it is done. [1]"]


@pytest.mark.parametrize(
    ("rows", "scripts", "told"),
    [
        (1, 1, "The full view has 1 more step."),
        (7, 2, "The full view has 7 more steps and 1 more script."),
        (0, 3, "The full view has 2 more scripts."),
    ],
)
def test_what_is_left_out_is_counted_at_the_end(rows: int, scripts: int, told: str) -> None:
    left = tuple(a_row(f"Row {n}", shown=False) for n in range(rows))
    text = page(rows=(*PLAN.rows[:2], *left), scripts=(PLAN.scripts[0],) * scripts)
    assert " ".join(text.split()).endswith(told)


def test_the_full_page_has_every_row_and_every_script() -> None:
    text = page(full=True)
    assert "Look again at day 60 now." in text
    assert "Please send your terms." in text
    assert "full view" not in text


def test_the_first_script_is_shown() -> None:
    text = page()
    assert "WORDS TO USE (CALL TO THE PLAN)" in text
    assert "I am a counselor in ZIP ____." in text


def test_numbers_of_one_unit_are_drawn_to_one_scale() -> None:
    # the longest of the high ends, 10 months, takes 20 columns: 2 and 5 months of 10 are 4 and 10 columns
    drawn = [line for line in under("numbers", page(full=True)) if "#" in line]
    assert drawn == [
        "  Platform ####------           2 months (1 to 5 months)",
        "  Own      ##########---------- 5 months (2 to 10 months)",
    ]


@pytest.mark.parametrize("unit", ["months", "weeks", "days", "percent", "dollars", "sessions"])
def test_a_number_of_any_unit_can_be_drawn(unit: str) -> None:
    numbers = tuple(number.model_copy(update={"unit": unit}) for number in PLAN.numbers)
    assert "#" in page(full=True, numbers=numbers)


def test_nothing_is_drawn_on_the_short_page() -> None:
    assert "#" not in page()


def test_one_number_alone_is_not_drawn() -> None:
    assert "#" not in page(full=True, numbers=PLAN.numbers[:1])


def test_sources_that_others_answer_for_come_first_and_lines_have_the_numbers_of_theirs() -> None:
    notes = an_advice().sources
    official = notes[0].model_copy(update={"id": "law", "title": "The statute", "grade": "A"})
    stop = PLAN.stops[0].model_copy(update={"sources": ("law", "f20")})
    advice = an_advice(
        plan=PLAN.model_copy(update={"stops": (stop,), "rests_on": ("f20", "law")}), sources=(*notes, official)
    )
    text = render_plan(advice, 80)
    listed = [line for line in under("rests_on", text) if line.startswith("[")]
    assert [line.split(" (")[0] for line in listed] == ["[1] The statute", "[2] Credentialing times"]
    assert under("stops", text) == ["! Do not sign yet. [1][2]"]
    assert under("watch", text) == ["- A rate that falls after you join. [2]"]


def test_of_sources_that_others_answer_for_the_answers_come_first_then_those_of_lines_that_argue_then_of_rows() -> None:
    official = [
        an_advice().sources[0].model_copy(update={"id": name, "title": name, "grade": grade})
        for name, grade in (("row", "A"), ("guide", "B"), ("law", "A"), ("answer", "B"))
    ]
    plan = PLAN.model_copy(
        update={
            "rests_on": tuple(note.id for note in official),
            "answer": PLAN.answer.model_copy(update={"sources": ("answer",)}),
            "rows": (PLAN.rows[0].model_copy(update={"sources": ("row",)}),),
            "reasons": (PLAN.reasons[0].model_copy(update={"sources": ("guide", "law")}),),
        }
    )
    text = render_plan(an_advice(plan=plan, sources=tuple(official)), 80)
    listed = [line.split(" (")[0] for line in under("rests_on", text) if line.startswith("[")]
    assert listed == ["[1] answer", "[2] law", "[3] guide", "[4] row"]


def test_a_source_of_nothing_that_is_shown_is_not_listed() -> None:
    text = page(rests_on=("f20", "article.erin"))
    assert [line for line in under("rests_on", text) if line.startswith("[")] == [
        line for line in under("rests_on", page(rests_on=("f20",))) if line.startswith("[")
    ]


def test_the_publisher_is_named_only_where_the_page_leans_on_it() -> None:
    leans = headings()["plan.leans"]
    assert leans in " ".join(page().split())
    assert leans not in " ".join(page(leans_with_publisher=False).split())


def long_plan() -> PlanPage:
    """A plan whose every part is as long as a page of rules may write it."""
    words = " ".join(["word"] * 30)
    rows = tuple(a_row(f"Row {n}", do=f"{n} {words}.", weight="must" if n < 3 else "should") for n in range(8))
    reasons = tuple(
        PLAN.reasons[0].model_copy(update={"text": f"Reason {n} {words} {words}.", "against": n == 4}) for n in range(5)
    )
    stops = tuple(PLAN.stops[0].model_copy(update={"text": f"Stop {n} {words}."}) for n in range(3))
    return PLAN.model_copy(update={"rows": rows, "reasons": reasons, "stops": stops})


def test_a_page_that_is_too_long_gives_way_but_keeps_its_stops_and_what_must_be_done() -> None:
    text = render_plan(an_advice(plan=long_plan()), 80)
    assert len(text.split()) <= MOST_WORDS
    assert len(text.splitlines()) <= MOST_LINES
    assert all(f"Stop {n} " in text for n in range(3))
    assert all(f"[ ] this week     {n} word" in text for n in range(3))
    assert "THE OTHER CHOICE" not in text


def asked_much(replies: int) -> PlanPage:
    """A plan of a full page: four steps of the page that answers, three of another, and so many things asked."""
    words = " ".join(["word"] * 24)
    answering, besides = PLAN.answer.rules[0], "ELS-001"
    rows = tuple(a_row(f"Row {n}", do=f"{n} {words}.", rule=answering if n < 4 else besides) for n in range(7))
    said = tuple(PLAN.replies[0].model_copy(update={"text": f"Asked {n}? {words} {words}."}) for n in range(replies))
    numbers = tuple(PLAN.numbers[0].model_copy(update={"text": f"Number {n} {words}."}) for n in range(3))
    watch = tuple(PLAN.watch[0].model_copy(update={"text": f"Watch {n} {words}."}) for n in range(3))
    return PLAN.model_copy(update={"rows": rows, "replies": said, "numbers": numbers, "watch": watch})


@pytest.mark.parametrize("replies", [3, 5])
def test_what_was_asked_stays_where_numbers_and_steps_of_other_pages_give_way(replies: int) -> None:
    text = render_plan(an_advice(plan=asked_much(replies)), 80)
    assert len(text.split()) <= MOST_WORDS
    assert len(text.splitlines()) <= MOST_LINES
    assert all(f"Asked {n}?" in text for n in range(replies))
    assert all(f"     {n} word" in text for n in range(4))


def test_the_words_to_use_stay_where_a_third_reply_gives_way() -> None:
    long = " ".join(["word"] * 72)
    script = PLAN.scripts[0].model_copy(update={"text": f"Ready {long}."})
    plan = asked_much(5)
    wordy = tuple(row.model_copy(update={"do": f"{row.do} {long}"}) for row in plan.rows[:4])
    text = render_plan(an_advice(plan=plan.model_copy(update={"rows": wordy, "scripts": (script,)})), 80)
    assert "Ready word" in text
    assert [f"Asked {n}?" in text for n in range(3)] == [True, True, False]


def test_where_little_was_asked_the_numbers_stay() -> None:
    text = render_plan(an_advice(plan=asked_much(1)), 80)
    assert all(f"{part} 0 " in text for part in ("Number", "Watch"))


def test_a_page_with_room_keeps_everything() -> None:
    text = page()
    assert "THE OTHER CHOICE" in text
    assert "Against this advice: The contract is not yours." in text


@pytest.mark.parametrize("width", [20, 40, 80])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(map(len, render_plan(an_advice(plan=long_plan()), width, full=True).splitlines())) <= width


def test_the_document_has_a_title_headings_and_a_task_list() -> None:
    text = render_plan_markdown(an_advice())
    assert text.startswith("# Your plan\n\nas of Nov 28, 2026\n")
    assert "\n## Do this\n\n- [ ] **today:** Call three plans now. Done: it is done. \\[1\\]\n" in text
    assert "\n- **Do not sign yet. \\[1\\]**\n" in text
    assert "\n> I am a counselor in ZIP " in text
