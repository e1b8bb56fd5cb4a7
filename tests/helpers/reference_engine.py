"""A second evaluator of the rule base, naive and slow, written from the format's README and from no other code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from advisor.model.questionnaire import Questionnaire
from advisor.model.rulebase import RuleBase
from tests.helpers.reference_loaded import plain_facts, plain_figures, plain_questions, plain_rules
from tests.helpers.reference_pages import rules_of
from tests.helpers.reference_terms import Interval, Knowledge, Value, interval_of

Given: TypeAlias = Mapping[str, str | int | Sequence[str]]
Breaker: TypeAlias = tuple[int, str, Sequence[Sequence[str]]]  # order, rule, tiers
Proposal: TypeAlias = tuple[int, str, str, str]  # priority, rule, option, confidence

STRATA = ("derive", "constrain", "weigh", "decide", "plan")


class _PlainLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML in which only `true`, `false` and whole numbers written without quotes are more than words."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012


_PlainLoader.add_implicit_resolver("!truth", re.compile(r"^(true|false)$"), ["t", "f"])
_PlainLoader.add_implicit_resolver("!whole", re.compile(r"^-?[0-9]+$"), list("-0123456789"))
_PlainLoader.add_constructor("!truth", lambda loader, node: node.value == "true")
_PlainLoader.add_constructor("!whole", lambda loader, node: int(node.value))


def read_texts(folder: Path) -> dict[str, str]:
    """The YAML files under a folder as text, by their path inside it."""
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(folder.rglob("*.yaml"))}


def _parse(text: str) -> Any:
    return yaml.load(text, Loader=_PlainLoader)


@dataclass(frozen=True)
class TieBreak:
    """A tie-breaker that was applied: the rule, the close options before it, and those it left."""

    rule: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Contest:
    """A branch's options in final order, the points between the first two, and the tie-breakers applied."""

    order: tuple[str, ...] = ()
    margin: int = 0
    tie_breaks: tuple[TieBreak, ...] = ()


@dataclass(frozen=True)
class Choice:
    """What is recommended, what comes second, and how sure."""

    recommended: str
    runner_up: str
    confidence: str


@dataclass
class Outcome:
    """All that the rule base says about one set of answers."""

    knowledge: Knowledge
    set_aside: list[str]
    fired: dict[str, str] = field(default_factory=dict)
    flags: dict[str, int] = field(default_factory=dict)
    lines: list[tuple[str, str, str, int]] = field(default_factory=list)
    totals: dict[str, int] = field(default_factory=dict)
    ruled_out: set[str] = field(default_factory=set)
    add_ons: set[str] = field(default_factory=set)
    contest: Contest = field(default_factory=Contest)
    choice: Choice = field(default_factory=lambda: Choice("", "", ""))


def actions_of(rule: Mapping[str, Any], kind: str) -> list[dict[str, Any]]:
    """The actions of one kind that a rule takes when it fires."""
    found = rule["then"].get(kind, [])
    return found if isinstance(found, list) else [found]


class ReferenceBase:
    """A rule base and a questionnaire as plain parsed YAML, made from the texts of both folders, by path."""

    def __init__(self, rules: Mapping[str, str], questionnaire: Mapping[str, str]) -> None:
        beside = ("facts.yaml", "figures.yaml", "decision.yaml", "options.yaml")
        parsed = {path: _parse(text) for path, text in rules.items() if path in beside or "/" in path}
        every = rules_of((body for path, body in parsed.items() if "/" in path), parsed["facts.yaml"]["facts"])
        self.rules = {rule["id"]: rule for rule in sorted(every, key=lambda one: str(one["id"]))}
        self.stable = [rule for rule in self.rules.values() if rule["status"] == "stable"]
        self.facts: list[dict[str, Any]] = parsed["facts.yaml"]["facts"]
        self.figures: list[dict[str, Any]] = parsed["figures.yaml"]["figures"]
        self.decision: dict[str, Any] = parsed["decision.yaml"]
        options = parsed["options.yaml"]["options"]
        self.mains: list[str] = [one["id"] for one in options if one["kind"] == "main"]
        self.extras: list[str] = [one["id"] for one in options if one["kind"] == "add_on"]
        sections = _parse(questionnaire["credentialing.yaml"])["sections"]
        self.questions: list[dict[str, Any]] = [one for section in sections for one in section["questions"]]

    @classmethod
    def of_folders(cls, rules: Path, questionnaires: Path) -> ReferenceBase:
        """Read both folders."""
        return cls(read_texts(rules), read_texts(questionnaires))

    @classmethod
    def of_loaded(cls, base: RuleBase, questionnaire: Questionnaire) -> ReferenceBase:
        """The evaluator on rules that were loaded."""
        made = cls.__new__(cls)
        made.rules = {rule["id"]: rule for rule in plain_rules(base.active)}
        made.stable = list(made.rules.values())
        made.facts, made.figures = plain_facts(base), plain_figures(base.figures)
        contests = {
            one.branch: {"options": one.options, "decisive": one.decisive} for one in base.decision.contests.values()
        }
        bands = [
            {"confidence": confidence, **({} if at_most is None else {"at_most": at_most})}
            for confidence, at_most in base.decision.bands
        ]
        made.decision = {
            "contests": contests, "bands": bands, "close_within": base.decision.close_within,
            "fallback": base.decision.fallback,
        }  # fmt: skip
        made.mains = [one.id for one in base.options.values() if one.kind == "main"]
        made.extras = [one.id for one in base.options.values() if one.kind == "add_on"]
        made.questions = plain_questions(questionnaire.questions)
        return made

    def hear(self, answers: Given) -> Outcome:
        """The facts that answers give, leaving out each answer whose question is known not to apply."""
        known, aside = Knowledge(), []
        for question in self.questions:
            name = question["id"]
            if name not in answers:
                continue
            if known.condition(question.get("when")) is False:
                aside.append(name)
                continue
            answer = answers[name]
            if answer in ("not_sure", "skip"):
                known.said.update(dict.fromkeys(_facts_of(question), str(answer)))
            else:
                known.values.update(_values_of(question, answer))
        return Outcome(known, aside)

    def run(self, answers: Given) -> Outcome:
        """Go through the strata one by one."""
        out = self.hear(answers)
        for stratum in STRATA:
            self._fire_all(out, stratum)
            self._defaults(out, stratum)
            if stratum != "plan":
                getattr(self, f"_end_{stratum}")(out)
        return out

    def _fire_all(self, out: Outcome, stratum: str) -> None:
        waiting = [rule for rule in self.stable if rule["stratum"] == stratum]
        moved = True
        while moved:
            moved = False
            for rule in list(waiting):
                if out.knowledge.condition(rule["when"]) is True:
                    waiting.remove(rule)
                    out.fired[rule["id"]] = stratum
                    _conclude(out, rule)
                    moved = True

    def _defaults(self, out: Outcome, stratum: str) -> None:
        for fact in self.facts:
            if fact["stratum"] == stratum and fact["otherwise"] != "unknown":
                out.knowledge.values.setdefault(fact["id"], fact["otherwise"])
        for option in self.extras:
            if self._last_adding(option) == stratum:
                out.knowledge.values.setdefault(f"add_on.{option}", False)

    def _acted(self, out: Outcome, kind: str) -> list[tuple[str, dict[str, Any]]]:
        return [(rule, one) for rule in sorted(out.fired) for one in actions_of(self.rules[rule], kind)]

    def _every(self, kind: str, key: str) -> set[str]:
        return {one[key] for rule in self.rules.values() for one in actions_of(rule, kind)}

    def _end_derive(self, out: Outcome) -> None:
        values = out.knowledge.values
        for name in self._every("add", "to"):
            values[f"score.{name}"] = sum(one["points"] for _, one in self._acted(out, "add") if one["to"] == name)
        exact: dict[str, Interval] = {}
        likely: dict[str, Interval] = {}
        for figure in self.figures:
            if out.knowledge.condition(figure["when"]) is True:
                ends = interval_of(figure["formula"], figure.get("tables", {}), values, exact)
                if ends is not None:
                    exact[figure["id"]] = ends
                    values[f"{figure['id']}.low"] = floor(ends[0])
                    values[f"{figure['id']}.high"] = ceil(ends[1])
                    made = {
                        "tables": figure.get("tables", {}),
                        "formula": figure["formula"],
                        **figure.get("likely", {}),
                    }
                    middle = interval_of(made["formula"], made["tables"], values, likely)
                    assert middle is not None
                    likely[figure["id"]] = middle
                    values[f"{figure['id']}.likely"] = floor((middle[0] + middle[1]) / 2 + Fraction(1, 2))
        values["unknown_share"] = self.unknown_share(out.knowledge)

    def unknown_share(self, known: Knowledge) -> int:
        """The percent of the branch's decisive questions that have no answer, rounded down."""
        contest = self.decision["contests"].get(known.values.get("branch"), {})
        decisive = contest.get("decisive", [])
        facts = {question["id"]: _facts_of(question) for question in self.questions}
        missing = [name for name in decisive if not any(fact in known.values for fact in facts[name])]
        return 100 * len(missing) // len(decisive) if decisive else 0

    def _end_constrain(self, out: Outcome) -> None:
        for flag in self._every("red_flag", "id"):
            out.knowledge.values[f"flag.{flag}"] = out.flags.get(flag, 0)
        for option in self.mains:
            out.knowledge.values[f"out.{option}"] = option in out.ruled_out

    def _end_weigh(self, out: Outcome) -> None:
        values = out.knowledge.values
        for rule, one in self._acted(out, "weigh"):
            out.lines += [(option, rule, one["criterion"], points) for option, points in one["points"].items()]
        out.totals = {option: sum(line[3] for line in out.lines if line[0] == option) for option in self.mains}
        values.update({f"tally.{option}": total for option, total in out.totals.items()})
        breakers = [(one["order"], rule, one["tiers"]) for rule, one in self._acted(out, "break_tie")]
        out.contest = self.compete(values.get("branch"), out.totals, out.ruled_out, breakers)
        order = out.contest.order
        if order:
            values["lead.option"] = order[0]
        if len(order) > 1:
            values["lead.second"] = order[1]
            values["lead.margin"] = out.contest.margin

    def compete(
        self, branch: object, totals: Mapping[str, int], ruled_out: Iterable[str], breakers: Iterable[Breaker]
    ) -> Contest:
        """Put the branch's options in order: tie-breakers pick the first of those near the top, points the rest."""
        contest = self.decision["contests"].get(branch)
        out = set(ruled_out)
        runners = [option for option in contest["options"] if option not in out] if contest else []
        if not runners:
            return Contest()
        runners.sort(key=lambda option: -totals[option])
        close = [one for one in runners if totals[one] >= totals[runners[0]] - self.decision["close_within"]]
        applied = []
        for _, rule, tiers in sorted(breakers, key=lambda breaker: breaker[:2]):
            kept = next((k for tier in tiers if (k := [one for one in close if one in tier])), close)
            if kept != close:
                applied.append(TieBreak(rule, tuple(close), tuple(kept)))
            close = kept
        order = (close[0], *(option for option in runners if option != close[0]))
        margin = abs(totals[order[0]] - totals[order[1]]) if len(order) > 1 else 0
        return Contest(order, margin, tuple(applied))

    def _end_decide(self, out: Outcome) -> None:
        made = self._acted(out, "recommend")
        proposals = [(one["priority"], rule, one["option"], one["confidence"]) for rule, one in made]
        out.choice = self.choose(proposals, out.ruled_out, out.contest, out.totals)
        values = out.knowledge.values
        values["advice.option"] = out.choice.recommended
        values["advice.second"] = out.choice.runner_up
        values["advice.confidence"] = out.choice.confidence
        if out.choice.confidence == "provisional" and out.contest.order:
            values["advice.lean"] = out.contest.order[0]

    def choose(
        self, proposals: Iterable[Proposal], ruled_out: Iterable[str], contest: Contest, totals: Mapping[str, int]
    ) -> Choice:
        """Take the proposal with the lowest priority number, and the next for another option."""
        out = set(ruled_out)
        standing = [one for one in sorted(proposals, key=lambda one: one[:2]) if one[2] not in out]
        fallback = self.decision["fallback"]
        _, _, first, confidence = standing[0] if standing else (0, "", fallback, "provisional")
        by_points = sorted(self.mains, key=lambda option: -totals[option])
        rest = [*(one[2] for one in standing), *contest.order, *by_points]
        second = next((option for option in rest if option != first and option not in out), fallback)
        if confidence == "by_margin":
            bands = self.decision["bands"]
            confidence = next(b["confidence"] for b in bands if "at_most" not in b or contest.margin <= b["at_most"])
        return Choice(first, second, confidence)

    def _last_adding(self, option: str) -> str:
        adding = {
            r["stratum"] for r in self.rules.values() for one in actions_of(r, "add_on") if one["option"] == option
        }
        return max(adding, key=STRATA.index, default="constrain")


def _conclude(out: Outcome, rule: Mapping[str, Any]) -> None:
    values = out.knowledge.values
    for one in actions_of(rule, "conclude"):
        if values.setdefault(one["fact"], one["value"]) != one["value"]:
            raise ValueError(f"two rules conclude different values of {one['fact']}")
    for one in actions_of(rule, "rule_out"):
        out.ruled_out.update(one["options"])
        values.update({f"out.{option}": True for option in one["options"]})
    for one in actions_of(rule, "red_flag"):
        out.flags[one["id"]] = max(one["severity"], out.flags.get(one["id"], 0))
    for one in actions_of(rule, "add_on"):
        out.add_ons.add(one["option"])
        values[f"add_on.{one['option']}"] = True


def _facts_of(question: Mapping[str, Any]) -> list[str]:
    name = question["id"]
    if question["kind"] == "several":
        return [*(f"{name}.{choice['id']}" for choice in question["choices"]), f"{name}.count"]
    days = [f"{name}.days"] if question["kind"] == "date" else []
    return [name, f"{name}.given", *days] if "none_choice" in question else [name, *days]


def _values_of(question: Mapping[str, Any], answer: str | int | Sequence[str]) -> dict[str, Value]:
    name = question["id"]
    if question["kind"] == "several":
        picked = [answer] if isinstance(answer, str | int) else list(answer)
        values: dict[str, Value] = {f"{name}.{choice['id']}": choice["id"] in picked for choice in question["choices"]}
        return {**values, f"{name}.count": len(picked)}
    assert isinstance(answer, str | int)
    if "none_choice" not in question:
        return {name: answer}
    if answer == question["none_choice"]["id"]:
        return {f"{name}.given": False}
    return {name: answer, f"{name}.given": True}
