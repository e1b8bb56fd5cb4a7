"""Gathers the texts of the rules and questions that a provider may see, to measure how hard they are to read."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.model.questionnaire import Questionnaire
from advisor.model.rule import Action, CaseAnswer, PlanRow, templates_of
from advisor.model.rulebase import RuleBase
from advisor.model.template import Template


def question_texts(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    """Each question's text, reason and help, by a name for it."""
    for question in questionnaire.questions:
        yield f"{question.id} text", question.text
        yield f"{question.id} why", question.why
        if question.help:
            yield f"{question.id} help", question.help


def rule_texts(base: RuleBase, questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    """Each thing that a rule that runs says, with usual words in its placeholders, by a name for it.

    What is read as one is one text: a row of the plan with what then is done, an answer with how sure it is.
    """
    for rule in base.active:
        said = {filled(rule.why, base, questionnaire): "why"}  # often the same words as the action
        for action in rule.actions:
            for name, text in _read_as_one(action, base, questionnaire):
                said.setdefault(text, name)
        yield from ((f"{rule.id} {name}", text) for text, name in said.items())
        yield from ((f"{rule.id} caveat {number}", caveat) for number, caveat in enumerate(rule.caveats, 1))


def _read_as_one(action: Action, base: RuleBase, questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    if isinstance(action, PlanRow):
        do, done = (filled(template, base, questionnaire) for template in (action.do, action.done))
        yield "row", f"{do} Done: {done}."
        return
    if isinstance(action, CaseAnswer):
        text, because, turns = (
            filled(template, base, questionnaire) for template in (action.text, action.because, action.turns)
        )
        yield "answer", f"{text} How sure: {action.sure}, since {because} {turns}"
    for number, template in enumerate(templates_of(action)):
        if not isinstance(action, CaseAnswer) or template in (action.brief, action.right_when):
            yield f"text {number}", filled(template, base, questionnaire)


def other_texts(base: RuleBase, questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    """What else a provider may read: options, figures, disclosures and the glossary."""
    for option in base.options.values():
        yield f"{option.id} summary", option.summary
        yield f"{option.id} living with it", option.living_with_it
        for number, point in enumerate((*option.pros, *option.cons), 1):
            yield f"{option.id} point {number}", point.text
    for figure in base.figures:
        yield f"{figure.id} text", filled(figure.text, base, questionnaire)
        yield f"{figure.id} text of one number", filled(figure.text_same, base, questionnaire)
    for name, text in base.about.disclosures:
        yield f"disclosure {name}", text
    for page in base.pages.values():
        yield from ((f"{page.id} bring {number}", paper) for number, paper in enumerate(page.bring, 1))
    for term in questionnaire.glossary.values():
        yield f"glossary {term.id}", f"{term.means} {term.example}"


def filled(template: Template, base: RuleBase, questionnaire: Questionnaire) -> str:
    """A template with the phrase of a usual answer in each placeholder."""

    def phrase(name: str) -> str:
        if name.startswith("option."):
            return base.options[name.removeprefix("option.")].name
        spec = base.facts.get(name)
        if spec is not None and spec.phrases:
            return list(spec.phrases.values())[len(spec.phrases) // 2]
        return "12"

    return template.fill(phrase)
