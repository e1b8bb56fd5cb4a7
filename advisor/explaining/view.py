"""A trace seen with its rules beside it: which rules fired, what facts were worth, and how they read in a sentence."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from typing import TypeVar, cast

from advisor.errors import Place, Problem, RuleBaseError
from advisor.model.answer_check import parse_answer
from advisor.model.condition import Knowledge, Value
from advisor.model.dates import day
from advisor.model.entries import followed_from
from advisor.model.facts import DATE
from advisor.model.figures import Figure
from advisor.model.questionnaire import Questionnaire
from advisor.model.rule import Action, Rule
from advisor.model.rulebase import RuleBase
from advisor.model.template import Template, inside
from advisor.model.trace import Firing, Trace

A = TypeVar("A", bound=Action)


class View:
    """What the explainers read. Nothing is inferred here."""

    def __init__(self, base: RuleBase, questionnaire: Questionnaire, trace: Trace) -> None:
        self.base, self.questionnaire, self.trace = base, questionnaire, trace
        self.values: Mapping[str, Value] = {f.fact: f.value for f in trace.facts if f.value is not None}
        self.said: Mapping[str, str] = {f.fact: f.said for f in trace.facts if f.said is not None}
        self.known = Knowledge(self.values, self.said)
        self.fired: tuple[tuple[Rule, Firing], ...] = tuple((base.by_id[f.rule], f) for f in trace.firings)
        self.fired_ids = frozenset(firing.rule for firing in trace.firings)
        self._texts: dict[str, str] = {}
        self._doing: dict[type, list[tuple[Rule, Firing, Action]]] = {}
        for rule, firing in self.fired:
            for action in rule.actions:
                self._doing.setdefault(type(action), []).append((rule, firing, action))

    @cached_property
    def followed(self) -> Mapping[str, tuple[str, ...]]:
        """The questions whose answers follow from entries, each with those it follows from."""
        asked = self.questionnaire
        given = {name: parse_answer(asked.question(name), raw) for name, raw in self.trace.answers.items()}
        return followed_from(asked, given)

    def doing(self, kind: type[A]) -> list[tuple[Rule, Firing, A]]:
        """Each fired rule with each of its actions of one kind, in order of firing."""
        return cast(list[tuple[Rule, Firing, A]], self._doing.get(kind, []))

    def why(self, rule: Rule) -> str:
        """A fired rule's own sentence, with the user's answers put in."""
        text = self._texts.get(rule.id)
        if text is None:
            text = self._texts[rule.id] = self.fill(rule.why)
        return text

    def fill(self, template: Template) -> str:
        """A sentence with its placeholders filled from the session."""
        return template.fill(self.phrase)

    def fill_inside(self, template: Template) -> str:
        """As `fill`, for words that stand inside a sentence: without a capital at their start."""
        return template.fill(self.phrase, capital=False)

    def phrase(self, slot: str) -> str:
        """How a fact reads inside a sentence, or the choices picked for a question with several.

        Raises KeyError for a fact that is not known.
        """
        if slot.startswith("option."):
            return self.base.options[slot.removeprefix("option.")].name
        if slot not in self.values and slot in self.questionnaire.by_id:
            return self._picked(slot)
        value = self.values[slot]
        spec = self.base.facts[slot]
        if spec.kind == "mark":
            return day(datetime.date.fromisoformat(str(value))) if spec.unit == DATE else str(value)
        return inside(spec.phrases[value], self.phrase) if spec.phrases is not None else f"{value:,}"

    def _picked(self, question: str) -> str:
        """The choices picked for a several-choice question; names that were typed with commas are several. Raises
        KeyError when there is none."""
        choices = self.questionnaire.question(question).choices
        told = [choice for choice in choices if self.values.get(f"{question}.{choice.id}") is True]
        said = ((choice.phrase, inside(choice.phrase, self.phrase)) for choice in told)
        picked = [one for phrase, words in said for one in (words.split(", ") if phrase != words else [words])]
        if not picked:
            raise KeyError(question)
        *most, last = picked
        return f"{', '.join(most)} and {last}" if most else last

    def words(self, key: str, *, capital: bool = True, **slots: str) -> str:
        """A sentence of `wording.yaml` with its placeholders filled. Raises RuleBaseError for one that is not known."""
        template = Template.of(self.base.wording[key])
        for slot in template.slots:
            if slot not in slots:
                known = ", ".join(f"`{{{one}}}`" for one in slots) or "no placeholder"
                raise RuleBaseError(Problem(Place("wording.yaml", 0, key), f"`{{{slot}}}` is not known here", known))
        return template.fill(slots.__getitem__, capital=capital)

    def first_known(self, prefix: str) -> str:
        """The first wording under a prefix, by the alphabet, whose facts are all known, as it stands inside a sentence;
        or nothing."""
        for key, text in sorted(self.base.wording.items()):
            if key.startswith(prefix):
                with suppress(KeyError):
                    return self.fill_inside(Template.of(text))
        return ""

    def bounds(self, figure: Figure) -> tuple[int, int] | None:
        """The low and the high value of a figure, in its unit; None where it could not be worked out."""
        low, high = self.values.get(f"{figure.id}.low"), self.values.get(f"{figure.id}.high")
        return None if low is None or high is None else (int(low), int(high))

    def figure_text(self, figure: Figure, low: int, high: int) -> str:
        """A figure's own sentence with its two values, or with the one that they are."""
        template = figure.text_same if low == high else figure.text
        ends = {"low": low, "high": high}
        return template.fill(lambda slot: f"{ends.get(slot, self.values.get(slot)):,}")

    def name(self, option: str) -> str:
        """An option's short name, for use in a sentence."""
        return self.base.options[option].name
