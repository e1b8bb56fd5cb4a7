"""What was proved about a piece of advice: agreement of the engines, what is settled, and what would change it."""

from __future__ import annotations

from typing import Literal, TypeAlias

from advisor.model.trace import Frozen

Who: TypeAlias = Literal["unanswered", "yours", "others", "given"]
"""Who can change an answer: nobody gave one yet, the user, someone the user can ask, or nobody (it is as it is)."""


class AnswerChange(Frozen):
    """One answer changed: from what is said now to any of `to`, which no rule tells apart; in words, `said`.

    `now` and `then` are how the two answers read. `how` is `set` (another answer), `add`, `remove` or `only` (of a
    question with several choices). `numbers` says that `to` is a first and a last whole number.
    """

    question: str
    text: str
    how: Literal["set", "add", "remove", "only"]
    now: str
    then: str
    to: tuple[str | int, ...]
    numbers: bool
    said: str
    who: Who


class ChangeSet(Frozen):
    """A smallest set of changed answers that is enough, with the main option then; confirmed by running the rules.

    `who` is the hardest of its changes to bring about, in the order unanswered, yours, others, given.
    """

    changes: tuple[AnswerChange, ...]
    option: str
    option_title: str
    who: Who
    text: str


class Changes(Frozen):
    """Every smallest set of changed answers after which something is otherwise, or the nearest of them.

    `goal` is what was to be brought about; `sets` are ranked, `total` counts all there are up to `searched_to` answers;
    `smallest` is the size of the smallest (None: there is none up to that size), and `smallest_possible` that of the
    smallest without an answer that is `given`.
    """

    goal: str
    sets: tuple[ChangeSet, ...]
    total: int
    searched_to: int
    smallest: int | None
    smallest_possible: int | None
    summary: str
    proof: str


class Settled(Frozen):
    """One part of the advice: what is certain whatever is answered next, and what is possible; settled if the same."""

    part: Literal["option", "add_ons", "red_flags", "steps", "ranking"]
    settled: bool
    certain: tuple[str, ...]
    possible: tuple[str, ...]
    text: str


class OpenQuestion(Frozen):
    """A question without an answer, by id and text."""

    question: str
    text: str


class Standing(Frozen):
    """What is settled by the answers so far, and which open questions can still change it, the most telling first.

    Settled are the main option, the add-ons, the warnings and the steps, whatever is said to any question that can be
    answered, those answered "not sure" or skipped among them; the ranking may still be open then. `deciding` can change
    one of them; `detail` only other lines; `idle` nothing at all. Those of `hanging` are in `deciding` or `detail`, and
    it is not known whether they apply. `excluded` are the main options that can no longer come to be recommended.
    """

    settled: bool
    parts: tuple[Settled, ...]
    excluded: tuple[str, ...]
    deciding: tuple[str, ...]
    detail: tuple[str, ...]
    idle: tuple[str, ...]
    hanging: tuple[OpenQuestion, ...]
    text: str


class Agreement(Frozen):
    """Two engines ran the rules on the same answers and found the same; `tests` counts what was compared."""

    engine: str
    engine_version: str
    solver: str
    solver_version: str
    tests: int
    text: str


class Proofs(Frozen):
    """All of it."""

    agreement: Agreement
    standing: Standing
    changes: Changes
