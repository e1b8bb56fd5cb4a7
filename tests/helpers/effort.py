"""How many examples the property tests try: a share of the full number of each, set by the Hypothesis profile.

`pytest` tries a tenth, the same in every run, so that a commit found green stays green. `.ci/run` also tries a quarter
of the laws of advice and of the plan page (`--hypothesis-profile=longer`), and `.ci/thorough` all of everything, others
each time. Tests marked slow always try all.
"""

from __future__ import annotations

from hypothesis import settings

FAST, LONGER, THOROUGH = "fast", "longer", "thorough"
_PERCENT = {FAST: 10, LONGER: 25, THOROUGH: 100}
_EVERY = {10: 6, 25: 4, 100: 1}
_LEAST = 2


def register_profiles() -> None:
    """Tell Hypothesis the profiles, and take the fast one unless another is asked for."""
    for name, percent in _PERCENT.items():
        settings.register_profile(name, max_examples=percent, derandomize=name != THOROUGH)
    settings.load_profile(FAST)


def share(full: int) -> int:
    """How many of so many examples to try now: one or two at least, when there are as many."""
    return min(full, max(_LEAST, full * settings().max_examples // 100))


def every() -> int:
    """Which of some fixed cases to try now, when each takes long: every so many-th."""
    return _EVERY.get(settings().max_examples, 1)
