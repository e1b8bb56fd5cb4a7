"""Texts that say what must never be said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TypeAlias

from advisor.checking.finding import CheckDesk, Finding
from advisor.checking.phrases import phrase_of, words_of
from advisor.model.questionnaire import Questionnaire
from advisor.model.rule import Call, NextStep, Rule
from advisor.model.rulebase import Ban, RuleBase

_Place: TypeAlias = tuple[int, int]


def forbidden_words(desk: CheckDesk) -> Iterator[Finding]:
    """Search every text a user may be shown: of the rules, of the files beside them, and of the questionnaire."""
    for file, line, text in _texts(desk):
        for ban, phrase in broken_bans(text, desk.base.bans):
            message = f"the text says `{phrase}`, which {ban.id} forbids: {ban.says}"
            yield Finding("forbidden_words", file, line, message)


def broken_bans(text: str, bans: tuple[Ban, ...]) -> Iterator[tuple[Ban, str]]:
    """The bans that a text breaks, each with the phrase found. Case, line breaks and curly marks are folded."""
    folded = " ".join(text.lower().replace("\u2019", "'").split())
    by_word, without = _phrases_by_word(bans)
    near = {one for word in words_of(folded) for one in by_word.get(word, ())}
    for number, place in sorted(near.union(without)):
        ban, phrase = bans[number], bans[number].forbid[place]
        if _says(folded, phrase, ban.allow):
            yield ban, phrase


@cache
def _phrases_by_word(bans: tuple[Ban, ...]) -> tuple[Mapping[str, Sequence[_Place]], Sequence[_Place]]:
    """Where phrases stand, by number of ban and of phrase: by the longest word of each, and those that have none."""
    by_word: dict[str, list[_Place]] = {}
    without: list[_Place] = []
    for number, ban in enumerate(bans):
        for place, phrase in enumerate(ban.forbid):
            words = phrase_of(phrase).words
            told = by_word.setdefault(max(words, key=lambda word: (len(word), word)), []) if words else without
            told.append((number, place))
    return by_word, without


def _says(folded: str, phrase: str, allow: tuple[str, ...]) -> bool:
    """Whether the phrase stands in the text other than as part of what is allowed."""
    allowed: list[tuple[int, int]] | None = None
    for start, end in phrase_of(phrase).spans(folded, widest=False):
        if allowed is None:  # looked for only where something is forbidden
            allowed = [span for one in allow for span in phrase_of(one).spans(folded, widest=True)]
        if not any(a <= start and end <= b for a, b in allowed):
            return True
    return False


def _texts(desk: CheckDesk) -> Iterator[tuple[str, int, str]]:
    for rule in desk.base.rules:
        for text in (rule.title, *(template.source for template in rule.templates()), *rule.caveats, *_plain(rule)):
            yield rule.file, rule.line, text
    for page in desk.base.pages.values():
        for text in (page.title, page.asks, *page.bring):
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
