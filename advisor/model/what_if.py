"""Advice before and after some answers are changed, and the lines that differ."""

from __future__ import annotations

from typing import Literal, TypeAlias

from advisor.model.advice import Advice
from advisor.model.proofs import AnswerChange
from advisor.model.trace import Frozen

Sign: TypeAlias = Literal["removed", "added", "changed"]


class DiffLine(Frozen):
    """A line of advice that is there only after a change (`added`) or only before it (`removed`), or something of a
    line that is there both times (`changed`): then `text` is what the line is about, perhaps empty, `field` what of it
    has changed, and `before` and `after` what that says.

    `section` is the key in `wording.yaml` of the title of the section it stands in. `detail` says that it is behind the
    lines: what they rest on, and how they add up.
    """

    section: str
    sign: Sign
    text: str
    field: str = ""
    before: str = ""
    after: str = ""
    detail: bool = False


class WhatIf(Frozen):
    """Advice before and after some answers were changed, with the lines that differ, in reading order."""

    changes: tuple[AnswerChange, ...]
    option_before: str
    option_after: str
    summary: str
    lines: tuple[DiffLine, ...]
    after: Advice
