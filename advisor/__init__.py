"""Advises behavioral-health providers on how to get paid by insurers.

    from advisor import advise
    advice = advise({"situation": "planning", "license": "counselor", "runway": "one_to_two"})
    print(advice.recommendation.headline)

The names below are the public library; they are imported only when first used, so that the interview opens at once.
What an auditor needs, receipts and logs, is in `advisor.audit`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from advisor._version import __version__
    from advisor.advice import Advisor, advise
    from advisor.errors import (
        AdvisorError,
        AnswersError,
        ContradictionError,
        EngineError,
        QuestionnaireError,
        RuleBaseError,
    )
    from advisor.interview.session import Interview
    from advisor.model.advice import Advice
    from advisor.model.answers import Answers

_HOMES = {
    "Advice": "advisor.model.advice",
    "Advisor": "advisor.advice",
    "AdvisorError": "advisor.errors",
    "Answers": "advisor.model.answers",
    "AnswersError": "advisor.errors",
    "ContradictionError": "advisor.errors",
    "EngineError": "advisor.errors",
    "Interview": "advisor.interview.session",
    "QuestionnaireError": "advisor.errors",
    "RuleBaseError": "advisor.errors",
    "__version__": "advisor._version",
    "advise": "advisor.advice",
}

__all__ = [
    "Advice",
    "Advisor",
    "AdvisorError",
    "Answers",
    "AnswersError",
    "ContradictionError",
    "EngineError",
    "Interview",
    "QuestionnaireError",
    "RuleBaseError",
    "__version__",
    "advise",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
