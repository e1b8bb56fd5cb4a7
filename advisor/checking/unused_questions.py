"""Questions whose answer nothing reads."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.checking.finding import CheckDesk, Finding
from advisor.model.template import Template


def unused_questions(desk: CheckDesk) -> Iterator[Finding]:
    """Questions that no rule, no text of a rule, no figure, no later question and no phrase of a choice reads."""
    read = {fact for rule in desk.base.active for fact in rule.when.facts()}
    texts = [template for rule in desk.base.active for template in rule.templates()]
    texts += [Template.of(choice.phrase) for question in desk.questionnaire.questions for choice in question.choices]
    slots = {slot for template in texts for slot in (*template.slots, *template.open_slots)}
    read |= {fact for slot in slots for fact in desk.questionnaire.told_by(slot)}
    read |= {fact for figure in desk.base.figures for fact in figure.facts()}
    read |= {fact for question in desk.questionnaire.questions for fact in question.when.facts()}
    books = {question.filled.book for question in desk.questionnaire.filled if question.filled is not None}
    read |= {part for book in books for part in desk.questionnaire.question(book).parts}
    for question in desk.questionnaire.questions:
        if not read.intersection(question.facts()):
            message = f"no rule and no later question reads the answer to `{question.id}`"
            yield Finding("unused_questions", question.file, question.line, message)
