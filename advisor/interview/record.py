"""Writes the ledger of an interview: what became of every question, why, and on what proof."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from advisor.interview.guide import WayAhead
from advisor.model.answers import Answers, knowledge_of
from advisor.model.condition import Clause, Condition, Knowledge, Truth
from advisor.model.entries import followed_from
from advisor.model.ledger import Ledger, LedgerEntry, What
from advisor.model.path import Path
from advisor.model.questionnaire import Question, Questionnaire

_CANNOT_MATTER = (
    "after {count} answers, the last of them to `{last}`, the solver looked at every way to answer what was open: no "
    "rule that could still go either way hangs on this question"
)
_LEFT = (
    "after {count} answers, the last of them to `{last}`, the solver looked at every way to answer what was open: no "
    "rule that could still change the main option, the add-ons, the warnings or the steps hangs on this question"
)


@dataclass
class Record:
    """What an interview remembers for its ledger.

    `start` has what became of the questions that were answered from the start. `asked` are the questions answered since
    then, in the order first asked. `passed` has for each question that is passed over, and `settled` for the outcome,
    the answered questions at the time of the proof, the latest last.
    """

    start: Mapping[str, What]
    asked: list[str] = field(default_factory=list)
    passed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    settled: tuple[str, ...] | None = None

    def ask(self, question: str) -> None:
        """Remember that a question was answered, when it was first."""
        if question not in self.asked:
            self.asked.append(question)

    def in_order(self, questionnaire: Questionnaire) -> tuple[str, ...]:
        """What was answered from the start, in the order of the questionnaire, and then what was asked since."""
        started = (question.id for question in questionnaire.questions if question.id in self.start)
        return tuple(dict.fromkeys((*started, *self.asked)))

    def note(self, course: WayAhead, answered: tuple[str, ...]) -> None:
        """Remember what a course proves, or that what was proved before no longer holds."""
        self.passed = {name: self.passed.get(name, answered) for name in sorted(course.idle)}
        self.settled = (self.settled or answered) if course.settled.may_stop else None

    def forget(self) -> None:
        """An answer is changed: what was proved before is proved of other answers."""
        self.passed, self.settled = {}, None

    def ledger(self, questionnaire: Questionnaire, answers: Answers, path: Path) -> Ledger:
        """One entry for every question, for the answers and the path as they are now."""
        known = knowledge_of(answers, questionnaire)
        given = {answer.question for answer in answers}
        asked = [name for name in self.asked if name in given]
        followed = followed_from(questionnaire, {answer.question: answer for answer in answers})
        entries: list[LedgerEntry] = []
        closed = set(given)  # and those that will get no answer, since they do not apply or it is not known
        for question in questionnaire.questions:
            if question.id in followed:
                entry = LedgerEntry(question.id, "followed", because=followed[question.id])
            elif question.id in asked:
                entry = LedgerEntry(question.id, "asked", asked.index(question.id) + 1)
            elif question.id in given:
                entry = LedgerEntry(question.id, self.start.get(question.id, "asked"))
            else:
                entry = self._without_answer(questionnaire, question, closed, known, path)
                if entry.what in ("does_not_apply", "not_known_to_apply", "another_page"):
                    closed.add(question.id)
            entries.append(replace(entry, applies=question.when.truth(known)))
        return Ledger(questionnaire.id, questionnaire.version, tuple(entries))

    def _without_answer(
        self, questionnaire: Questionnaire, question: Question, closed: Collection[str], known: Knowledge, path: Path
    ) -> LedgerEntry:
        """The entry of a question without an answer; one that hangs on a question that is not `closed` is open too."""
        truth, ground = question.when.truth(known), LedgerEntry(question.id, "not_reached")
        if truth is not True:
            ground = _no_ground(questionnaire, question, known)
        if path.whole and question.id not in path.questions:
            return replace(ground, what="another_page")
        if truth is False or (truth is None and all(name in closed for name in ground.because)):
            return ground
        if question.id in self.passed:
            return _proved(question, "cannot_matter", _CANNOT_MATTER, self.passed[question.id])
        if self.settled is not None:
            return _proved(question, "left", _LEFT, self.settled)
        return replace(ground, what="not_reached")


def _proved(question: Question, what: What, words: str, answered: tuple[str, ...]) -> LedgerEntry:
    last = answered[-1] if answered else ""
    return LedgerEntry(question.id, what, None, words.format(count=len(answered), last=last), answered)


def proof_said(questionnaire: Questionnaire, what: What, proof: str) -> bool:
    """Whether a ledger can say this as the proof that a question `cannot_matter`, or was `left`."""
    words = {"cannot_matter": _CANNOT_MATTER, "left": _LEFT}[what]
    count, last = re.escape("{count}"), re.escape("{last}")
    said = re.fullmatch(re.escape(words).replace(count, r"(0|[1-9]\d{0,5})").replace(last, "([^`]*)"), proof)
    if said is None:
        return False
    return int(said[1]) <= len(questionnaire.questions) and (not said[2] or said[2] in questionnaire.by_id)


def ground_said(questionnaire: Questionnaire, question: Question, known: Knowledge) -> str:
    """What a ledger says as the ground that a question does not apply, or is not known to; empty when it applies."""
    applies = question.when.truth(known) is True
    return "" if applies else _no_ground(questionnaire, question, known).proof


def _no_ground(questionnaire: Questionnaire, question: Question, known: Knowledge) -> LedgerEntry:
    """The entry of a question whose condition is false or not known, with the clauses that make it so."""
    truth = question.when.truth(known)
    clauses = _clauses(question.when, known, truth)
    because = dict.fromkeys(questionnaire.question_of_fact[clause.fact].id for clause, _ in clauses)
    shown = " and ".join(f"`{clause}` is {'false' if wanted else 'true'}" for clause, wanted in clauses)
    if truth is False:
        return LedgerEntry(question.id, "does_not_apply", None, shown, tuple(because))
    shown = " and ".join(f"`{clause}` is not known" for clause, _ in clauses)
    return LedgerEntry(question.id, "not_known_to_apply", None, shown, tuple(because))


def _clauses(when: Condition, known: Knowledge, truth: Truth) -> list[tuple[Clause, bool]]:
    """The clauses that make a condition false or not known, each with whether it is wanted to hold."""
    against = None if truth is None else True
    found = [(clause, True) for clause in when.all if clause.truth(known) is truth]
    found += [(clause, False) for clause in when.none if clause.truth(known) is against]
    options = [clause.truth(known) for clause in when.any]
    if True not in options and (truth is None or None not in options):
        found += [(clause, True) for clause, one in zip(when.any, options, strict=True) if one is truth]
    return found
