"""How much a piece of advice hangs on judgments: weights, single rules, and kinds of evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from advisor.model.rule import Action, AddOn, BreakTie, Conclude, RedFlag, RuleOut, Weigh
from advisor.model.trace import Frozen, QuestionnaireId, RuleBaseId

ExactNumber: TypeAlias = Annotated[str, Field(pattern=r"^-?\d+(/[1-9]\d*)?$")]
"""A fraction in lowest terms as Python's `Fraction` writes and reads it, such as `5/2` or `3`."""

Bearing: TypeAlias = Literal["no_points", "never_changes", "changes"]
Part: TypeAlias = Literal["judges", "defines"]
Changed: TypeAlias = Literal["option", "confidence", "add_ons", "red_flags"]

KINDS: Mapping[str, type[Action]] = {
    "conclude": Conclude,
    "weigh": Weigh,
    "break_tie": BreakTie,
    "rule_out": RuleOut,
    "red_flag": RedFlag,
    "add_on": AddOn,
}
"""The actions by which a rule can move advice, as rule files name them, that a test of the evidence may be about."""


@dataclass(frozen=True, slots=True)
class Grades:
    """Which rules are meant, by the grades of their sources.

    A rule is meant when one or more of its sources have a grade of `any_source` (if there are any listed), and none
    of its sources has a grade outside `every_source` (if there are any listed).
    """

    any_source: tuple[str, ...] = ()
    every_source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ablation:
    """A test of the evidence: rules that do something of `kinds` are struck, by the grades of their sources.

    With `keeps`, those that `grades` means stay and the others are struck; without, those that it means are struck.
    """

    id: str
    title: str
    kinds: tuple[str, ...]
    keeps: bool
    grades: Grades
    line: int = 0


class Outcome(Frozen):
    """What is advised: the main option, how sure, the second choice, the add-ons, and red flags with severity 1-3."""

    option: str
    confidence: str
    runner_up: str
    add_ons: tuple[str, ...]
    red_flags: dict[str, int]


class WeightSpan(Frozen):
    """A range of weights over which one option is recommended (None: the rules would contradict one another).

    A weight multiplies the points of one criterion; today each is 1. `high` is None where there is no upper end;
    `low_included` and `high_included` say whether the end itself belongs to the range. `confidences` are the words for
    how sure the advice is that occur in it, in order from `low` to `high`, each once.
    """

    low: ExactNumber
    low_included: bool
    high: ExactNumber | None
    high_included: bool
    option: str | None
    confidences: tuple[str, ...]


class WeightRange(Frozen):
    """How far the weight of one criterion could move, all others staying at 1, before another option is recommended.

    `points` are those it gives today, by option. `holds` is the span around 1; `below` and `above` are the spans next
    to it (None: there is none). `spans` are all of them, from 0 up without end.
    """

    criterion: str
    name: str
    points: dict[str, int]
    bearing: Bearing
    holds: WeightSpan
    below: WeightSpan | None
    above: WeightSpan | None
    spans: tuple[WeightSpan, ...]


class StruckRule(Frozen):
    """A rule without which the advice would differ, and how. `after` is None when the rest would contradict itself.

    `part` says what it does: it `judges` when it weighs, compares, rules out, warns or adds an option; else it
    `defines` what answers mean or which choice follows.
    """

    rule: str
    title: str
    part: Part
    changes: tuple[Changed, ...]
    after: Outcome | None


class EvidenceTest(Frozen):
    """What would be advised without some of the evidence; `struck` are the rules that fired and were left out.

    `holds` says whether the main option stays. `after` is None when the remaining rules would contradict one another.
    """

    id: str
    title: str
    struck: tuple[str, ...]
    holds: bool
    after: Outcome | None


class Sensitivity(Frozen):
    """The whole of it, for one piece of advice.

    `fired` counts the rules that fired, `tried` those that were struck one by one (a rule that only gives steps,
    questions, calls or notes cannot change what is compared). `by_points` says whether points have a part in the
    choice: the rule that settled it looks at them, or a weight could change it. `option_names` says how options read
    in a sentence.
    """

    now: Outcome
    fired: int
    tried: int
    by_points: bool
    weights: tuple[WeightRange, ...]
    strikes: tuple[StruckRule, ...]
    evidence: tuple[EvidenceTest, ...]
    option_names: dict[str, str]
    rulebase: RuleBaseId
    questionnaire: QuestionnaireId
