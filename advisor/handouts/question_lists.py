"""The questions of a piece of advice, as one list for each of those who are asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from advisor.handouts.paragraphs import entry
from advisor.model.advice import Advice, AskLine
from advisor.model.handouts import Letter
from advisor.model.plan_page import Said
from advisor.model.rulebase import RuleBase
from advisor.model.words import Words

LEAST = 2
"""So many things to find out from someone are a list of their own, without a question that is ready to be sent."""


def question_lists(advice: Advice, base: RuleBase) -> Iterator[Letter]:
    """A list for each of those whom the advice has questions for, or who know several things still to be found out;
    none for one to whom words of the plan go already."""
    for asked, to in Words(advice.headings).under("letters.asked."):
        if written_to(advice, asked):
            continue
        lines = tuple(line for line in advice.questions_to_ask if line.to == asked)
        open_lines = known_by(advice, asked)
        if lines or len(open_lines) >= LEAST:
            yield _list(advice, base, asked, to, lines, open_lines)


def written_to(advice: Advice, asked: str) -> bool:
    """Whether some words of the plan go to this one."""
    return any(_names(advice, f"letters.is.{asked}", script.to) for script in advice.plan.scripts)


def known_by(advice: Advice, asked: str) -> tuple[Said, ...]:
    """What is still to be found out where the line names this one as the one who knows."""
    return tuple(line for line in advice.plan.find_out if _names(advice, f"letters.knows.{asked}", line.text))


def _names(advice: Advice, key: str, text: str) -> bool:
    """Whether a text has one of the words that the wording lists under a key."""
    return any(word.strip().lower() in text.lower() for word in advice.headings[key].split(";"))


def _list(
    advice: Advice, base: RuleBase, asked: str, to: str, lines: tuple[AskLine, ...], open_lines: tuple[Said, ...]
) -> Letter:
    rules = _once((line.rule for line in lines), (line.rule for line in open_lines))
    return Letter(
        name="",
        form="questions",
        to=to,
        subject=advice.headings[f"letters.about.{asked}"],
        paragraphs=tuple(_paragraphs(advice, asked, lines, open_lines)),
        blanks=0,
        rules=rules,
        claims=_once(claim for rule in rules for claim in base.by_id[rule].claims),
        sources=_once(source for rule in rules for source in base.by_id[rule].sources),
    )


def _paragraphs(advice: Advice, asked: str, lines: tuple[AskLine, ...], open_lines: tuple[Said, ...]) -> Iterator[str]:
    words = Words(advice.headings)
    if lines:
        yield words(f"letters.intro.{asked}")
        yield from _numbered(words, (line.text for line in lines))
        yield words("letters.questions.why")
        yield from _numbered(words, (line.why for line in lines))
    if open_lines:
        yield words("letters.questions.find_out")
        yield from (entry(line.text) for line in open_lines)


def _numbered(words: Words, texts: Iterable[str]) -> Iterator[str]:
    for number, text in enumerate(texts, 1):
        yield words("letters.questions.question", number=number, text=text)


def _once(*groups: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for group in groups for item in group))
