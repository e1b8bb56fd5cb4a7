"""A date reads without its year only where nobody can take it for one that is past."""

from __future__ import annotations

import datetime

import pytest

from advisor.model.dates import day
from advisor.verifier.words import day as verified_day

NOW = datetime.date(2026, 11, 28)


@pytest.mark.parametrize(
    ("date", "read"),
    [
        (datetime.date(2026, 11, 28), "Nov 28"),
        (datetime.date(2027, 3, 1), "Mar 1"),
        (datetime.date(2027, 11, 26), "Nov 26, 2027"),  # two days before the day of the advice, a year on
        (datetime.date(2026, 11, 27), "Nov 27, 2026"),
    ],
)
def test_a_day_of_the_same_season_next_year_has_its_year(date: datetime.date, read: str) -> None:
    assert day(date, NOW) == read
    assert verified_day(date, NOW) == read


def test_a_day_that_is_near_nothing_has_its_year() -> None:
    assert day(datetime.date(2027, 3, 1)) == "Mar 1, 2027"
