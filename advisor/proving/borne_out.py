"""Keeps, of the sets of changes that a search finds, those that hold once all figures are worked out.

The program leaves open how the tests of tangled figures, and of the days to dates, come out, so a search takes these
tests as they are now. A set that changes what they hang on is tried here with numbers, and so is each part of it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, product
from math import isqrt

from advisor.errors import AnswerProblem, ProofError
from advisor.model.answer_check import parse_answer
from advisor.model.answers import Answers
from advisor.model.questionnaire import days_of
from advisor.proving.changes import Change, Found, Goal, Search, after
from advisor.proving.prover import Assumptions, Prover


def borne_out(prover: Prover, answers: Answers, goal: Goal, search: Search) -> Search:
    """A search without the sets that do not hold; numbers on which a test left open hangs are told one by one.

    A set of which a part is enough gives way to that part.
    """
    trial = _Trial(prover, answers, goal)
    kept: dict[tuple[Change, ...], Found] = {}
    for found in search.found:
        first = next((one for one in map(trial.smallest, trial.told(found)) if one is not None), None)
        if first is not None:
            kept[first.changes] = first
    return Search(tuple(sorted(kept.values(), key=lambda one: len(one.changes))), search.proved_to)


class _Trial:
    """Tries sets of changes from the same answers for the same goal."""

    def __init__(self, prover: Prover, answers: Answers, goal: Goal) -> None:
        self._prover, self._answers, self._goal = prover, answers, goal
        self._read = _behind_open_tests(prover)
        self._taken = self._open_tests(answers)

    def told(self, found: Found) -> Iterator[Found]:
        """The set with one number or day for each change on which such a test hangs."""
        for changes in product(*map(self._ways, found.changes)):
            yield replace(found, changes=changes)

    def _ways(self, change: Change) -> list[Change]:
        """Of a span the middle (by ratio), then its ends. Of a date any day, then one before all that rules count."""
        if change.question not in self._read:
            return [change]
        if change.span:
            low, high = int(change.members[0]), int(change.members[-1])
            numbers = dict.fromkeys((min(max(isqrt(max(low, 1) * max(high, 1)), low), high), low, high))
            return [replace(change, members=(number,), span=False) for number in numbers]
        question, as_of = self._prover.questionnaire.question(change.question), self._answers.as_of
        counted = [cut for _, fact, cut in self._prover.encoding.left_open if fact == days_of(question.id)]
        if change.members != (question.kind,) or as_of is None or not counted:
            return [change]
        before = (as_of + datetime.timedelta(min(counted) - 1)).isoformat()
        try:
            parse_answer(question, before, as_of)
        except AnswerProblem:
            return [change]
        return [change, replace(change, members=(before,))]

    def smallest(self, found: Found) -> Found | None:
        """The smallest part of a set after which the goal holds; None where it does not after all of it."""
        option = self._option(found.changes, found.option)
        if option is None:
            return None
        for size in range(1, len(found.changes)):
            for some in combinations(found.changes, size):
                alone = self._option(some, None)
                if alone is not None:
                    return Found(some, alone)
        return Found(found.changes, option)

    def _option(self, changes: Sequence[Change], searched: str | None) -> str | None:
        """The main option recommended after some changes, or None where the goal does not hold; `searched` is what the
        search says, which stands where the tests that it took as they are come out no other way."""
        if not any(change.question in self._read for change in changes):
            return searched
        changed = after(self._answers, changes, self._prover.questionnaire)
        if self._open_tests(changed) == self._taken:
            return searched
        try:
            model = self._prover.model(self._prover.assume(changed))
        except ProofError:
            return None  # no one could answer so
        if not model.issuperset(self._goal.true) or not model.isdisjoint(self._goal.false):
            return None
        return next(one.id for one in self._prover.base.main_options if f'recommended("{one.id}")' in model)

    def _open_tests(self, answers: Answers) -> list[str]:
        """The tests left open that come out true."""
        found = Assumptions()
        self._prover.assume_open(answers, found, still_open=False)
        return found.true


def _behind_open_tests(prover: Prover) -> frozenset[str]:
    """The questions on which tests left open hang: those that tangled figures read, and dates to which days count."""
    asked, encoding = prover.questionnaire.question_of_fact, prover.encoding
    read = (fact for plan in encoding.figures.loose for fact in (*plan.numbers, *plan.others))
    return frozenset(asked[fact].id for fact in (*read, *(fact for _, fact, _ in encoding.left_open)) if fact in asked)
