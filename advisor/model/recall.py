"""A recall: the advice that rests on something no longer to be relied on."""

from __future__ import annotations

from typing import Literal, TypeAlias

from advisor.model.trace import Frozen

Reason: TypeAlias = Literal["source", "rule", "expired"]


class RestingLine(Frozen):
    """One line of advice and the rules behind it for which it is recalled; `section` as in `wording.yaml`."""

    section: str
    text: str
    rules: tuple[str, ...]


class Recalled(Frozen):
    """One piece of advice that is recalled: its receipt, what it advised, and what to tell the person."""

    receipt: str
    time: str
    option: str
    title: str
    expires: str
    rules: tuple[str, ...]
    lines: tuple[RestingLine, ...]
    tell: str


class Recall(Frozen):
    """All recalled advice of those looked at; `subject` is the source, the rule, or the date."""

    reason: Reason
    subject: str
    looked_at: int
    found: tuple[Recalled, ...]
