"""Advice before and after some answers are changed, and the lines that differ."""

from __future__ import annotations

from typing import Literal, TypeAlias

from advisor.model.advice import Advice
from advisor.model.proofs import AnswerChange
from advisor.model.trace import Frozen

Sign: TypeAlias = Literal["added", "removed"]


class DiffLine(Frozen):
    """A line of advice that is there only after a change of answers (`added`) or only before it (`removed`).

    `section` is the key in `wording.yaml` of the title of the section it stands in.
    """

    section: str
    sign: Sign
    text: str


class WhatIf(Frozen):
    """Advice before and after some answers were changed, with the lines that differ, in reading order."""

    changes: tuple[AnswerChange, ...]
    option_before: str
    option_after: str
    summary: str
    lines: tuple[DiffLine, ...]
    after: Advice
