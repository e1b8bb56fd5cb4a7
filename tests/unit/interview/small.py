"""The small questionnaire of these tests, and answers to it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from advisor.interview.session import Interview
from advisor.loading.questionnaire import load_questionnaire
from advisor.model.answer_check import parse_answer
from advisor.model.answers import Answer, Raw
from advisor.model.questionnaire import Questionnaire

FOLDER = Path(__file__).parent / "questionnaire"

PLANNING: dict[str, Raw] = {
    "situation": "planning",
    "license": "counselor",
    "independent": "yes",
    "states": ["ky"],
    "sessions": 20,
    "remark": "no",
}
"""Answers to every question on the path of someone planning a practice."""


@cache
def small() -> Questionnaire:
    """The questionnaire, read once."""
    return load_questionnaire(FOLDER)


def given(**raw: Raw) -> list[Answer]:
    """Answers by question id."""
    return [parse_answer(small().question(key), value) for key, value in raw.items()]


def interview(**raw: Raw) -> Interview:
    """An interview that starts with these answers."""
    return Interview(small(), given(**raw))


def asked(session: Interview) -> str | None:
    """The id of the question to ask now."""
    return session.current.id if session.current else None


def ids(pairs: tuple[tuple[object, Answer], ...]) -> list[str]:
    """The questions of some pairs of question and answer."""
    return [answer.question for _, answer in pairs]
