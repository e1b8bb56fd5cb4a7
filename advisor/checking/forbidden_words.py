"""Texts that say what must never be said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.checking.finding import Desk, Finding
from advisor.model.rulebase import Ban, RuleBase

_SOME_WORDS = r"(?:\W+\w[\w'-]*){0,3}"


def forbidden_words(desk: Desk) -> Iterator[Finding]:
    """Search every text a user may be shown: rules, options, wording and questionnaire."""
    for file, line, text in _texts(desk):
        for ban, phrase in broken_bans(text, desk.base.bans):
            message = f"the text says `{phrase}`, which {ban.id} forbids: {ban.says}"
            yield Finding("forbidden_words", file, line, message)


def broken_bans(text: str, bans: tuple[Ban, ...]) -> Iterator[tuple[Ban, str]]:
    """The bans that a text breaks, each with the phrase found. Case, line breaks and curly marks are folded."""
    folded = " ".join(text.lower().replace("\u2019", "'").split())
    for ban in bans:
        allowed = [_span for phrase in ban.allow for _span in _spans(phrase, folded)]
        for phrase in ban.forbid:
            for start, end in _spans(phrase, folded):
                if not any(a <= start and end <= b for a, b in allowed):
                    yield ban, phrase
                    break


def _spans(phrase: str, folded: str) -> list[tuple[int, int]]:
    """Where a phrase stands; a `*` by itself stands for up to three words, one at the end of a word for its rest."""
    pattern = r"\W+".join(
        _SOME_WORDS if word == "*" else re.escape(word).replace(r"\*", r"\S*") for word in phrase.lower().split()
    ).replace(rf"\W+{_SOME_WORDS}\W+", rf"{_SOME_WORDS}\W+")
    return [match.span() for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", folded)]


def _texts(desk: Desk) -> Iterator[tuple[str, int, str]]:
    base: RuleBase = desk.base
    for rule in base.rules:
        yield rule.file, rule.line, rule.title
        for template in rule.templates():
            yield rule.file, rule.line, template.source
        for caveat in rule.caveats:
            yield rule.file, rule.line, caveat
    for option in base.options.values():
        for text in (option.name, option.title, option.headline, option.summary, option.living_with_it):
            yield "options.yaml", 0, text
        for point in (*option.pros, *option.cons):
            yield "options.yaml", 0, point.text
    for figure in base.figures:
        yield "figures.yaml", figure.line, figure.text.source
    for text in base.wording.values():
        yield "wording.yaml", 0, text
    for _, text in base.about.disclosures:
        yield "rulebase.yaml", 0, text
    for question in desk.questionnaire.questions:
        for text in (question.text, question.why, question.help):
            yield "credentialing.yaml", question.line, text
