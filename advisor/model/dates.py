"""How dates read in a sentence."""

from __future__ import annotations

import datetime
from typing import Annotated

from pydantic import AfterValidator

_SOON = 300  # days; a day of next year's same month would read as past without its year


def day(date: datetime.date, near: datetime.date | None = None) -> str:
    """A date as it reads in a sentence, such as Jul 15, 2026; without its year when it is within 300 days of `near`."""
    short = f"{date:%b} {date.day}"
    return short if near is not None and 0 <= (date - near).days < _SOON else f"{short}, {date.year}"


def _is_a_day(text: str) -> str:
    """The text, if it is a date as in a calendar; ValueError if not."""
    datetime.date.fromisoformat(text)
    return text


IsoDay = Annotated[str, AfterValidator(_is_a_day)]
"""A date as YYYY-MM-DD."""
