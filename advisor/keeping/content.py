"""What is kept of a piece of advice: the letters, dates and charts as data, and every file of the folder."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from advisor.advice import Advisor
from advisor.errors import AdvisorError
from advisor.handouts.calendar import calendar
from advisor.handouts.charts import charts
from advisor.handouts.first_days import first_days, with_days
from advisor.handouts.follow_up import settled_rows
from advisor.handouts.letters import letters
from advisor.handouts.open_choices import open_choices
from advisor.loading.answers import answers_text
from advisor.model.advice import Advice
from advisor.model.answers import Answers
from advisor.model.calls import must_be
from advisor.model.handouts import CalendarEntry, Chart, Letter
from advisor.model.kept import Kept
from advisor.model.kept_files import ADVICE, ANSWERS, CALENDAR, HTML, LETTERS, PDF
from advisor.model.plan_page import PlanPage
from advisor.model.progress import Progress
from advisor.model.questionnaire import Questionnaire
from advisor.rendering.json_format import render_json

if TYPE_CHECKING:
    from advisor.rendering.report_parts import Report

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
    later ones for the same person take their place. Raises CallError for what is none of these."""
    must_be(Advisor, advisor=advisor)
    must_be(Advice, advice=advice)
    must_be(str, person=person)
    return Handouts(
        letters(advice, advisor.rulebase, advisor.questionnaire),
        calendar(advice, advisor.rulebase.decision.kept, person),
        charts(advice, advisor.rulebase),
    )


def content(
    advisor: Advisor,
    advice: Advice,
    answers: Answers,
    *,
    kept: Kept | None = None,
    before: Advice | None = None,
    plan: PlanPage | None = None,
) -> Content:
    """Every file of the folder for some advice and the answers that it rests on.

    `kept` is the note of what was kept last for the same person and `before` that advice with the days of its note, so
    that the dates of both are one calendar and what is late stays so. `plan` is the plan to show when it is not the
    whole of the advice's own: without what is done.
    Raises CallError for what is none of these.
    """
    must_be(Advisor, advisor=advisor)
    must_be(Advice, advice=advice)
    must_be(Answers, answers=answers)
    from advisor.rendering.letter_text import letter_email, letter_text
    from advisor.rendering.report import report
    from advisor.rendering.report_html import report_html

    told = answers_text(answers, advisor.questionnaire)
    person = kept.person if kept else person_of(advisor.questionnaire, answers)
    revision = kept.next_revision(advice.plan.as_of) if kept else 0
    progress = kept.progress if kept else Progress()
    days = days_kept(advisor, before, advice, progress) if before else {}
    if plan is None:
        plan = with_days(advice.plan, days, advice.headings)
    shown = advice.model_copy(update={"plan": plan})
    made = handouts(advisor, shown, person)
    sheet = report(
        shown,
        made.letters,
        made.charts,
        open_to=open_choices(advice, advisor.rulebase),
        about=advisor.rulebase.about,
    )
    files: dict[str, bytes] = {HTML: report_html(sheet).encode()}
    missing: dict[str, str] = {}
    may_miss: Mapping[str, Callable[[], bytes]] = {
        PDF: lambda: _pdf(sheet),
        CALENDAR: lambda: _dates(advisor, shown, made, before, person, revision),
    }
    for name, make in may_miss.items():
        try:
            files[name] = make()
        except AdvisorError as none:
            missing[name] = str(none)
    for letter in made.letters:
        files[f"{LETTERS}/{letter.name}.txt"] = letter_text(letter, advice.headings).encode()
        if letter.form == "email":
            files[f"{LETTERS}/{letter.name}.eml"] = letter_email(letter, advice.headings)
    files |= {ANSWERS: told.encode(), ADVICE: render_json(advice).encode()}
    digests = {name: hashlib.sha256(raw).hexdigest() for name, raw in files.items()}
    note = Kept(
        format=1, person=person, as_of=advice.plan.as_of, revision=revision, files=digests, progress=progress, days=days
    )
    return Content(files, note, missing)


def days_kept(advisor: Advisor, before: Advice, after: Advice, progress: Progress) -> dict[str, str]:
    """The days of the rows of an advice that keep that of the advice before (`first_days`)."""
    return first_days(advisor.rulebase, before, after, settled_rows(before.plan, progress))


def _pdf(sheet: Report) -> bytes:
    from advisor.rendering.report_pdf import report_pdf

    return report_pdf(sheet)


def _dates(
    advisor: Advisor, advice: Advice, made: Handouts, before: Advice | None, person: str, revision: int
) -> bytes:
    """The calendar file. Raises AdvisorError when there is no date."""
    from advisor.rendering.calendar_ics import calendar_ics

    earlier = before.model_copy(update={"headings": advice.headings}) if before else None
    gone = calendar(earlier, advisor.rulebase.decision.kept, person) if earlier else ()
    if advice.plan.as_of is None or not (made.calendar or gone):
        raise AdvisorError(advice.headings["calendar.none"])
    day = datetime.date.fromisoformat(advice.plan.as_of)
    return calendar_ics(made.calendar, day, advice.headings, before=gone, revision=revision)


def person_of(questionnaire: Questionnaire, answers: Answers) -> str:
    """A mark for whoever gave these answers, from which they cannot be read back by guessing one answer at a time: the
    same for the same answers, in whatever order they were given.
    """
    told = json.dumps([questionnaire.id, answers.plain()], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:_PERSON]


def tells_of_record(answers: Answers, questionnaire: Questionnaire) -> bool:
    """Whether some answer tells what is on somebody's record."""
    return any(
        answer.value is not None and _of_record(questionnaire, answer.question, answer.value) for answer in answers
    )


def _of_record(questionnaire: Questionnaire, question_id: str, value: str | int | tuple[str, ...]) -> bool:
    question = questionnaire.question(question_id)
    picked = value if isinstance(value, tuple) else (value,)
    return question.record or any(choice.record and choice.id in picked for choice in question.choices)
