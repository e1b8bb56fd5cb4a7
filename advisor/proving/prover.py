"""A rule base and a questionnaire ready to be reasoned about: answers in, assumptions for the solver out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from advisor.errors import ProofError
from advisor.model.answers import Answer, Answers, applying, knowledge_of
from advisor.model.condition import Knowledge
from advisor.model.page import opening
from advisor.model.questionnaire import Question, Questionnaire
from advisor.model.rulebase import RuleBase
from advisor.proving.contradictory import refuse_contradictory
from advisor.proving.encode import Encoding, encode
from advisor.proving.encode_answers import DATED, free
from advisor.proving.encode_rules import CONTRADICTORY
from advisor.proving.solver import Solver
from advisor.proving.states import UNSAID, Part, Picks, Variable
from advisor.proving.witness import answers_in


@dataclass
class Assumptions:
    """Atoms taken as true and as false."""

    true: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    def take(self, atom: str, truth: bool) -> None:
        """Take an atom as true or as false."""
        (self.true if truth else self.false).append(atom)

    def with_(self, *true: str, but: Iterable[str] = ()) -> Assumptions:
        """The same with more atoms taken as true, and those of `but` as false."""
        return Assumptions([*self.true, *true], [*self.false, *but])


class Prover:
    """The program of one rule base, solved in one process. Safe in threads.

    With `pages`, it is the program of the rules of these pages and of those that speak to everyone. All it tells is
    then told for the cases in which no other page speaks, and in which what the person came with (the questions
    `held`) stays as it is: that is no part of what is open, and nothing that changes.
    """

    def __init__(self, base: RuleBase, questionnaire: Questionnaire, pages: Collection[str] | None = None) -> None:
        """Raises ProofError for rules too large to reason about, ContradictoryRulesError for what cannot be run."""
        shut = {} if pages is None else {name: page for name, page in base.pages.items() if name not in pages}
        never = [clause for page in shut.values() if (clause := opening(page)) is not None]
        if shut:
            base = replace(base, rules=tuple(rule for rule in base.rules if rule.page not in shut))
        self.base, self.questionnaire = base, questionnaire
        self.held = frozenset(() if pages is None else base.decision.came_with)
        self.encoding: Encoding = encode(base, questionnaire, never)
        self.solver = Solver(self.encoding.text)
        off = [*self.struck_atoms, *(free(question.id) for question in questionnaire.questions)]
        read = partial(answers_in, self.encoding, questionnaire)
        refuse_contradictory(base, self.solver, off, read)

    @property
    def compared(self) -> int:
        """How many things `differences` compares: tests of facts, sums of points, and firings of rules."""
        tests = sum(len(literals) for literals in self.encoding.literals.values())
        return tests + len(self.encoding.differences) + len(self.base.active)

    @cached_property
    def struck_atoms(self) -> tuple[str, ...]:
        """The atoms that say a rule is struck from the rule base, one for each rule that runs."""
        return tuple(struck(rule.id) for rule in self.base.active)

    def assume(self, answers: Answers, *, still_open: bool = False, strike: Iterable[str] = ()) -> Assumptions:
        """The answers as assumptions, without the rules of `strike`.

        What has no answer stays without one, or, with `still_open`, is free: it may get any answer that its question
        allows once that applies, or none.
        """
        gone = {struck(rule) for rule in strike}
        found = Assumptions(sorted(gone), [CONTRADICTORY, *(atom for atom in self.struck_atoms if atom not in gone)])
        given = {answer.question: answer for answer in answers}
        self.assume_open(answers, found, still_open=still_open)
        for question in self.questionnaire.questions:
            found.take(free(question.id), still_open and question.id not in given and question.id not in self.held)
        for variable in self.encoding.variables:
            is_open = still_open and not any(question.id in self.held for question in variable.questions)
            allowed = set(self.allowed(variable, given, still_open=is_open))
            for state in range(len(variable.states)):
                if state not in allowed:
                    found.take(variable.atom(state), False)
        for picks in self.encoding.picks:
            is_open = still_open and picks.question.id not in self.held
            self.assume_picks(picks, given.get(picks.question.id), found, is_open)
        return found

    def assume_open(self, answers: Answers, found: Assumptions, *, still_open: bool) -> None:
        """Add how the tests of numbers that are left open come out: as they do now, or free when a number is unknown
        and `still_open`.

        The days to dates are among these numbers, and the figures that are too tangled to be worked out.
        """
        found.take(DATED, answers.as_of is not None)
        numbers = knowledge_of(applying(answers, self.questionnaire)[0], self.questionnaire)
        values = {**numbers.values, **dict(self._left_open(numbers))}
        for atom, fact, number in self.encoding.left_open:
            if fact in values:
                found.take(atom, int(values[fact]) >= number)
            elif not still_open:
                found.take(atom, False)

    def _left_open(self, answers: Knowledge) -> Iterator[tuple[str, int]]:
        """The ends that figures left open have by the answers alone."""
        figures = self.encoding.figures
        for plan in figures.loose:
            if all(name in answers.values for name in plan.numbers):
                box = {name: (int(answers.values[name]), int(answers.values[name])) for name in plan.numbers}
                known = {name: answers.values.get(name) for name in plan.others}
                yield from figures.ends(plan, known, box).items()

    def allowed(self, variable: Variable, given: dict[str, Answer], *, still_open: bool) -> Iterator[int]:
        """The states of a variable that fit the answers given."""
        fixed: dict[str, int] = {}
        for question in variable.questions:
            value = given[question.id].value if question.id in given else None
            if isinstance(value, int):
                fixed[question.id] = value
        group = self.encoding.groups.get(variable.name)
        points = {group.state_of[s] for s in group.numbers.within(fixed)} if group else set()
        for number, state in enumerate(variable.states):
            if group is not None and all(part.whole_span for part in state):
                open_ones = [q.id for q in variable.questions if q.id not in fixed]
                if number in points and (not open_ones or still_open) and not any(q in given for q in open_ones):
                    yield number
            elif all(
                _fits(question, part, given.get(question.id), variable.says[i], still_open)
                for i, (question, part) in enumerate(zip(variable.questions, state, strict=True))
            ):
                yield number

    def assume_picks(self, picks: Picks, answer: Answer | None, found: Assumptions, still_open: bool) -> None:
        """Add what an answer to a several-choice question comes to."""
        q = picks.question.id
        if answer is None and still_open:
            return
        value = answer.value if answer is not None else None
        said = answer.said if answer is not None else UNSAID
        found.take(f'valued("{q}")', isinstance(value, tuple))
        for word in picks.says:
            found.take(f'said("{q}","{word}")', value is None and said == word)
        if isinstance(value, tuple) and answer is not None:
            for choice in picks.read:
                found.take(picks.picked(choice), choice in value)
            for number in range(1, picks.most + 1):
                found.take(picks.rest_at_least(number), picks.rest_of(answer) >= number)

    def model(self, assumptions: Assumptions) -> frozenset[str]:
        """The true atoms of the one answer set for complete assumptions. Raises ProofError when there is none."""
        found = self.solver.find(assumptions.true, assumptions.false)
        if found is None:
            raise ProofError("the solver finds no way in which these answers can be true together")
        return found

    def possible(self, assumptions: Assumptions) -> bool:
        """Whether there is any way to go on under the assumptions."""
        return self.solver.possible(assumptions.true, assumptions.false)

    def consequences(self, assumptions: Assumptions, *, certain: bool) -> frozenset[str]:
        """What holds in every way to go on (`certain`) or in some, among the atoms that make up advice."""
        found = self.solver.consequences(assumptions.true, assumptions.false, certain=certain)
        if found is None:
            raise ProofError("the solver finds no way in which these answers can be true together")
        return found

    def differs(self, assumptions: Assumptions, atoms: Iterable[str], parts: Iterable[str]) -> bool:
        """Whether some way to go on has not just these atoms of some parts (predicates) of the advice."""
        now = frozenset(atoms)
        starts = tuple(f"{part}(" for part in parts)
        with self.solver.scratch() as scratch:
            ways = [[-literal] for atom in now if (literal := scratch.literal(atom)) is not None]
            ways += [[scratch.literals[a]] for a in scratch.literals if a.startswith(starts) and a not in now]
            other = scratch.define(*ways)
            return next(scratch.each(assumptions.true, assumptions.false, [other]), None) is not None


def struck(rule: str) -> str:
    """The atom that says a rule is struck from the rule base."""
    return f'struck("{rule}")'


def _fits(question: Question, part: Part, answer: Answer | None, asked: frozenset[str], still_open: bool) -> bool:
    """Whether what a question is in some state fits the answer given, or, while it is open, may come to be.

    `asked` is what the user can say instead of an answer as far as rules ask.
    """
    if answer is None:
        return still_open or (not part.valued and part.said == UNSAID)
    if answer.value is None:
        return not part.valued and part.said == (answer.said if answer.said in asked else UNSAID)
    none = question.none_choice
    if question.kind in ("text", "date") and not (none is not None and answer.value == none.id):
        return part.valued and part.members[0] == question.kind
    return part.valued and not isinstance(answer.value, tuple) and part.holds(answer.value)
