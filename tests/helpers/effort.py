"""Which tests run, and how many of their examples: with `pytest`, with `pytest -m long`, and in the longest lanes.

`pytest` tries a tenth of the examples of each property, the same in every run, so that a commit found green stays
green; `pytest --hypothesis-profile=thorough` tries all, others each time; tests marked slow always try all. What takes
seconds for one look is marked long: `.ci/thorough` runs it too.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import settings

FAST, THOROUGH = "fast", "thorough"
_PERCENT = {FAST: 10, THOROUGH: 100}
_FAST_STEP = 6
_LEAST = 2


def register_profiles() -> None:
    """Tell Hypothesis the profiles, and take the fast one unless another is asked for; no example is timed."""
    for name, percent in _PERCENT.items():
        settings.register_profile(name, max_examples=percent, deadline=None, derandomize=name == FAST)
    settings.load_profile(FAST)


def share(full: int) -> int:
    """How many of so many examples to try now: one or two at least, when there are as many."""
    return min(full, max(_LEAST, full * settings().max_examples // 100))


def every() -> int:
    """Which of some fixed cases to try now, when each takes long: every so many-th."""
    return _FAST_STEP if settings().max_examples == _PERCENT[FAST] else 1


def long_after(quick: int, cases: Iterable[object]) -> list[object]:
    """Parameters of a test of which the first few run each time, and the others where tests marked long do."""
    listed = list(cases)
    return [*listed[:quick], *(pytest.param(case, marks=pytest.mark.long) for case in listed[quick:])]


def long_but_every(step: int, cases: Iterable[object], *, then_every: int = 1) -> list[object]:
    """Parameters of a test of which every so many-th runs each time, of the others every `then_every`-th where tests
    marked long do, and the rest with those marked slow."""

    def marks(n: int) -> list[pytest.MarkDecorator]:
        if n % step == 0:
            return []
        return [pytest.mark.long if n % then_every == 0 else pytest.mark.slow]

    return [pytest.param(case, marks=marks(n)) for n, case in enumerate(cases)]
