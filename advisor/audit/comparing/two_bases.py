"""Compares two rule bases over every way to answer: a proof that they agree, or a case with the fewest answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from advisor.audit.comparing.encode_lines import line_tests, lines
from advisor.audit.model.impact import ASPECTS, Aspect
from advisor.errors import ProofError
from advisor.model.answers import Answers
from advisor.model.questionnaire import Question, Questionnaire
from advisor.model.rulebase import RuleBase
from advisor.proving.contradictory import refuse_contradictory
from advisor.proving.encode import Encoding, ProgramDraft, drafted, variables_of, written
from advisor.proving.encode_answers import body, free
from advisor.proving.encode_rules import CONTRADICTORY
from advisor.proving.literals import Literal
from advisor.proving.numbers import tied
from advisor.proving.prover import struck
from advisor.proving.sharing import NEW, OLD, Shared, shared
from advisor.proving.solver import Scratch, Solver
from advisor.proving.witness import answers_in

_PARTS: Mapping[Aspect, tuple[str, ...]] = {
    "option": ("recommended(",), "confidence": ("sure(",), "add_ons": ("added(",), "red_flags": ("top(",),
    "ranking": ("before(", "ranked("), "lines": ("line(",),
}  # fmt: skip
_Wanted: TypeAlias = tuple[list[str], list[str]]
_MOST_CONFLICTS = 100_000  # for each aspect and number of answers; what can be decided takes a few thousand


@dataclass(frozen=True)
class Differing:
    """Answers with which two rule bases differ; `fewest` says that it is proved that no fewer would do."""

    answers: Answers
    fewest: bool


@dataclass(frozen=True)
class Common:
    """Two questionnaires cut down to what both ask: the questions that only one asks or asks in another kind, and the
    choices that only one has (`question.choice`), were left out."""

    old: Questionnaire
    new: Questionnaire
    left_out: tuple[str, ...]
    choices_left_out: tuple[str, ...]


def common(old: Questionnaire, new: Questionnaire) -> Common:
    """What two questionnaires have in common."""
    kept, choices = [], dict.fromkeys(_choices(old, new))
    for question in old.questions:
        other = new.by_id.get(question.id)
        if other is not None and _alike(question, other):
            kept.append(question.id)
    out = [q.id for q in (*old.questions, *new.questions) if q.id not in kept]
    return Common(_cut(old, new, kept), _cut(new, old, kept), tuple(dict.fromkeys(out)), tuple(choices))


class TwoBases:
    """An old and a new rule base, each with its questionnaire, as one program. Answers that one of the two refuses as
    contradictory are no case."""

    def __init__(self, old: tuple[RuleBase, Questionnaire], new: tuple[RuleBase, Questionnaire]) -> None:
        """Raises ProofError for rules too large to reason about, or figures that tie numbers in different ways, and
        ContradictoryRulesError when some answers make the rules of one base contradict each other."""
        self.common = common(old[1], new[1])
        one = drafted(old[0], self.common.old, line_tests(old[0]))
        other = drafted(new[0], self.common.new, line_tests(new[0]))
        self._old, encoded = _encoded(one, other)
        numbers: dict[str, int] = {}
        pairs = ((self._old, old[0]), (encoded, new[0]))
        texts = ["\n".join([one.text, *_gravest(base), *lines(base, numbers)]) for one, base in pairs]
        program = shared(*texts)
        self._solver = Solver(program.text + "".join(_differences(program)), _MOST_CONFLICTS)
        off = [free(q.id) for q in self.common.old.questions]
        off += [struck(rule) for rule in {rule.id for base in (old[0], new[0]) for rule in base.active}]
        off = [name + atom for atom in off for name in ("", OLD, NEW)]
        for name, base in (("", new[0]), (OLD, old[0]), (NEW, new[0])):
            refuse_contradictory(base, self._solver, off, self._all, name)
        self._off = [CONTRADICTORY, *off]

    def smallest(self, aspect: Aspect) -> Differing | None:
        """Answers with which an aspect differs, as few as can be; None when it is proved that it never does.

        Raises ProofError when the search for any such answers has to be given up.
        """
        differs = f"differs({aspect})"
        some = self._solver.find([differs], self._off)
        if some is None:
            return None
        with self._solver.scratch() as scratch:
            given = []
            for question in self.common.old.questions:
                atoms = (f'{name}given("{question.id}")' for name in ("", OLD, NEW))
                ways = [[literal] for atom in atoms if (literal := scratch.literal(atom)) is not None]
                given.append(scratch.define(*ways))
            wanted = [differs], self._off
            try:
                for size in range(len(given) + 1):
                    fewer = self._within(scratch, size, given, wanted)
                    if fewer is not None:
                        return Differing(fewer, True)
            except ProofError:
                return Differing(self._fewer(scratch, self._all(some), given, wanted), False)
        raise ProofError("the solver finds a difference, but no answers that show it")

    def _fewer(self, scratch: Scratch, found: Answers, given: list[int], wanted: _Wanted) -> Answers:
        """Fewer and fewer answers with a difference, until that gets too hard."""
        try:
            while (fewer := self._within(scratch, len(found) - 1, given, wanted)) is not None:
                found = fewer
        except ProofError:
            pass
        return found

    def _within(self, scratch: Scratch, size: int, given: list[int], wanted: _Wanted) -> Answers | None:
        """At most so many answers with a difference."""
        few = -scratch.at_least(size + 1, given)
        for model in scratch.each(*wanted, [few]):
            return self._all(frozenset(map(str, model.symbols(atoms=True))))
        return None

    def _all(self, atoms: frozenset[str]) -> Answers:
        return answers_in(self._old, self.common.old, atoms)


def _alike(one: Question, other: Question) -> bool:
    if one.kind != other.kind:
        return False
    if one.kind == "number":
        return max(one.minimum, other.minimum) <= min(one.maximum, other.maximum)
    if one.kind == "date":
        return max(one.earliest, other.earliest) <= min(one.latest, other.latest)
    return one.kind not in ("one", "several") or bool({c.id for c in one.choices} & {c.id for c in other.choices})


def _choices(old: Questionnaire, new: Questionnaire) -> Iterator[str]:
    """The choices and numbers that only one of the two takes."""
    for question in old.questions:
        other = new.by_id.get(question.id)
        if other is None or other.kind != question.kind:
            continue
        mine, theirs = (
            [c.id for c in (*q.choices, *((q.none_choice,) if q.none_choice else ()))] for q in (question, other)
        )
        yield from (f"{question.id}.{c}" for c in (*mine, *theirs) if (c in mine) is not (c in theirs))
        if (question.minimum, question.maximum) != (other.minimum, other.maximum):
            ends = sorted({question.minimum, other.minimum})[:-1], sorted({question.maximum, other.maximum})[1:]
            yield from (f"{question.id}.{end}" for side in ends for end in side)


def _cut(mine: Questionnaire, other: Questionnaire, kept: list[str]) -> Questionnaire:
    return replace(
        mine, questions=tuple(_cut_question(q, other.question(q.id)) for q in mine.questions if q.id in kept)
    )


def _cut_question(mine: Question, other: Question) -> Question:
    theirs = {choice.id: choice for choice in other.choices}
    choices = [replace(c, exclusive=c.exclusive or theirs[c.id].exclusive) for c in mine.choices if c.id in theirs]
    none = mine.none_choice
    both = none is not None and other.none_choice is not None and none.id == other.none_choice.id
    return replace(
        mine,
        choices=tuple(sorted(choices, key=lambda choice: choice.id)),
        none_choice=none if both else None,
        minimum=max(mine.minimum, other.minimum),
        maximum=min(mine.maximum, other.maximum),
        earliest=max(mine.earliest, other.earliest),
        latest=min(mine.latest, other.latest),
    )


def _encoded(one: ProgramDraft, other: ProgramDraft) -> tuple[Encoding, Encoding]:
    """Both over the same variables: each tells apart what any of the two tells apart."""
    facts = [fact for q in one.questionnaire.questions for fact in q.facts()]
    tests = {f: tuple(dict.fromkeys(sorted((*one.literals.get(f, ()), *other.literals.get(f, ())), key=_order)))
             for f in facts}  # fmt: skip
    tests = {fact: wanted for fact, wanted in tests.items() if wanted}
    first, second = (replace(draft, literals=_with(draft.literals, tests)) for draft in (one, other))
    together = tuple(dict.fromkeys((*tied(one.figures), *tied(other.figures))))
    for draft in (one, other):
        mine, read = tied(draft.figures), {n for plan in draft.figures.plans.values() for n in plan.numbers}
        if any(names not in mine and read & {*names} for names in together):
            raise ProofError("the figures of the two rule bases tie number questions together in different ways")
    variables, groups = variables_of(first, together, second.figures)
    return written(first, variables, groups), written(second, variables, groups)


def _with(
    own: Mapping[str, tuple[Literal, ...]], tests: Mapping[str, tuple[Literal, ...]]
) -> dict[str, tuple[Literal, ...]]:
    return {**{fact: wanted for fact, wanted in own.items() if fact not in tests}, **tests}


def _order(literal: Literal) -> tuple[str, str]:
    return literal.op, literal.text


def _gravest(base: RuleBase) -> Iterator[str]:
    """Each red flag at its gravest severity alone."""
    raised = dict.fromkeys((flag.id, flag.severity) for rule in base.active for flag in rule.red_flags())
    for flag, severity in raised:
        milder = [f'not flag("{flag}",{other})' for name, other in raised if name == flag and other > severity]
        raises = f'flag("{flag}",{severity})'
        yield f'top("{flag}",{severity}){body(raises, *milder)}.'


def _differences(program: Shared) -> Iterator[str]:
    """When each aspect differs: one of the two has an atom of it that the other has not."""
    for aspect in ASPECTS:
        yield f"{{ differs({aspect}) }} :- never.\n"
        for atom in program.different:
            if atom.startswith(_PARTS[aspect]):
                for one, two in ((OLD, NEW), (NEW, OLD)):
                    yield f"differs({aspect}) :- {one}{atom}, not {two}{atom}.\n"
