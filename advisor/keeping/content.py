"""What is kept of a piece of advice: the letters, dates and charts as data, and every file of the folder."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from advisor.advice import Advisor
from advisor.errors import MissingExtraError
from advisor.handouts.calendar import calendar
from advisor.handouts.charts import charts
from advisor.handouts.letters import letters
from advisor.loading.answers import answers_text
from advisor.model.advice import Advice
from advisor.model.answers import Answers
from advisor.model.handouts import CalendarEntry, Chart, Letter
from advisor.model.kept import ADVICE, ANSWERS, CALENDAR, HTML, LETTERS, PDF, Kept
from advisor.model.questionnaire import Questionnaire
from advisor.rendering.json_format import render_json

_PERSON = 16  # hexadecimal digits that stand for a person


@dataclass(frozen=True, slots=True)
class Handouts:
    """What goes with a plan, as typed data."""

    letters: tuple[Letter, ...]
    calendar: tuple[CalendarEntry, ...]
    charts: tuple[Chart, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """The files of a folder by name, in the order in which they are told, with the note that goes beside them.

    `missing` says why a file that belongs there is not among them, by its name.
    """

    files: Mapping[str, bytes]
    kept: Kept
    missing: Mapping[str, str]


def handouts(advisor: Advisor, advice: Advice, person: str = "") -> Handouts:
    """The letters, dates and charts of some advice of an advisor; `person` is what the dates are marked with, so that
    later ones for the same person take their place."""
    return Handouts(
        letters(advice, advisor.rulebase, advisor.questionnaire),
        calendar(advice, person),
        charts(advice, advisor.rulebase),
    )


def content(
    advisor: Advisor, advice: Advice, answers: Answers, *, person: str = "", before: Advice | None = None
) -> Content:
    """Every file of the folder for some advice and the answers that it rests on.

    `person` is the mark of whoever it is for ("": one made from these answers), and `before` the advice that was kept
    for them last, so that dates which fell away leave the calendar.
    """
    from advisor.rendering.calendar_ics import calendar_ics
    from advisor.rendering.letter_text import letter_email, letter_text
    from advisor.rendering.report import report
    from advisor.rendering.report_html import report_html
    from advisor.rendering.report_pdf import report_pdf

    told = answers_text(answers, advisor.questionnaire)
    person = person or person_of(advisor.questionnaire, told)
    made = handouts(advisor, advice, person)
    sheet = report(advice, made.letters, made.charts)
    files: dict[str, bytes] = {HTML: report_html(sheet).encode()}
    missing: dict[str, str] = {}
    try:
        files[PDF] = report_pdf(sheet)
    except MissingExtraError as none:
        missing[PDF] = str(none)
    files[CALENDAR] = calendar_ics(made.calendar, before=calendar(before, person) if before else ())
    for letter in made.letters:
        files[f"{LETTERS}/{letter.name}.txt"] = letter_text(letter, advice.headings).encode()
        if letter.form == "email":
            files[f"{LETTERS}/{letter.name}.eml"] = letter_email(letter, advice.headings)
    files |= {ANSWERS: told.encode(), ADVICE: render_json(advice).encode()}
    note = Kept(format=1, person=person, as_of=advice.plan.as_of, files=tuple(files))
    return Content(files, note, missing)


def person_of(questionnaire: Questionnaire, told: str) -> str:
    """A mark for whoever gave these answers, from which they cannot be read back by guessing one answer at a time."""
    return hashlib.sha256(f"{questionnaire.id}\n{told}".encode()).hexdigest()[:_PERSON]


def tells_of_record(answers: Answers, questionnaire: Questionnaire) -> bool:
    """Whether some answer tells what is on somebody's record."""
    return any(
        answer.value is not None and _of_record(questionnaire, answer.question, answer.value) for answer in answers
    )


def _of_record(questionnaire: Questionnaire, question_id: str, value: str | int | tuple[str, ...]) -> bool:
    question = questionnaire.question(question_id)
    picked = value if isinstance(value, tuple) else (value,)
    return question.record or any(choice.record and choice.id in picked for choice in question.choices)
