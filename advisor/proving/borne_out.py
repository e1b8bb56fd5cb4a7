"""Keeps, of the sets of changes that a search finds, those that hold once all figures are worked out.

The program leaves open how the tests of tangled figures come out, so a search takes these tests as they are now. A set
that changes what such a figure reads is tried here with numbers, and so is each part of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, product
from math import isqrt

from advisor.errors import ProofError
from advisor.model.answers import Answers
from advisor.proving.changes import Change, Found, Goal, Search, changed
from advisor.proving.prover import Assumptions, Prover


def borne_out(prover: Prover, answers: Answers, goal: Goal, search: Search) -> Search:
    """A search without the sets that do not hold; numbers that a figure left open reads are told one by one.

    A set of which a part is enough gives way to that part.
    """
    trial = _Trial(prover, answers, goal)
    kept: dict[tuple[Change, ...], Found] = {}
    for found in search.found:
        first = next((one for one in map(trial.smallest, trial.with_numbers(found)) if one is not None), None)
        if first is not None:
            kept[first.changes] = first
    return Search(tuple(sorted(kept.values(), key=lambda one: len(one.changes))), search.proved_to)


class _Trial:
    """Tries sets of changes from the same answers for the same goal."""

    def __init__(self, prover: Prover, answers: Answers, goal: Goal) -> None:
        self._prover, self._answers, self._goal = prover, answers, goal
        self._read = _read_by_open_figures(prover)
        self._taken = self._open_tests(answers)

    def with_numbers(self, found: Found) -> Iterator[Found]:
        """The set with one number for each span that such a figure reads: of the middle (by ratio), and of the ends."""
        ways = []
        for change in found.changes:
            if change.span and change.question in self._read:
                low, high = int(change.members[0]), int(change.members[-1])
                numbers = dict.fromkeys((min(max(isqrt(max(low, 1) * max(high, 1)), low), high), low, high))
                ways.append([replace(change, members=(number,), span=False) for number in numbers])
            else:
                ways.append([change])
        yield from (replace(found, changes=changes) for changes in product(*ways))

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
        given = {answer.question: answer for answer in self._answers}
        for change in changes:
            given[change.question] = changed(change, given.get(change.question), self._prover.questionnaire.by_id)
        after = Answers.of(given, self._prover.questionnaire, self._answers.as_of)
        if not any(change.question in self._read for change in changes) or self._open_tests(after) == self._taken:
            return searched
        try:
            model = self._prover.model(self._prover.assume(after))
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


def _read_by_open_figures(prover: Prover) -> frozenset[str]:
    """The questions that figures left open read."""
    asked = prover.questionnaire.question_of_fact
    facts = (fact for plan in prover.encoding.figures.loose for fact in (*plan.numbers, *plan.others))
    return frozenset(asked[fact].id for fact in facts if fact in asked)
