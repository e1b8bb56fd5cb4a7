"""Follows what an answer can still do: through facts, rules that may or may not fire, figures and sums, to the advice.

A question that leads nowhere cannot matter: a rule that fires in every way to go on, or in none, passes nothing on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from advisor.model.questionnaire import Questionnaire
from advisor.model.rule import (
    Action,
    Add,
    AddOn,
    BreakTie,
    Conclude,
    NextStep,
    PlanRow,
    Recommend,
    RedFlag,
    Rule,
    RuleOut,
    Say,
    Weigh,
)
from advisor.model.rulebase import RuleBase
from advisor.proving.outlook import CASE, OPTION, Outlook

CHOICE = "choice"
"""Stands for the contest and the recommendation together: all points, tie-breakers and proposals lead there."""

_CHOOSING: tuple[type[Action], ...] = (Weigh, BreakTie, Recommend)
_READ_FROM_CHOICE = ("lead.", "advice.", "tally.")


@dataclass(frozen=True)
class Reach:
    """What leads to what in one rule base, whatever the answers."""

    base: RuleBase
    questionnaire: Questionnaire

    @cached_property
    def _figures(self) -> Mapping[str, tuple[str, ...]]:
        return {end: figure.facts() for figure in self.base.figures for end in figure.ends}

    @cached_property
    def _shares(self) -> tuple[str, ...]:
        """The facts that the share of decisive questions without an answer hangs on."""
        asked = {q: None for contest in self.base.decision.contests.values() for q in contest.decisive}
        facts = [fact for q in asked for fact in self.questionnaire.question(q).facts()]
        return ("branch", *facts)

    @cached_property
    def _outs(self) -> tuple[str, ...]:
        return ("branch", *(f"out.{option.id}" for option in self.base.main_options))

    def _straight(self, fact: str) -> tuple[str, ...]:
        """The facts that a fact hangs on without any rule between."""
        if fact in self._figures:
            return self._figures[fact]
        if fact == "unknown_share":
            return self._shares
        if fact.startswith(_READ_FROM_CHOICE):
            return (CHOICE,)
        if fact == CHOICE:
            return self._outs
        question = self.questionnaire.question_of_fact.get(fact)
        return question.when.facts() if question is not None else ()

    @cached_property
    def _leads(self) -> Mapping[str, tuple[str, ...]]:
        """From each fact to those that hang on it without any rule between."""
        found: dict[str, tuple[str, ...]] = {}
        for fact in (*self.base.facts, CHOICE):
            for read in self._straight(fact):
                found[read] = (*found.get(read, ()), fact)
        return found

    @cached_property
    def _rules(self) -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
        """What each rule reads, and what it makes, by its id."""
        return {rule.id: (rule.when.facts(), tuple(_made(rule))) for rule in self.base.active}

    def in_words(self, outlook: Outlook, behind: Mapping[str, frozenset[str]]) -> frozenset[str]:
        """The open questions on which hangs how a line that is or can be part of the advice reads.

        `behind` is what `Reach.behind` finds for this outlook.
        """
        fired = outlook.names(outlook.possible, "fires")
        read = {end for figure in self.base.figures if figure.show for end in figure.ends}
        for rule in map(self.base.by_id.__getitem__, fired):
            slots = (slot for text in rule.templates() for slot in (*text.slots, *text.open_slots))
            read.update(fact for slot in slots for fact in self.questionnaire.told_by(slot))
            read.update(action.time.of for action in rule.actions if isinstance(action, PlanRow))
        return frozenset(name for fact in read for name in behind.get(fact, ()))

    def behind(self, outlook: Outlook, unanswered: Sequence[str]) -> Mapping[str, frozenset[str]]:
        """For each fact, the open questions on which it can still hang; for each undecided rule too, by its id."""
        undecided, leads = outlook.undecided, self._leads
        on: dict[str, list[str]] = {}  # from what is read to what is made of it
        for rule, (reads, made) in self._rules.items():
            if rule in undecided:
                on[rule] = [*made]
                for fact in reads:
                    on.setdefault(fact, []).append(rule)
        for question in self.questionnaire.filled:
            if question.filled is not None and question.id in unanswered:
                book = self.questionnaire.question(question.filled.book)
                for fact in (*book.facts(), *book.parts):
                    on.setdefault(fact, []).extend(question.facts())
        found: dict[str, int] = {}  # a bit for each question
        for number, name in enumerate(unanswered):
            for fact in self.questionnaire.question(name).facts():
                found[fact] = found.get(fact, 0) | 1 << number
        waiting = set(found)
        while waiting:
            reached: set[str] = set()
            for place in waiting:
                there = found[place]
                for next_ in (*leads.get(place, ()), *on.get(place, ())):
                    before = found.get(next_, 0)
                    if before | there != before:
                        found[next_] = before | there
                        reached.add(next_)
            waiting = reached
        named = {bits: frozenset(_places(bits, unanswered)) for bits in {*found.values()}}
        return {place: named[bits] for place, bits in found.items()}


def _places(bits: int, names: Sequence[str]) -> Iterator[str]:
    """The names of the bits that are set."""
    while bits:
        lowest = bits & -bits
        yield names[lowest.bit_length() - 1]
        bits ^= lowest


def _made(rule: Rule) -> Iterator[str]:
    for action in rule.actions:
        if isinstance(action, Conclude):
            yield action.fact
        elif isinstance(action, RuleOut):
            yield from (f"out.{option}" for option in action.options)
        elif isinstance(action, AddOn):
            yield f"add_on.{action.option}"
        elif isinstance(action, RedFlag):
            yield f"flag.{action.id}"
        elif isinstance(action, Add):
            yield f"score.{action.to}"
        elif isinstance(action, _CHOOSING):
            yield CHOICE


def stakes(outlook: Outlook, rule: Rule) -> bool:
    """Whether an undecided rule can still change what is not settled: option, add-ons, warnings or steps."""
    choosing = not outlook.settled(*OPTION, *CASE)
    return any(
        isinstance(action, (RedFlag, NextStep, PlanRow, Say))
        or (isinstance(action, AddOn) and f'added("{action.option}")' in outlook.open)
        or (choosing and isinstance(action, (*_CHOOSING, RuleOut)))
        for action in rule.actions
    )
