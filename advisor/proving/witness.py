"""Reads the answers out of what the solver found: one set of answers that stands for all that no rule tells apart."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.model.answers import Answer, Answers
from advisor.model.questionnaire import Question, Questionnaire
from advisor.proving.encode import Encoding
from advisor.proving.states import Picks


def answers_in(encoding: Encoding, questionnaire: Questionnaire, atoms: frozenset[str]) -> Answers:
    """The answers that the true atoms of an answer set stand for."""
    return Answers.of({answer.question: answer for answer in _answers(encoding, atoms)}, questionnaire)


def _answers(encoding: Encoding, atoms: frozenset[str]) -> Iterator[Answer]:
    for variable in encoding.variables:
        state = next(s for i, s in enumerate(variable.states) if variable.atom(i) in atoms)
        for part in state:
            if part.valued:
                yield Answer(part.question, _value(variable.questions, part.question, part.members[0]))
            elif part.said != "none":
                yield Answer(part.question, None, "skip" if part.said == "skip" else "not_sure")
    for picks in encoding.picks:
        yield from _picked(picks, atoms)


def _value(questions: tuple[Question, ...], name: str, member: str | int) -> str | int:
    """An answer for a member of a state; texts and dates have none of their own there."""
    question = next(q for q in questions if q.id == name)
    return question.stand_in if member == question.kind and question.kind in ("text", "date") else member


def _picked(picks: Picks, atoms: frozenset[str]) -> Iterator[Answer]:
    q = picks.question.id
    if f'valued("{q}")' in atoms:
        chosen = {choice for choice in picks.read if picks.picked(choice) in atoms}
        rest = sum(picks.rest_at_least(n) in atoms for n in range(1, picks.most + 1))
        chosen |= {*picks.rest[:rest]}
        yield Answer(q, tuple(choice.id for choice in picks.question.choices if choice.id in chosen))
    for word in picks.says:
        if f'said("{q}","{word}")' in atoms:
            yield Answer(q, None, "skip" if word == "skip" else "not_sure")
