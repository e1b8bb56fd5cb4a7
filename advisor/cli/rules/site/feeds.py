"""Which question feeds which rule feeds which option, worked out from what rules read and do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from advisor.model.figures import figures_behind
from advisor.model.questionnaire import Questionnaire
from advisor.model.rule import Action, Add, AddOn, BreakTie, Conclude, Recommend, RedFlag, Rule, RuleOut, Weigh
from advisor.model.rulebase import RuleBase


@dataclass(frozen=True, slots=True)
class Feed:
    """A rule that acts on an option: what it does to it, the questions it reads itself, and those that stand behind the
    facts it reads.
    """

    rule: Rule
    does: str
    asks: tuple[str, ...]
    behind: tuple[str, ...]


class Feeds:
    """The feeds of one rule base, worked out once."""

    def __init__(self, base: RuleBase, questionnaire: Questionnaire) -> None:
        self._base, self._questions = base, tuple(questionnaire.by_id)
        self._known: dict[str, frozenset[str]] = {}

    @cached_property
    def by_option(self) -> Mapping[str, tuple[Feed, ...]]:
        """The rules that act on each option, in the order of the rule base."""
        found: dict[str, list[Feed]] = {option: [] for option in self._base.options}
        for rule in self._base.active:
            acts = list(_acts(rule))
            if acts:
                own = frozenset(q for fact in rule.when.facts() if (q := self._question(fact)))
                behind = self._behind_all(rule.when.facts()) - own
                for option, does in acts:
                    found[option].append(Feed(rule, does, self._ordered(own), self._ordered(behind)))
        return {option: tuple(feeds) for option, feeds in found.items()}

    @cached_property
    def by_question(self) -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
        """For each question the rules that read it themselves, and the options that these or others act on with it."""
        rules: dict[str, list[str]] = defaultdict(list)
        for rule in self._base.active:
            for name in dict.fromkeys(self._question(fact) for fact in rule.when.facts()):
                rules[name].append(rule.id)
        options: dict[str, dict[str, None]] = defaultdict(dict)
        for option, feeds in self.by_option.items():
            for feed in feeds:
                for name in (*feed.asks, *feed.behind):
                    options[name][option] = None
        return {name: (tuple(rules.get(name, ())), tuple(options.get(name, ()))) for name in self._questions}

    def _ordered(self, names: frozenset[str]) -> tuple[str, ...]:
        return tuple(name for name in self._questions if name in names)

    def _question(self, fact: str) -> str:
        """The question that a fact is an answer to, or of which it is one choice; empty for any other fact."""
        spec = self._base.facts.get(fact)
        if spec is None or spec.origin != "answer":
            return ""
        return fact if fact in self._all else fact.rpartition(".")[0]

    @cached_property
    def _all(self) -> frozenset[str]:
        return frozenset(self._questions)

    @cached_property
    def _reads(self) -> Mapping[str, frozenset[str]]:
        """The facts behind each fact that rules bring about, and behind those that a figure gives."""
        found: dict[str, set[str]] = defaultdict(set)
        for rule in self._base.active:
            for fact in {fact for action in rule.actions for fact in _made(action)}:
                found[fact].update(rule.when.facts())
        for fact in _ADVICE:
            found[fact].update(_LEAD)
        for figure in self._base.figures:
            behind = {fact for one in figures_behind([figure.ends[0]], self._base.figures) for fact in one.facts()}
            for end in figure.ends:
                found[end].update(behind - {*figure.ends})
        return {fact: frozenset(read) for fact, read in found.items()}

    def _behind_all(self, facts: tuple[str, ...]) -> frozenset[str]:
        """The questions behind some facts, through any number of others."""
        seen, waiting, found = set[str](), list(facts), set[str]()
        while waiting:
            fact = waiting.pop()
            if fact not in seen:
                seen.add(fact)
                if name := self._question(fact):
                    found.add(name)
                waiting += self._reads.get(fact, ())
        return frozenset(found)


_LEAD = ("lead.option", "lead.second", "lead.margin")
_ADVICE = ("advice.option", "advice.second", "advice.confidence", "advice.lean")


def _made(action: Action) -> tuple[str, ...]:
    """The facts on which an action has a say."""
    if isinstance(action, Conclude):
        return (action.fact,)
    if isinstance(action, Add):
        return (f"score.{action.to}",)
    if isinstance(action, RuleOut):
        return (*(f"out.{option}" for option in action.options), *_LEAD, *_ADVICE)
    if isinstance(action, RedFlag):
        return (f"flag.{action.id}",)
    if isinstance(action, AddOn):
        return (f"add_on.{action.option}",)
    if isinstance(action, Weigh):
        return (*(f"tally.{option}" for option in action.points), *_LEAD)
    return _LEAD if isinstance(action, BreakTie) else _ADVICE if isinstance(action, Recommend) else ()


def _acts(rule: Rule) -> Iterator[tuple[str, str]]:
    """What a rule does to options, each in a few words."""
    for action in rule.actions:
        if isinstance(action, Weigh):
            yield from ((option, f"{points:+d} ({action.criterion})") for option, points in action.points.items())
        elif isinstance(action, RuleOut):
            yield from ((option, "rules it out") for option in action.options)
        elif isinstance(action, Recommend):
            yield action.option, "proposes it"
        elif isinstance(action, AddOn):
            yield action.option, "adds it"
        elif isinstance(action, BreakTie):
            yield from ((option, "breaks ties") for tier in action.tiers for option in tier)
