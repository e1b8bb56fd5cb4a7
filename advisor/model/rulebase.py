"""The rule base: the rules and everything written beside them, frozen together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Literal

from advisor.model.chart_plans import PlannedChart
from advisor.model.condition import Condition, Value
from advisor.model.facts import FactSpec
from advisor.model.page import Page
from advisor.model.rule import Rule
from advisor.model.sensitivity import Ablation
from advisor.model.template import Template


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
class Decision:
    """How tallies become a recommendation: who competes, how close is close, and the fallback.

    `priority_question` is the question about what matters most, `priority_effect` says what its answer did;
    `gates_shown_for` and `gates_in` are the options and branches whose advice lists the `gate.*` facts.
    `classes` are the classes of cases, the first of which lead all others; `pages` the pages in the order in which
    their cases are tried within a class; `most_rows` how many rows of the plan its page shows. `came_with` are the
    questions that say what the person came with, the main one first: proofs hold them as they are. `kept` is for what
    people keep.
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
    kept: KeptNumbers = KeptNumbers()


@dataclass(frozen=True, slots=True)
class Input:
    """A number that is taken until the person gives another: the figure that it is, the question whose answer takes its
    place, and how good the number taken is, by the grades of sources.
    """

    id: str
    question: str
    grade: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Term:
    """A node of a figure's formula: an operator over parts, or a leaf. An `input` is the fact `name` where that has a
    value, and until then a value as it stands."""

    op: str
    parts: tuple[Term, ...] = ()
    name: str = ""
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(0)
    likely: Fraction | None = None

    def leaves(self) -> Iterator[Term]:
        """The parts that hold no other parts."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()

    def divisors(self) -> Iterator[Term]:
        """What it divides by, anywhere in it."""
        if self.op == "divide":
            yield from self.parts[1:]
        for part in self.parts:
            yield from part.divisors()

    def given(self, known: Mapping[str, Value]) -> Term:
        """The same with what is known in the place of inputs."""
        if self.parts:
            return replace(self, parts=tuple(part.given(known) for part in self.parts))
        value = known.get(self.name) if self.op == "input" else None
        return Term("value", low=Fraction(value), high=Fraction(value)) if type(value) is int else self


ENDS = (".low", ".likely", ".high")
"""What the facts that a figure gives end with."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Months, dollars or percent worked out from the user's own answers by a formula over intervals.

    `tables` hold the low and high end of each row, `likely_rows` the likely number of the rows that have one.
    """

    id: str
    ref: str
    title: str
    unit: str
    when: Condition
    tables: Mapping[str, Mapping[str, tuple[Fraction, Fraction]]]
    formula: Term
    text: Template
    text_same: Template
    claims: tuple[str, ...]
    sources: tuple[str, ...]
    show: bool
    line: int
    file: str = "figures.yaml"
    likely_rows: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict)

    @property
    def ends(self) -> tuple[str, ...]:
        """The facts it gives: its low end, its likely value and its high end."""
        return tuple(self.id + end for end in ENDS)

    def sure_after(self, earlier: Collection[str]) -> bool:
        """Whether it is made whatever is known, where the figures `earlier` are."""
        if any(True for _ in self.when.clauses()):
            return False
        by = (leaf.name if leaf.op == "figure" else leaf.name.rpartition(".")[0] for leaf in self.formula.leaves()
              if leaf.op not in ("value", "input"))  # fmt: skip
        return all(name in earlier for name in by) and all(part.op == "value" for part in self.formula.divisors())

    @property
    def inputs(self) -> tuple[str, ...]:
        """The facts that are surely known when it is made: those its formula counts with."""
        leaves = tuple(self.formula.leaves())
        return tuple(
            leaf.name if leaf.op == "fact" else f"{leaf.name}.low" for leaf in leaves if leaf.op in ("fact", "figure")
        )

    def facts(self) -> tuple[str, ...]:
        """The facts it reads, in its condition and in its formula, each once."""
        leaves = tuple(self.formula.leaves())
        inputs = [leaf.name for leaf in leaves if leaf.op in ("fact", "input", "table")]
        inputs += [f"{leaf.name}.{end}" for leaf in leaves if leaf.op == "figure" for end in ("low", "high")]
        return tuple(dict.fromkeys((*self.when.facts(), *inputs)))


def sure_figures(figures: Iterable[Figure]) -> frozenset[str]:
    """Those of some figures, in the order worked out, that are made whatever is known."""
    found: set[str] = set()
    for figure in figures:
        if figure.sure_after(found):
            found.add(figure.id)
    return frozenset(found)


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
    which the person may put a number of their own.
    """

    about: About
    rules: tuple[Rule, ...]
    facts: Mapping[str, FactSpec]
    options: Mapping[str, Option]
    criteria: Mapping[str, str]
    decision: Decision
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
