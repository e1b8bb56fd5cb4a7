"""Finds every smallest set of changed answers that brings something about, and proves that no smaller one does.

A change gives one question another answer: another choice, another number, one choice more or fewer of several, or an
answer where there was none. It never takes an answer away. A set is minimal when no part of it is enough. Sets of one
are found first, then of two, then of three, each time leaving out those that hold a set found before; when the search
for a size ends without a find, that is the proof that there is none.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Protocol

from advisor.errors import CallError
from advisor.model.answers import Answers
from advisor.model.questionnaire import Question
from advisor.proving.borne_out import borne_out
from advisor.proving.changes import MOST_CHANGES, Change, Found, Goal, Search
from advisor.proving.encode_rules import CONTRADICTORY
from advisor.proving.prover import Assumptions, Prover
from advisor.proving.solver import Scratch
from advisor.proving.states import Part, Picks, Variable
from advisor.proving.ways import Way, ways


class _Model(Protocol):
    def is_true(self, literal: int) -> bool: ...


@dataclass(frozen=True, slots=True)
class _Item:
    """One change, the literal that says it is made (it may hold several at once for numbers tied together)."""

    literal: int
    changes: tuple[Change, ...]
    way: Way | None = None


def search(
    prover: Prover, answers: Answers, goal: Goal, *, up_to: int = 2, only: Iterable[str] | None = None
) -> Search:
    """All minimal sets of at most `up_to` changes (1 to 3) after which the goal holds.

    With `only`, no answers but those to these questions change. Stops after the first size that has any when the goal
    holds with no change at all.
    """
    if not 1 <= up_to <= MOST_CHANGES:
        raise CallError(f"sets of 1 to {MOST_CHANGES} changes can be looked for, not of {up_to}")
    with prover.solver.scratch() as scratch:
        found = _Searcher(prover, answers, scratch, None if only is None else frozenset(only)).run(goal, up_to)
    return borne_out(prover, answers, goal, found)


class _Searcher:
    """One search: the items that can change, what each costs, and the sets found so far."""

    def __init__(self, prover: Prover, answers: Answers, scratch: Scratch, only: frozenset[str] | None) -> None:
        self._prover, self._scratch, self._only = prover, scratch, only
        self._given = {answer.question: answer for answer in answers}
        self._items: list[_Item] = []
        self._costs: list[int] = []
        self._base = Assumptions([], [CONTRADICTORY, *prover.struck_atoms])
        self._forbidden: list[list[int]] = []
        prover.assume_open(answers, self._base, still_open=False)
        for question in prover.questionnaire.questions:
            self._base.take(f'free("{question.id}")', False)
        for variable in prover.encoding.variables:
            self._variable(variable)
        for picks in prover.encoding.picks:
            self._picks(picks)
        scratch.forbid(*self._forbidden)
        options = [option.id for option in prover.base.main_options]
        self._options = {o: li for o in options if (li := scratch.literal(f'recommended("{o}")')) is not None}

    def run(self, goal: Goal, up_to: int) -> Search:
        found: list[Found] = []
        for size in range(1, up_to + 1):
            within = -self._scratch.at_least(size + 1, self._costs)
            sets = [self._read(model) for model in self._scratch.each(*self._wanted(goal), [within])]
            if any(not items for items, _ in sets):
                return Search((), 0)  # the goal holds already
            alike = {frozenset(map(_comes_to, items)): (items, recommended) for items, recommended in reversed(sets)}
            for items, recommended in reversed(alike.values()):
                found.append(Found(tuple(change for item in items for change in item.changes), recommended))
            self._scratch.forbid(*(body for items, _ in sets for body in self._holding(items)))
        return Search(tuple(found), up_to)

    def _holding(self, items: Sequence[_Item]) -> Iterator[list[int]]:
        """The items of a set, and those that have them in them."""
        yield from map(list, product(*([other.literal for other in self._items if _in(item, other)] for item in items)))

    def _wanted(self, goal: Goal) -> tuple[list[str], list[str]]:
        return [*self._base.true, *goal.true], [*self._base.false, *goal.false]

    def _read(self, model: _Model) -> tuple[list[_Item], str]:
        made = [item for item in self._items if model.is_true(item.literal)]
        return made, next(o for o, literal in self._options.items() if model.is_true(literal))

    def _literal(self, atom: str) -> int:
        literal = self._scratch.literal(atom)
        if literal is None:
            raise KeyError(atom)
        return literal

    def _may_change(self, question: Question) -> bool:
        return question.id not in self._prover.held and (self._only is None or question.id in self._only)

    def _only_if_it_counts(self, question: Question, literal: int) -> None:
        """A question without an answer gets none that would be set aside."""
        aside = self._scratch.literal(f'aside("{question.id}")')
        if question.id not in self._given and aside is not None:
            self._forbidden.append([literal, aside])

    def _variable(self, variable: Variable) -> None:
        now = list(self._prover.allowed(variable, self._given, still_open=False))
        if len(now) != 1:
            raise ValueError(f"{variable.name}: {len(now)} states fit the answers")
        current = now[0]
        if variable.joint:
            self._joint(variable, current)
            return
        question = variable.questions[0]
        for number, (part,) in enumerate(variable.states):
            if number == current:
                continue
            if not part.valued or not self._may_change(question):
                self._base.take(variable.atom(number), False)
                continue
            literal = self._literal(variable.atom(number))
            self._items.append(_Item(literal, (_set(part),)))
            self._only_if_it_counts(question, literal)
        self._costs.append(-self._literal(variable.atom(current)))

    def _joint(self, variable: Variable, current: int) -> None:
        """Numbers tied together: each other state can be reached by changing some of the questions, not all ways."""
        allowed = {question.id for question in variable.questions if self._may_change(question)}
        by_state: dict[int, list[int]] = {number: [] for number in range(len(variable.states)) if number != current}
        for way in ways(self._prover, variable, self._given, allowed, MOST_CHANGES):
            literal = self._scratch.choice()
            by_state[way.state].append(literal)
            self._items.append(_Item(literal, way.changes, way))
            self._costs += [literal] * len(way.changes)
            for change in way.changes:
                self._only_if_it_counts(self._prover.questionnaire.question(change.question), literal)
        for number, literals in by_state.items():
            there = self._literal(variable.atom(number))
            self._forbidden.append([there, *(-literal for literal in literals)])
            self._forbidden += [[literal, -there] for literal in literals]
            self._forbidden += [list(pair) for pair in combinations(literals, 2)]

    def _picks(self, picks: Picks) -> None:
        question, answer = picks.question, self._given.get(picks.question.id)
        value = answer.value if answer is not None and isinstance(answer.value, tuple) else None
        if not self._may_change(question):
            self._prover.assume_picks(picks, answer, self._base, still_open=False)
            return
        valued = self._literal(f'valued("{question.id}")')
        if value is not None:
            self._base.take(f'valued("{question.id}")', True)
        else:
            self._only_if_it_counts(question, valued)
            for word in picks.says:  # what was said instead of an answer stays unless an answer is given
                said = answer is not None and answer.said == word
                self._base.take(f'unsaid("{question.id}")' if said else f'said("{question.id}","{word}")', False)
        alone = [self._literal(picks.picked(c)) for c in picks.read if c in picks.exclusive and c not in (value or ())]
        shared = -self._scratch.define(*([literal] for literal in alone)) if alone else None
        for choice in picks.read:
            self._pick(picks, choice, value or (), [] if shared is None else [shared])
        self._rest(picks, value or (), [] if shared is None else [shared])

    def _pick(self, picks: Picks, choice: str, value: Sequence[str], shared: list[int]) -> None:
        """One choice picked, or no longer; what goes along with picking one alone, or dropping it, costs nothing."""
        literal = self._literal(picks.picked(choice))
        how = "only" if choice in picks.exclusive else "add"
        if choice not in value:
            self._add(_Item(literal, (Change(picks.question.id, how, (choice,)),)))
        elif choice not in picks.exclusive:
            removed = self._scratch.define([-literal, *shared])
            self._add(_Item(removed, (Change(picks.question.id, "remove", (choice,)),)))

    def _rest(self, picks: Picks, value: Sequence[str], shared: list[int]) -> None:
        """More or fewer of the choices that no rule reads; which of them does not matter.

        Where more are picked than count, the first to count less takes away all that are too many.
        """
        mine = [choice for choice in picks.rest if choice in value]
        others = [choice for choice in picks.rest if choice not in value]
        now = min(picks.most, len(mine))
        for number in range(1, picks.most + 1):
            literal = self._literal(picks.rest_at_least(number))
            if number > now:
                self._add(_Item(literal, (_one_of(picks, "add", others, number - now - 1),)))
                continue
            removed = self._scratch.define([-literal, *shared])
            too_many = range(len(mine) - now + 1) if number == now else [len(mine) - number]
            self._add(_Item(removed, tuple(_one_of(picks, "remove", mine, i) for i in too_many)))

    def _add(self, item: _Item) -> None:
        self._items.append(item)
        self._costs += [item.literal] * len(item.changes)


def _in(item: _Item, other: _Item) -> bool:
    return item is other or (item.way is not None and other.way is not None and other.way.has_in_it(item.way))


def _comes_to(item: _Item) -> Hashable:
    """What an item comes to: ways to change the same questions to the same state differ only in their numbers."""
    return item.literal if item.way is None else (item.way.variable, item.way.questions, item.way.state)


def _one_of(picks: Picks, how: str, choices: Sequence[str], first: int) -> Change:
    """A change by any of some choices, naming another one first each time."""
    return Change(picks.question.id, how, (*choices[first:], *choices[:first]))


def _set(part: Part) -> Change:
    return Change(part.question, "set", part.members, part.whole_span)
