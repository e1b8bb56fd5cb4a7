"""The report that people keep: nothing of the plan is lost or said twice, every number leads to a source, and the page
holds what a person typed as text alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from itertools import pairwise

import pytest

from advisor.advice import default_advisor
from advisor.handouts.charts import charts
from advisor.loading.answers import read_answers
from advisor.model.advice import Advice
from advisor.model.handouts import Letter
from advisor.rendering.reading_grade import grade
from advisor.rendering.report import report
from advisor.rendering.report_html import report_html
from advisor.rendering.report_options import side_by_side
from advisor.rendering.report_parts import (
    Bullet,
    BulletList,
    DraftWords,
    Drawn,
    Grid,
    Report,
    ReportPart,
    SourceEntry,
    Subheading,
    Text,
)
from advisor.rendering.report_sources import web_addresses
from tests.helpers.cases import ANSWERS_ONLY
from tests.helpers.people import TODAY, people
from tests.unit.rendering.an_advice import PLAN, an_advice

PEOPLE = (
    "one-plan-cut", "counselor-starting-out", "mostly-not-sure", "people/P03", "people/P09", "people/P14", "people/V18",
)  # fmt: skip
TYPED = "<script>alert('typed')</script> \u202eback\u200f to front & \"quoted\""


@cache
def advice_of(name: str) -> Advice:
    advisor = default_advisor()
    return advisor.advise(read_answers(ANSWERS_ONLY / f"{name}.yaml", advisor.questionnaire), as_of=TODAY)


@cache
def report_of(name: str) -> Report:
    advice = advice_of(name)
    return report(advice, (), charts(advice, default_advisor().rulebase))


@cache
def html_of(name: str) -> str:
    return report_html(report_of(name))


def a_letter(**changes: object) -> Letter:
    letter = Letter(
        name="to-the-plan", form="email", to="the plan", subject="My contract",
        paragraphs=("Hello,", "- the rate", "- the date", "In ZIP ____."), blanks=1, rules=("SOL-1",),
        claims=(), sources=(),
    )  # fmt: skip
    return letter.model_copy(update=changes)


def texts(parts: tuple[ReportPart, ...]) -> Iterator[str]:
    """Every text of some parts, each once."""
    for part in parts:
        if isinstance(part, (Text, Subheading)):
            yield from filter(None, (getattr(part, "label", ""), part.text))
        elif isinstance(part, BulletList):
            for point in part.entries:
                yield from filter(None, (point.label, point.text, *point.notes))
        elif isinstance(part, Grid):
            yield from (part.caption, *part.columns, *(cell for row in part.rows for cell in row))
        elif isinstance(part, DraftWords):
            yield from (part.label, part.letter.subject, *part.letter.paragraphs)
        elif isinstance(part, Drawn):
            yield from (part.chart.title, *part.chart.sentences)
        elif isinstance(part, SourceEntry):
            yield part.text


def all_texts(kept: Report) -> list[str]:
    return [text for section in kept.sections for text in (section.heading, *texts(section.parts))]


def cites(kept: Report) -> list[int]:
    """Every number that is cited, in the order read."""
    found: list[int] = []
    for part in (part for section in kept.sections for part in section.parts):
        for one in part.entries if isinstance(part, BulletList) else (part,):
            if isinstance(one, (Text, Bullet)):
                found += one.cites
    return found


def seen(html: str) -> str:
    """What is read on a page, without markup, style and title."""
    body = html.partition("<body>")[2]
    return unescape(re.sub(r"<[^>]+>", " ", body))


def said_by(advice: Advice) -> list[str]:
    """Every line of the plan."""
    plan = advice.plan
    other = [plan.other.text] if plan.other else []
    return [
        plan.answer.text,
        plan.answer.how_sure,
        *(row.do for row in plan.rows),
        *(s.text for s in plan.lines),
        *other,
    ]


@pytest.mark.parametrize("name", PEOPLE)
def test_every_line_of_the_plan_is_said_exactly_once(name: str) -> None:
    cases = ("choices", "others")  # where it may also speak for or against a choice
    told = [text for section in report_of(name).sections if section.id not in cases for text in texts(section.parts)]
    for line in said_by(advice_of(name)):
        assert sum(" ".join(line.split()) in text for text in told) == 1, line


@pytest.mark.parametrize("name", PEOPLE)
def test_the_plan_page_comes_first_and_opens_with_the_answer(name: str) -> None:
    sections = report_of(name).sections
    first = [section.first for section in sections]
    assert first == sorted(first, reverse=True)
    opening = sections[0].parts[0]
    assert isinstance(opening, Text)
    assert (opening.text, opening.strong) == (advice_of(name).plan.answer.text, True)


@pytest.mark.parametrize("name", PEOPLE)
def test_no_stop_is_left_to_the_parts_behind_the_plan(name: str) -> None:
    sheet = [text for section in report_of(name).sections if section.first for text in texts(section.parts)]
    assert all(stop.text in sheet for stop in advice_of(name).plan.stops[:3])


@pytest.mark.parametrize("name", PEOPLE)
def test_every_number_has_its_source_and_every_source_is_cited(name: str) -> None:
    kept = report_of(name)
    listed = [part for section in kept.sections for part in section.parts if isinstance(part, SourceEntry)]
    assert [source.number for source in listed] == list(range(1, len(listed) + 1))
    assert set(cites(kept)) == {source.number for source in listed}
    assert all("Dated: " in source.text and "How good: " in source.text for source in listed)


@pytest.mark.parametrize("name", PEOPLE)
def test_open_choices_have_the_same_outline(name: str) -> None:
    (section,) = (section for section in report_of(name).sections if section.id == "choices")
    starts = [n for n, part in enumerate(section.parts) if isinstance(part, Subheading)]
    groups = [section.parts[a:b] for a, b in pairwise([*starts, len(section.parts)])]
    outlines = {tuple(_outline(group[1:])) for group in groups}
    open_ones = [case for case in advice_of(name).options if case.kind == "main" and case.standing != "ruled_out"]
    assert len(groups) == len(open_ones) >= 2
    assert len(outlines) == 1


def _outline(parts: tuple[ReportPart, ...]) -> Iterator[str | int]:
    """The labels of texts and the lengths of lists."""
    for part in parts:
        if isinstance(part, Text):
            yield part.label
        elif isinstance(part, BulletList):
            yield len(part.entries)


def test_no_case_is_less_than_half_as_long_as_the_longest() -> None:
    advisor = default_advisor()
    for advice in (*map(advice_of, PEOPLE), *(advisor.advise(answers, as_of=TODAY) for answers in people(24, 11))):
        lengths = [case.words for case in side_by_side(advice)]
        assert 2 * min(lengths) >= max(lengths)


def test_a_point_that_equal_detail_leaves_no_room_for_is_told_after_the_cases() -> None:
    told = all_texts(report_of("people/P09"))
    for case in advice_of("people/P09").options:
        if case.kind == "main" and case.standing != "ruled_out":
            assert all(line.text in told for line in (*case.pros, *case.cons))


@pytest.mark.parametrize("name", PEOPLE)
def test_a_choice_that_is_ruled_out_is_named_with_why(name: str) -> None:
    parts = [part for section in report_of(name).sections if section.id == "others" for part in section.parts]
    said = {point.label: point.text for part in parts if isinstance(part, BulletList) for point in part.entries}
    for case in advice_of(name).options:
        if case.kind == "main" and case.standing == "ruled_out":
            assert all(why in said[f"{case.title}:"] for why in case.ruled_out_why)


@pytest.mark.parametrize("name", PEOPLE)
def test_no_id_of_a_rule_or_claim_is_read(name: str) -> None:
    base, read = default_advisor().rulebase, seen(html_of(name))
    advice = advice_of(name)
    claims = {claim for reason in advice.reasons for claim in reason.claims}
    claims |= {claim for flag in advice.red_flags for claim in flag.claims}
    claims |= {claim for row in advice.plan.rows for claim in row.claims}
    words = set(re.findall(r"[\w.-]*\w", read))
    assert not words & {rule.id for rule in base.active}
    assert not words & claims


@pytest.mark.parametrize("name", PEOPLE)
def test_every_red_flag_is_told(name: str) -> None:
    told = all_texts(report_of(name))
    assert all(flag.text in told for flag in advice_of(name).red_flags)


def test_a_script_that_a_letter_holds_is_not_said_again_behind_the_plan() -> None:
    script = PLAN.scripts[1]
    alone, told = (all_texts(report(an_advice(), (a_letter(rules=rules),))) for rules in (("X-1",), (script.rule,)))
    assert sum(script.text in text for text in alone) == 1
    assert not any(script.text in text for text in told)


def test_a_letter_is_called_a_draft_and_its_blanks_are_counted() -> None:
    (draft,) = (
        part for s in report(an_advice(), (a_letter(),)).sections for part in s.parts if isinstance(part, DraftWords)
    )
    assert draft.label == "Draft of an email to the plan"
    assert draft.note == "1 blank to fill in."


def test_the_grade_told_is_that_of_the_words_of_the_plan_page() -> None:
    (told,) = (text for text in all_texts(report_of("people/P09")) if "Flesch-Kincaid" in text)
    sheet = [s for s in report_of("people/P09").sections if s.first and s.id not in ("rests_on",)]
    near = grade(" ".join(text for section in sheet for text in texts(section.parts)))
    (number,) = re.findall(r"grade (\d+) of school", told)
    assert abs(int(number) - near) < 1.5


@pytest.mark.parametrize(
    ("address", "links"),
    [
        ("https://a.gov/x; y", ("https://a.gov/x; y",)),
        ("a.gov", ("https://a.gov",)),
        ("a.gov/x; b.org/y-z", ("https://a.gov/x", "https://b.org/y-z")),
        ("a.gov provider-form.html", ("a.gov provider-form.html",)),
        ("docs/model.md, Checks", ("docs/model.md, Checks",)),
    ],
)
def test_an_address_without_its_beginning_becomes_a_link_only_where_it_is_one(
    address: str, links: tuple[str, ...]
) -> None:
    assert web_addresses(address) == links


def test_what_a_person_typed_stays_text() -> None:
    plan = PLAN.model_copy(update={"answer": PLAN.answer.model_copy(update={"text": TYPED})})
    letter = a_letter(to=TYPED, subject=TYPED, paragraphs=(TYPED, f"- {TYPED}"))
    html = report_html(report(an_advice(plan=plan), (letter,)))
    assert "<script" not in html
    assert html.count("&lt;script&gt;alert(") >= 5
    assert not {"\u202e", "\u200f"} & set(html)


@pytest.mark.parametrize("name", PEOPLE[:3])
def test_the_same_advice_gives_the_same_bytes(name: str) -> None:
    advice = Advice.model_validate_json(advice_of(name).model_dump_json())
    assert report_html(report(advice, (), charts(advice, default_advisor().rulebase))) == html_of(name)


@pytest.mark.parametrize("name", PEOPLE)
def test_nothing_is_loaded_from_anywhere(name: str) -> None:
    html = html_of(name)
    assert "default-src 'none'" in unescape(html)
    assert not re.search(r"\bsrc=|url\((?!#)|@import|<link|<iframe|<object|<form", html)
    for tag, address in re.findall(r'<(\w+)[^>]* (?:xlink:)?href="([^"]*)"', html):
        assert tag == "a"
        assert address.startswith(("#", "http://", "https://"))
    assert 'style="' not in html  # the policy would not let it apply


@pytest.mark.parametrize("name", PEOPLE)
def test_every_link_within_the_page_leads_somewhere_and_every_source_leads_back(name: str) -> None:
    html = html_of(name)
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)
    sources = re.findall(r'<li id="source-\d+".*?</li>', html, re.DOTALL)
    assert all('href="#cite-' in source for source in sources)


@pytest.mark.parametrize("name", PEOPLE)
def test_headings_go_down_one_level_at_a_time(name: str) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", html_of(name))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_rows_are_entries_of_a_list_with_their_time_first() -> None:
    plan = advice_of("people/P09").plan
    rows = re.search(r'<section id="rows".*?</section>', html_of("people/P09"), re.DOTALL)
    assert rows
    said = re.findall(r'<li><p><strong class="label">(.*?)</strong> (.*?)<', unescape(rows[0]))
    assert said
    assert all((row.when, row.do) in said for row in plan.rows if row.shown)
