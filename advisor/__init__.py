"""Advises behavioral-health providers on how to get paid by insurers.

    from advisor import advise
    advice = advise({"situation": "planning", "license": "counselor", "runway": "one_to_two"})
    print(advice.recommendation.headline)

The names below are the public library; they are imported only when first used, so that the interview opens at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from advisor._version import __version__
    from advisor.advice import Advisor, advise
    from advisor.auditing.log import DecisionLog
    from advisor.auditing.seal import receipt_bytes
    from advisor.decisions import Decisions
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
    from advisor.receipts import Receipts

_HOMES = {
    "Advice": "advisor.model.advice",
    "Advisor": "advisor.advice",
    "AdvisorError": "advisor.errors",
    "Answers": "advisor.model.answers",
    "AnswersError": "advisor.errors",
    "ContradictionError": "advisor.errors",
    "DecisionLog": "advisor.auditing.log",
    "Decisions": "advisor.decisions",
    "EngineError": "advisor.errors",
    "Interview": "advisor.interview.session",
    "QuestionnaireError": "advisor.errors",
    "Receipts": "advisor.receipts",
    "RuleBaseError": "advisor.errors",
    "__version__": "advisor._version",
    "advise": "advisor.advice",
    "receipt_bytes": "advisor.auditing.seal",
}

__all__ = [
    "Advice",
    "Advisor",
    "AdvisorError",
    "Answers",
    "AnswersError",
    "ContradictionError",
    "DecisionLog",
    "Decisions",
    "EngineError",
    "Interview",
    "QuestionnaireError",
    "Receipts",
    "RuleBaseError",
    "__version__",
    "advise",
    "receipt_bytes",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
