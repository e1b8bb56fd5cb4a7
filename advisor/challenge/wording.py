"""Fills the sentences of `wording.yaml` and names options, questions and answers in words."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.errors import Place, Problem, RuleBaseError
from advisor.model.answer_words import value_words
from advisor.model.answers import PRIVATE, Answer
from advisor.model.condition import NOT_SURE
from advisor.model.questionnaire import Question, Questionnaire
from advisor.model.rulebase import RuleBase
from advisor.model.template import Template


class ChallengeWords:
    """The words of one rule base and its questionnaire."""

    def __init__(self, base: RuleBase, questionnaire: Questionnaire) -> None:
        self.base, self.questionnaire = base, questionnaire

    def __call__(self, key: str, **slots: object) -> str:
        """A sentence with its placeholders filled. Raises RuleBaseError for a key or placeholder that is not known."""
        template = Template.of(self._text(key))
        unknown = [slot for slot in template.slots if slot not in slots]
        if unknown:
            known = ", ".join(f"`{{{slot}}}`" for slot in slots) or "no placeholder"
            raise RuleBaseError(Problem(Place("wording.yaml", 0, key), f"`{{{unknown[0]}}}` is not known here", known))
        return "".join(str(slots[part]) if i % 2 else part for i, part in enumerate(template.parts))

    def _text(self, key: str) -> str:
        if key not in self.base.wording:
            raise RuleBaseError(Problem(Place("wording.yaml", 0, key), "this wording is missing", "a sentence"))
        return self.base.wording[key]

    def option(self, option: str) -> str:
        """An option's short name, for use in a sentence."""
        return self.base.options[option].name

    def joined(self, parts: Sequence[str], key: str = "changes.and") -> str:
        """Parts of a sentence strung together, the last one by the words under a key."""
        if len(parts) < 2:
            return "".join(parts)
        return self(key, first=", ".join(parts[:-1]), last=parts[-1])

    def answer(self, question: Question, answer: Answer | None) -> str:
        """What was said to a question, as the user would read it."""
        if answer is None:
            return self("changes.not_asked")
        if answer.value is None:
            return self("changes.not_sure" if answer.said == NOT_SURE else "changes.skip")
        return self.member(question, answer.value)

    def member(self, question: Question, value: str | int | tuple[str, ...]) -> str:
        """One answer to a question, as the user would read it."""
        if value == PRIVATE or (question.kind in ("text", "date") and value == question.kind):
            return self(f"changes.{question.kind}")
        return value_words(question, value)
