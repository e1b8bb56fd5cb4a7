"""How dates read in a sentence."""

from __future__ import annotations

import datetime


def day(date: datetime.date) -> str:
    """A date as it reads in a sentence, such as Jul 15, 2026."""
    return f"{date:%b} {date.day}, {date.year}"
