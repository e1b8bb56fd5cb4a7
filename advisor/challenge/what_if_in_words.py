"""Puts in words how two sets of answers differ."""

from __future__ import annotations

from advisor.challenge.wording import ChallengeWords
from advisor.model.answers import Answers
from advisor.model.proofs import AnswerChange


def changes_between(words: ChallengeWords, before: Answers, after: Answers) -> tuple[AnswerChange, ...]:
    """Each question whose answer differs, with the answer then; in the order asked."""
    found = []
    for question in words.questionnaire.questions:
        old, new = before.get(question.id), after.get(question.id)
        if old == new:
            continue
        then = words.answer(question, new)
        value = None if new is None else new.value
        quoted = words("changes.quoted", choice=then)
        found.append(
            AnswerChange(
                question=question.id,
                text=question.text,
                how="set",
                now=words.answer(question, old),
                then=then,
                to=value if isinstance(value, tuple) else () if value is None else (value,),
                numbers=False,
                said=words("changes.set", question=question.text, choice=quoted),
                who="unanswered" if old is None or old.value is None else question.change,
            )
        )
    return tuple(found)
