"""How many examples the property tests try: a share of the full number of each, set by the Hypothesis profile.

`pytest` tries a tenth, the same in every run, so that a commit found green stays green; `pytest
--hypothesis-profile=thorough` tries all, others each time; tests marked slow always try all.
"""

from __future__ import annotations

from hypothesis import settings

FAST, THOROUGH = "fast", "thorough"
_PERCENT = {FAST: 10, THOROUGH: 100}
_FAST_STEP = 6
_LEAST = 2


def register_profiles() -> None:
    """Tell Hypothesis the profiles, and take the fast one unless another is asked for."""
    for name, percent in _PERCENT.items():
        settings.register_profile(name, max_examples=percent, derandomize=name == FAST)
    settings.load_profile(FAST)


def share(full: int) -> int:
    """How many of so many examples to try now: one or two at least, when there are as many."""
    return min(full, max(_LEAST, full * settings().max_examples // 100))


def every() -> int:
    """Which of some fixed cases to try now, when each takes long: every so many-th."""
    return _FAST_STEP if settings().max_examples == _PERCENT[FAST] else 1
