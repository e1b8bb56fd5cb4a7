"""The rule base: the rules and everything written beside them, frozen together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from advisor.model.approval import Approval
from advisor.model.chart_plans import PlannedChart
from advisor.model.condition import Value
from advisor.model.facts import FactSpec
from advisor.model.figures import Figure, Input, sure_figures
from advisor.model.page import Page
from advisor.model.rule import Rule
from advisor.model.sensitivity import Ablation


@dataclass(frozen=True, slots=True)
class Point:
    """One general point for or against an option, with the claims and sources it rests on."""

    text: str
    claims: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """A way to get paid (`main`), or something that rides with any of them (`add_on`)."""

    id: str
    ref: str
    kind: Literal["main", "add_on"]
    name: str
    title: str
    headline: str
    summary: str
    living_with_it: str
    pros: tuple[Point, ...]
    cons: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Contest:
    """The options that compete in a branch, and the questions whose answers decide it."""

    branch: str
    options: tuple[str, ...]
    decisive: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptNumbers:
    """What is judged for all that people keep. A choice is compared side by side when `open_percent` of the cases of
    the person's pages recommend it. A calendar reminds `reminders` days ahead of what is due, and `closing` days ahead
    of a day that the person named and that runs out; what comes round goes on for `repeat_days`, and comes
    `fewest_times` at the least.
    """

    open_percent: int = 0
    reminders: tuple[int, ...] = ()
    closing: tuple[int, ...] = ()
    repeat_days: int = 0
    fewest_times: int = 1


@dataclass(frozen=True, slots=True)
class DecisionRules:
    """How tallies become a recommendation: who competes, how close is close, and the fallback.

    `priority_question` is the question about what matters most, `priority_effect` says what its answer did;
    `gates_shown_for` and `gates_in` are the options and branches whose advice lists the `gate.*` facts.
    `classes` are the classes of cases, the first of which lead all others; `pages` the pages in the order in which
    their cases are tried within a class; `most_rows` how many rows of the plan its page shows. `came_with` are the
    questions that say what the person came with, the main one first: proofs hold them as they are. Of a page that is
    not of the main one only the first `asked_also` questions are put (0: all). `kept` is for what people keep.
    """

    close_within: int
    bands: tuple[tuple[str, int | None], ...]
    contests: Mapping[str, Contest]
    fallback: str
    priority_question: str
    priority_effect: str
    gates_shown_for: tuple[str, ...]
    gates_in: tuple[str, ...]
    classes: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    most_rows: int = 8
    came_with: tuple[str, ...] = ()
    asked_also: int = 0
    kept: KeptNumbers = KeptNumbers()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from, how good it is, how old, and when it was read."""

    id: str
    title: str
    publisher: str
    address: tuple[str, ...]
    grade: str
    dated: str
    accessed: str
    note: str
    file: str = "sources.yaml"
    line: int = 0


@dataclass(frozen=True, slots=True)
class Claim:
    """One item of the article or the dossier, with the rules that encode it, or why none does.

    `rules` are the ids of the rules that cite it, and places such as `options.yaml#stay`; they are worked out.
    """

    id: str
    says: str
    kind: str
    hedge: str
    leans: str
    strength: int
    sources: tuple[str, ...]
    rules: tuple[str, ...]
    not_encoded: str
    line: int
    file: str = "claims.yaml"


@dataclass(frozen=True, slots=True)
class Ban:
    """Phrases that no text may contain, unless inside one of the allowed longer phrases."""

    id: str
    says: str
    forbid: tuple[str, ...]
    allow: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class About:
    """What the rule base says of itself, and what every piece of advice must disclose.

    `publisher_sells` are the ways claims can lean that are the trade of the article's publisher.
    """

    id: str
    name: str
    version: str
    dated: str
    scope: str
    update_policy: str
    funding: str
    authors: str
    evidence_policy: str
    disclosures: tuple[tuple[str, str], ...]
    publisher_sells: tuple[str, ...] = ()


@dataclass(frozen=True)
class RuleBase:
    """Everything under `rules/`. `digest` is the SHA-256 over `files`, which holds one digest per file.

    `ablations` are the tests of the evidence; a rule base may have none. `pages` are the pages by their id.
    `charts` are the charts that go with answers; a rule base may have none. `inputs` are the figures in the place of
    which the person may put a number of their own. `approvals` are those of pages, by page: a rule base is loaded
    without any, since whoever gives them must have looked at their signatures.
    """

    about: About
    rules: tuple[Rule, ...]
    facts: Mapping[str, FactSpec]
    options: Mapping[str, Option]
    criteria: Mapping[str, str]
    decision: DecisionRules
    figures: tuple[Figure, ...]
    wording: Mapping[str, str]
    sources: Mapping[str, Source]
    claims: Mapping[str, Claim]
    bans: tuple[Ban, ...]
    retired: Mapping[str, str]
    files: Mapping[str, str]
    digest: str
    ablations: tuple[Ablation, ...] = ()
    pages: Mapping[str, Page] = field(default_factory=dict)
    charts: tuple[PlannedChart, ...] = ()
    inputs: tuple[Input, ...] = ()
    approvals: Mapping[str, Approval] = field(default_factory=dict)

    def given(self, known: Mapping[str, Value]) -> RuleBase:
        """The same with the person's own numbers in the place of inputs; itself where the person gave none."""
        own = {one.question: known[one.question] for one in self.inputs if one.question in known}
        if not own:
            return self
        figures = (replace(figure, formula=figure.formula.given(own)) for figure in self.figures)
        return replace(self, figures=tuple(figures))

    @cached_property
    def sure_figures(self) -> frozenset[str]:
        """The figures that are made whatever the person answered."""
        return sure_figures(self.figures)

    @cached_property
    def by_id(self) -> Mapping[str, Rule]:
        """All rules, of any status, by their id."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def active(self) -> tuple[Rule, ...]:
        """The stable rules, the only ones that run, in order of stratum and id."""
        return tuple(rule for rule in self.rules if rule.status == "stable")

    def leans_with_publisher(self, claim: str) -> bool:
        """Whether a claim leans the way the article's publisher sells, and rests on the publisher's own word."""
        found = self.claims[claim]
        sold = found.leans in self.about.publisher_sells
        return sold and any(self.sources[source].grade == "publisher" for source in found.sources)

    @cached_property
    def main_options(self) -> tuple[Option, ...]:
        """The main options in the order of the file."""
        return tuple(option for option in self.options.values() if option.kind == "main")
