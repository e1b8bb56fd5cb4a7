"""One rule: when it fires, what it then does, why, on whose word, and examples of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from advisor.model.condition import Condition, Value
from advisor.model.facts import Stratum
from advisor.model.template import Template

Confidence: TypeAlias = Literal["clear", "lean", "toss_up", "provisional"]
CONFIDENCES: tuple[Confidence, ...] = ("clear", "lean", "toss_up", "provisional")


@dataclass(frozen=True, slots=True)
class Conclude:
    """The fact takes the value."""

    fact: str
    value: Value


@dataclass(frozen=True, slots=True)
class Add:
    """Points are added to the score `score.<to>`."""

    to: str
    points: int


@dataclass(frozen=True, slots=True)
class RuleOut:
    """The options cannot be recommended."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A warning: severity 3 stop, 2 act before signing or leaving, 1 watch."""

    id: str
    severity: int
    action: Template
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AddOn:
    """The add-on option rides with whatever is recommended."""

    option: str


@dataclass(frozen=True, slots=True)
class Weigh:
    """Points for and against options, counted under a criterion."""

    criterion: str
    points: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class BreakTie:
    """Among options too close to call, those of the earliest tier stay; lower `order` decides first."""

    order: int
    tiers: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Recommend:
    """Proposes an option; of the proposals not ruled out, the lowest priority number wins."""

    option: str
    priority: int
    confidence: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """A thing to do; lower `order` comes first; `timing` is relative."""

    order: int
    timing: str
    text: Template


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to put to someone."""

    to: str
    order: int
    text: Template


@dataclass(frozen=True, slots=True)
class Call:
    """Someone to call, and what about."""

    who: str
    about: Template


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth knowing that is no step."""

    topic: str
    text: Template


Action: TypeAlias = (
    Conclude | Add | RuleOut | RedFlag | AddOn | Weigh | BreakTie | Recommend | NextStep | Ask | Call | Note
)

STRATA_OF_ACTION: Mapping[type[Action], tuple[Stratum, ...]] = {
    Conclude: ("derive", "constrain", "decide"),
    Add: ("derive",),
    RuleOut: ("constrain",),
    RedFlag: ("constrain",),
    AddOn: ("constrain", "decide", "plan"),
    Weigh: ("weigh",),
    BreakTie: ("weigh",),
    Recommend: ("decide",),
    NextStep: ("plan",),
    Ask: ("plan",),
    Call: ("plan",),
    Note: ("plan",),
}
"""The strata in which each action may stand."""


@dataclass(frozen=True, slots=True)
class Example:
    """Facts given to the rule alone, and whether it must then fire."""

    name: str
    given: Mapping[str, Value]
    said: Mapping[str, str]
    fires: bool
    line: int


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as its page states it; `file` is the page's path inside the rule base, `text` the rule's own text there
    and `digest` the SHA-256 of that.

    `lines` are the lines of the keys that it states itself.
    """

    id: str
    title: str
    version: int
    status: str
    since: str
    stratum: Stratum
    when: Condition
    actions: tuple[Action, ...]
    why: Template
    caveats: tuple[str, ...]
    claims: tuple[str, ...]
    sources: tuple[str, ...]
    review_by: str
    examples: tuple[Example, ...]
    file: str
    line: int
    digest: str
    lines: Mapping[str, int] = field(default_factory=dict)
    text: str = ""

    def line_of(self, key: str) -> int:
        """The line of one of its keys."""
        return self.lines.get(key, self.line)

    def concluded(self) -> tuple[tuple[str, Value], ...]:
        """The facts it gives at once when it fires, with their values."""
        found: list[tuple[str, Value]] = []
        for action in self.actions:
            if isinstance(action, Conclude):
                found.append((action.fact, action.value))
            elif isinstance(action, RuleOut):
                found += [(f"out.{option}", True) for option in action.options]
            elif isinstance(action, AddOn):
                found.append((f"add_on.{action.option}", True))
        return tuple(found)

    def red_flags(self) -> tuple[RedFlag, ...]:
        """The red flags it raises when it fires."""
        return tuple(action for action in self.actions if isinstance(action, RedFlag))

    def templates(self) -> tuple[Template, ...]:
        """Every sentence of the rule that may hold placeholders."""
        found = [self.why]
        for action in self.actions:
            if isinstance(action, RedFlag):
                found.append(action.action)
            elif isinstance(action, NextStep | Ask | Note):
                found.append(action.text)
            elif isinstance(action, Call):
                found.append(action.about)
        return tuple(found)


def line_of(action: Action) -> str:
    """An action in one line, for traces and rule pages, such as `weigh cash: delegated +3, direct -3`."""
    if isinstance(action, Conclude):
        value = str(action.value).lower() if isinstance(action.value, bool) else str(action.value)
        return f"conclude {action.fact} = {value}"
    if isinstance(action, Add):
        return f"add {action.points:+d} to {action.to}"
    if isinstance(action, RuleOut):
        return "rule out " + ", ".join(action.options)
    if isinstance(action, RedFlag):
        return f"raise {action.id} at severity {action.severity}"
    if isinstance(action, AddOn):
        return f"add on {action.option}"
    if isinstance(action, Weigh):
        return f"weigh {action.criterion}: " + ", ".join(f"{o} {p:+d}" for o, p in sorted(action.points.items()))
    if isinstance(action, BreakTie):
        return f"break ties at order {action.order}: " + " before ".join(" or ".join(tier) for tier in action.tiers)
    if isinstance(action, Recommend):
        return f"propose {action.option} at priority {action.priority} ({action.confidence})"
    if isinstance(action, NextStep):
        return f"give a next step at order {action.order}"
    if isinstance(action, Ask):
        return f"give a question for the {action.to}"
    return "give a note" if isinstance(action, Note) else "name whom to call"
