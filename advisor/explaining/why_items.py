"""Finds what a user asks about: a rule, an option, a red flag, a fact, a figure or a question, by its id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from advisor.errors import DataError, Place, Problem
from advisor.explaining.view import View
from advisor.model.answers import nearest
from advisor.model.rule import Add, Recommend, RedFlag, Rule, Weigh
from advisor.model.safe_text import shown
from advisor.model.why import ItemKind

EXPECTED = "the id of a rule, an option, a red flag, a fact, a figure or a question"


@dataclass(frozen=True, slots=True)
class WhyItem:
    """What was asked about: its kind, its id as the rule base spells it, and its words for a title."""

    kind: ItemKind
    id: str
    title: str


def find_item(view: View, item: str) -> WhyItem:
    """The item with this id; capitals do not matter. A word that names several is taken for a rule first, then for an
    option, a red flag, a question, a fact and a figure. Raises DataError with the nearest ids when there is none."""
    names: dict[str, WhyItem] = {}
    for found in _items(view):
        names.setdefault(found.id.lower(), found)
    word = item.strip().lower()
    if word in names:
        return names[word]
    retired = {rule.lower(): (rule, why) for rule, why in view.base.retired.items()}
    if word in retired:
        rule, why = retired[word]
        raise DataError(Problem(Place(), f"rule `{rule}` was retired: {why}", EXPECTED))
    ids = [found.id for found in names.values()]
    hint = nearest(item.strip(), ids) or "`advisor rules list` and `advisor questions list` list the ids"
    raise DataError(Problem(Place(), f"there is nothing called `{shown(item.strip())}`", EXPECTED, hint))


def key_of_fact(view: View, fact: str) -> str:
    """The key of the node that tells of a fact: that of its question when an answer settles it."""
    question = view.questionnaire.question_of_fact.get(fact)
    return f"question {question.id}" if question else f"fact {fact}"


def makers_by_fact(view: View) -> Mapping[str, tuple[Rule, ...]]:
    """The running rules that could give a fact a value, by fact, in the order in which rules run."""
    found: dict[str, dict[str, Rule]] = {}
    for rule in view.base.active:
        for fact in _made(rule):
            found.setdefault(fact, {})[rule.id] = rule
    return {fact: tuple(rules.values()) for fact, rules in found.items()}


def proposers(view: View, option: str) -> tuple[Rule, ...]:
    """The running rules that could propose a main option, in order."""
    rules = view.base.active
    return tuple(r for r in rules if any(isinstance(a, Recommend) and a.option == option for a in r.actions))


def _made(rule: Rule) -> Iterator[str]:
    yield from (fact for fact, _ in rule.concluded())
    for action in rule.actions:
        if isinstance(action, Add):
            yield f"score.{action.to}"
        elif isinstance(action, RedFlag):
            yield f"flag.{action.id}"
        elif isinstance(action, Weigh):
            yield from (f"tally.{option}" for option in action.points)


def _items(view: View) -> Iterator[WhyItem]:
    base = view.base
    for rule in base.rules:
        yield WhyItem("rule", rule.id, rule.title)
    for option in base.options.values():
        yield WhyItem("option" if option.kind == "main" else "add_on", option.id, option.title)
    for fact, spec in base.facts.items():
        if fact.startswith("flag."):
            yield WhyItem("red_flag", fact.removeprefix("flag."), spec.title)
            yield WhyItem("red_flag", fact, spec.title)
    for question in view.questionnaire.questions:
        yield WhyItem("question", question.id, question.text)
    for fact, spec in base.facts.items():
        yield WhyItem("question" if fact in view.questionnaire.question_of_fact else "fact", fact, spec.title)
    for figure in base.figures:
        yield WhyItem("fact", figure.id, figure.title)
