"""Which questions concern a person: those put to everyone, and those of the pages that speak to what they came with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from advisor.model.answers import Answers, applying, knowledge_of
from advisor.model.condition import Clause, Condition, Knowledge, Value
from advisor.model.page import QUESTION, opening
from advisor.model.path import Path
from advisor.model.questionnaire import Questionnaire
from advisor.model.rule import Rule
from advisor.model.rulebase import RuleBase


@dataclass(frozen=True)
class Scope:
    """Which pages and questions of one rule base concern whom.

    A page that speaks only when a fact has a certain value concerns those for whom the rules conclude that; any other
    page concerns everyone. Of a page that is not of the main question only the first questions are put. Where no page
    names questions, every question is put.
    """

    base: RuleBase
    questionnaire: Questionnaire

    def path(self, answers: Answers) -> Path:
        """The core questions, and then those of the pages that speak, the page of the main question first."""
        core = self.core
        if not self._named:
            return Path(tuple(dict.fromkeys((*core, *self.questionnaire.put))))
        given = {answer.question for answer in answers}
        known = self._concluded(self._known(answers))
        pages = self._in_order(self._opened(known), known)
        put = tuple(dict.fromkeys((*core, *(name for page in pages for name in self._asked_by(page, known)))))
        to_come = (name for name in put if name in self._openers and name not in given)
        whole = all(self.questionnaire.question(name).when.truth(known) is False for name in to_come)
        return Path(put, whole)

    def concerns(self, question: str, known: Knowledge) -> bool:
        """Whether a question is put, by all that is known once the rules have run."""
        if question in self.core or not self._named:
            return question in self.questionnaire.put
        return any(question in self._asked_by(page, known) for page in self._opened(known))

    def _asked_by(self, page: str, known: Knowledge) -> tuple[str, ...]:
        """The questions that a page puts: all when it is of the main question, or that is not told, else the first."""
        most = None if self._main(known) in (None, page) else self.base.decision.asked_also or None
        named = (self.questionnaire.question(name) for name in self.base.pages[page].questions[:most])
        return tuple(name for question in named for name in (question.id, *question.parts))

    def may_speak(self, answers: Answers) -> frozenset[str] | None:
        """The pages that speak or can still come to, as long as what the person came with stays as it is and questions
        that have a value keep it; None when they did not say what they came with."""
        came_with = self.base.decision.came_with
        valued = {answer.question for answer in answers if answer.value is not None}
        if not came_with or came_with[0] not in valued:
            return None
        held = {name for name in self.questionnaire.by_id if name in valued or name in came_with}
        known, owner = self._known(answers), self.questionnaire.question_of_fact

        def may(clause: Clause, wanted: bool) -> bool:
            is_held = clause.fact in owner and owner[clause.fact].id in held
            return clause.truth(known) is wanted or not is_held

        def may_conclude(clause: Clause) -> bool:
            rules = (rule for rule in self._opening_rules[clause.fact] if _may(rule.when, may))
            return any(fact == clause.fact and value in clause.values for r in rules for fact, value in r.concluded())

        return frozenset(
            page
            for page, clause in self._openings.items()
            if clause is None or may_conclude(clause) or (clause.fact in owner and may(clause, True))
        )

    @cached_property
    def core(self) -> tuple[str, ...]:
        """The questions put to everyone, in the order of the questionnaire."""
        return tuple(question.id for question in self.questionnaire.questions if question.core)

    @cached_property
    def _named(self) -> bool:
        """Whether any page names questions."""
        return any(page.questions for page in self.base.pages.values())

    @cached_property
    def _openings(self) -> dict[str, Clause | None]:
        return {page.id: opening(page) for page in self.base.pages.values()}

    @cached_property
    def _opening_rules(self) -> dict[str, tuple[Rule, ...]]:
        """For each fact that opens a page, the rules that conclude it."""
        found: dict[str, list[Rule]] = {clause.fact: [] for clause in self._openings.values() if clause is not None}
        for rule in self.base.active:
            for fact in dict.fromkeys(fact for fact, _ in rule.concluded() if fact in found):
                found[fact].append(rule)
        return {fact: tuple(rules) for fact, rules in found.items()}

    @cached_property
    def _openers(self) -> frozenset[str]:
        """The questions that can open a page that has questions of its own."""
        owner = self.questionnaire.question_of_fact
        asking = (self._openings[page.id] for page in self.base.pages.values() if page.questions)
        opened = {clause.fact for clause in asking if clause is not None}
        facts = {fact for name in opened for rule in self._opening_rules[name] for fact in rule.when.facts()}
        return frozenset(owner[fact].id for fact in {*facts, *opened} if fact in owner)

    def _known(self, answers: Answers) -> Knowledge:
        return knowledge_of(applying(answers, self.questionnaire)[0], self.questionnaire)

    def _main(self, known: Knowledge) -> Value | None:
        """The page of the main question: the one that the rules conclude, else the one that was picked."""
        came_with = self.base.decision.came_with
        return known.values.get(QUESTION, known.values.get(came_with[0])) if came_with else None

    def _concluded(self, known: Knowledge) -> Knowledge:
        """What is known, with what the rules conclude that open pages."""
        values = dict(known.values)
        for rules in self._opening_rules.values():
            for rule in rules:
                if rule.when.truth(known) is True:
                    values.update(rule.concluded())
        return Knowledge(values, known.said)

    def _opened(self, known: Knowledge) -> Iterator[str]:
        return (page for page, clause in self._openings.items() if clause is None or clause.truth(known) is True)

    def _in_order(self, pages: Iterator[str], known: Knowledge) -> list[str]:
        """Pages as their questions are asked: that of the main question, and then in the order of their cases."""
        main = self._main(known)
        places = {page: place for place, page in enumerate(self.base.decision.pages)}
        return sorted(pages, key=lambda page: (page != main, places.get(page, len(places))))


def _may(when: Condition, may: Callable[[Clause, bool], bool]) -> bool:
    """Whether a condition can come to be true, where `may` tells whether a clause can come to be true, or false."""
    some = not when.any or any(may(clause, True) for clause in when.any)
    return some and all(may(c, True) for c in when.all) and all(may(c, False) for c in when.none)
