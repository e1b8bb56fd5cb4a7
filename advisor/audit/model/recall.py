"""A recall: the advice that rests on something no longer to be relied on."""

from __future__ import annotations

from typing import Literal, TypeAlias

from advisor.model.trace import Frozen

Reason: TypeAlias = Literal["source", "claim", "rule", "expired"]


class RestingLine(Frozen):
    """One line of advice that rests on what is recalled; `section` as in `wording.yaml`.

    `rules` are the recalled rules and figures behind it. `direct` is False when the line is said by another rule, which
    rests on a fact that the recalled ones brought about.
    """

    section: str
    text: str
    rules: tuple[str, ...]
    direct: bool


class Recalled(Frozen):
    """One piece of advice that is recalled: where it is kept, what it advised, and what to tell the person.

    `rules` are the recalled rules that fired for it and figures that it shows. `option` and `title` are empty where a
    mask took them away, and `erased` names what of the lines could not be read.
    """

    place: str
    receipt: str
    time: str
    option: str
    title: str
    expires: str
    rules: tuple[str, ...]
    lines: tuple[RestingLine, ...]
    tell: str
    erased: tuple[str, ...] = ()


class NotSearched(Frozen):
    """Something that could not be looked through, and why: advice in it may have to be recalled all the same."""

    place: str
    reason: str


class Recall(Frozen):
    """All recalled advice of the `looked_at` pieces; `subject` is the source, claim, rule or date."""

    reason: Reason
    subject: str
    looked_at: int
    found: tuple[Recalled, ...]
    not_searched: tuple[NotSearched, ...]
