"""Texts that say what must never be said."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.checking.finding import Desk, Finding
from advisor.checking.phrases import phrase_of
from advisor.model.questionnaire import Questionnaire
from advisor.model.rule import Call, NextStep, Rule
from advisor.model.rulebase import Ban, RuleBase


def forbidden_words(desk: Desk) -> Iterator[Finding]:
    """Search every text a user may be shown: of the rules, of the files beside them, and of the questionnaire."""
    for file, line, text in _texts(desk):
        for ban, phrase in broken_bans(text, desk.base.bans):
            message = f"the text says `{phrase}`, which {ban.id} forbids: {ban.says}"
            yield Finding("forbidden_words", file, line, message)


def broken_bans(text: str, bans: tuple[Ban, ...]) -> Iterator[tuple[Ban, str]]:
    """The bans that a text breaks, each with the phrase found. Case, line breaks and curly marks are folded."""
    folded = " ".join(text.lower().replace("\u2019", "'").split())
    for ban in bans:
        allowed: list[tuple[int, int]] | None = None
        for phrase in ban.forbid:
            for start, end in phrase_of(phrase).spans(folded, widest=False):
                if allowed is None:  # looked for only where something is forbidden
                    allowed = [span for one in ban.allow for span in phrase_of(one).spans(folded, widest=True)]
                if not any(a <= start and end <= b for a, b in allowed):
                    yield ban, phrase
                    break


def _texts(desk: Desk) -> Iterator[tuple[str, int, str]]:
    for rule in desk.base.rules:
        for text in (rule.title, *(template.source for template in rule.templates()), *rule.caveats, *_plain(rule)):
            yield rule.file, rule.line, text
    for page in desk.base.pages.values():
        for text in (page.title, page.asks):
            yield page.file, page.line, text
    yield from _texts_beside(desk.base)
    yield from _texts_asked(desk.questionnaire)


def _plain(rule: Rule) -> Iterator[str]:
    for action in rule.actions:
        if isinstance(action, NextStep):
            yield action.timing
        elif isinstance(action, Call):
            yield action.who


def _texts_beside(base: RuleBase) -> Iterator[tuple[str, int, str]]:
    for option in base.options.values():
        for text in (option.name, option.title, option.headline, option.summary, option.living_with_it):
            yield "options.yaml", 0, text
        for point in (*option.pros, *option.cons):
            yield "options.yaml", 0, point.text
    for figure in base.figures:
        for text in (figure.title, figure.text.source, figure.text_same.source):
            yield figure.file, figure.line, text
    for chart in base.charts:
        for text in (*(template.source for template in chart.templates()), *chart.inputs.values()):
            yield "charts.yaml", chart.line, text
    for spec in base.facts.values():
        if spec.origin == "rule":
            for text in (spec.phrases or {}).values():
                yield "facts.yaml", spec.line, text
    for text in base.criteria.values():
        yield "criteria.yaml", 0, text
    for text in base.wording.values():
        yield "wording.yaml", 0, text
    yield "decision.yaml", 0, base.decision.priority_effect
    for _, text in base.about.disclosures:
        yield "rulebase.yaml", 0, text


def _texts_asked(questionnaire: Questionnaire) -> Iterator[tuple[str, int, str]]:
    file = "credentialing.yaml"
    for text in (questionnaire.title, questionnaire.intro, *questionnaire.section_titles.values()):
        yield file, 0, text
    for question in questionnaire.questions:
        choices = (*question.choices, *([question.none_choice] if question.none_choice else []))
        for text in (question.text, question.why, question.help):
            yield question.file, question.line, text
        for choice in choices:
            for text in (choice.label, choice.phrase, choice.help):
                yield question.file, question.line, text
    for contradiction in questionnaire.contradictions:
        yield file, 0, contradiction.text
    for term in questionnaire.glossary.values():
        for text in (term.means, term.example):
            yield "glossary.yaml", 0, text
