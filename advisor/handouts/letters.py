"""Makes the letters, calls, question lists and the sheet for an adviser from a piece of advice, as typed data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from advisor.handouts.paragraphs import paragraphs
from advisor.handouts.question_lists import question_lists
from advisor.handouts.sheet import sheet
from advisor.model.advice import Advice
from advisor.model.handouts import Letter
from advisor.model.plan_page import ScriptSaid
from advisor.model.questionnaire import Questionnaire
from advisor.model.rulebase import RuleBase
from advisor.model.words import Words

_LONGEST = 48  # characters of a name
_WORD = re.compile(r"[a-z0-9]+")
_LEFT = re.compile(r"____|\[[^\[\]]+\]")


def letters(advice: Advice, base: RuleBase, questionnaire: Questionnaire) -> tuple[Letter, ...]:
    """The words of the plan in its order, then the questions by who is asked, then the sheet, each as a draft.

    Titles of words to send, and what to bring, are in the rule base; an answer that the questionnaire calls private
    stands in none of them. Raises KeyError for advice from another rule base or questionnaire.
    """
    words = Words(advice.headings)
    made = (
        *(_script(script, base, words) for script in advice.plan.scripts),
        *question_lists(advice, base),
        sheet(advice, base, questionnaire),
    )
    return tuple(_named(made, words))


def _script(script: ScriptSaid, base: RuleBase, words: Words) -> Letter:
    text = paragraphs(script.text)
    if script.by != "call" and words("letters.signed") not in script.text:
        text = (*_head(script, words), *text, *_close(script, words))
    return Letter(
        name="",
        form=script.by,
        to=script.to,
        subject=base.by_id[script.rule].title,
        paragraphs=text,
        blanks=0,
        rules=(script.rule,),
        claims=script.claims,
        sources=script.sources,
    )


def _head(script: ScriptSaid, words: Words) -> Iterator[str]:
    if script.by == "letter":
        yield from (words("letters.date"), words("letters.address"))
    yield words("letters.greeting")


def _close(script: ScriptSaid, words: Words) -> Iterator[str]:
    """The close, unless the words end with it, and the signature."""
    close = words("letters.close")
    if not script.text.rstrip(".!").endswith(close.rstrip(",")):
        yield close
    yield words("letters.sign")


def _named(made: Iterable[Letter], words: Words) -> Iterator[Letter]:
    """The letters with their names and the number of their blanks."""
    for number, letter in enumerate(made, 1):
        to = letter.to.partition(",")[0]
        said = _WORD.findall(words(f"letters.name.{letter.form}", to=to).lower().replace("'", ""))
        name = "-".join((str(number), *said))
        if len(name) > _LONGEST:
            name = name[: _LONGEST + 1].rpartition("-")[0]
        blanks = sum(len(_LEFT.findall(paragraph)) for paragraph in letter.paragraphs)
        yield letter.model_copy(update={"name": name, "blanks": blanks})
