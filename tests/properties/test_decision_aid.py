"""The standard for decision aids, item by item: for each choice that can be advised and each one that goes with it, the
report of one person is held against every item that docs/decision-aid.md calls checked."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from advisor.advice import Advisor, default_advisor
from advisor.model.advice import CaseLine, OptionCase
from advisor.model.dates import day
from advisor.rendering.report_html import report_html
from advisor.rendering.report_parts import BulletList, DraftWords, Drawn, Text
from tests.helpers.cases import all_cases
from tests.helpers.decision_aids import Aid, aid

pytestmark = pytest.mark.xdist_group("decision aid")

PAGE = Path(__file__).resolve().parents[2] / "docs" / "decision-aid.md"
STATES = {"checked", "not met", "does not apply"}
ITEMS = [f"{group}{n}" for group, count in (("Q", 6), ("C", 10), ("B", 28)) for n in range(1, count + 1)]
OF_SCREENING = {"C7", "C8", "C9", "C10", "B24", "B25", "B26", "B27", "B28"}
NOTHING_DONE = {"stay", "not_yet", "gather_facts"}  # choices in which nothing is signed, sent or ended for now
OUR_OWN = {"judgment", "worked"}  # grades of what no outside source says
OPTIONS = tuple(dict.fromkeys(option for case in all_cases() for option in (case.option, *case.add_ons) if option))
EIGHTH_GRADE = 8


Check = Callable[[Aid], None]
CHECKS: dict[str, Check] = {}


def item(name: str) -> Callable[[Check], Check]:
    def keep(check: Check) -> Check:
        CHECKS[name] = check
        return check

    return keep


@item("Q1")
def the_situation_is_described(aid: Aid) -> None:
    assert aid.about.scope in aid.says("made")
    (sheet,) = (letter for letter in aid.handouts.letters if letter.form == "sheet")
    facts = sheet.paragraphs.index(aid.said("letters.sheet.facts"))
    assert sheet.paragraphs[facts + 1].startswith("- ")


@item("Q2")
def the_decision_is_stated(aid: Aid) -> None:
    before = [part.text for part in aid.parts("choices") if isinstance(part, Text) and not part.label]
    assert aid.said("report.choices_intro") in before
    assert aid.advice.recommendation.title in {told.option.title for told in aid.choices}
    assert len(aid.choices) > 1


@item("Q3")
def the_choices_are_described(aid: Aid) -> None:
    assert all(told.texts[aid.said("report.what_it_is")] == told.option.summary != "" for told in aid.all)
    assert {told.option.option for told in aid.choices} & NOTHING_DONE
    everything = aid.says("choices", "others")
    assert all(option.title in everything for option in aid.advice.options if option.kind == "main")


@item("Q4")
def what_speaks_for_each_choice_is_told(aid: Aid) -> None:
    _is_told(aid, "render.for", lambda option: option.pros)


@item("Q5")
def what_speaks_against_each_choice_is_told(aid: Aid) -> None:
    _is_told(aid, "render.against", lambda option: option.cons)


def _is_told(aid: Aid, label: str, side: Callable[[OptionCase], tuple[CaseLine, ...]]) -> None:
    everything = aid.says("choices", "others")
    for told in aid.all:
        assert told.lists[aid.said(label)]
        assert {point.text for point in told.lists[aid.said(label)]} <= {line.text for line in side(told.option)}
        assert all(line.text in everything for line in side(told.option))


@item("Q6")
def what_living_with_each_choice_is_like_is_told(aid: Aid) -> None:
    label = aid.said("render.living_with_it")
    assert all(told.texts[label] == told.option.living_with_it != "" for told in aid.all)


@item("C1")
def the_choices_are_told_in_equal_detail(aid: Aid) -> None:
    for group in filter(None, (aid.choices, aid.add_ons)):
        assert len({told.shape for told in group}) == 1
        assert len({len(points) for told in group for points in told.lists.values()}) == 1
        assert max(told.words for told in group) <= 2 * min(told.words for told in group)


@item("C2")
def what_is_cited_is_named_with_its_publisher_and_date(aid: Aid) -> None:
    notes = {note.id: note for note in aid.noted}
    lines = {line.text: line for told in aid.all for line in (*told.option.pros, *told.option.cons)}
    for point in (point for told in aid.all for points in told.lists.values() for point in points):
        outside = {notes[source].title for source in lines[point.text].sources if notes[source].grade not in OUR_OWN}
        assert len(point.cites) == len(outside), point.text
        assert all(any(title in aid.sources[number].text for title in outside) for number in point.cites)
    assert aid.said("report.judgment") in aid.says("rests_on")
    for source in aid.sources.values():
        (note, *_) = (note for note in notes.values() if source.text.startswith(note.title))
        assert note.dated
        assert note.dated in source.text
        assert note.publisher.rstrip(".") in source.text
        assert source.links


@item("C3")
def the_day_of_the_advice_is_told(aid: Aid) -> None:
    assert aid.advice.plan.as_of
    today = day(datetime.date.fromisoformat(aid.advice.plan.as_of))
    assert today in aid.report.told_on
    assert today in aid.says("made")


@item("C4")
def how_it_is_kept_up_is_told(aid: Aid) -> None:
    assert aid.about.update_policy in aid.says("made")
    assert day(datetime.date.fromisoformat(aid.advice.review_by)) in aid.says("rests_on")


@item("C5")
def how_sure_the_advice_is_and_how_far_its_numbers_reach_is_told(aid: Aid) -> None:
    assert aid.advice.plan.answer.how_sure in aid.says("answer")
    assert aid.advice.recommendation.how_sure in aid.says("choices")
    for figure in aid.advice.figures:
        (label,) = {line for line in aid.says("charts").splitlines() if line.startswith(f"{figure.title}:")}
        assert {f"{figure.low:,}", f"{figure.high:,}"} <= set(re.findall(r"\d[\d,]*", label))
    for chart in aid.handouts.charts:
        assert all(span.low <= span.likely <= span.high for span in chart.spans)
        for curve in chart.curves:
            assert all(a <= b <= c for a, b, c in zip(curve.low, curve.likely, curve.high, strict=True))


@item("C6")
def who_pays_and_what_the_publisher_sells_is_told(aid: Aid) -> None:
    assert aid.about.funding in aid.says("made")
    (interest,) = (told for told in aid.advice.disclosures if told.id == "publisher")
    assert interest.text in aid.says("disclosure")


@item("B1")
def what_happens_if_nothing_is_done_is_told(aid: Aid) -> None:
    waiting = [told for told in aid.choices if told.option.option in NOTHING_DONE]
    assert waiting
    assert all(told.lists[aid.said("render.against")] for told in waiting)


@item("B2")
def the_choices_stand_side_by_side(aid: Aid) -> None:
    html = re.search(r'<details id="choices".*?</details>', report_html(aid.report), re.DOTALL)
    assert html
    assert 'class="groups alike"' in html[0]
    assert html[0].count('class="group"') == len(aid.choices)


@item("B8")
def figures_are_told_in_words_in_numbers_and_drawn(aid: Aid) -> None:
    drawn = [part for part in aid.parts("charts") if isinstance(part, Drawn)]
    assert [part.chart for part in drawn] == list(aid.handouts.charts)
    for part in drawn:
        assert part.chart.says in aid.says("charts")
        assert part.chart.sentences
        assert part.table.rows
        assert part.chart.spans or part.chart.curves
    assert all(figure.text in aid.says("charts") for figure in aid.advice.figures)


@item("B9")
def what_matters_most_is_asked(aid: Aid) -> None:
    advisor = default_advisor()
    asked = advisor.questionnaire.question(advisor.rulebase.decision.priority_question)
    assert len(asked.choices) > 1
    assert asked.id in aid.case.answers or asked.id in {line.question for line in aid.advice.unknowns}
    assert aid.said("report.sure.weigh") in aid.says("sure")


@item("B10")
def the_plan_goes_step_by_step(aid: Aid) -> None:
    plan = [(row.when, row.do) for row in aid.advice.plan.rows]
    shown = [point for part in aid.parts("rows") if isinstance(part, BulletList) for point in part.entries]
    starts = [next(row for row in plan if row[0] == point.label and point.text.startswith(row[1])) for point in shown]
    places = [plan.index(row) for row in starts]
    assert places
    assert places == sorted(places)
    dated = [row.due for row in aid.advice.plan.rows if row.shown and row.due is not None]
    assert dated == sorted(dated)
    assert aid.said("report.sure.after") in aid.says("sure")


@item("B11")
def there_is_a_sheet_to_take_to_an_adviser(aid: Aid) -> None:
    drafts = [part.letter for part in aid.parts("letters") if isinstance(part, DraftWords)]
    (sheet,) = (letter for letter in drafts if letter.form == "sheet")
    assert aid.said("letters.sheet.want") in sheet.paragraphs


@item("B18")
def how_the_evidence_was_chosen_is_told(aid: Aid) -> None:
    assert aid.about.evidence_policy in aid.says("made")


@item("B19")
def how_good_each_source_is_is_told_in_words(aid: Aid) -> None:
    assert aid.sources
    for source in aid.sources.values():
        (note, *_) = (note for note in aid.noted if source.text.startswith(note.title))
        assert note.grade_means in source.text
    own = [note for note in aid.noted if note.grade in OUR_OWN]
    assert all(f"{note.title} ({note.grade_means})" in aid.says("sources") for note in own)


@item("B21")
def how_hard_it_reads_is_told(aid: Aid) -> None:
    said = re.escape(aid.said("report.grade")).replace(r"\{grade\}", r"(\d+)")
    (grade,) = re.findall(said, aid.says("made"))
    assert 1 <= int(grade) <= EIGHTH_GRADE


EACH = [pytest.param(check, id=f"{name}-{check.__name__}") for name, check in CHECKS.items()]


@pytest.mark.parametrize("check", EACH)
@pytest.mark.parametrize("option", OPTIONS)
def test_each_report_holds_what_the_standard_asks(option: str, check: Check) -> None:
    check(aid(option))


def test_every_option_is_reached(shipped_advisor: Advisor) -> None:
    assert set(OPTIONS) == set(shipped_advisor.rulebase.options)
    assert all(aid(option) for option in OPTIONS)


@pytest.mark.parametrize("check", EACH)
def test_no_check_passes_an_empty_report(check: Check) -> None:
    full = aid("exit_hold")
    check(full)
    with pytest.raises((AssertionError, LookupError, ValueError)):
        check(replace(full, report=replace(full.report, told_on="", sections=())))


def test_no_check_passes_only_because_there_is_nothing_to_look_at() -> None:
    aids = [aid(option) for option in OPTIONS]

    assert any(one.handouts.charts and one.advice.figures for one in aids)
    assert any(len(one.add_ons) > 1 for one in aids)
    assert all(one.sources for one in aids)
    assert all(any(point.cites for told in one.all for side in told.lists.values() for point in side) for one in aids)


def test_the_page_names_every_item_once_and_calls_checked_just_those_that_are() -> None:
    rows = re.findall(r"^\| ([QCB]\d+) \|[^|]+\| ([^|]+) \|([^|]+)\|$", PAGE.read_text("utf-8"), re.MULTILINE)

    assert [name for name, _, _ in rows] == ITEMS
    assert {state for _, state, _ in rows} == STATES
    assert [name for name, state, _ in rows if state == "checked"] == list(CHECKS)
    assert {name for name, state, _ in rows if state == "does not apply"} == OF_SCREENING
    assert all(how.strip() for _, state, how in rows if state != "does not apply")


def test_the_four_questions_at_the_end_are_the_readers_alone(shipped_advisor: Advisor) -> None:
    ends = [aid(option).parts("sure") for option in OPTIONS]
    (boxes,) = (part for part in ends[0] if isinstance(part, BulletList))

    assert len(boxes.entries) == 4
    assert boxes.mark == "box"
    assert all(end == ends[0] for end in ends)  # no answer bears on them
    assert not {point.text for point in boxes.entries} & {q.text for q in shipped_advisor.questionnaire.questions}
