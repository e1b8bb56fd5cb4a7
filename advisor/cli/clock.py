"""The only place that reads the clock: the moment for receipts and logs, and the day for what is past or future."""

from __future__ import annotations

import datetime


def now() -> str:
    """The time in UTC, to the second, as receipts have it: 2027-01-31T09:30:00Z."""
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def today() -> datetime.date:
    """The day on the calendar of whoever runs the program."""
    return datetime.datetime.now().astimezone().date()
