"""Laws of the plan page, over people of every kind: those in tests/cases/answers/people and many made up."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from advisor.advice import default_advisor
from advisor.loading.answers import read_answers
from advisor.model.advice import Advice
from advisor.model.plan_page import RowSaid, Said
from advisor.model.rule import Line, RedFlag
from advisor.rendering.plan_text import render_plan
from advisor.rendering.reading_grade import grade
from tests.helpers.people import TODAY, people

pytestmark = pytest.mark.xdist_group("plan laws")  # in one process, so that everyone is advised once

FOLDER = Path(__file__).resolve().parents[1] / "cases" / "answers" / "people"
MADE_UP = 196
CODES = re.compile(r"\b(?:[A-Z]{3}-\d{2,3}|RF\d+|F-?\d{2,3}|[KHNDTSR]\d{2,3})\b")
FORMS = re.compile(r"\b(?:W-[29]|NPI-2|855[A-Z]|\d{5}|[A-Z]{2,4})\b")


@cache
def written() -> dict[str, Advice]:
    """The advice for the people in files."""
    advisor = default_advisor()
    files = sorted(FOLDER.glob("*.yaml"))
    return {path.stem: advisor.advise(read_answers(path, advisor.questionnaire, as_of=TODAY)) for path in files}


@cache
def everyone() -> tuple[Advice, ...]:
    """The advice for all of them."""
    advisor = default_advisor()
    return (*written().values(), *(advisor.advise(answers) for answers in people(MADE_UP, seed=20261128)))


@cache
def pages() -> tuple[tuple[Advice, str], ...]:
    """Each piece of advice with its page as printed at 80 columns."""
    return tuple((advice, render_plan(advice, 80)) for advice in everyone())


def who(advice: Advice) -> str:
    """The person's answers, to find them again."""
    return str(advice.trace.answers)


def test_a_page_has_at_most_700_words_and_75_lines() -> None:
    for advice, page in pages():
        assert len(page.split()) <= 700, who(advice)
        assert len(page.splitlines()) <= 75, who(advice)


def test_a_row_that_points_to_words_below_has_them_below() -> None:
    for advice, page in pages():
        said = " ".join(page.split())
        if "words below" in said:
            assert "WORDS TO USE" in page, who(advice)
        if "words in the full view" in said:
            assert "WORDS TO USE" in render_plan(advice, 80, full=True), who(advice)


def test_words_that_a_row_points_to_are_of_its_own_page() -> None:
    base = default_advisor().rulebase
    for advice, page in pages():
        said, shown = " ".join(page.split()), advice.plan.scripts[:1] if "WORDS TO USE" in page else ()
        for row in advice.plan.rows:
            if row.do in said and "words below" in row.do:
                assert base.by_id[row.rule].page in {base.by_id[script.rule].page for script in shown}, who(advice)


@pytest.mark.long
def test_no_line_is_wider_than_the_terminal() -> None:
    for advice in everyone():
        for width in (80, 40):
            assert max(map(len, render_plan(advice, width).splitlines())) <= width, who(advice)


def test_the_answer_the_stops_and_the_first_row_stand_in_the_first_24_lines() -> None:
    for advice, page in pages():
        first = next((n for n, line in enumerate(page.splitlines(), 1) if line.startswith("[ ]")), 0)
        assert first <= 24, who(advice)


def test_rows_stand_in_time_order_and_each_thing_once() -> None:
    for advice in everyone():
        due = [row.due for row in advice.plan.rows if row.due is not None]
        assert due == sorted(due), who(advice)
        kinds = [row.kind for row in advice.plan.rows]
        waiting = [kind in ("not_before", "later") for kind in kinds if kind not in ("before", "after")]
        assert waiting == sorted(waiting), who(advice)
        keys = Counter(row.key or row.do for row in advice.plan.rows)
        assert max(keys.values(), default=1) == 1, who(advice)


def test_a_stop_against_what_is_recommended_is_in_the_answer_itself() -> None:
    rules = default_advisor().rulebase.by_id
    for advice in everyone():
        for stop in advice.plan.stops:
            if advice.recommendation.option in stop.against:
                flags = [action for action in rules[stop.rule].actions if isinstance(action, RedFlag)]
                assert flags[0].clause is not None, stop.rule
                assert stop.rule in advice.plan.answer.rules, who(advice)


def test_at_most_three_stops_are_shown_and_the_gravest_first() -> None:
    for advice, page in pages():
        assert sum(line.startswith("! ") for line in page.splitlines()) <= 3, who(advice)
        for against in (True, False):
            grave = [s.severity for s in advice.plan.stops if (advice.recommendation.option in s.against) is against]
            assert grave == sorted(grave, reverse=True), who(advice)


def test_no_rule_id_claim_or_grade_is_printed() -> None:
    for advice, page in pages():
        said = page.split("RESTS ON")[0]
        found = [code for code in CODES.findall(said) if not FORMS.fullmatch(code)]
        assert not found, (found, who(advice))
        assert not re.search(r"[{}]", page), who(advice)


def test_nothing_points_to_words_that_are_not_on_the_page() -> None:
    for advice, page in pages():
        if re.search(r"\b(?:words|email|letter|call|terms|request|questions) below\b", page):
            assert advice.plan.scripts, who(advice)


def test_every_page_is_read_at_eighth_grade() -> None:
    for advice, page in pages():
        said = " ".join(line.strip() for line in page.split("RESTS ON")[0].splitlines() if not line.isupper())
        assert grade(said) <= 8, who(advice)


def test_the_asked_question_is_answered_even_when_another_leads() -> None:
    for advice in everyone():
        answer = advice.plan.answer
        if answer.asked and answer.page and answer.page != answer.asked:
            led = {default_advisor().rulebase.by_id[rule].page for rule in answer.rules}
            assert answer.asked in led or len(answer.rules) == 1, who(advice)


def test_who_else_answers_is_told_last_and_not_as_an_answer() -> None:
    rules = default_advisor().rulebase.by_id
    for advice in everyone():
        for reply in advice.plan.replies:
            lines = [action for action in rules[reply.rule].actions if isinstance(action, Line)]
            assert lines[0].weight != "could", who(advice)


def test_every_line_traces_to_a_rule_that_fired_and_to_a_source() -> None:
    for advice in everyone():
        fired = {firing.rule for firing in advice.trace.firings}
        plan = advice.plan
        lines: tuple[Said | RowSaid, ...] = (*plan.lines, *plan.rows)
        for line in lines:
            assert line.rule in fired
            assert line.claims, line.rule
            assert line.sources, line.rule
        assert set(plan.answer.rules) <= fired


def test_each_number_of_a_source_is_listed_and_each_listed_source_carries_a_line() -> None:
    for _, page in pages():
        said, _, below = page.partition("RESTS ON")
        listed = re.findall(r"^\[(\d+)\] ", below, re.MULTILINE)
        assert listed == [str(number) for number in range(1, len(listed) + 1)], page
        assert {*re.findall(r"\[(\d+)\]", said)} == {*listed}, page


def test_numbers_lie_between_their_ends() -> None:
    for advice in everyone():
        for number in advice.plan.numbers:
            if number.low is not None and number.likely is not None and number.high is not None:
                assert number.low <= number.likely <= number.high, number.rule


def test_the_same_answers_give_the_same_page() -> None:
    advisor = default_advisor()
    path = FOLDER / "P08.yaml"
    again = advisor.advise(read_answers(path, advisor.questionnaire, as_of=TODAY))
    assert again.model_dump_json() == written()["P08"].model_dump_json()


@pytest.mark.parametrize("share", [0.30])
def test_pages_are_about_their_person(share: float) -> None:
    """At most so much of a page's eight-word runs stand in a quarter of all pages of the people in files."""
    runs = {name: _runs(render_plan(advice, 80)) for name, advice in written().items()}
    count = Counter(run for found in runs.values() for run in found)
    common = {run for run, number in count.items() if number > len(runs) / 4}
    for name, found in runs.items():
        assert len(found & common) <= share * len(found), name


def _runs(page: str) -> set[tuple[str, ...]]:
    words = page.lower().split()
    return {tuple(words[i : i + 8]) for i in range(len(words) - 7)}
