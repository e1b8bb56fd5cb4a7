"""Challenges advice: checks it with the solver, and says why not, what would change it, what is settled and what if."""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import TypeAlias

from advisor.challenge.changes_in_words import changes_said, nearest, told_sets
from advisor.challenge.goals import Wanted, option_or_flag, wanted
from advisor.challenge.line_diff import line_diff
from advisor.challenge.standing_in_words import standing_said
from advisor.challenge.what_if_in_words import changes_between
from advisor.challenge.wording import ChallengeWords
from advisor.errors import ProofError
from advisor.explaining.view import View
from advisor.explaining.why import explain_why
from advisor.explaining.why_not import explain_why_not
from advisor.model.advice import Advice
from advisor.model.answers import Answers
from advisor.model.condition import Value
from advisor.model.forking import whole
from advisor.model.proofs import Agreement, Changes, Proofs, Standing
from advisor.model.questionnaire import Questionnaire
from advisor.model.rulebase import RuleBase
from advisor.model.scope import Scope
from advisor.model.trace import Trace
from advisor.model.what_if import WhatIf
from advisor.model.why import Why, WhyNot
from advisor.proving.agreement import differences
from advisor.proving.changes import MOST_CHANGES, Found, after
from advisor.proving.next_question import Ahead, Order
from advisor.proving.prover import Prover
from advisor.proving.search import search
from advisor.proving.solver import NAME, VERSION

Tracing: TypeAlias = Callable[[Answers], Trace]
Advising: TypeAlias = Callable[[Answers], Advice]
_Key: TypeAlias = tuple[frozenset[str] | None, tuple[tuple[str, Value], ...]]

MOST_PROVERS = 3  # kept ready, for people who came with different things
MOST_SETS = 3  # sets of changes told, and confirmed, of each kind of who can bring them about
MOST_REPAIRS = 3  # ways told to bring about what is not so
USUAL_SIZE = 2  # answers changed at once in what is looked for unasked


class Challenger:
    """The challenges to one advisor's advice; made by `Advisor.challenger`. Safe in threads."""

    def __init__(self, base: RuleBase, questionnaire: Questionnaire, trace: Tracing, advise: Advising) -> None:
        """`trace` and `advise` are the advisor's own."""
        self.base, self.questionnaire = base, questionnaire
        self._trace, self._advise = trace, advise
        self._words = ChallengeWords(base, questionnaire)
        self._scope = Scope(base, questionnaire)
        self._orders: dict[_Key, Order] = {}
        self._making = RLock()

    def prover(self, answers: Answers) -> Prover:
        """The rules that can bear on some answers as a logic program, made when a proof on such answers is first
        wanted: telling why takes none.

        Once it is known what the person came with, these are the rules of the pages that can speak to them then. The
        numbers that are taken until the person gives others are held as they are in these answers.
        Raises ProofError for rules too large to reason about.
        """
        return self._order(answers).prover

    def _order(self, answers: Answers) -> Order:
        pages, own = self._scope.may_speak(answers), self._own_numbers(answers)
        key = (pages, tuple(own.items()))
        with self._making:
            if key not in self._orders:
                made = Order(Prover(self.base.given(own), self.questionnaire, pages))
                for old in list(self._orders)[: 1 - MOST_PROVERS]:
                    del self._orders[old]
                self._orders[key] = made
            return self._orders[key]

    def _own_numbers(self, answers: Answers) -> dict[str, Value]:
        """The numbers that the person gave in the place of those that are taken."""
        taken = {one.question for one in self.base.inputs}
        return {a.question: a.value for a in answers if a.question in taken and isinstance(a.value, int)}

    def interrupt(self) -> None:
        """Break off what the solver does for another thread, which gets a ProofError; to be called only meanwhile."""
        for order in list(self._orders.values()):
            order.prover.solver.interrupt()

    @whole
    def proofs(self, answers: Answers, trace: Trace) -> Proofs:
        """What can be proved about the advice for some answers. Raises ProofError when the engines disagree."""
        return Proofs(
            agreement=self.agreement(answers, trace),
            standing=self.standing(answers),
            changes=self.changes(answers, trace),
        )

    @whole
    def agreement(self, answers: Answers, trace: Trace) -> Agreement:
        """That the solver finds for some answers what the engine traced. Raises ProofError when it does not."""
        prover = self.prover(answers)
        wrong = differences(prover, answers, trace)
        if wrong:
            raise ProofError("the engine and the solver disagree, so no advice is given: " + "; ".join(wrong[:3]))
        tests = prover.compared
        versions = trace.versions
        said = self._words("agreement", engine=versions.engine, solver=NAME, tests=f"{tests:,}")
        return Agreement(
            engine=versions.engine,
            engine_version=versions.engine_version,
            solver=NAME,
            solver_version=VERSION,
            tests=tests,
            text=said,
        )

    @whole
    def ahead(self, answers: Answers) -> Ahead:
        """What is settled, and what the open questions can still change."""
        return self._order(answers).ahead(answers)

    @whole
    def standing(self, answers: Answers) -> Standing:
        """What is certain, possible and excluded, whatever the answers are that are missing, not sure or skipped."""
        return standing_said(self._words, self.ahead(answers), answers)

    @whole
    def changes(
        self, answers: Answers, trace: Trace, goal: str = "", *, up_to: int = USUAL_SIZE, most: int = MOST_SETS
    ) -> Changes:
        """Every smallest set of changed answers after which another main option is recommended; the first `most` are
        told of each kind of who can bring them about.

        With `goal`, the id of an option, a red flag or a rule: after which it is part of the advice, or, if it is now,
        no longer. `up_to` is the most answers changed at once, 1 to 3. Each set told is confirmed by running the rules
        on it. Raises DataError for an unknown goal, CallError for another size, ProofError when a set does not hold.
        """
        target = wanted(self.base, trace, goal)
        found = search(self.prover(answers), answers, target.goal, up_to=up_to)
        told = told_sets(self._words, found, answers, goal)
        shown = [pair for pair in nearest(told, most) if self._confirmed(answers, pair[0], target)]
        return changes_said(self._words, found, told, shown, goal)

    def _confirmed(self, answers: Answers, found: Found, target: Wanted) -> bool:
        """Whether the rules, run on the changed answers, bear the solver out.

        They may not where it leaves tests of figures open; raises ProofError where it leaves none open.
        """
        trace = self._trace(after(answers, found.changes, self.questionnaire))
        if target.holds(trace) and trace.recommended == found.option:
            return True
        if self.prover(answers).encoding.left_open:
            return False
        raise ProofError(f"the solver finds changes that do not hold: {found.changes}")

    @whole
    def what_if(self, answers: Answers, now: Answers) -> WhatIf:
        """The advice for `answers` and for `now`, answers changed from them, and the lines that differ."""
        before, after = self._advise(answers), self._advise(now)
        first, then = before.recommendation.option, after.recommendation.option
        names = {"before": self._words.option(first), "after": self._words.option(then)}
        lines = line_diff(before, after)
        said = self._words("what_if.same" if first == then else "what_if.other", **names)
        return WhatIf(
            changes=changes_between(self._words, answers, now),
            option_before=first,
            option_after=then,
            summary=said if lines else f"{said} {self._words('what_if.nothing')}",
            lines=lines,
            after=after,
        )

    @whole
    def why(self, trace: Trace, item: str | None = None) -> Why:
        """How something of the advice came about. Raises DataError for an unknown item."""
        return explain_why(View(self.base, self.questionnaire, trace), item)

    @whole
    def why_not(self, answers: Answers, trace: Trace, item: str, *, up_to: int = MOST_CHANGES) -> WhyNot:
        """Why something is not part of the advice, with the cheapest repair. Raises DataError for an unknown item."""
        view = View(self.base, self.questionnaire, trace)
        told = explain_why_not(view, item)
        if told.happened or option_or_flag(self.base, trace, item) is None:
            return told
        repairs = self.changes(answers, trace, item, up_to=up_to, most=MOST_REPAIRS)
        sentences = tuple(one.text for one in repairs.sets)
        return explain_why_not(view, item, sentences, " ".join((repairs.summary, repairs.proof)))
