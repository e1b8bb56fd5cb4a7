"""Advice that proves itself, is kept, and is found again: receipts, logs, replay, recall and impact.

    from advisor.audit import Receipts, receipt_bytes
    receipt = Receipts(advisor).make(answers, "2027-01-31T09:30:00Z")

The names below are the auditor's part of the public library, imported only when first used. Nothing that gives advice
imports this package: to understand how advice comes about, it may be left unread.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from advisor.audit.approving.approvals import approved
    from advisor.audit.decisions import Decisions
    from advisor.audit.keeping.log import DecisionLog
    from advisor.audit.model.log import Mask
    from advisor.audit.model.receipt import Receipt
    from advisor.audit.receipts import Receipts
    from advisor.audit.recording.seal import receipt_bytes

_HOMES = {
    "DecisionLog": "advisor.audit.keeping.log",
    "Decisions": "advisor.audit.decisions",
    "Mask": "advisor.audit.model.log",
    "Receipt": "advisor.audit.model.receipt",
    "Receipts": "advisor.audit.receipts",
    "approved": "advisor.audit.approving.approvals",
    "receipt_bytes": "advisor.audit.recording.seal",
}

__all__ = [
    "DecisionLog",
    "Decisions",
    "Mask",
    "Receipt",
    "Receipts",
    "approved",
    "receipt_bytes",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
