"""What stands on the screen at each question of the small questionnaire, and how a test gets a user."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from tests.interview.user import User

CONSENT = "May we keep your answers"
SITUATION = "Where are you today?"
LICENSE = "Which license do you hold?"
INDEPENDENT = "Can you practice on your own?"
STATES = "Where are your clients?"
COUNTY = "Which county in Pennsylvania?"
SESSIONS = "How many sessions a week?"
PLATFORM = "Which platform?"
MONTHS = "How many months"
START = "Which start date"
REMARK = "Anything else?"
REVIEW = "You have answered every question"
KEEP = "Would you like to keep your answers"
RESUME = "from an interview you did not finish"


class StartsUser(Protocol):
    """Starts the interview at a terminal of some size, with some changes to the environment."""

    def __call__(
        self, *arguments: str, columns: int = 80, rows: int = 24, environ: Mapping[str, str] = ...
    ) -> User: ...
