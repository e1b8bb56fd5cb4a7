"""Every script, question and paper of an advice reaches the letters, under names that can name files."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.advice import Advisor, default_advisor
from advisor.handouts.letters import letters
from advisor.handouts.question_lists import written_to
from advisor.loading.answers import read_answers
from advisor.model.advice import Advice
from advisor.model.answers import Raw
from advisor.model.handouts import ENTRY, Letter
from tests.helpers.cases import ANSWERS_ONLY, bans_broken_by
from tests.helpers.people import TODAY

PEOPLE = sorted(path.stem for path in (ANSWERS_ONLY / "people").glob("*.yaml"))
NAME = re.compile(r"[1-9][0-9]*(-[a-z0-9]+)+")


@cache
def advice_of(person: str) -> Advice:
    path: Path = ANSWERS_ONLY / "people" / f"{person}.yaml"
    advisor = default_advisor()
    return advisor.advise(read_answers(path, advisor.questionnaire, as_of=TODAY))


def made(advice: Advice) -> tuple[Letter, ...]:
    advisor = default_advisor()
    return letters(advice, advisor.rulebase, advisor.questionnaire)


def advised(**answers: Raw) -> Advice:
    return default_advisor().advise(answers, as_of=TODAY)


def words(*texts: str) -> list[str]:
    return re.findall(r"[\w$%]+", " ".join(texts).lower())


def wording(advice: Advice, key: str) -> str:
    return advice.headings[f"letters.{key}"]


def below(letter: Letter, heading: str) -> list[str]:
    """The entries of a list of a sheet, without their marks."""
    start = letter.paragraphs.index(heading) + 1
    found = []
    for paragraph in letter.paragraphs[start:]:
        if not paragraph.startswith(ENTRY):
            break
        found.append(paragraph.removeprefix(ENTRY))
    return found


@pytest.mark.parametrize("person", PEOPLE)
def test_every_script_is_one_letter_with_all_its_words_in_the_order_of_the_plan(person: str) -> None:
    advice = advice_of(person)
    own = {text for key, text in advice.headings.items() if key.startswith("letters.")}
    for script, letter in zip(advice.plan.scripts, made(advice), strict=False):
        said = [paragraph for paragraph in letter.paragraphs if paragraph not in own]
        assert words(*said) == words(script.text)
        assert (letter.form, letter.to, letter.rules) == (script.by, script.to, (script.rule,))
        assert (letter.claims, letter.sources) == (script.claims, script.sources)


@pytest.mark.parametrize("person", PEOPLE)
def test_names_are_unique_and_safe_and_blanks_are_counted(person: str) -> None:
    found = made(advice_of(person))
    assert len({letter.name for letter in found}) == len(found)
    for letter in found:
        assert NAME.fullmatch(letter.name)
        assert len(letter.name) <= 48
        text = "\n".join(letter.paragraphs)
        assert letter.blanks == text.count("____") + len(re.findall(r"\[[^\[\]]+\]", text))


@pytest.mark.parametrize("person", PEOPLE)
def test_each_question_stands_with_its_why_in_the_list_of_one_to_whom_nothing_else_is_written(person: str) -> None:
    advice = advice_of(person)
    lists = {letter.to: letter for letter in made(advice) if letter.form == "questions"}
    for line in advice.questions_to_ask:
        if written_to(advice, line.to):
            assert wording(advice, f"asked.{line.to}") not in lists
            continue
        letter = lists[wording(advice, f"asked.{line.to}")]
        text = "\n".join(letter.paragraphs)
        assert line.text in text
        assert line.why in text
        assert line.rule in letter.rules


def test_the_questions_come_before_what_is_only_for_the_one_who_asks() -> None:
    advice, letter = next(
        (advice, letter)
        for advice in map(advice_of, PEOPLE)
        for letter in made(advice)
        if letter.form == "questions" and wording(advice, "questions.why") in letter.paragraphs
    )
    sent = letter.paragraphs[: letter.paragraphs.index(wording(advice, "questions.why"))]
    lines = [line for line in advice.questions_to_ask if wording(advice, f"asked.{line.to}") == letter.to]
    assert list(sent[1:]) == [f"{number}. {line.text}" for number, line in enumerate(lines, 1)]


@pytest.mark.parametrize("person", PEOPLE)
def test_one_sheet_ends_the_letters_and_tells_only_what_the_person_answered(person: str) -> None:
    advice = advice_of(person)
    *others, sheet = made(advice)
    assert sheet.form == "sheet"
    assert "sheet" not in {letter.form for letter in others}
    by_id = default_advisor().questionnaire.by_id
    answered = [by_id[question].text.partition("?")[0] for question in advice.trace.answers]
    if wording(advice, "sheet.facts") in sheet.paragraphs:
        for fact in below(sheet, wording(advice, "sheet.facts")):
            assert any(question in fact for question in answered), fact


@pytest.mark.parametrize("person", PEOPLE)
def test_the_sheet_says_what_is_open_what_to_stop_and_what_to_bring(person: str) -> None:
    advice = advice_of(person)
    sheet = made(advice)[-1]
    text = "\n".join(sheet.paragraphs)
    assert all(line.text in text for line in (*advice.plan.find_out, *advice.plan.stops))
    assert all(line.text in text for line in advice.questions_to_ask if line.to == "lawyer")
    page = default_advisor().rulebase.pages[advice.plan.answer.asked]
    assert page.asks in below(sheet, wording(advice, "sheet.want"))
    assert set(page.bring) <= set(below(sheet, wording(advice, "sheet.bring")))


def test_without_a_question_the_sheet_names_papers_of_any_kind() -> None:
    advice = advised(license="counselor")
    sheet = made(advice)[-1]
    assert below(sheet, wording(advice, "sheet.bring")) == [
        text for key, text in advice.headings.items() if key.startswith("letters.bring.")
    ]


def test_what_the_person_most_wants_to_know_stands_among_the_questions_of_the_sheet() -> None:
    advice = advised(brings="leave_platform", setup=["platform"], lea_ask=["order"])
    label = default_advisor().questionnaire.question("lea_ask").choice("order").label
    assert label in below(made(advice)[-1], wording(advice, "sheet.want"))


def test_private_answers_are_named_and_left_out() -> None:
    secret = "Zyxwvut"
    advice = advised(
        brings="start_own", license="counselor", states=["pa"], payers=["medicaid"], county=secret,
        own_panels="some", own_panel_list=secret,
    )  # fmt: skip
    sheet = made(advice)[-1]
    questions = default_advisor().questionnaire.questions
    given = set(advice.trace.answers) - set(advice.trace.set_aside)
    private = [question.text for question in questions if question.private and question.id in given]
    assert private
    facts = below(sheet, wording(advice, "sheet.facts"))
    assert all(any(question in fact for fact in facts) for question in private)
    assert secret not in "\n".join(text for letter in made(advice) for text in letter.paragraphs)


def test_every_page_that_can_lead_says_what_to_bring(shipped_advisor: Advisor) -> None:
    base = shipped_advisor.rulebase
    for page in (base.pages[name] for name in base.decision.pages):
        assert 3 <= len(page.bring) <= 6, page.file
        assert len(set(page.bring)) == len(page.bring), page.file
        assert all(paper[0].isupper() and not paper.endswith((".", ";", ",")) for paper in page.bring), page.file


def test_an_email_and_a_letter_open_and_close_and_a_call_does_not() -> None:
    advice = advice_of("P07")
    forms = {letter.form: letter for letter in made(advice)}
    greeting, sign = wording(advice, "greeting"), wording(advice, "sign")
    assert (forms["email"].paragraphs[0], forms["email"].paragraphs[-1]) == (greeting, sign)
    assert forms["letter"].paragraphs[:3] == (wording(advice, "date"), wording(advice, "address"), greeting)
    assert not {greeting, sign} & set(forms["call"].paragraphs)


def scripted(**changes: str) -> Advice:
    advice = advice_of("P07")
    script = advice.plan.scripts[0].model_copy(update=changes)
    return advice.model_copy(update={"plan": advice.plan.model_copy(update={"scripts": (script,)})})


def test_words_that_are_signed_or_give_thanks_are_not_closed_twice() -> None:
    signed, *_ = made(scripted(text="It is so. Signed ____, dated ____."))
    assert signed.paragraphs == ("It is so. Signed ____, dated ____.",)
    thanked, *_ = made(scripted(text="Please answer. Thank you."))
    assert [text.count("Thank you") for text in thanked.paragraphs] == [0, 1, 0]


@given(to=st.text(max_size=80), text=st.text(max_size=80))
def test_whatever_stands_in_the_words_names_stay_safe(to: str, text: str) -> None:
    found = made(scripted(to=to, text=text))
    assert len({letter.name for letter in found}) == len(found)
    assert all(NAME.fullmatch(letter.name) and len(letter.name) <= 48 for letter in found)


def test_the_same_advice_makes_the_same_letters_and_they_can_be_saved() -> None:
    advice = advice_of("V04")
    again = Advice.model_validate_json(advice.model_dump_json())
    assert made(again) == made(advice)
    assert [Letter.model_validate_json(letter.model_dump_json()) for letter in made(advice)] == list(made(advice))


@pytest.mark.parametrize("person", PEOPLE[::4])
def test_no_letter_says_what_must_never_be_said(person: str) -> None:
    advice, bans = advice_of(person), default_advisor().rulebase.bans
    for letter in made(advice):
        assert bans_broken_by(" ".join((letter.subject, *letter.paragraphs)), bans) == []


def test_subjects_are_short_and_are_no_sentences(shipped_advisor: Advisor) -> None:
    for person in PEOPLE:
        for letter in made(advice_of(person)):
            assert 1 <= len(letter.subject.split()) <= 12, letter.subject
            assert not letter.subject.endswith("."), letter.subject
